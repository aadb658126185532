// long because: one small world, and all that is asked of a verdict in it.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { KeyObject } from 'node:crypto';
import { seal, validate } from '../../standards/arc/index.ts';
import { formatKeyRecord, generateKeys, sign, splitTxt } from '../../standards/dkim/index.ts';
import { domainName, zone } from '../../standards/dns/index.ts';
import type { Resolver } from '../../standards/dns/index.ts';
import { forgedFroms } from '../../standards/mail/forged-from.ts';
import { parseMessage } from '../../standards/mail/index.ts';
import { MessageVerifier, verifyMessage } from './verify.ts';
import type { GivenConnection } from './connection.ts';
import type { VerifyMessageOptions } from './verify.ts';
import type { Verification } from './verification.ts';

let resolver: Resolver;
let sealingKey: KeyObject;
let signAs: (text: string, domain: string) => string;

before(async () => {
  const { privateKey, record } = await generateKeys('ed25519');
  sealingKey = privateKey;
  const key = splitTxt(formatKeyRecord(record))
    .map((each) => JSON.stringify(each))
    .join(' ');
  const world = zone(`
$ORIGIN example.
@ IN SOA ns root 1 1 1 1 1
bank IN TXT "v=spf1 ip4:192.0.2.1 -all"
_dmarc.bank IN TXT "v=DMARC1; p=reject"
k._domainkey.bank IN TXT ${key}
mail.bank IN TXT "v=spf1 ip4:192.0.2.2 -all"
evil IN TXT "v=spf1 +all"
_dmarc.evil IN TXT "v=DMARC1; p=none"
k._domainkey.evil IN TXT ${key}
plain IN A 192.0.2.9
half IN TXT "v=spf1 -all"
_dmarc.half IN TXT "v=DMARC1; p=reject; pct=0; t=y"
`);
  assert.ok(world.ok);
  resolver = world.value.resolver;
  signAs = (text, domain) =>
    sign(parseMessage(Buffer.from(text, 'latin1')), { signingDomain: domainName(domain), selector: 'k', privateKey }) +
    text;
});

const letter = (lines: readonly string[]) => `${[...lines, 'Subject: hello', ''].join('\r\n')}\r\nbody\r\n`;
const judge = (text: string, given: GivenConnection = {}, options: VerifyMessageOptions = {}): Promise<Verification> =>
  verifyMessage(parseMessage(Buffer.from(text, 'latin1')), given, resolver, options);

