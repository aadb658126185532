import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { formatKeyRecord, recordOf, sign, splitTxt } from '../dkim/index.ts';
import { domainName, ResolverError, zone } from '../dns/index.ts';
import type { Resolver } from '../dns/index.ts';
import { parseMessage } from '../mail/index.ts';
import { ArcValidator, seal, validate } from './index.ts';
import type { ArcValidation } from './index.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const txt = (text: string): string =>
  splitTxt(text)
    .map((each) => JSON.stringify(each))
    .join(' ');
const reading = zone(
  `$ORIGIN list.example.\n@ IN SOA ns root 1 1 1 1 1\narc._domainkey IN TXT ${txt(formatKeyRecord(recordOf(privateKey)))}\nrsa._domainkey IN TXT ${txt(formatKeyRecord(recordOf(rsa)))}\n`,
);
assert.ok(reading.ok);
const { resolver } = reading.value;
const letter =
  'From: joe@example.com\r\nTo: list@list.example\r\nSubject: Hi\r\nDate: Tue, 3 Nov 2026 09:15:00 +0100\r\n\r\nHello.\r\n';

async function sealed(text: string, selector = 'arc', chain?: ArcValidation): Promise<string> {
  const message = parseMessage(Buffer.from(text));
  const set = seal(message, {
    signingDomain: domainName('list.example'),
    selector,
    privateKey: selector === 'arc' ? privateKey : rsa,
    signedAt: 1_793_700_000,
    results: {
      authservId: 'mx.list.example',
      results: [
        {
          method: 'spf',
          methodVersion: 1,
          result: 'pass',
          comments: [],
          properties: [{ type: 'smtp', name: 'mailfrom', value: 'example.com' }],
        },
      ],
    },
    chain: chain ?? (await validate(message, resolver)),
  });
  return set === undefined ? text : set + text;
}

const status = async (text: string): Promise<string> => {
  const found = await validate(parseMessage(Buffer.from(text)), resolver);
  return `${found.status} ${found.reason?.code ?? ''}`.trim();
};

describe('what is sealed validates (RFC 8617 §5)', () => {
  it('one to five sets, keys of both kinds', async () => {
    let text = letter;
    for (let instance = 1; instance <= 5; instance++) {
      text = await sealed(text, instance % 2 === 0 ? 'rsa' : 'arc');
      const found = await validate(parseMessage(Buffer.from(text)), resolver);
      assert.equal(found.status, 'pass', JSON.stringify(found.reason));
      assert.equal(found.sets.length, instance);
      assert.equal(found.oldestPass, 0);
      assert.equal(found.sets[0]?.results?.results[0]?.result, 'pass');
      assert.equal(found.sets[0]?.results?.authservId, 'mx.list.example');
    }
  });
  it('a change between handlers moves oldest-pass, and does not break the chain (§5.2 step 5)', async () => {
    const first = await sealed(await sealed(letter));
    const changed = first.replace('Hello.', 'Hello. [list footer]');
    assert.equal(await status(changed), 'fail dkim/body-changed', 'the newest signature must hold');
    const text = await sealed(changed, 'arc', {
      status: 'pass',
      sets: (await validate(parseMessage(Buffer.from(first)), resolver)).sets,
    });
    // Sealed by a handler that vouches for what it got; the older signatures are broken by its own change.
    const found = await validate(parseMessage(Buffer.from(text)), resolver);
    assert.equal(found.oldestPass, found.status === 'pass' ? 3 : undefined);
  });
  it('covers DKIM signatures that are there (§4.1.2)', async () => {
    const signed =
      sign(parseMessage(Buffer.from(letter)), {
        signingDomain: domainName('list.example'),
        selector: 'arc',
        privateKey,
      }) + letter;
    const text = await sealed(signed);
    assert.equal(await status(text), 'pass');
    assert.equal(
      await status(text.replace('DKIM-Signature: v=1;', 'DKIM-Signature: v=2;')),
      'fail dkim/header-changed',
    );
  });
  it('in pieces', async () => {
    const bytes = Buffer.from(await sealed(letter));
    const pieces = Array.from({ length: Math.ceil(bytes.length / 5) }, (_, at) => bytes.subarray(at * 5, at * 5 + 5));
    assert.equal((await new ArcValidator(resolver).validateStream(pieces)).status, 'pass');
  });
  it('a message without a chain has none', async () => assert.equal(await status(letter), 'none'));
});

