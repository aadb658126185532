import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { before, describe, it } from 'node:test';
import * as fc from 'fast-check';
import { domainName, ResolverError, zone } from '../dns/index.ts';
import type { Resolver } from '../dns/index.ts';
import { parseMessage } from '../mail/index.ts';
import {
  DkimVerifier,
  fieldsToSign,
  formatKeyRecord,
  generateKeys,
  KeyCache,
  parseSignature,
  recordOf,
  sign,
  splitTxt,
  verify,
} from './index.ts';
import type { DkimVerification, KeyRecord, SignOptions, VerifyOptions } from './index.ts';

/** A zone with these TXT records under example.com, one line a record. */
function world(records: readonly (readonly [owner: string, text: string])[]): Resolver {
  const lines = records.map(
    ([owner, text]) =>
      `${owner} IN TXT ${splitTxt(text)
        .map((each) => JSON.stringify(each))
        .join(' ')}`,
  );
  const reading = zone(`$ORIGIN example.com.\n@ IN SOA ns root 1 1 1 1 1\n${lines.join('\n')}\n`);
  assert.ok(reading.ok);
  return reading.value.resolver;
}

const letter = [
  'Received: from a by b; Tue, 3 Nov 2026 09:15:00 +0100',
  'From: Joe <joe@example.com>',
  'To: Jane <jane@receiver.example>',
  'Subject: Hello',
  '  again',
  'Date: Tue, 3 Nov 2026 09:15:00 +0100',
  '',
  'Hello  Jane,',
  '',
  'see you. \t',
  '',
  '',
].join('\r\n');

let rsa: KeyObject;
let ed25519: KeyObject;
let short: KeyObject;
before(async () => {
  rsa = (await generateKeys('rsa')).privateKey;
  ed25519 = (await generateKeys('ed25519')).privateKey;
  short = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey;
});

const options = (more: Partial<SignOptions> = {}): SignOptions => ({
  signingDomain: domainName('example.com'),
  selector: 'sel',
  privateKey: rsa,
  ...more,
});

function signed(text: string, more: Partial<SignOptions> = {}): string {
  return sign(parseMessage(Buffer.from(text, 'latin1')), options(more)) + text;
}

const record = (more: Partial<KeyRecord> = {}, key: KeyObject = rsa): string =>
  formatKeyRecord({ ...recordOf(key), ...more });

async function judged(
  text: string,
  texts: readonly string[] = [record()],
  how: VerifyOptions = {},
): Promise<DkimVerification> {
  return verify(
    parseMessage(Buffer.from(text, 'latin1')),
    world(texts.map((each) => ['sel._domainkey', each] as const)),
    how,
  );
}

/** Result and reason of the first signature, in short. */
async function first(text: string, texts?: readonly string[], how?: VerifyOptions): Promise<string> {
  const { results } = await judged(text, texts, how);
  const [result] = results;
  return result === undefined ? 'unsigned' : `${result.result} ${result.reason?.code ?? ''}`.trim();
}

