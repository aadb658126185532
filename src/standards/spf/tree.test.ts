import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zone } from '../dns/index.ts';
import { compile, prefixes, size4, treeOf } from './index.ts';
import type { SpfTree, SpfTreeTerm } from './index.ts';

async function tree(...lines: string[]): Promise<SpfTree> {
  const reading = zone(['. 60 SOA . . 1 1 1 1 60', ...lines].join('\n'));
  assert.ok(reading.ok);
  return treeOf(await compile('a.test', reading.value.resolver));
}

function term(found: SpfTree, text: string): SpfTreeTerm {
  const one = found.terms.find((each) => each.term.text === text);
  assert.ok(one, text);
  return one;
}

describe('treeOf', () => {
  it('tells of each term what it costs, matches and adds', async () => {
    const found = await tree(
      'a.test. 300 TXT "v=spf1 mx a:four.test include:b.test ip4:192.0.2.0/25 ip4:192.0.2.128/25 ip4:192.0.2.9 exists:%{i}.x.test ~all"',
      'a.test. MX 10 four.test.',
      'a.test. MX 20 none.test.',
      'four.test. A 198.51.100.1',
      'b.test. 60 TXT "v=spf1 a:four.test ip4:10.0.0.0/8 -ip4:10.1.0.0/16 redirect=c.test"',
      'c.test. TXT "v=spf1 ip4:192.0.2.0/24 include:gone.test -all"',
    );
    assert.equal(found.lookups, 7);
    assert.deepEqual(found.voidLookups, { v4: 1, v6: 3 });
    assert.deepEqual(prefixes(term(found, 'mx').matches!), ['198.51.100.1']);
    assert.deepEqual(term(found, 'mx').hosts, ['four.test', 'none.test']);
    assert.equal(term(found, 'a:four.test').shadowed, true);
    assert.deepEqual(term(found, 'a:four.test').overlaps, [0]);
    const include = term(found, 'include:b.test');
    assert.deepEqual([include.lookups, include.lookupsBefore, include.target], [4, 2, 'b.test']);
    assert.deepEqual(prefixes(include.matches!), ['10.0.0.0/8', '192.0.2.0/24', '198.51.100.1']);
    assert.deepEqual(prefixes(include.adds!), ['10.0.0.0/8', '192.0.2.0/24']);
    assert.equal(size4(include.matches!), 2 ** 24 + 256 + 1);
    assert.deepEqual([term(found, 'ip4:192.0.2.9').shadowed, term(found, 'ip4:192.0.2.9').overlaps], [true, [2, 3]]);
    assert.deepEqual([term(found, 'exists:%{i}.x.test').matches, term(found, '~all').unreachable], [undefined, false]);
    const b = include.child!;
    assert.deepEqual([b.domain, b.status, b.ttl, b.lookups], ['b.test', 'record', 60, 3]);
    assert.equal(term(b, '-ip4:10.1.0.0/16').shadowed, true);
    const c = term(b, 'redirect=c.test').child!;
    assert.equal(term(c, 'include:gone.test').child?.status, 'no-such-domain');
  });

  it('marks what no address comes to', async () => {
    const found = await tree(
      'a.test. TXT "v=spf1 ip4:0.0.0.0/0 ip6:::/0 mx -all a redirect=b.test x=y"',
      'b.test. TXT "v=spf1 -all"',
    );
    assert.deepEqual(
      found.terms.filter((each) => each.unreachable).map((each) => each.term.text),
      ['mx', '-all', 'a', 'redirect=b.test'],
    );
    assert.equal(found.lookups, 1);
    assert.deepEqual(
      new Set(found.problems.map((problem) => problem.code)),
      new Set(['spf/term-after-all', 'spf/redirect-ignored', 'spf/unknown-modifier']),
    );
  });

  const states: [status: SpfTree['status'], ...lines: string[]][] = [
    ['no-such-domain'],
    ['no-record', 'b.test. A 192.0.2.1'],
    ['no-record', 'b.test. TXT "text"'],
    ['several', 'b.test. TXT "v=spf1 -all"', 'b.test. TXT "v=spf1 +all"'],
    ['syntax-error', 'b.test. TXT "v=spf1 foo"'],
    ['record', 'b.test. TXT "v=spf1 -all"'],
    ['loop', 'b.test. TXT "v=spf1 include:a.test"'],
  ];
  for (const [status, ...lines] of states) {
    it(`shows what is at the end of an include: ${status}`, async () => {
      const found = await tree('a.test. TXT "v=spf1 include:b.test -all"', ...lines);
      const child = term(found, 'include:b.test').child!;
      assert.equal(status === 'loop' ? child.terms[0]?.child?.status : child.status, status);
    });
  }

  it('counts the bytes of the whole answer', async () => {
    const found = await tree(`a.test. TXT "v=spf1 -all"`, `a.test. TXT "${'x'.repeat(200)}" "y"`);
    // Header 12, question 12, two records of 12 and their strings with a length byte each.
    assert.equal(found.answerSize, 12 + 12 + (12 + 12) + (12 + 201 + 2));
  });

  it('ends on records that lead to many more than can be evaluated', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `${n === 0 ? 'a' : `n${n}`}.test`);
    const found = await tree(
      ...names.map(
        (name) =>
          `${name}. TXT ${names
            .map((other) => `" include:${other}"`)
            .join(' ')
            .replace('" ', '"v=spf1 ')}`,
      ),
    );
    assert.ok(found.lookups >= 30);
  });

  it('shows a record of 64 kB', async () => {
    const ranges = Array.from({ length: 3000 }, (_, n) => `" ip4:10.${n >> 8}.${n & 255}.0/24"`).join(' ');
    const found = await tree(`a.test. TXT "v=spf1" ${ranges} " -all"`);
    assert.equal(found.terms.length, 3001);
    assert.ok(found.terms.every((each) => !each.unreachable && !each.shadowed));
  });
});