describe('the verdict', () => {
  const from = ['From: Bank <a@bank.example>'];
  const at = (ip: string, mailFrom: string): GivenConnection => ({ ip, mailFrom, helo: 'mail.bank.example' });
  const cases: readonly (readonly [
    what: string,
    lines: readonly string[],
    signer: string | undefined,
    given: GivenConnection,
    result: Verification['result'],
  ])[] = [
    ['an aligned signature', from, 'bank.example', {}, 'pass'],
    ['the signature of another', from, 'evil.example', at('192.0.2.66', 'x@evil.example'), 'fail'],
    ['SPF of the same name', from, undefined, at('192.0.2.1', 'b@bank.example'), 'pass'],
    ['SPF of a name below', from, undefined, at('192.0.2.2', 'b@mail.bank.example'), 'pass'],
    ['SPF that fails', from, undefined, at('192.0.2.66', 'b@bank.example'), 'fail'],
    ['SPF of another', from, undefined, at('192.0.2.66', 'x@evil.example'), 'fail'],
    ['the null sender: HELO vouches (RFC 7208 §2.4)', from, undefined, at('192.0.2.2', ''), 'pass'],
    ['the null sender in brackets', from, undefined, at('192.0.2.2', '<>'), 'pass'],
    ['no connection: it turns on SPF', from, undefined, {}, 'not-known'],
    ['no address, and a sender that could not be aligned', from, undefined, { mailFrom: 'x@evil.example' }, 'fail'],
    ['no address, and a sender that could', from, undefined, { mailFrom: 'x@mail.bank.example' }, 'not-known'],
    ['no sender', from, undefined, { ip: '192.0.2.1' }, 'not-known'],
    ['no record', ['From: a@plain.example'], undefined, at('192.0.2.9', 'a@plain.example'), 'none'],
    ['a DNS that does not answer', ['From: a@unknown.test'], undefined, at('192.0.2.9', 'x@evil.example'), 'temperror'],
    ['two From fields', [...from, 'From: a@bank.example'], 'bank.example', at('192.0.2.1', 'b@bank.example'), 'none'],
    ['two domains (RFC 9989 §11.5)', ['From: a@bank.example, b@evil.example'], 'evil.example', {}, 'none'],
  ];
  for (const [what, lines, signer, given, result] of cases) {
    it(what, async () => {
      const text = letter(lines);
      const verification = await judge(signer === undefined ? text : signAs(text, signer), given);
      assert.equal(verification.result, result);
      assert.equal(verification.authenticatedAs !== undefined, result === 'pass');
      assert.ok(verification.dmarc.reasons.length > 0);
      // Plain data: what is sent as JSON is what was said.
      assert.deepEqual(JSON.parse(JSON.stringify(verification)), verification);
    });
  }
  it('says what letters of another script look like', async () => {
    const { appearance } = await judge(letter(['From: <a@xn--80ak6aa92e.example>']));
    assert.equal(
      appearance.findings.find((each) => each.code === 'appearance/drawn-as-latin')?.values?.['like'],
      'apple',
    );
  });
  it('says what it would need', async () => {
    const { dmarc, spf } = await judge(letter(from));
    assert.ok(dmarc.reasons.some((each) => each.code === 'verification/turns-on-spf'));
    assert.equal(spf.reason.code, 'verification/needs-ip');
  });
  it('says why there is no author', async () => {
    const { dmarc } = await judge(letter(['From: a@bank.example, b@evil.example']));
    assert.equal(dmarc.reasons[0]?.code, 'mail/several-author-domains');
  });
  it('shows where receivers part: t=y and pct=0', async () => {
    const { dmarc } = await judge(letter(['From: a@half.example']), { ip: '192.0.2.3', mailFrom: 'a@half.example' });
    assert.deepEqual(
      dmarc.views.map(({ receiver, result, disposition }) => [receiver, result, disposition]),
      [
        ['rfc9989', 'fail', 'quarantine'],
        ['rfc7489-icann', 'fail', 'quarantine'],
        ['rfc7489-private', 'fail', 'quarantine'],
      ],
    );
  });
});

describe('the connection', () => {
  const received = (ip: string, by = 'mx.ours.example') =>
    `Received: from mail.bank.example (mail.bank.example [${ip}]) by ${by}; Tue, 3 Nov 2026 09:15:00 +0100`;
  const from = 'From: a@bank.example';
  it('is that of the topmost Received field and the Return-Path above it', async () => {
    const { connection, result } = await judge(letter(['Return-Path: <b@bank.example>', received('192.0.2.1'), from]));
    assert.equal(result, 'pass');
    assert.deepEqual(connection.ip, { value: '192.0.2.1', from: 'received' });
    assert.deepEqual(connection.mailFrom, { value: 'b@bank.example', from: 'return-path' });
  });
  it('is never that of a field further down', async () => {
    const { result } = await judge(
      letter(['Return-Path: <b@bank.example>', received('192.0.2.66'), received('192.0.2.1'), from]),
    );
    assert.equal(result, 'fail');
  });
  it('believes no Return-Path below the trusted field', async () => {
    const { connection } = await judge(letter([received('192.0.2.1'), 'Return-Path: <b@bank.example>', from]));
    assert.equal(connection.mailFrom, undefined);
  });
  it('goes as many fields down as are trusted', async () => {
    const lines = ['Return-Path: <b@bank.example>', received('10.0.0.1'), received('192.0.2.1'), from];
    assert.equal((await judge(letter(lines), { trust: { hops: 2 } })).result, 'pass');
    const one = await judge(letter(lines));
    assert.ok(one.connection.problems.some((each) => each.code === 'verification/inside-client'));
  });
  it('an inside client is none that SPF could judge: not known, and no fail of the sender', async () => {
    const { spf, result } = await judge(letter(['Return-Path: <b@bank.example>', received('10.0.0.1'), from]));
    assert.deepEqual([spf.result, spf.reason.code, result], ['not-known', 'verification/inside-client', 'not-known']);
    const given = await judge(letter([from]), { ip: '10.0.0.1', mailFrom: 'b@bank.example' });
    assert.deepEqual([given.spf.result, given.result], ['fail', 'fail']);
  });
  it('believes nothing when no hop is trusted', async () => {
    const { connection, judgedAt } = await judge(
      letter(['Return-Path: <b@bank.example>', received('192.0.2.1'), from]),
      { trust: { hops: 0 } },
      { now: 1_800_000_000 },
    );
    assert.deepEqual([connection.ip, connection.mailFrom, judgedAt?.from], [undefined, undefined, 'clock']);
  });
});