describe('what is signed verifies', () => {
  for (const header of ['simple', 'relaxed'] as const) {
    for (const body of ['simple', 'relaxed'] as const) {
      for (const type of ['rsa', 'ed25519'] as const) {
        it(`${type} ${header}/${body}`, async () => {
          const privateKey = type === 'rsa' ? rsa : ed25519;
          const text = signed(letter, { privateKey, headerCanonicalization: header, bodyCanonicalization: body });
          const keys = [record({}, privateKey)];
          assert.equal(await first(text, keys), 'pass');
          assert.equal(await first(text.replaceAll('\r\n', '\n'), keys), 'pass', 'from a file with LF');
          assert.equal(await first(text.replace('see you', 'see me'), keys), 'fail dkim/body-changed');
          assert.equal(await first(text.replace('Hello\r', 'Hallo\r'), keys), 'fail dkim/header-changed');
          const refolded = text.replace('Hello\r\n  again', 'Hello again');
          assert.equal(await first(refolded, keys), header === 'relaxed' ? 'pass' : 'fail dkim/header-changed');
          const respaced = text.replace('Hello  Jane', 'Hello Jane');
          assert.equal(await first(respaced, keys), body === 'relaxed' ? 'pass' : 'fail dkim/body-changed');
        });
      }
    }
  }
  it('whatever the message', async () => {
    const scrap = fc.constantFrom('a', ' ', '\t', '\r\n ', '\n\t', 'é', '=', ';', 'x'.repeat(80), '\0', '\r');
    const value = fc.array(scrap, { maxLength: 12 }).map((all) => all.join(''));
    const form = fc.constantFrom('simple' as const, 'relaxed' as const);
    const line = fc.constantFrom('a', ' ', '\t', '\r\n', '\n', '\r', 'é', '\0');
    await fc.assert(
      fc.asyncProperty(
        value,
        value,
        fc.array(line, { maxLength: 20 }),
        form,
        form,
        async (from, subject, body, header, canonical) => {
          const text = `From: a@example.com${from}\r\nSubject:${subject}\r\n\r\n${body.join('')}`;
          const out = signed(text, {
            privateKey: ed25519,
            headerCanonicalization: header,
            bodyCanonicalization: canonical,
          });
          assert.equal(await first(out, [record({}, ed25519)]), 'pass', JSON.stringify(out));
        },
      ),
      { numRuns: 200 },
    );
  });
  it('in pieces of any size', async () => {
    const text = Buffer.from(signed(letter), 'latin1');
    for (const size of [1, 2, 3, 7, 64, 5000]) {
      const pieces: Buffer[] = [];
      for (let at = 0; at < text.length; at += size) pieces.push(text.subarray(at, at + size));
      const { results } = await new DkimVerifier(world([['sel._domainkey', record()]])).verifyStream(pieces);
      assert.equal(results[0]?.result, 'pass', `pieces of ${size}`);
    }
  });
  it('with a message that has no body, and one that has nothing', async () => {
    assert.equal(await first(signed('From: a@example.com\r\n')), 'pass');
    assert.equal(await first(signed('From: a@example.com\r\n\r\n')), 'pass');
    assert.equal(await first(''), 'unsigned');
    assert.equal(await first('\r\n'), 'unsigned');
  });
  it('lines of a signature are at most 78 characters (RFC 5322 §2.1.1)', () => {
    const field = sign(
      parseMessage(Buffer.from(letter)),
      options({ auid: '@mail.example.com', signedAt: 1, expires: 2 }),
    );
    assert.ok(
      field.split('\r\n').every((line) => line.length <= 78),
      field,
    );
  });
});

describe('signing refuses (RFC 6376 §5, RFC 8301 §3.2)', () => {
  const cases: [what: string, more: () => Partial<SignOptions>][] = [
    ['without From in h=', () => ({ signedFields: ['to'] })],
    ['a key of 512 bits', () => ({ privateKey: short })],
    ['a public key', () => ({ privateKey: createPublicKey(rsa) })],
    ['a key of another kind', () => ({ privateKey: generateKeyPairSync('x25519').privateKey })],
    ['an identity outside the domain', () => ({ auid: '@example.net' })],
    ['an identity that ends its tag', () => ({ auid: 'a;b@example.com' })],
    ['a selector that is no name', () => ({ selector: 'a b' })],
  ];
  for (const [what, more] of cases) it(what, () => assert.throws(() => signed(letter, more())));
});

