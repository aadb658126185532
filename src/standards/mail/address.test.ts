import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { addressesOf, decodeEncodedWords, parseAddressList, parseMessage } from './index.ts';

/** The list in short: `name|local@domain` of each, groups in front; or the code that refuses. */
function told(text: string): string {
  const list = parseAddressList(text);
  if (!list.ok) return list.problems.at(-1)!.code;
  return list.value
    .map(
      (each) =>
        `${each.group === undefined ? '' : `${each.group}:`}${each.displayName ?? ''}|${each.localPart}@${each.domain}`,
    )
    .join(' ');
}

describe('address lists (RFC 5322 §3.4, §4.4, Appendix A)', () => {
  const cases: [what: string, text: string, expected: string][] = [
    ['A.1.2', '"Joe Q. Public" <john.q.public@example.com>', 'Joe Q. Public|john.q.public@example.com'],
    [
      'A.1.2, several',
      'Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>',
      'Mary Smith|mary@x.test |jdoe@example.org Who?|one@y.test',
    ],
    [
      'A.1.2, escaped quotes',
      '<boss@nil.test>, "Giant; \\"Big\\" Box" <sysservices@example.net>',
      '|boss@nil.test Giant; "Big" Box|sysservices@example.net',
    ],
    [
      'A.1.3, a group',
      'A Group:Ed Jones <joe@where.test>,joe@where.test,John <jdoe@one.test>;',
      'A Group:Ed Jones|joe@where.test A Group:|joe@where.test A Group:John|jdoe@one.test',
    ],
    ['A.1.3, an empty group', 'Undisclosed recipients:;', ''],
    [
      'A.5, comments everywhere',
      'Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>',
      'Pete|pete@silly.test',
    ],
    ['A.5, a group with comments', '(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;', ''],
    [
      'A.6.1, a route',
      'Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example',
      'Mary Smith|mary@example.net |jdoe@test.example',
    ],
    [
      'A.6.3, white space',
      '"Mary Smith: Personal Account"    <mary . smith @ example . net>',
      'Mary Smith: Personal Account|mary.smith@example.net',
    ],
    ['a literal', 'x@[192.0.2.1]', '|x@[192.0.2.1]'],
    ['a literal of IPv6', '<x@[IPv6:2001:db8::1]>', '|x@[IPv6:2001:db8::1]'],
    ['the null address', '<>', '|@'],
    ['a local part alone', '<root>', '|root@'],
    ['an international address (RFC 6532)', 'Jürgen <jürgen@bücher.example>', 'Jürgen|jürgen@bücher.example'],
    ['a group after an address', 'a@b.test, G: c@d.test;', '|a@b.test G:|c@d.test'],
    ['two groups', 'G: a@b.test;, H: c@d.test;', 'G:|a@b.test H:|c@d.test'],
    ['nothing', '', ''],
    ['a bare @', '@', 'mail/bad-address'],
    ['a bracket too many', '<a@b.test>>', 'mail/bad-address'],
    ['a group that does not end', 'G: a@b.test', 'mail/unclosed-group'],
    ['a parenthesis too many', 'a@b.test)', 'mail/bad-address'],
    ['a closing bracket alone', 'a>', 'mail/bad-address'],
  ];
  for (const [what, text, expected] of cases) it(what, () => assert.equal(told(text), expected));
  it('what is written well is read back', () => {
    const word = fc.stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,8}$/).filter((each) => !each.includes('=?'));
    const name = fc
      .string({
        unit: fc.constantFrom('a', ' ', '"', '\\', ',', '<', '@', '(', ';', ':', 'é'),
        minLength: 1,
        maxLength: 12,
      })
      .map((each) => `x${each}x`);
    const mailbox = fc.record({
      name,
      local: fc.array(word, { minLength: 1, maxLength: 3 }),
      domain: fc.array(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(mailbox, { minLength: 1, maxLength: 5 }), (mailboxes) => {
        const text = mailboxes
          .map((each) => `"${each.name.replace(/["\\]/g, '\\$&')}" <${each.local.join('.')}@${each.domain.join('.')}>`)
          .join(', ');
        const list = parseAddressList(text);
        assert.ok(list.ok, JSON.stringify(list.problems));
        assert.deepEqual(
          list.value.map(({ displayName, localPart, domain }) => ({ displayName, localPart, domain })),
          mailboxes.map((each) => ({
            displayName: each.name,
            localPart: each.local.join('.'),
            domain: each.domain.join('.'),
          })),
        );
      }),
    );
  });
});

describe('encoded words (RFC 2047 §8)', () => {
  const cases: [text: string, expected: string][] = [
    ['=?ISO-8859-1?Q?a?=', 'a'],
    ['=?ISO-8859-1?Q?a?= b', 'a b'],
    ['=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=', 'ab'],
    ['=?ISO-8859-1?Q?a?=  \t =?ISO-8859-1?Q?b?=', 'ab'],
    ['=?ISO-8859-1?Q?a_b?=', 'a b'],
    ['=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=', 'a b'],
    ['=?utf-8*nl?b?w6k=?=', 'é'],
    ['=?utf-8?Q?=C3=A9=zz?=', 'é=zz'],
    ['=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', '日本'],
    ['=?windows-1252?Q?=80?=', '€'],
    ['=?no-such-charset?Q?a?=', '=?no-such-charset?Q?a?='],
    ['=?utf-8?x?a?=', '=?utf-8?x?a?='],
    ['=?utf-8?q?a b?=', '=?utf-8?q?a b?='],
    ['plain', 'plain'],
  ];
  for (const [text, expected] of cases)
    it(JSON.stringify(text), () => assert.equal(decodeEncodedWords(text), expected));
});

describe('addresses of other fields', () => {
  it('of all fields of a name; what cannot be read is told', () => {
    const message = parseMessage(Buffer.from('To: a@b.test,\r\n c@d.test\r\nto: "e\r\nTO: f@g.test\r\n\r\n'));
    const { mailboxes, problems } = addressesOf(message, 'to');
    assert.deepEqual(
      mailboxes.map((each) => `${each.localPart}@${each.domain}`),
      ['a@b.test', 'c@d.test', 'f@g.test'],
    );
    assert.deepEqual(
      problems.map((each) => each.code),
      ['mail/unclosed-quote'],
    );
  });
});