describe('the forged From: a forger who owns evil.example signs and sends as it', () => {
  const given = { ip: '192.0.2.66', helo: 'evil.example', mailFrom: 'x@evil.example' };
  it('is a battery of more than a hundred and forty', () => assert.ok(forgedFroms.length > 140));
  for (const [what, lines, outcome] of forgedFroms) {
    it(what, async () => {
      const header = `${lines.join('\r\n')}\r\nSubject: x\r\n`;
      const text = `${header}\r\nbody\r\n`;
      // The signature goes below the crafted lines: on top of them it would take a first line of white space for its own.
      const field = signAs(text, 'evil.example').slice(0, -text.length);
      const verification = await judge(`${header}${field}\r\nbody\r\n`, given);
      assert.notEqual(verification.authenticatedAs, 'bank.example');
      if (outcome.includes('/')) {
        assert.equal(verification.authenticatedAs, undefined);
        assert.ok(verification.dmarc.reasons.some((each) => each.code === outcome));
      } else assert.equal(verification.result === 'pass', outcome.endsWith('evil.example'));
    });
  }
});

describe('what a person sees', () => {
  const b64 = (text: string) => `=?utf-8?b?${Buffer.from(text, 'utf8').toString('base64')}?=`;
  const raw = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
  const ours = [domainName('postbank.example')];
  const cases: readonly (readonly [what: string, lines: readonly string[], codes: readonly string[]])[] = [
    ['nothing odd', ['From: The Bank <a@bank.example>'], []],
    ['a name with dots is no domain', ['From: "Mr.Jones v2.final" <a@bank.example>'], []],
    ['its own address as name', ['From: "a@bank.example" <a@bank.example>'], []],
    ['an address in the name', ['From: "ceo@bank.example" <x@evil.example>'], ['appearance/address-in-name']],
    [
      'an encoded address in the name',
      [`From: ${b64('ceo@bank.example')} <x@evil.example>`],
      ['appearance/address-in-name'],
    ],
    ['a domain in the name', ['From: "www.bank.example" <x@evil.example>'], ['appearance/domain-in-name']],
    ['hidden characters', [`From: ${b64('Ba\u200bnk')} <x@evil.example>`], ['appearance/hidden-characters']],
    [
      'an answer that goes elsewhere',
      ['From: a@bank.example', 'Reply-To: x@evil.example'],
      ['appearance/reply-to-elsewhere'],
    ],
    ['an answer to a name below', ['From: a@bank.example', 'Reply-To: x@mail.bank.example'], []],
    ['a sender elsewhere', ['From: a@bank.example', 'Sender: x@evil.example'], ['appearance/sender-elsewhere']],
    ['two From fields', ['From: a@bank.example', 'From: x@evil.example'], ['appearance/second-from']],
    [
      'a Cyrillic letter among Latin ones',
      [`From: <a@p\u043estbank.example>`].map(raw),
      ['appearance/punycode', 'appearance/mixed-scripts', 'appearance/same-letters'],
    ],
    [
      'Cyrillic letters throughout, as punycode',
      ['From: <a@xn--80ak6aa92e.example>'],
      ['appearance/punycode', 'appearance/drawn-as-latin'],
    ],
    ['an honest name in another script', ['From: <a@пример.example>'].map(raw), ['appearance/punycode']],
    [
      'letters that only look like Latin ones to whoever looks for it say nothing alone',
      ['From: <a@тон.example>'].map(raw),
      ['appearance/punycode'],
    ],
    ['a name in the script of its suffix', ['From: <a@сора.рф>'].map(raw), ['appearance/punycode']],
    [
      'an Armenian letter among Latin ones',
      ['From: <a@p\u0585stbank.example>'].map(raw),
      ['appearance/punycode', 'appearance/mixed-scripts', 'appearance/same-letters'],
    ],
    [
      'a letter of two, drawn as one (UTS 39)',
      ['From: <a@exa\u0271plar.example>', 'To: b@examplar.example'].map(raw),
      ['appearance/punycode', 'appearance/same-letters'],
    ],
    [
      'a mark below a letter',
      ['From: <a@postb\u1ea1nk.example>'].map(raw),
      ['appearance/punycode', 'appearance/same-letters'],
    ],
    ['a digit for a letter', ['From: <a@p0stbank.example>'], ['appearance/same-letters']],
    ['one letter off', ['From: <a@postbanc.example>'], ['appearance/one-letter-off']],
    ['neighbours exchanged', ['From: <a@psotbank.example>'], ['appearance/one-letter-off']],
    ['the name of ours inside', ['From: <a@postbank-secure.example>'], ['appearance/holds-name']],
    ['another suffix', ['From: <a@postbank.test>'], ['appearance/other-suffix']],
    ['ours in front of another', ['From: <a@postbank.example.evil.test>'], ['appearance/begins-with-domain']],
    ['ours itself', ['From: <a@mail.postbank.example>'], []],
    ['like the recipient', ['From: <a@exarnplar.example>', 'To: b@examplar.example'], ['appearance/same-letters']],
  ];
  for (const [what, lines, codes] of cases) {
    it(what, async () => {
      const { appearance } = await judge(letter(lines), {}, { ours });
      assert.deepEqual(
        appearance.findings.map((each) => each.code),
        codes,
      );
    });
  }
});