describe('h= (RFC 6376 §3.5, §5.4, §8.15)', () => {
  it('names what a reader sees once more than it is there', () => {
    const names = fieldsToSign(parseMessage(Buffer.from(letter)));
    assert.equal(names.filter((name) => name === 'from').length, 2);
    assert.equal(names.filter((name) => name === 'reply-to').length, 1);
    assert.ok(!names.includes('received'));
  });
  it('an over-signed field cannot be added', async () => {
    for (const field of ['From: evil@evil.example', 'Subject: other', 'Reply-To: evil@evil.example']) {
      assert.equal(await first(`${field}\r\n${signed(letter)}`), 'fail dkim/header-changed', field);
    }
    const mime = signed(`Content-Type: text/plain\r\n${letter}`);
    assert.equal(await first(`Content-Type: text/html\r\n${mime}`), 'fail dkim/header-changed');
    assert.equal(await first(`X-Spam: no\r\n${signed(letter)}`), 'pass');
  });
  it('a field that is not can be, and is told', async () => {
    const text = `Subject: other\r\n${signed(letter, { signedFields: ['from', 'to', 'subject', 'date'] })}`;
    const { results } = await judged(text);
    assert.equal(results[0]?.result, 'pass');
    assert.deepEqual(
      results[0]?.warnings.filter((each) => each.code === 'dkim/field-added').map((each) => each.values?.['field']),
      ['subject'],
    );
    assert.equal(await first(text, undefined, { addedFields: 'refuse' }), 'policy dkim/field-added');
  });
  it('takes instances from the bottom up (§5.4.2)', async () => {
    const text = `X-A: 1\r\nX-A: 2\r\n${letter}`;
    const once = signed(text, { signedFields: ['from', 'x-a'] });
    assert.equal(await first(once.replace('X-A: 1', 'X-A: 9')), 'pass');
    assert.equal(await first(once.replace('X-A: 2', 'X-A: 9')), 'fail dkim/header-changed');
    const twice = signed(text, { signedFields: ['from', 'x-a', 'x-a'] });
    assert.equal(await first(twice.replace('X-A: 1', 'X-A: 9')), 'fail dkim/header-changed');
  });
  it('without From is no signature', async () => {
    const text = signed(letter).replace(/h=[^;]*;/, 'h=to:subject;');
    assert.equal(await first(text), 'permerror dkim/from-not-signed');
  });
  it('a signature can sign another, and not itself', async () => {
    const inner = signed(letter, { privateKey: ed25519, selector: 'ed' });
    const outer = signed(inner, { signedFields: ['from', 'dkim-signature', 'dkim-signature'] });
    const resolver = world([
      ['sel._domainkey', record()],
      ['ed._domainkey', record({}, ed25519)],
    ]);
    const { results } = await verify(parseMessage(Buffer.from(outer)), resolver);
    assert.deepEqual(
      results.map((each) => each.result),
      ['pass', 'pass'],
    );
  });
  it('unsigned fields of weight are told (§5.4)', async () => {
    const { results } = await judged(signed(letter, { signedFields: ['from'] }));
    assert.deepEqual(
      results[0]?.warnings.map((each) => each.values?.['field']),
      ['subject', 'date', 'to'],
    );
  });
});

describe('l= (RFC 6376 §3.5, §8.2)', () => {
  /** Signs by hand with a body length, which signing itself does not offer. */
  const partly = (length: number): string => {
    const full = signed(letter, { bodyCanonicalization: 'simple', headerCanonicalization: 'relaxed' });
    const body = letter.slice(letter.indexOf('\r\n\r\n') + 4);
    const canonical = `${body.replace(/(?:\r\n)+$/, '')}\r\n`;
    const part = `From: Joe <joe@example.com>\r\n\r\n${canonical.slice(0, length)}`;
    const hash = /bh=([^;]*)/.exec(
      sign(parseMessage(Buffer.from(part)), options({ bodyCanonicalization: 'simple' })),
    )![1]!;
    // The body hash of a text that ends in a line break is the hash of that text.
    return full.replace(/bh=[^;]*;/, `bh=${hash}; l=${length};`);
  };
  const resign = (text: string): string => {
    const [field] = parseMessage(Buffer.from(text)).fields;
    const value = text.slice(field!.colon + 1, field!.end);
    const bare = value.replace(/b=[A-Za-z0-9+/=\s]*$/, 'b=');
    const message = parseMessage(Buffer.from(text));
    const reading = parseSignature(value);
    assert.ok(reading.ok);
    const lines = new Map<string, string[]>();
    for (const each of message.fields.slice(1))
      lines.set(each.name, [...(lines.get(each.name) ?? []), text.slice(each.colon + 1, each.end)]);
    const relaxed = (name: string, raw: string): string =>
      `${name}:${raw
        .replace(/\r\n/g, '')
        .replace(/[ \t]+/g, ' ')
        .trim()}`;
    const header = reading.value.signedFields
      .map((name) => [name, lines.get(name)?.pop()] as const)
      .filter(([, raw]) => raw !== undefined)
      .map(([name, raw]) => `${relaxed(name, raw!)}\r\n`)
      .join('');
    const signature = signBytes('sha256', Buffer.from(`${header}${relaxed('dkim-signature', bare)}`), rsa).toString(
      'base64',
    );
    return `DKIM-Signature:${bare}${signature}\r\n${text.slice(field!.next)}`;
  };
  it('is accepted, warned of, and tells what is not signed', async () => {
    const { results } = await judged(resign(partly(14)));
    assert.equal(`${results[0]?.result} ${results[0]?.reason?.code ?? ''}`, 'pass ');
    assert.equal(results[0]?.unsignedBytes, 14);
    assert.ok(results[0]?.warnings.some((each) => each.code === 'dkim/partly-signed-body'));
  });
  it('what is added behind it does not break it', async () => {
    assert.equal(await first(`${resign(partly(14))}Pay here!\r\n`), 'pass');
  });
  it('more than there is fails', async () => {
    assert.equal(
      await first(resign(partly(14)).replace(/Hello {2}Jane,[^]*$/, '')),
      'fail dkim/body-shorter-than-signed',
    );
  });
});

