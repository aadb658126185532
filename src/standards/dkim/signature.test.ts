import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { formatKeyRecord, parseKeyRecord, parseSignature, parseTagList, splitTxt } from './index.ts';
import type { KeyRecord } from './index.ts';

describe('tag lists (RFC 6376 §3.2)', () => {
  const read: [text: string, tags: string][] = [
    ['a=1', 'a=1'],
    ['a=1;', 'a=1'],
    ['a=1; \r\n\t', 'a=1'],
    [' a = 1 ; b= 2 3 ', 'a=1|b=2 3'],
    ['a=', 'a='],
    ['a=b=c', 'a=b=c'],
    ['a=1;A=2', 'a=1|A=2'],
    ['a=1\r\n 2', 'a=1\r\n 2'],
    ['a=\u00e9', 'a=\u00e9'],
    ['', ''],
  ];
  for (const [text, tags] of read) {
    it(`reads ${JSON.stringify(text)}`, () => {
      const list = parseTagList(text);
      assert.ok(list.ok, JSON.stringify(list.problems));
      assert.equal([...list.value.values()].map((tag) => `${tag.name}=${tag.value}`).join('|'), tags);
      for (const tag of list.value.values()) assert.equal(text.slice(tag.valueStart, tag.valueEnd).trim(), tag.value);
    });
  }
  const refused: [text: string, code: string][] = [
    ['a', 'dkim/bad-tag'],
    ['a=1;;b=2', 'dkim/empty-tag'],
    [';a=1', 'dkim/empty-tag'],
    ['=1', 'dkim/bad-tag'],
    ['1a=1', 'dkim/bad-tag'],
    ['a-b=1', 'dkim/bad-tag'],
    ['a b=1', 'dkim/bad-tag'],
    ['a=1;a=2', 'dkim/duplicate-tag'],
    ['a=1\0', 'dkim/bad-tag'],
    ['a=1\r2', 'dkim/bad-tag'],
    ['a=1\n2', 'dkim/bad-tag'],
    [Array.from({ length: 300 }, (_, i) => `a${i}=1`).join(';'), 'dkim/too-many-tags'],
  ];
  for (const [text, code] of refused) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
      const list = parseTagList(text);
      assert.equal(list.ok ? 'read' : list.problems[0]?.code, code);
    });
  }
});