describe('a message that comes in pieces', () => {
  const given: GivenConnection = { ip: '192.0.2.66', mailFrom: 'x@evil.example', helo: 'evil.example' };
  it('is judged as the whole is, wherever it is cut', async () => {
    const text = Buffer.from(
      signAs(letter(['From: a@bank.example', 'X-Long: y'.repeat(50)]), 'bank.example'),
      'latin1',
    );
    const whole = await verifyMessage(parseMessage(text), given, resolver);
    assert.equal(whole.result, 'pass');
    for (const size of [1, 7, 64, 1000]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
        text.subarray(at * size, (at + 1) * size),
      );
      assert.deepEqual(await new MessageVerifier(resolver).verifyStream(pieces, given), whole);
    }
  });
  it('one that is empty, or has no end', async () => {
    const verifier = new MessageVerifier(resolver);
    assert.equal((await verifier.verifyStream([])).result, 'none');
    const header = Buffer.from('From: a@bank.example\r\nSubject: x');
    assert.equal((await verifier.verifyStream([header], given)).result, 'fail');
  });
  it('what the source throws comes out', async () => {
    function* broken(): Generator<Buffer> {
      yield Buffer.from('From: a@bank.example\r\n\r\n');
      throw new Error('the disk is gone');
    }
    await assert.rejects(new MessageVerifier(resolver).verifyStream(broken()), /the disk is gone/);
  });
});

describe('the chain of a forwarder', () => {
  /** What a forwarder makes of a message: it looks at the chain, changes what it changes, and seals. */
  const forward = async (came: string, change: (text: string) => string = (same) => same): Promise<string> => {
    const chain = await validate(parseMessage(Buffer.from(came, 'latin1')), resolver);
    const text = change(came);
    const message = parseMessage(Buffer.from(text, 'latin1'));
    const said = { methodVersion: 1, comments: [], properties: [] };
    const fields = seal(message, {
      signingDomain: domainName('evil.example'),
      selector: 'k',
      privateKey: sealingKey,
      chain,
      results: { authservId: 'mx.evil.example', results: [{ ...said, method: 'dmarc', result: 'pass' }] },
    });
    return `${fields ?? ''}${text}`;
  };
  const given: GivenConnection = { ip: '192.0.2.66', mailFrom: 'x@evil.example', helo: 'evil.example' };
  it('explains, and authenticates nobody: who sealed, and what each says it found', async () => {
    const text = await forward(await forward(letter(['From: a@bank.example'])));
    const { arc, result, authenticatedAs, authenticationResults } = await judge(text, given);
    assert.deepEqual(arc, {
      status: 'pass',
      oldestPass: 0,
      sets: [1, 2].map((instance) => ({
        instance,
        signingDomain: 'evil.example',
        said: [{ method: 'dmarc', result: 'pass' }],
      })),
    });
    assert.deepEqual([result, authenticatedAs], ['fail', undefined]);
    assert.ok(authenticationResults.some((each) => each.method === 'arc' && each.result === 'pass'));
  });
  it('says what was changed since, and what is broken', async () => {
    const once = await forward(letter(['From: a@bank.example']));
    const changed = await forward(once, (text) => `${text}footer\r\n`);
    assert.deepEqual(
      [(await judge(changed, given)).arc.status, (await judge(changed, given)).arc.oldestPass],
      ['pass', 2],
    );
    const broken = once.replace('dmarc=pass', 'dmarc=fail');
    const { arc } = await judge(broken, given);
    assert.deepEqual([arc.status, arc.reason?.code], ['fail', 'arc/seal-broken']);
  });
});