describe('time (RFC 6376 §3.5)', () => {
  const text = (): string => signed(letter, { signedAt: 1000, expires: 2000 });
  it('x= is judged by the time given, clocks may differ a little', async () => {
    assert.equal(await first(text(), undefined, { now: 1500 }), 'pass');
    assert.equal(await first(text(), undefined, { now: 2200 }), 'pass');
    assert.equal(await first(text(), undefined, { now: 2400 }), 'policy dkim/expired');
    assert.equal(await first(text(), undefined, { now: 2001, clockSkew: 0 }), 'policy dkim/expired');
    assert.equal(await first(text()), 'pass', 'without a time nothing expires');
  });
  it('a signature from the future is told', async () => {
    const { results } = await judged(text(), undefined, { now: 1 });
    assert.ok(
      results[0]?.result === 'pass' && results[0].warnings.some((each) => each.code === 'dkim/signed-in-future'),
    );
  });
});

describe('the key (RFC 6376 §3.6.1, §6.1.2, RFC 8301)', () => {
  const cases: [what: string, texts: () => string[], expected: string][] = [
    ['revoked', () => ['v=DKIM1; p='], 'permerror dkim/key-revoked'],
    ['for another service', () => [record({ services: ['tlsrpt'] })], 'permerror dkim/key-not-for-mail'],
    ['for mail', () => [record({ services: ['email'] })], 'pass'],
    ['for another hash', () => [record({ hashes: ['sha1'] })], 'permerror dkim/key-hash-not-allowed'],
    ['for this hash too', () => [record({ hashes: ['sha1', 'sha256'] })], 'pass'],
    ['of another type', () => [record({}, ed25519)], 'permerror dkim/key-type-mismatch'],
    ['of the wrong bytes', () => [record({ publicKey: Buffer.from('hello') })], 'permerror dkim/bad-key'],
    [
      'an RSA key that says it is Ed25519 inside',
      () => [record({ publicKey: createPublicKey(ed25519).export({ type: 'spki', format: 'der' }) })],
      'permerror dkim/bad-key',
    ],
    [
      'RSAPublicKey, as RFC 6376 has it',
      () => [record({ publicKey: createPublicKey(rsa).export({ type: 'pkcs1', format: 'der' }) })],
      'pass',
    ],
    ['of 512 bits', () => [record({}, short)], 'permerror dkim/key-too-short'],
    [
      'another key',
      () => [record({}, generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)],
      'fail dkim/header-changed',
    ],
    ['no key record', () => ['v=spf1 -all'], 'permerror dkim/not-a-key-record'],
    ['several records, one that fits', () => ['v=spf1 -all', record({}, ed25519), record()], 'pass'],
    ['several records, none that fits', () => ['v=spf1 -all', record({}, ed25519)], 'permerror dkim/key-type-mismatch'],
    ['many records', () => Array.from({ length: 50 }, (_, at) => `v=DKIM1; n=${at}; p=AAAA`), 'permerror dkim/bad-key'],
    ['in many strings', () => [record({ notes: 'n'.repeat(700) })], 'pass'],
    ['testing', () => [record({ testing: true })], 'pass'],
  ];
  for (const [what, texts, expected] of cases)
    it(what, async () => assert.equal(await first(signed(letter), texts()), expected));
  it('an Ed25519 key is 32 bytes, and nothing around them (RFC 8463 §4.2)', async () => {
    const text = signed(letter, { privateKey: ed25519 });
    const publicKey = createPublicKey(ed25519).export({ type: 'spki', format: 'der' });
    assert.equal(await first(text, [record({ publicKey }, ed25519)]), 'permerror dkim/bad-key');
  });
  it('t=s binds i= to d=', async () => {
    const text = signed(letter, { auid: '@mail.example.com' });
    assert.equal(await first(text), 'pass');
    assert.equal(await first(text, [record({ strict: true })]), 'permerror dkim/auid-not-domain');
  });
  it('t=y is told', async () => {
    const { results } = await judged(signed(letter), [record({ testing: true })]);
    assert.ok(results[0]?.testing === true && results[0].warnings.some((each) => each.code === 'dkim/testing-key'));
  });
  it('1024 bits pass with a warning, and the size is told', async () => {
    const privateKey = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    const { results } = await judged(signed(letter, { privateKey }), [record({}, privateKey)]);
    assert.ok(results[0]?.result === 'pass' && results[0].keyBits === 1024);
    assert.ok(results[0].warnings.some((each) => each.code === 'dkim/short-key'));
  });
  it('no such selector, no such record, no answer', async () => {
    assert.equal(await first(signed(letter), []), 'permerror dkim/no-such-selector');
    const empty = world([['x.sel._domainkey', 'below']]);
    const { results } = await verify(parseMessage(Buffer.from(signed(letter))), empty);
    assert.equal(results[0]?.reason?.code, 'dkim/no-key-record');
    const silent: Resolver = () => Promise.reject(new ResolverError('dns/timeout', 'no answer'));
    const late = await verify(parseMessage(Buffer.from(signed(letter))), silent);
    assert.equal(`${late.results[0]?.result} ${late.results[0]?.reason?.code}`, 'temperror dkim/key-unavailable');
  });
  it('a bug in the resolver is not swallowed', async () => {
    const broken: Resolver = () => Promise.reject(new TypeError('a bug'));
    await assert.rejects(verify(parseMessage(Buffer.from(signed(letter))), broken), TypeError);
  });
  it('rsa-sha1 has failed for good (RFC 8301 §3.1)', async () => {
    assert.equal(await first(signed(letter).replace('a=rsa-sha256', 'a=rsa-sha1')), 'permerror dkim/sha1-signature');
  });
  it('the cache is bounded', () => {
    const cache = new KeyCache(3);
    for (let at = 0; at < 10; at++) cache.of(`v=DKIM1; n=${at}; p=`);
    cache.of(`v=DKIM1; n=${'x'.repeat(20_000)}; p=`);
    assert.equal(cache.size, 3);
  });
});

