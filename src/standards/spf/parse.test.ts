import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { format, parse, toStrings } from './index.ts';

/** The terms of a record as they are written again, or the codes of what is wrong with it. */
function outcome(text: string): string {
  const reading = parse(text);
  return reading.ok ? format(reading.value) : reading.problems.map((problem) => problem.code).join(' ');
}

describe('parse', () => {
  const good: [text: string, written: string][] = [
    ['v=spf1', 'v=spf1'],
    ['V=SPF1 -ALL', 'v=spf1 -all'],
    ['v=spf1  a   -all ', 'v=spf1 a -all'],
    ['v=spf1 +a:Example.com/24//64 ?mx/0//0 ~ptr:example.com', 'v=spf1 a:Example.com/24//64 ?mx/0//0 ~ptr:example.com'],
    ['v=spf1 a:a.example//64 mx/32//128', 'v=spf1 a:a.example//64 mx'],
    ['v=spf1 ip4:192.0.2.1/32 ip4:192.0.2.77/24 ip4:0.0.0.0/0', 'v=spf1 ip4:192.0.2.1 ip4:192.0.2.0/24 ip4:0.0.0.0/0'],
    [
      'v=spf1 ip6:2001:DB8:0:0::1/128 ip6:::/0 ip6:::ffff:192.0.2.1',
      'v=spf1 ip6:2001:db8::1 ip6:::/0 ip6:::ffff:c000:201',
    ],
    ['v=spf1 exists:%{ir}.%{L1r+-}._spf.%{d2}', 'v=spf1 exists:%{ir}.%{L1r+-}._spf.%{d2}'],
    ['v=spf1 include:_spf.example.com. redirect=%{d}', 'v=spf1 include:_spf.example.com. redirect=%{d}'],
    ['v=spf1 a:%%.%_.%- exists:a/b.com', 'v=spf1 a:%%.%_.%- exists:a/b.com'],
    ['v=spf1 moo.cow-far_out=man:dog/cat x= exp=a.example', 'v=spf1 moo.cow-far_out=man:dog/cat x= exp=a.example'],
    ['v=spf1 all=x a=%{c}', 'v=spf1 all=x a=%{c}'],
    ['v=spf1 a:1-2 -all', 'spf/bad-domain-spec'],
    ['v=spf1 a:x.1-2 -all', 'v=spf1 a:x.1-2 -all'],
  ];
  for (const [text, written] of good) it(`reads ${text}`, () => assert.equal(outcome(text), written));

  const bad: [text: string, codes: string][] = [
    ['v=spf10', 'spf/no-version'],
    ['v=spf1a', 'spf/no-version'],
    [' v=spf1', 'spf/no-version'],
    ['v=spf2.0/pra', 'spf/no-version'],
    ['v=spf1\t-all', 'spf/no-version'],
    ['v=spf1 a\tmx', 'spf/bad-character'],
    ['v=spf1 a:b.example\xA0-all', 'spf/bad-character'],
    ['v=spf1 \x93-all\x94', 'spf/bad-character'],
    ['v=spf1 ipv4:192.0.2.1 -all', 'spf/misspelt-mechanism'],
    ['v=spf1 -all.', 'spf/unknown-mechanism'],
    ['v=spf1 192.0.2.1', 'spf/unknown-mechanism'],
    ['v=spf1 redirect:a.example', 'spf/misspelt-mechanism'],
    ['v=spf1 -redirect=a.example', 'spf/qualified-modifier'],
    ['v=spf1 --all', 'spf/unknown-mechanism'],
    ['v=spf1 all:x', 'spf/unexpected-argument'],
    ['v=spf1 -all/8', 'spf/unexpected-argument'],
    ['v=spf1 ptr/24', 'spf/unexpected-argument'],
    ['v=spf1 include', 'spf/missing-domain'],
    ['v=spf1 include:', 'spf/missing-domain'],
    ['v=spf1 include: _spf.example.com', 'spf/missing-domain spf/unknown-mechanism'],
    ['v=spf1 a:', 'spf/missing-domain'],
    ['v=spf1 mx:/24', 'spf/missing-domain'],
    ['v=spf1 redirect=', 'spf/missing-domain'],
    ['v=spf1 include:x.example/24', 'spf/bad-domain-spec'],
    ['v=spf1 a:museum', 'spf/bad-domain-spec'],
    ['v=spf1 a:192.0.2.1', 'spf/bad-domain-spec'],
    ['v=spf1 a:foo.-com', 'spf/bad-domain-spec'],
    ['v=spf1 a:example.com:8080', 'spf/bad-domain-spec'],
    ['v=spf1 a:%{d}com', 'spf/bad-domain-spec'],
    ['v=spf1 a:foo.com/', 'spf/bad-prefix-length'],
    ['v=spf1 a/33', 'spf/bad-prefix-length'],
    ['v=spf1 a//129', 'spf/bad-prefix-length'],
    ['v=spf1 a/024', 'spf/bad-prefix-length'],
    ['v=spf1 a/24/64', 'spf/bad-prefix-length'],
    ['v=spf1 ip4:192.0.2.0/33', 'spf/bad-prefix-length'],
    ['v=spf1 ip4:192.0.2.0//24', 'spf/bad-prefix-length'],
    ['v=spf1 ip6:2001:db8::/129', 'spf/bad-prefix-length'],
    ['v=spf1 ip4:192.0.2', 'spf/bad-network'],
    ['v=spf1 ip4:192.0.2.01', 'spf/bad-network'],
    ['v=spf1 ip4:2001:db8::1', 'spf/bad-network'],
    ['v=spf1 ip4', 'spf/bad-network'],
    ['v=spf1 ip4=192.0.2.1 ip6:192.0.2.1', 'spf/bad-network'],
    ['v=spf1 ip6:1:2:3:4:5:6:7', 'spf/bad-network'],
    ['v=spf1 ip6:fe80::1%eth0', 'spf/bad-network'],
    ['v=spf1 exists:%(ir).example', 'spf/macro-syntax'],
    ['v=spf1 exists:%{d0}.example', 'spf/macro-syntax'],
    ['v=spf1 exists:%{x}.example', 'spf/macro-syntax'],
    ['v=spf1 x=%', 'spf/macro-syntax'],
    ['v=spf1 exists:%{c}.example', 'spf/macro-not-here'],
    ['v=spf1 exp=%{r}.example', 'spf/macro-not-here'],
    ['v=spf1 redirect=a.b redirect=c.d exp=a.b exp=c.d', 'spf/duplicate-modifier spf/duplicate-modifier'],
    ['v=spf1 foo ip4:1 bar', 'spf/unknown-mechanism spf/bad-network spf/unknown-mechanism'],
  ];
  for (const [text, codes] of bad) it(`refuses ${JSON.stringify(text)}`, () => assert.equal(outcome(text), codes));

  const remarks: [text: string, codes: string][] = [
    ['v=spf1 mx -all', ''],
    ['v=spf1 -all mx', 'spf/term-after-all'],
    ['v=spf1 mx redirect=a.example -all', 'spf/redirect-ignored'],
    ['v=spf1 mx', 'spf/no-final-term'],
    ['v=spf1 redirect=a.example', ''],
    ['v=spf1 ptr -all', 'spf/ptr-used'],
    ['v=spf1 +all', 'spf/passes-all'],
    ['v=spf1 mx +MX -all', 'spf/duplicate-term'],
    ['v=spf1 ip4:192.0.2.1/24 -all', 'spf/host-bits'],
    ['v=spf1 ip6:2001:db8::1/32 -all', 'spf/host-bits'],
    ['v=spf1 -all rua=mailto:a@b.example', 'spf/unknown-modifier'],
  ];
  for (const [text, codes] of remarks) {
    it(`says of ${text}: ${codes === '' ? 'nothing' : codes}`, () => {
      const reading = parse(text);
      assert.ok(reading.ok);
      assert.equal(reading.problems.map((problem) => problem.code).join(' '), codes);
    });
  }

  it('tells the place of every problem', () => {
    const text = 'v=spf1 a ipv4:192.0.2.1  mx/99 x\x80y';
    const reading = parse(text);
    assert.ok(!reading.ok);
    assert.deepEqual(
      reading.problems.map(({ at }) => text.slice(at!.offset, at!.offset! + at!.length!)),
      ['ipv4', '/99', '\x80'],
    );
    assert.deepEqual(reading.problems[0]?.values, { term: 'ipv4:192.0.2.1', name: 'ipv4', meant: 'ip4' });
  });

  it('tells the place of every term', () => {
    const text = 'v=spf1  a:b.example   ~all';
    const reading = parse(text);
    assert.ok(reading.ok);
    for (const term of reading.value.terms) {
      assert.equal(text.slice(term.offset, term.offset + term.text.length), term.text);
    }
  });

  it('reads whatever comes, and what it writes it reads as the same', () => {
    const piece = fc.constantFrom(
      'v=spf1',
      ' ',
      'a',
      'mx',
      ':',
      '/',
      '//',
      '24',
      'ip4',
      'ip6',
      '192.0.2.1',
      '2001:db8::',
      'include',
      'all',
      '-',
      '~',
      '=',
      '%',
      '{',
      '}',
      'd',
      'r',
      '.',
      'example',
      'redirect',
      'exp',
      '\xFF',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const reading = parse(`v=spf1 ${pieces.join('')}`);
        if (!reading.ok) return assert.ok(reading.problems.length > 0);
        const written = format(reading.value);
        const again = parse(written);
        assert.ok(again.ok, written);
        assert.equal(format(again.value), written);
        return undefined;
      }),
      { numRuns: 5000 },
    );
  });

  // Each would take minutes if it took a time in proportion to the square of its length.
  const heavy: [what: string, text: string, code: string][] = [
    ['one term', `v=spf1 a:${'x.'.repeat(32_000)}example -all`, 'good'],
    ['terms', `v=spf1${' a'.repeat(32_000)} -all`, 'spf/duplicate-term'],
    ['mistakes', `v=spf1${' ?'.repeat(32_000)}`, 'spf/unknown-mechanism'],
    ['slashes', `v=spf1 a:${'/'.repeat(64_000)}`, 'spf/bad-prefix-length'],
    ['digits', `v=spf1 a/${'1'.repeat(64_000)}x`, 'spf/unexpected-argument'],
    ['macros', `v=spf1 exists:${'%{d}'.repeat(16_000)} -all`, 'good'],
    ['percent signs', `v=spf1 exists:${'%'.repeat(63_999)}`, 'spf/macro-syntax'],
    ['digits of a macro', `v=spf1 exists:%{d${'9'.repeat(64_000)}} -all`, 'good'],
    ['delimiters', `v=spf1 exists:%{d${'-'.repeat(64_000)}} -all`, 'good'],
  ];
  for (const [what, text, code] of heavy) {
    it(`reads 64 kB of ${what}`, () => assert.equal(parse(text).problems[0]?.code ?? 'good', code));
  }
});

describe('toStrings', () => {
  it('cuts a record into strings of at most 255 bytes that put together are the record', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 300, unit: fc.constantFrom('a', 'b', '.') }), { maxLength: 20 }),
        (terms) => {
          const text = ['v=spf1', ...terms].join(' ');
          const strings = toStrings(text);
          assert.equal(strings.join(''), text);
          assert.ok(strings.every((string) => string.length <= 255));
        },
      ),
    );
  });
});