describe('hostile sizes: linear in what came', () => {
  const given: GivenConnection = { ip: '192.0.2.66', mailFrom: 'x@evil.example', helo: 'evil.example' };
  const many = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_, at) => line(at));
  const cases: readonly (readonly [what: string, lines: readonly string[], result: Verification['result']])[] = [
    [
      '10,000 signatures',
      [
        'From: a@bank.example',
        ...many(10_000, (at) => `DKIM-Signature: v=1; a=rsa-sha256; d=d${at}.example; s=s; h=from; bh=AAAA; b=AAAA`),
      ],
      'fail',
    ],
    ['10,000 From addresses', [`From: ${many(10_000, (at) => `a@d${at}.example`).join(', ')}`], 'none'],
    ['10,000 From fields', many(10_000, (at) => `From: a@d${at}.example`), 'none'],
    [
      '10,000 Received fields',
      ['From: a@bank.example', ...many(10_000, (at) => `Received: from a by b${at}.example; x`)],
      'fail',
    ],
    [
      '10,000 ARC fields',
      [
        'From: a@bank.example',
        ...many(10_000, (at) => `ARC-Seal: i=${(at % 50) + 1}; cv=pass; a=rsa-sha256; d=a.example; s=s; b=AAAA`),
      ],
      'fail',
    ],
    [
      '10,000 fields of results',
      ['From: a@bank.example', ...many(10_000, () => 'Authentication-Results: a; dkim=pass')],
      'fail',
    ],
    ['a domain name of 64 kB in a display name', [`From: "${'a.'.repeat(32_768)}example" <a@bank.example>`], 'fail'],
    ['64 kB of @ in a display name', [`From: "${'@'.repeat(65_536)}" <a@bank.example>`], 'fail'],
    ['64 kB of letters, no dot', [`From: "${'a'.repeat(65_536)}@" <a@bank.example>`], 'fail'],
    [
      '64 kB of h= names',
      [
        'From: a@bank.example',
        `DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=k; h=${'from:'.repeat(13_000)}from; bh=AAAA; b=AAAA`,
      ],
      'fail',
    ],
    [
      '64 kB of white space in a signature',
      [
        'From: a@bank.example',
        `DKIM-Signature: v=1; a=rsa-sha256;${' '.repeat(65_536)}d=evil.example; s=k; h=from; bh=AAAA; b=${'A '.repeat(32_768)}=`,
      ],
      'fail',
    ],
    [
      '64 kB of padding in a signature',
      [
        'From: a@bank.example',
        `DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=k; h=from; bh=${'='.repeat(65_536)}; b=AAAA`,
      ],
      'fail',
    ],
    [
      '64 kB of parentheses in Received',
      [`Received: from a ${'('.repeat(65_536)} by b; x`, 'From: a@bank.example'],
      'fail',
    ],
    [
      '64 kB of brackets in Received',
      [`Received: from a (${'b [1.2.3.4'.repeat(6000)}) by b; x`, 'From: a@bank.example'],
      'fail',
    ],
    [
      '64 kB of keys in Received-SPF',
      [`Received-SPF: pass ${'client-ip='.repeat(6500)}`, 'Received: from a by b; x', 'From: a@bank.example'],
      'fail',
    ],
    [
      '64 kB of encoded words in a subject',
      ['From: a@bank.example', `Subject: ${'=?utf-8?q?=3D?= '.repeat(4000)}`],
      'fail',
    ],
    ['64 kB of punycode', [`From: a@xn--${'a'.repeat(65_536)}.example`], 'none'],
    ['64 kB in Reply-To', ['From: a@bank.example', `Reply-To: ${'<a@b.example>,'.repeat(4700)}`], 'fail'],
    [
      'boundaries inside boundaries',
      ['From: a@bank.example', `Content-Type: multipart/mixed; boundary=${'"a'.repeat(30_000)}`],
      'fail',
    ],
  ];
  for (const [what, lines, result] of cases) {
    it(what, async () => {
      const cpu = process.cpuUsage();
      const verification = await judge(letter(lines), given);
      const { user, system } = process.cpuUsage(cpu);
      assert.equal(verification.result, result);
      assert.ok(verification.appearance.findings.length <= 100);
      assert.ok(JSON.stringify(verification).length < 200_000);
      // A message of a megabyte takes some milliseconds; what takes seconds is not linear.
      assert.ok(user + system < 2_000_000, `${(user + system) / 1000} ms`);
    });
  }
});
