import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { seal, validate } from '../../standards/arc/index.ts';
import {
  BodyHashes,
  formatKeyRecord,
  indexFields,
  recordOf,
  sealField,
  sign,
  writeSignedHeader,
} from '../../standards/dkim/index.ts';
import type { SignOptions } from '../../standards/dkim/index.ts';
import { domainName, zone } from '../../standards/dns/index.ts';
import { parseMessage } from '../../standards/mail/index.ts';
import { forgedMessages } from './forged-message.ts';
import type { ForgersTools } from './forged-message.ts';
import { verifyMessage } from './index.ts';
import type { GivenConnection, Verification } from './index.ts';

const bank = generateKeyPairSync('ed25519').privateKey;
const evil = generateKeyPairSync('ed25519').privateKey;
const record = (key: typeof bank, more = {}): string => JSON.stringify(formatKeyRecord({ ...recordOf(key), ...more }));
const reading = zone(`
$ORIGIN example.
@ IN SOA ns root 1 1 1 1 1
bank IN TXT "v=spf1 ip4:192.0.2.1 -all"
macro.bank IN TXT "v=spf1 exists:%{l}.%{i}.allow.bank.example exists:%{l1r-}.ok.bank.example -all"
_dmarc.bank IN TXT "v=DMARC1; p=reject"
k._domainkey.bank IN TXT ${record(bank)}
reports._domainkey.bank IN TXT ${record(bank, { services: ['tlsrpt'] })}
evil IN TXT "v=spf1 +all"
_dmarc.evil IN TXT "v=DMARC1; p=none"
k._domainkey.evil IN TXT ${record(evil)}
`);
assert.ok(reading.ok);
const { resolver } = reading.value;

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const plain =
  'From: The Bank <ceo@bank.example>\r\nTo: you@there.example\r\nSubject: Your account\r\nDate: Tue, 3 Nov 2026 09:15:00 +0100\r\n\r\nAll is well.\r\n';
const signature = (text: string, domain: string, privateKey: typeof bank, more: Partial<SignOptions> = {}): string =>
  sign(parseMessage(bytes(text)), { signingDomain: domainName(domain), selector: 'k', privateKey, ...more });
const genuine = (more: Partial<SignOptions> = {}): string => signature(plain, 'bank.example', bank, more) + plain;
const now = Date.UTC(2026, 10, 24) / 1000;

/** `sign` never writes `l=`; other signers do. */
function withLength(length: number): string {
  const message = parseMessage(bytes(plain));
  const signedFields = ['from', 'from', 'to', 'subject', 'date'];
  const hashes = new BodyHashes();
  const need = hashes.need({ form: 'relaxed', hash: 'sha256', length });
  hashes.update(message.bytes.subarray(message.bodyStart));
  const bodyHash = hashes.digest(need).digest.toString('base64');
  const tags = [
    'd=bank.example',
    's=k',
    'c=relaxed/relaxed',
    `h=${signedFields.join(':')}`,
    `l=${length}`,
    `bh=${bodyHash}`,
  ];
  return sealField(
    'DKIM-Signature',
    { before: ['v=1', 'a=ed25519-sha256'], after: tags },
    bank,
    (own, text, unsigned) =>
      writeSignedHeader(text, message, indexFields(message), own, {
        signedFields,
        headerCanonicalization: 'relaxed',
        ...unsigned,
      }),
  );
}

const tools: ForgersTools = {
  plain,
  genuine: genuine(),
  genuineWithLength: withLength(14) + plain,
  genuineSignedOnce: genuine({ signedFields: ['from', 'to', 'subject'] }),
  genuineExpiring: genuine({ signedAt: now - 1_800_000, expires: Date.UTC(2026, 10, 4) / 1000 }),
  signedForReports: genuine({ selector: 'reports' }),
  signatureOfEvil: (text, change = (field) => field) => change(signature(text, 'evil.example', evil)),
  sealOfEvil: async (text) => {
    const message = parseMessage(bytes(text));
    const said = { methodVersion: 1, comments: [], properties: [] };
    const fields = seal(message, {
      signingDomain: domainName('evil.example'),
      selector: 'k',
      privateKey: evil,
      chain: await validate(message, resolver),
      results: { authservId: 'mx.evil.example', results: [{ ...said, method: 'dmarc', result: 'pass' }] },
    });
    assert.ok(fields !== undefined);
    return fields;
  },
};

