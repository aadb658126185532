import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createHash, sign as signBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { formatKeyRecord, generateKeys, sign, splitTxt } from '../../standards/dkim/index.ts';
import { domainName, zone } from '../../standards/dns/index.ts';
import type { Resolver } from '../../standards/dns/index.ts';
import { parseMessage } from '../../standards/mail/index.ts';
import type { Authenticity } from '../ingestion/index.ts';
import { reportMailJudge } from './report-mail.ts';

let judge: ReturnType<typeof reportMailJudge>;
let privateKey: KeyObject;

before(async () => {
  const keys = await generateKeys('ed25519');
  const other = await generateKeys('ed25519');
  privateKey = keys.privateKey;
  const text = (record: typeof keys.record) =>
    splitTxt(formatKeyRecord(record))
      .map((each) => JSON.stringify(each))
      .join(' ');
  const world = zone(`
$ORIGIN example.
@ IN SOA ns root 1 1 1 1 1
k._domainkey.mail IN TXT ${text(keys.record)}
tls._domainkey.mail IN TXT ${text({ ...keys.record, services: ['tlsrpt'] })}
k._domainkey.dmarc.mail IN TXT ${text(keys.record)}
rotated._domainkey.mail IN TXT ${text(other.record)}
mail IN TXT "v=spf1 ip4:198.51.100.1 -all"
bounce.mail IN TXT "v=spf1 ip4:198.51.100.2 -all"
_dmarc.mail IN TXT "v=DMARC1; p=reject"
k._domainkey.evil IN TXT ${text(keys.record)}
k._domainkey.lax IN TXT ${text(keys.record)}
_dmarc.lax IN TXT "v=DMARC1; p=quarantine"
_dmarc.testing IN TXT "v=DMARC1; p=reject; t=y"
_dmarc.half IN TXT "v=DMARC1; p=reject; sp=none"
slow IN TXT "v=spf1 include:silent.test -all"
_dmarc.slow IN TXT "v=DMARC1; p=reject"
`);
  assert.ok(world.ok);
  const { resolver } = world.value;
  const asked: Resolver = (name, type) => resolver(name, type);
  judge = reportMailJudge(asked);
});

const letter = (from: string, more: readonly string[] = []): string =>
  [
    ...more,
    `From: ${from}`,
    'Subject: Report Domain: bank.example',
    'Content-Type: text/plain',
    '',
    'a report',
    '',
  ].join('\r\n');

const signed = (text: string, domain: string, selector = 'k'): string =>
  sign(parseMessage(Buffer.from(text, 'latin1')), { signingDomain: domainName(domain), selector, privateKey }) + text;

/** A signature of the reporter's over From and, with `l=`, what the body is now (RFC 6376 §3.7, relaxed header, simple body). */
const signedInPart = (text: string): string => {
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  const bodyHash = createHash('sha256').update(body, 'latin1').digest('base64');
  const field = `v=1; a=ed25519-sha256; c=relaxed/simple; d=mail.example; s=k; h=from; l=${body.length}; bh=${bodyHash}; b=`;
  const header = `from:${from}\r\ndkim-signature:${field}`;
  const digest = createHash('sha256').update(header, 'latin1').digest();
  return `DKIM-Signature: ${field}${signBytes(null, digest, privateKey).toString('base64')}\r\n${text}`;
};

const received = (address: string): string =>
  `Received: from x (x [${address}])\r\n\tby mx.bank.example; Mon, 5 Jan 2026 10:00:00 +0000`;
const from = 'dmarc@mail.example';
const named = { reporter: 'mail.example', email: from };