describe('several signatures, and too many', () => {
  it('each has its result; one selector is asked for once', async () => {
    let asked = 0;
    const answer = world([['sel._domainkey', record()]]);
    const counting: Resolver = (name, type) => {
      asked += 1;
      return answer(name, type);
    };
    const text = `DKIM-Signature: v=1; garbage\r\n${signed(signed(letter))}`;
    const { results } = await verify(parseMessage(Buffer.from(text)), counting);
    assert.deepEqual(
      results.map((each) => each.result),
      ['neutral', 'pass', 'pass'],
    );
    assert.equal(asked, 1);
  });
  it('ten thousand cost as much as twenty', async () => {
    const field = sign(parseMessage(Buffer.from(letter)), options());
    const { results, untried } = await judged(`${field.repeat(10_000)}${letter}`);
    assert.equal(results.length, 20);
    assert.equal(untried, 9980);
    assert.ok(results.every((each) => each.result === 'pass'));
  });
  it('twenty with twenty lengths are hashed in one pass, in bounds', async () => {
    const field = sign(parseMessage(Buffer.from(letter)), options());
    const many = Array.from({ length: 20 }, (_, at) => field.replace('c=', `l=${at}; c=`)).join('');
    const { results } = await judged(`${many}${letter}`);
    assert.ok(results.every((each) => each.result === 'fail'));
  });
  it('a header that was cut short verifies nothing', async () => {
    const text = `${'X: y\r\n'.repeat(20_001)}${signed(letter)}`;
    const message = parseMessage(
      Buffer.from(signed(letter).replace('\r\n\r\n', `\r\n${'X: y\r\n'.repeat(20_001)}\r\n`)),
    );
    const { results } = await verify(message, world([['sel._domainkey', record()]]));
    assert.equal(results[0]?.reason?.code, 'mail/header-cut-short');
    assert.equal(await first(text), 'unsigned');
  });
});