const judge = (text: string, given: GivenConnection = {}): Promise<Verification> =>
  verifyMessage(parseMessage(bytes(text)), given, resolver, { now });

function codesOf({ spf, dkim, arc, dmarc }: Verification): string[] {
  const reasons = [spf.reason, arc.reason, ...dkim.signatures.map((each) => each.reason), ...dmarc.reasons];
  return reasons.flatMap((each) => (each === undefined ? [] : [each.code]));
}

describe('the genuine messages pass: what fails below fails for what was done to it', () => {
  for (const [name, text] of Object.entries(tools)) {
    if (typeof text !== 'string' || name === 'plain' || name === 'signedForReports') continue;
    it(name, async () => {
      const verification = await verifyMessage(parseMessage(bytes(text)), {}, resolver, { at: now - 1_800_000 });
      assert.equal(verification.authenticatedAs, 'bank.example');
    });
  }
  it('and so does one that the bank sends without a signature', async () => {
    const given = { ip: '192.0.2.1', mailFrom: 'b@bank.example', helo: 'h' };
    assert.equal((await judge(plain, given)).authenticatedAs, 'bank.example');
  });
});

describe('a forger of whole messages: nothing passes as the bank', () => {
  it('is a battery of more than sixty', () => assert.ok(forgedMessages.length > 60, String(forgedMessages.length)));
  for (const { what, message, given, because, result = 'fail' } of forgedMessages) {
    it(what, async () => {
      const verification = await judge(await message(tools), given);
      assert.equal(verification.authenticatedAs, undefined);
      assert.equal(verification.result, result);
      for (const view of verification.dmarc.views) assert.notEqual(view.result, 'pass');
      if (because !== '') assert.ok(codesOf(verification).includes(because), codesOf(verification).join());
    });
  }
});

describe('a genuine message with something put beside it: it passes, and what was put there is shown', () => {
  const bankSends: GivenConnection = { ip: '192.0.2.1', mailFrom: 'b@bank.example', helo: 'h' };
  const cases: readonly (readonly [what: string, text: string, given: GivenConnection, codes: readonly string[]])[] = [
    ['nothing', tools.genuineWithLength, {}, []],
    ['text behind l=', `${tools.genuineWithLength}Pay here.\r\n`, {}, ['appearance/body-beyond-signature']],
    [
      'a subject on top of one that is signed once',
      `Subject: Pay now\r\n${tools.genuineSignedOnce}`,
      {},
      ['appearance/field-beyond-signature'],
    ],
    ['the same, from the bank itself', `Subject: Pay now\r\n${tools.genuineSignedOnce}`, bankSends, []],
    [
      'text behind l=, and another signature over all of it',
      signature(`${tools.genuineWithLength}Pay here.\r\n`, 'bank.example', bank) +
        `${tools.genuineWithLength}Pay here.\r\n`,
      {},
      [],
    ],
    [
      'text behind l=, and a signature over all of it by another',
      signature(`${tools.genuineWithLength}Pay here.\r\n`, 'evil.example', evil) +
        `${tools.genuineWithLength}Pay here.\r\n`,
      {},
      ['appearance/body-beyond-signature'],
    ],
  ];
  for (const [what, text, given, codes] of cases) {
    it(what, async () => {
      const { authenticatedAs, appearance } = await judge(text, given);
      assert.equal(authenticatedAs, 'bank.example');
      const deceives = appearance.findings.filter((each) => each.weight === 'deceives');
      assert.deepEqual(
        deceives.map((each) => each.code),
        codes,
      );
    });
  }
});