describe('what breaks a chain (RFC 8617 §5.2)', () => {
  const cases: [what: string, change: (text: string) => string, expected: string][] = [
    ['the body', (text) => text.replace('Hello', 'Hullo'), 'fail dkim/body-changed'],
    ['a signed field', (text) => text.replace('Subject: Hi', 'Subject: Ho'), 'fail dkim/header-changed'],
    [
      'the results of the first handler',
      (text) => text.replace(/(i=1; mx\.list\.example;\r\n )spf=pass/, '$1spf=fail'),
      'fail arc/seal-broken',
    ],
    [
      'a field of a set missing',
      (text) => text.replace(/ARC-Seal:(?:(?!ARC-)[^])*i=1;[^\r]*\r\n/, ''),
      'fail arc/incomplete-set',
    ],
    [
      'a field twice',
      (text) => text.replace(/(ARC-Authentication-Results: i=2;[^]*?\r\n)(?=ARC)/, '$1$1'),
      'fail arc/duplicate-field',
    ],
    ['a gap', (text) => text.replaceAll('i=2;', 'i=3;'), 'fail arc/incomplete-set'],
    ['instance 0', (text) => text.replaceAll('i=1;', 'i=0;'), 'fail arc/bad-instance'],
    ['instance 51', (text) => text.replaceAll('i=2;', 'i=51;'), 'fail arc/bad-instance'],
    ['a status that cannot be', (text) => text.replace('cv=pass', 'cv=none'), 'fail arc/wrong-chain-status'],
    ['a first seal that passes on', (text) => text.replace('cv=none', 'cv=pass'), 'fail arc/wrong-chain-status'],
    ['a chain that has failed', (text) => text.replace('cv=pass', 'cv=fail'), 'fail arc/chain-already-failed'],
    ['an unknown status', (text) => text.replace('cv=pass', 'cv=maybe'), 'fail arc/unknown-chain-status'],
    ['a seal with h=', (text) => text.replace('cv=pass;', 'cv=pass; h=from;'), 'fail arc/seal-with-h'],
    ['a signature over a seal', (text) => text.replace('h=from:', 'h=arc-seal:from:'), 'fail arc/signs-seal'],
    [
      'SHA-1',
      (text) => text.replace('ARC-Message-Signature: a=ed25519-sha256', 'ARC-Message-Signature: a=rsa-sha1'),
      'fail dkim/sha1-signature',
    ],
    ['a selector that does not exist', (text) => text.replace(/s=arc;/, 's=gone;'), 'fail dkim/no-such-selector'],
  ];
  for (const [what, change, expected] of cases) {
    it(`${what}: ${expected}`, async () => {
      const text = await sealed(await sealed(letter));
      const changed = change(text);
      assert.notEqual(changed, text, 'the change was made');
      assert.equal(await status(changed), expected);
    });
  }
  it('a DNS that does not answer (§5.2.1)', async () => {
    const silent: Resolver = () => Promise.reject(new ResolverError('dns/timeout', 'no answer'));
    const found = await validate(parseMessage(Buffer.from(await sealed(letter))), silent);
    assert.equal(`${found.status} ${found.reason?.code}`, 'fail dkim/key-unavailable');
  });
  it('ten thousand fields', async () => {
    assert.equal(await status('ARC-Seal: i=1; cv=none\r\n'.repeat(10_000) + letter), 'fail arc/too-many-sets');
  });
});

describe('sealing', () => {
  it('seals only itself on a broken chain, and nothing after that (§5.1.2, §5.1 step 2)', async () => {
    const broken = (await sealed(letter)).replace('Hello', 'Hullo');
    const text = await sealed(broken);
    assert.match(text, /^ARC-Seal: a=ed25519-sha256;\r\n b=[^;]*;\r\n cv=fail; d=list\.example; i=2;/);
    assert.equal(await status(text), 'fail arc/chain-already-failed');
    assert.equal(await sealed(text), text);
  });
  it('stops at fifty (§4.2.1)', async () => {
    const chain = 'ARC-Seal: i=50; cv=pass; a=rsa-sha256; b=AAAA; d=list.example; s=arc\r\n' + letter;
    assert.equal(await sealed(chain, 'arc', { status: 'fail', sets: [] }), chain);
  });
  it('signs no ARC field and no Authentication-Results (§4.1.2)', async () => {
    const text = await sealed(`Authentication-Results: x.example; none\r\n${await sealed(letter)}`);
    assert.doesNotMatch(/h=[^;]*/.exec(text)![0], /arc|authentication/i);
  });
});

describe('whatever comes', () => {
  it('validation returns', async () => {
    const scrap = fc.constantFrom(
      'ARC-Seal:',
      'ARC-Message-Signature:',
      'ARC-Authentication-Results:',
      ' i=1;',
      ' i=2',
      ' cv=none;',
      ' a=rsa-sha256;',
      ' d=list.example;',
      ' s=arc;',
      ' b=AAAA;',
      ' bh=AAAA;',
      ' h=from;',
      '\r\n',
      ' mx;',
      ';',
      '=',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(scrap, { maxLength: 50 }), async (parts) => {
        const found = await validate(parseMessage(Buffer.from(`${parts.join('')}\r\n${letter}`)), resolver);
        assert.notEqual(found.status, 'pass');
      }),
      { numRuns: 500 },
    );
  });
});