type Told = readonly [result: Authenticity['result'], code: string, lack?: Authenticity['lack'], as?: string];
const cases: readonly (readonly [
  what: string,
  mail: () => string,
  named: { reporter: string; email?: string; service?: 'tlsrpt' },
  told: Told,
])[] = [
  [
    'signed by the reporter',
    () => signed(letter(from), 'mail.example'),
    named,
    ['authentic', 'authentic', undefined, 'mail.example'],
  ],
  [
    'signed with a key for TLS reports alone (RFC 8460 §3), of a TLS report',
    () => signed(letter(from), 'mail.example', 'tls'),
    { ...named, service: 'tlsrpt' },
    ['authentic', 'authentic', undefined, 'mail.example'],
  ],
  [
    'the same, of another report',
    () => signed(letter(from), 'mail.example', 'tls'),
    named,
    ['unproven', 'unsigned', 'missing'],
  ],
  [
    'a TLS report signed with a key for mail',
    () => signed(letter(from), 'mail.example'),
    { ...named, service: 'tlsrpt' },
    ['authentic', 'authentic', undefined, 'mail.example'],
  ],
  [
    'signed by a name below the reporter (relaxed)',
    () => signed(letter(from), 'dmarc.mail.example'),
    named,
    ['authentic', 'authentic', undefined, 'mail.example'],
  ],
  [
    'the address in other case and between angle brackets',
    () => signed(letter('"Mail" <DMARC@Mail.Example>'), 'mail.example'),
    { reporter: 'mail.example', email: 'Reports <dmarc@mail.example>' },
    ['authentic', 'authentic', undefined, 'mail.example'],
  ],
  [
    'a report that gives no address, by the name of its organisation',
    () => signed(letter('any@mail.example'), 'mail.example'),
    { reporter: 'mail.example' },
    ['authentic', 'authentic', undefined, 'mail.example'],
  ],
  [
    'another mailbox of a provider, which signs for all of them',
    () => signed(letter('crook@mail.example'), 'mail.example'),
    named,
    ['unproven', 'other-address', 'open', 'mail.example'],
  ],
  [
    'a customer of the reporter, whose mail it signs as well',
    () => signed(signed(letter('dmarc@evil.example'), 'mail.example'), 'evil.example'),
    named,
    ['unproven', 'other-author', 'missing', 'evil.example'],
  ],
  [
    'two From fields, one of them signed so that none can be added',
    () => `From: dmarc@evil.example\r\n${signed(letter(from), 'mail.example')}`,
    named,
    ['unproven', 'key-gone', 'later'],
  ],
  [
    'two From fields, one of them signed and no more',
    () => `From: dmarc@evil.example\r\n${signedInPart(letter(from))}`,
    named,
    ['unproven', 'other-author', 'missing'],
  ],
  [
    'signed by somebody else, for a From of his own',
    () => signed(letter('dmarc@evil.example'), 'evil.example'),
    named,
    ['unproven', 'other-signer', 'missing', 'evil.example'],
  ],
  [
    'signed by somebody else, in the name of the reporter',
    () => signed(letter(from), 'evil.example'),
    named,
    ['unproven', 'unsigned', 'missing'],
  ],
  ['unsigned, and no word of where it came from', () => letter(from), named, ['unproven', 'unsigned', 'missing']],
  [
    'a body other than signed',
    () => signed(letter(from), 'mail.example').replace('a report', 'b report'),
    named,
    ['unproven', 'changed', 'missing'],
  ],
  [
    'a signature of a part of the body (l=)',
    () => `${signedInPart(letter(from))}and more`,
    named,
    ['unproven', 'partly-signed', 'missing'],
  ],
  [
    'a header other than signed',
    () => signed(letter(from), 'mail.example').replace('bank', 'bink'),
    named,
    ['unproven', 'key-gone', 'later'],
  ],
  [
    'a selector whose key is gone',
    () => signed(letter(from), 'mail.example', 'gone'),
    named,
    ['unproven', 'key-gone', 'later'],
  ],
  [
    'a selector under which another key stands now',
    () => signed(letter(from), 'mail.example', 'rotated'),
    named,
    ['unproven', 'key-gone', 'later'],
  ],
  [
    'a key of the reporter that the DNS does not tell now',
    () => signed(letter('dmarc@silent.test'), 'silent.test'),
    { reporter: 'silent.test', email: 'dmarc@silent.test' },
    ['not-known-yet', 'no-answer'],
  ],
  [
    'a key of a stranger that the DNS never tells is no way out',
    () => signed(letter(from, [received('203.0.113.9')]), 'silent.test'),
    named,
    ['refuted', 'refuted'],
  ],
  [
    'a reporter that is no domain',
    () => signed(letter(from), 'mail.example'),
    { reporter: 'some company' },
    ['unproven', 'no-reporter', 'open'],
  ],
  ['no message at all', () => '\0\0\0', named, ['unproven', 'unsigned', 'missing']],
  // What the owner of From asks for.
  [
    'unsigned, from an address that its SPF does not name, p=reject',
    () => letter(from, [received('203.0.113.9')]),
    named,
    ['refuted', 'refuted'],
  ],
  [
    'the same with a reverse-path of its own',
    () => letter(from, ['Return-Path: <x@evil.example>', received('203.0.113.9')]),
    named,
    ['refuted', 'refuted'],
  ],
  [
    'unsigned, from an address that SPF names',
    () => letter(from, [received('198.51.100.1')]),
    named,
    ['unproven', 'unsigned', 'missing'],
  ],
  [
    'such an address anywhere in the trail, be it invented',
    () => letter(from, [received('203.0.113.9'), received('198.51.100.1')]),
    named,
    ['unproven', 'unsigned', 'missing'],
  ],
  [
    'from an address that SPF of an aligned reverse-path names',
    () => letter(from, ['Return-Path: <x@bounce.mail.example>', received('198.51.100.2')]),
    named,
    ['unproven', 'unsigned', 'missing'],
  ],
  [
    'only addresses of our own network',
    () => letter(from, [received('10.0.0.1')]),
    named,
    ['unproven', 'unsigned', 'missing'],
  ],
  [
    'p=quarantine',
    () => letter('a@lax.example', [received('203.0.113.9')]),
    { reporter: 'lax.example' },
    ['unproven', 'unsigned', 'missing'],
  ],
  [
    'p=reject; t=y',
    () => letter('a@testing.example', [received('203.0.113.9')]),
    { reporter: 'testing.example' },
    ['unproven', 'unsigned', 'missing'],
  ],
  [
    'sp=none below p=reject',
    () => letter('a@x.half.example', [received('203.0.113.9')]),
    { reporter: 'x.half.example' },
    ['unproven', 'unsigned', 'missing'],
  ],
  [
    'SPF that turns on an answer that does not come',
    () => letter('a@slow.example', [received('203.0.113.9')]),
    { reporter: 'slow.example' },
    ['not-known-yet', 'no-answer'],
  ],
];

describe('who wrote the mail of a report', () => {
  for (const [what, mail, who, [result, code, lack, as]] of cases) {
    it(`${what}: ${result}`, async () => {
      const found = await judge(Buffer.from(mail(), 'latin1'), who);
      assert.deepEqual(
        [found.result, found.reason.code, found.lack, found.authenticatedAs],
        [result, `report-mail/${code}`, lack, as],
      );
    });
  }
  it('line ends of an mbox are those of a message', async () => {
    const found = await judge(Buffer.from(signed(letter(from), 'mail.example').replaceAll('\r\n', '\n')), named);
    assert.equal(found.result, 'authentic');
  });
  it('measures the reporter by its Organizational Domain', async () => {
    const found = await judge(Buffer.from(letter('a@x.y.mail.example')), { reporter: 'x.y.mail.example' });
    assert.equal(found.reporter, 'mail.example');
  });
});
