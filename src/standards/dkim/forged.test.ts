// The attack: a forger who may sign as evil.example, or who holds a genuine message of bank.example, tries to have a message
// pass as bank.example that the bank never sent so. A message passes as a domain when it has one Author Domain and a good
// signature of that very domain (RFC 9989 §4.4, strict alignment).
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { domainName, zone } from '../dns/index.ts';
import { authorDomainOf, parseMessage } from '../mail/index.ts';
import { forgedFroms } from '../mail/forged-from.ts';
import { DkimVerifier, formatKeyRecord, recordOf, sign } from './index.ts';

const bank = generateKeyPairSync('ed25519').privateKey;
const evil = generateKeyPairSync('ed25519').privateKey;
const reading = zone(
  ['bank', 'evil']
    .map((name) => {
      const record = formatKeyRecord(recordOf(name === 'bank' ? bank : evil));
      return `$ORIGIN ${name}.example.\n@ IN SOA ns root 1 1 1 1 1\ns._domainkey IN TXT ${JSON.stringify(record)}\n`;
    })
    .join(''),
);
assert.ok(reading.ok);
const verifier = new DkimVerifier(reading.value.resolver);

/** The domain a message passes as, or why it passes as none. */
async function passesAs(text: string): Promise<string> {
  const message = parseMessage(Buffer.from(text, 'latin1'));
  const author = authorDomainOf(message);
  if (!author.ok) return author.problems[0]!.code;
  const { results } = await verifier.verify(message);
  return results.some((each) => each.result === 'pass' && each.signingDomain === author.value)
    ? author.value
    : 'unaligned';
}

function signed(text: string, name: 'bank' | 'evil', signedFields?: readonly string[]): string {
  const field = sign(parseMessage(Buffer.from(text, 'latin1')), {
    signingDomain: domainName(`${name}.example`),
    selector: 's',
    privateKey: name === 'bank' ? bank : evil,
    ...(signedFields === undefined ? {} : { signedFields }),
  });
  return field + text;
}

describe('a forger signs whatever header as evil.example', () => {
  for (const [what, lines, expected] of forgedFroms) {
    it(what, async () => {
      const text = `${lines.join('\r\n')}\r\n\r\nPay here.\r\n`;
      const outcome = await passesAs(signed(text, 'evil'));
      if (expected === 'evil.example') assert.equal(outcome, expected);
      // A first line that begins with white space becomes a fold of the signature put before it, and spoils that.
      else if (expected.includes('/')) assert.ok(outcome === expected || outcome === 'unaligned', outcome);
      else assert.equal(outcome, 'unaligned');
    });
  }
});

describe('a forger changes a genuine message of bank.example', () => {
  const genuine =
    'From: The Bank <ceo@bank.example>\r\nTo: you@there.example\r\nSubject: Your account\r\nDate: Tue, 3 Nov 2026 09:15:00 +0100\r\n\r\nAll is well.\r\n';
  /** What the bank signs when it names each field once only, as many do; and what we sign. */
  const ways: [way: string, text: string][] = [
    ['over-signed', signed(genuine, 'bank')],
    ['each field once', signed(genuine, 'bank', ['from', 'to', 'subject', 'date'])],
    ['From alone', signed(genuine, 'bank', ['from'])],
  ];
  const changes: [what: string, change: (text: string) => string, may: readonly string[]][] = [
    ['nothing', (text) => text, ['bank.example']],
    ['another From on top', (text) => `From: Evil <x@evil.example>\r\n${text}`, ['mail/several-from-fields']],
    [
      'another From at the bottom',
      (text) => text.replace('\r\n\r\n', '\r\nFrom: Evil <x@evil.example>\r\n\r\n'),
      ['mail/several-from-fields'],
    ],
    ['the same From again', (text) => `From: The Bank <ceo@bank.example>\r\n${text}`, ['mail/several-from-fields']],
    ['another display name', (text) => text.replace('The Bank', 'The other Bank'), ['unaligned']],
    ['another local part', (text) => text.replace('ceo@', 'cfo@'), ['unaligned']],
    [
      'an address before',
      (text) => text.replace('From: ', 'From: <x@evil.example>, '),
      ['mail/several-author-domains'],
    ],
    [
      'an address behind',
      (text) => text.replace('example>', 'example>, <x@evil.example>'),
      ['mail/several-author-domains'],
    ],
    ['a comment', (text) => text.replace('example>', 'example> (urgent)'), ['unaligned']],
    ['a NUL', (text) => text.replace('The Bank', 'The\0Bank'), ['mail/control-in-from']],
    ['a fold', (text) => text.replace('The Bank', 'The\r\n Bank'), ['bank.example']],
    ['a fold with LF', (text) => text.replace('The Bank', 'The\n Bank'), ['bank.example']],
    ['a From hidden behind a CR', (text) => `X-A: b\rFrom: <x@evil.example>\r\n${text}`, ['mail/hidden-from']],
    [
      'a From hidden in a line that is no field',
      (text) => text.replace('\r\nTo:', '\r\nFrom\0: <x@evil.example>\r\nTo:'),
      ['mail/hidden-from'],
    ],
    ['From under another name', (text) => text.replace('From:', 'X-From:'), ['mail/no-from']],
    [
      'From moved into the body',
      (text) => text.replace(/(From: [^\r]*\r\n)([^]*?\r\n)\r\n/, '$2\r\n$1'),
      ['mail/no-from'],
    ],
    ['From with a space before the colon', (text) => text.replace('From:', 'From :'), ['bank.example']],
    [
      'the signature said to be of evil.example',
      (text) => text.replace('d=bank.example', 'd=evil.example'),
      ['unaligned'],
    ],
    ['the body', (text) => text.replace('All is well', 'Pay here'), ['unaligned']],
    ['text behind the body', (text) => `${text}Pay here.\r\n`, ['unaligned']],
    ['a body length put in', (text) => `${text.replace('v=1;', 'v=1; l=14;')}Pay here.\r\n`, ['unaligned']],
    ['an empty line that makes the header body', (text) => text.replace('\r\nTo:', '\r\n\r\nTo:'), ['unaligned']],
    ['Sender and Reply-To, where they are not signed', (text) => `Sender: x@evil.example\r\n${text}`, ['bank.example']],
  ];
  for (const [way, text] of ways) {
    for (const [what, change, may] of changes) {
      it(`${way}: ${what}`, async () => {
        const outcome = await passesAs(change(text));
        assert.ok(may.includes(outcome), `passes as ${outcome}, not ${may.join(' or ')}`);
      });
    }
  }
});