describe('DKIM-Signature (RFC 6376 §3.5, §6.1.1)', () => {
  const good = 'v=1; a=rsa-sha256; d=example.com; s=sel; h=from:to; bh=AAAA; b=AAAA';
  const with_ = (change: Record<string, string | undefined>): string => {
    const tags = new Map(good.split('; ').map((tag) => tag.split('=', 2) as [string, string]));
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) tags.delete(name);
      else tags.set(name, value);
    }
    return [...tags].map(([name, value]) => `${name}=${value}`).join('; ');
  };
  it('has the defaults of the RFC', () => {
    const reading = parseSignature(good);
    assert.ok(reading.ok);
    const { headerCanonicalization, bodyCanonicalization, auid, signedAt, expires, bodyLength } = reading.value;
    assert.deepEqual(
      { headerCanonicalization, bodyCanonicalization, auid, signedAt, expires, bodyLength },
      {
        headerCanonicalization: 'simple',
        bodyCanonicalization: 'simple',
        auid: '@example.com',
        signedAt: undefined,
        expires: undefined,
        bodyLength: undefined,
      },
    );
  });
  const read: [
    what: string,
    change: Record<string, string | undefined>,
    check: (value: Record<string, unknown>) => unknown,
    expected: unknown,
  ][] = [
    [
      'one canonicalization is that of the header',
      { c: 'relaxed' },
      (s) => `${s['headerCanonicalization']}/${s['bodyCanonicalization']}`,
      'relaxed/simple',
    ],
    ['an algorithm in capitals', { a: 'RSA-SHA256' }, (s) => s['algorithm'], 'rsa-sha256'],
    [
      'names of fields in any case, white space around colons',
      { h: 'From : To\r\n :SUBJECT' },
      (s) => (s['signedFields'] as string[]).join(),
      'from,to,subject',
    ],
    ['white space inside base64', { b: 'AA\r\n AA' }, (s) => (s['signature'] as Buffer).toString('base64'), 'AAAA'],
    [
      'a U-label (RFC 8616 §4)',
      { d: Buffer.from('bücher.example').toString('latin1') },
      (s) => s['signingDomain'],
      'xn--bcher-kva.example',
    ],
    ['a selector of several labels', { s: 'a.b_c.d' }, (s) => s['selector'], 'a.b_c.d'],
    [
      'an identity below the domain, quoted-printable',
      { i: 'joe=20x@mail.example.com' },
      (s) => s['auid'],
      'joe x@mail.example.com',
    ],
    ['an identity with an encoded semicolon', { i: 'a=3Bb@example.com' }, (s) => s['auid'], 'a;b@example.com'],
    ['numbers', { t: '1', x: '2', l: '0' }, (s) => [s['signedAt'], s['expires'], s['bodyLength']].join(), '1,2,0'],
    ['several query methods, one of them known', { q: 'x/y : dns/txt' }, () => true, true],
    ['an unknown tag', { zz: 'whatever' }, () => true, true],
    ['copied fields', { z: 'From:foo@eng.example|Subject:demo=20run' }, () => true, true],
  ];
  for (const [what, change, check, expected] of read) {
    it(`reads ${what}`, () => {
      const reading = parseSignature(with_(change));
      assert.ok(reading.ok, JSON.stringify(reading.problems));
      assert.equal(check(reading.value as unknown as Record<string, unknown>), expected);
    });
  }
  const refused: [change: Record<string, string | undefined>, code: string][] = [
    [{ v: undefined }, 'dkim/missing-tag'],
    [{ v: '2' }, 'dkim/unknown-version'],
    [{ v: '1.0' }, 'dkim/unknown-version'],
    [{ a: undefined }, 'dkim/missing-tag'],
    [{ b: undefined }, 'dkim/missing-tag'],
    [{ bh: undefined }, 'dkim/missing-tag'],
    [{ d: undefined }, 'dkim/missing-tag'],
    [{ h: undefined }, 'dkim/missing-tag'],
    [{ s: undefined }, 'dkim/missing-tag'],
    [{ a: 'rsa-md5' }, 'dkim/unknown-algorithm'],
    [{ a: '' }, 'dkim/unknown-algorithm'],
    [{ c: 'nowsp' }, 'dkim/unknown-canonicalization'],
    [{ c: 'relaxed/relaxed/relaxed' }, 'dkim/unknown-canonicalization'],
    [{ c: '' }, 'dkim/unknown-canonicalization'],
    [{ d: 'com' }, 'dkim/bad-signing-domain'],
    [{ d: 'example.com.' }, 'dkim/bad-signing-domain'],
    [{ d: 'exa mple.com' }, 'dkim/bad-signing-domain'],
    [{ d: '' }, 'dkim/bad-signing-domain'],
    [{ s: '' }, 'dkim/bad-selector'],
    [{ s: 'a..b' }, 'dkim/bad-selector'],
    [{ s: 'a/b' }, 'dkim/bad-selector'],
    [{ h: '' }, 'dkim/bad-signed-field'],
    [{ h: 'from::to' }, 'dkim/bad-signed-field'],
    [{ h: 'from:t o' }, 'dkim/bad-signed-field'],
    [{ h: `from${':to'.repeat(2000)}` }, 'dkim/too-many-signed-fields'],
    [{ b: '' }, 'dkim/bad-base64'],
    [{ b: '!!' }, 'dkim/bad-base64'],
    [{ bh: 'A=A' }, 'dkim/bad-base64'],
    [{ i: 'joe' }, 'dkim/bad-auid'],
    [{ i: '@com' }, 'dkim/bad-auid'],
    [{ i: 'a=ZZ@example.com' }, 'dkim/bad-auid'],
    [{ i: '@badexample.com' }, 'dkim/auid-outside-domain'],
    [{ i: '@com.evil' }, 'dkim/auid-outside-domain'],
    [{ t: '-1' }, 'dkim/bad-number'],
    [{ t: '' }, 'dkim/bad-number'],
    [{ t: '1234567890123' }, 'dkim/bad-number'],
    [{ l: '1x' }, 'dkim/bad-number'],
    [{ l: '1'.repeat(77) }, 'dkim/bad-number'],
    [{ t: '10', x: '10' }, 'dkim/expires-before-signed'],
    [{ q: 'dns/srv' }, 'dkim/unknown-query-method'],
  ];
  for (const [change, code] of refused) {
    it(`refuses ${JSON.stringify(change).slice(0, 60)}`, () => {
      const reading = parseSignature(with_(change));
      assert.equal(reading.ok ? 'read' : reading.problems[0]?.code, code);
    });
  }
  it('never throws', () => {
    const scrap = fc.constantFrom(
      'v=1',
      'a=rsa-sha256',
      'd=example.com',
      's=s',
      'h=from',
      'bh=AAAA',
      'b=AAAA',
      ';',
      '=',
      ' ',
      '\r\n ',
      'i=',
      '@',
      'l=',
      '\0',
      ':',
      'ü',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(scrap).map((all) => all.join('')),
        ),
        (text) => {
          const reading = parseSignature(Buffer.from(text).toString('latin1'));
          assert.ok(reading.ok || reading.problems.length === 1);
          parseKeyRecord(text);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('key records (RFC 6376 §3.6.1, RFC 8463 §4.2)', () => {
  const read: [text: string, expected: Partial<KeyRecord>, notes: string][] = [
    ['v=DKIM1; p=AAAA', { keyType: 'rsa', services: ['*'], testing: false, strict: false }, ''],
    ['p=AAAA', { keyType: 'rsa' }, 'dkim/key-without-version'],
    ['v=DKIM1; k=ed25519; p=AAAA', { keyType: 'ed25519' }, ''],
    ['v=DKIM1; t=y:s; p=AAAA', { testing: true, strict: true }, ''],
    ['v=DKIM1; t= s : x ; p=AAAA', { testing: false, strict: true }, ''],
    [
      'v=DKIM1; h=sha1:sha256; s=email:x; n=a note; p=AAAA',
      { hashes: ['sha1', 'sha256'], services: ['email', 'x'], notes: 'a note' },
      '',
    ],
    ['v=DKIM1; p=AA\n AA', { keyType: 'rsa' }, ''],
    ['v=DKIM1; g=*; p=AAAA; zz=1', {}, 'dkim/key-obsolete-tag'],
    ['v=DKIM1; p=', {}, 'dkim/key-revoked'],
    ['v=DKIM1;p=AAAA;', {}, ''],
  ];
  for (const [text, expected, notes] of read) {
    it(`reads ${JSON.stringify(text)}`, () => {
      const reading = parseKeyRecord(text);
      assert.ok(reading.ok, JSON.stringify(reading.problems));
      assert.deepEqual(
        Object.fromEntries(Object.keys(expected).map((key) => [key, reading.value[key as keyof KeyRecord]])),
        expected,
      );
      assert.equal(reading.problems.map((problem) => problem.code).join(), notes);
    });
  }
  const refused: [text: string, code: string][] = [
    ['', 'dkim/not-a-key-record'],
    ['v=spf1 -all', 'dkim/not-a-key-record'],
    ['hello', 'dkim/not-a-key-record'],
    ['k=rsa; v=DKIM1; p=AAAA', 'dkim/key-version'],
    ['v=DKIM1.0; p=AAAA', 'dkim/key-version'],
    ['v=dkim1; p=AAAA', 'dkim/key-version'],
    ['v=DKIM1; k=rsa', 'dkim/key-missing-p'],
    ['v=DKIM1; p=*', 'dkim/key-bad-base64'],
    ['v=DKIM1; k=dsa; p=AAAA', 'dkim/key-unknown-type'],
    ['v=DKIM1; p=AAAA; p=BBBB', 'dkim/duplicate-tag'],
    ['v=DKIM1; p', 'dkim/bad-tag'],
  ];
  for (const [text, code] of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      const reading = parseKeyRecord(text);
      assert.equal(reading.ok ? 'read' : reading.problems[0]?.code, code);
    });
  }
  it('what is written is read back', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    const record = fc.record(
      {
        keyType: fc.constantFrom('rsa' as const, 'ed25519' as const),
        publicKey: fc.uint8Array({ minLength: 1, maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
        hashes: fc.array(word, { minLength: 1, maxLength: 3 }),
        services: fc.oneof(fc.constant(['*']), fc.array(word, { minLength: 1, maxLength: 3 })),
        testing: fc.boolean(),
        strict: fc.boolean(),
        notes: fc.stringMatching(/^[!-:<-~]([ -:<-~]{0,20}[!-:<-~])?$/),
      },
      { requiredKeys: ['keyType', 'services', 'testing', 'strict'], noNullPrototype: true },
    );
    fc.assert(
      fc.property(record, (value) => {
        const text = formatKeyRecord(value);
        const strings = splitTxt(text);
        assert.ok(strings.every((each) => each.length <= 255));
        const reading = parseKeyRecord(strings.join(''));
        assert.ok(reading.ok, `${text}: ${JSON.stringify(reading.problems)}`);
        assert.deepEqual(reading.value, value);
      }),
    );
  });
  it('a note that would end its tag is not written', () => {
    const record = { keyType: 'rsa', services: ['*'], testing: false, strict: false, notes: 'a; p=evil' } as const;
    assert.throws(() => formatKeyRecord(record), RangeError);
  });
});
