import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { authorDomainOf, authorOf, parseMessage } from './index.ts';
import { forgedFroms } from './forged-from.ts';

function outcome(lines: readonly string[]): string {
  const reading = authorDomainOf(parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\nbody\r\n`, 'latin1')));
  return reading.ok ? reading.value : reading.problems[0]!.code;
}

describe('the Author Domain of crafted headers', () => {
  it('is a battery of more than a hundred', () => assert.ok(forgedFroms.length > 140, String(forgedFroms.length)));
  for (const [what, lines, expected] of forgedFroms) {
    it(`${what}: ${expected}`, () => assert.equal(outcome(lines), expected));
  }
  it('never is the victim when an address of the forger can be seen', () => {
    // The victim comes out only where the forger's domain is not an address, or not there at all.
    for (const [what, lines, expected] of forgedFroms) {
      if (expected !== 'bank.example') continue;
      const text = lines
        .join('\r\n')
        .replace(/\([^()]*\)/g, '')
        .replace(/<@[^:]*:/g, '<');
      assert.doesNotMatch(text, /@evil\.example/, what);
    }
  });
});

describe('the Author Domain of honest headers', () => {
  const cases: [lines: string[], domain: string, name: string | undefined][] = [
    [['From: joe@example.com'], 'example.com', undefined],
    [['From: Joe Q. Public <joe@example.com>'], 'example.com', 'Joe Q. Public'],
    [['From: "Joe, \\"the\\" Q." <joe@example.com>'], 'example.com', 'Joe, "the" Q.'],
    [['From: =?ISO-8859-1?Q?Andr=E9?= Pirard <PIRARD@vm1.ulg.ac.be>'], 'vm1.ulg.ac.be', 'André Pirard'],
    [['From: =?utf-8?B?5pel?= =?utf-8?B?5pys?= <x@example.jp>'], 'example.jp', '日本'],
    [['From: joe@example.com (Joe)'], 'example.com', undefined],
    [['From: Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>'], 'silly.test', 'Pete'],
    [['From: A Group(Some people):Chris Jones <c@a.test>;'], 'a.test', 'Chris Jones'],
    [['From: Mary Smith\r\n <mary@example.net>'], 'example.net', 'Mary Smith'],
    [['from:joe@example.com'], 'example.com', undefined],
    [['Subject: x', 'FROM:\t<joe@Example.COM>', 'To: y'], 'example.com', undefined],
    [
      [`From: ${Buffer.from('Jürgen <jürgen@bücher.example>', 'utf8').toString('latin1')}`],
      'xn--bcher-kva.example',
      'Jürgen',
    ],
    [['From: "joe smith"@example.com'], 'example.com', undefined],
    [['From: <foo..bar.@docomo.example>'], 'docomo.example', undefined],
    [['From: a@example.com, b@example.com'], 'example.com', undefined],
    [['From joe Tue Nov  3 09:15:00 2026', 'From: joe@example.com'], 'example.com', undefined],
  ];
  for (const [lines, domain, name] of cases) {
    it(lines.join(' '), () => {
      const author = authorOf(parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')));
      assert.equal(author.domain, domain, JSON.stringify(author.problems));
      assert.equal(author.mailboxes[0]?.displayName, name);
    });
  }
});

describe('whatever comes', () => {
  const scrap = fc.constantFrom(
    'From:',
    'from :',
    '\r\n',
    '\n',
    '\r',
    ' ',
    '\0',
    '<',
    '>',
    '@',
    'bank.example',
    'evil.example',
    '"',
    '(',
    ')',
    ',',
    ';',
    ':',
    '\\',
    '=?utf-8?q?a?=',
    '[',
    ']',
    '.',
    'é',
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.array(scrap, { maxLength: 60 }).map((all) => Buffer.from(all.join(''), 'latin1')),
  );
  it('reading returns, and a domain comes out only with a From field', () => {
    fc.assert(
      fc.property(bytes, (source) => {
        const message = parseMessage(source);
        const reading = authorDomainOf(message);
        if (reading.ok) assert.equal(message.fields.filter((field) => field.name === 'from').length, 1);
        else assert.ok(reading.problems.length > 0);
      }),
      { numRuns: 2000 },
    );
  });
  it('fields tile the header without gap or overlap', () => {
    fc.assert(
      fc.property(bytes, (source) => {
        const { fields, bodyStart } = parseMessage(source);
        let at = fields[0]?.start ?? 0;
        for (const field of fields) {
          assert.equal(field.start, at);
          assert.ok(field.colon < field.next && field.end <= field.next && field.start <= field.end);
          at = field.next;
        }
        assert.ok(at <= bodyStart && bodyStart <= source.length);
      }),
      { numRuns: 2000 },
    );
  });
  it('an Author Domain is the same however the field is folded, and with LF for CRLF', () => {
    const folded = fc.constantFrom(' ', '\r\n ', '\r\n\t', '  ');
    fc.assert(
      fc.property(folded, folded, folded, fc.boolean(), (a, b, c, lf) => {
        const text = `From:${a}Joe${b}Public${c}<joe@example.com>\r\nTo: x\r\n\r\n`;
        const reading = authorDomainOf(parseMessage(Buffer.from(lf ? text.replaceAll('\r\n', '\n') : text)));
        assert.equal(reading.ok && reading.value, 'example.com');
      }),
    );
  });
});