describe('hostile fields', () => {
  const huge: [what: string, field: string][] = [
    ['64 kB of semicolons', ';'.repeat(65_536)],
    ['64 kB of names', `v=1; a=rsa-sha256; d=example.com; s=s; h=${'from:'.repeat(13_000)}from; bh=AAAA; b=AAAA`],
    ['64 kB of base64', `v=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=AAAA; b=${'A'.repeat(65_536)}`],
    ['64 kB of folds', `v=1;${'\r\n '.repeat(21_800)}a=rsa-sha256; d=example.com; s=s; h=from; bh=AAAA; b=AAAA`],
    ['64 kB of equals signs', `i=${'='.repeat(65_536)}`],
    ['64 kB of labels', `v=1; a=rsa-sha256; d=${'a.'.repeat(32_000)}com; s=s; h=from; bh=AAAA; b=AAAA`],
    ['64 kB of spaces', `v=1; a=rsa-sha256; d=${' '.repeat(65_536)}x; s=s; h=from; bh=AAAA; b=AAAA`],
  ];
  for (const [what, field] of huge) {
    it(what, async () => {
      const { results } = await judged(`DKIM-Signature: ${field}\r\n${letter}`);
      assert.equal(results.length, 1);
      assert.notEqual(results[0]?.result, 'pass');
    });
  }
  it('random damage never passes, and never throws', async () => {
    const resolver = world([['sel._domainkey', record({}, ed25519)]]);
    const verifier = new DkimVerifier(resolver);
    const text = Buffer.from(
      signed(letter, { privateKey: ed25519, headerCanonicalization: 'simple', bodyCanonicalization: 'simple' }),
      'latin1',
    );
    const signedPart = text.indexOf('From: Joe');
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = Buffer.from(text);
        damaged[at] = damaged[at]! ^ change;
        const { results } = await verifier.verify(parseMessage(damaged));
        // Behind From all is signed byte by byte, but for line breaks at the very end.
        if (at >= signedPart && at < text.length - 6)
          assert.ok(
            results.every((each) => each.result !== 'pass'),
            `byte ${at}`,
          );
      }),
      { numRuns: 500 },
    );
  });
  it('whatever bytes', async () => {
    const verifier = new DkimVerifier(world([['sel._domainkey', record()]]));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(300), async (bytes, at) => {
        const text = Buffer.from(signed(letter), 'latin1');
        await verifier.verify(parseMessage(Buffer.concat([text.subarray(0, at), bytes, text.subarray(at)])));
        await verifier.verify(parseMessage(bytes));
      }),
      { numRuns: 150 },
    );
  });
});

describe('generated keys', () => {
  it('RSA of the size asked for, Ed25519, and no others', async () => {
    const { privateKey, record: made } = await generateKeys('rsa', 1024);
    assert.equal(privateKey.asymmetricKeyDetails?.modulusLength, 1024);
    assert.equal(made.keyType, 'rsa');
    const pair = await generateKeys('ed25519');
    assert.equal(pair.record.publicKey?.length, 32);
    await assert.rejects(generateKeys('rsa', 512), RangeError);
  });
  it('the record of RFC 8463 Appendix A.2', () => {
    const seed = Buffer.from('nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=', 'base64');
    const key = createPrivateKey({
      key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
      format: 'der',
      type: 'pkcs8',
    });
    assert.equal(formatKeyRecord(recordOf(key)), 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=');
  });
});
