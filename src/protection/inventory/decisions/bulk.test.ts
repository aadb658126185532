import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AddressSet } from './address-set.ts';
import { narrowingOf, parseBulk, saysAlready } from './bulk.ts';
import type { Decision } from './model.ts';

describe('decisions by the list', () => {
  const cases: readonly (readonly [behaviour: string, text: string, lines: string[], problems?: string[]])[] = [
    ['in the order of its columns', 'a-1,authorised,ours,HR', ['2 authorised a-1 (ours) HR']],
    ['with titles in another order', 'Verdict;Stream\nForbidden;a-1', ['2 forbidden a-1 () -']],
    ['with parts', 'stream,verdict,sources,domains\na-1,forwarder,192.0.2.9/24 192.0.2.1,B.example a.example', ['2 forwarder a-1 () - 192.0.2.0/24 192.0.2.1 a.example b.example']],
    ['lines without a verdict are passed over', 'stream,verdict\na-1,\nb-2,undecided', ['3 undecided b-2 () -']],
    ['a verdict that is none', 'stream,verdict\na-1,maybe\nb-2,forbidden', ['3 forbidden b-2 () -'], ['decisions/bad-verdict 2']],
    ['no stream', 'stream,verdict\n,forbidden', [], ['decisions/no-stream 2']],
    ['parts that are none', 'stream,verdict,sources,domains\na-1,forbidden,x 192.0.2.1,..', [], ['decisions/bad-source 2', 'decisions/bad-domain 2']],
    ['streams may be called by their id', 'id,name,verdict\na-1,A,forbidden', ['2 forbidden a-1 () -']],
    ['nothing', '', []],
  ]; // prettier-ignore
  for (const [behaviour, text, lines, problems = []] of cases) {
    it(behaviour, () => {
      const titled = text.toLowerCase().includes('verdict') || text === '' ? text : `stream,verdict,why,party\n${text}`;
      const reading = parseBulk(titled);
      assert.deepEqual(
        reading.lines.map(({ line, verdict, stream, why, party, narrow }) =>
          [line, verdict, stream, `(${why})`, party ?? '-', ...narrow.sources, ...narrow.authorDomains].join(' '),
        ),
        lines,
      );
      assert.deepEqual(
        reading.problems.map(({ code, at }) => `${code} ${at?.line}`),
        problems,
      );
    });
  }
  it('a part is one, however it is written', () =>
    assert.deepEqual(narrowingOf(['2001:DB8::0/48', '192.0.2.1', '192.0.2.1/32'], ['B.example.', 'b.example']), {
      narrow: { sources: ['192.0.2.1', '2001:db8::/48'], authorDomains: ['b.example'] },
      problems: [],
    }));
});

describe('what stands already', () => {
  const entry = {
    stream: 'a-1',
    verdict: 'authorised' as const,
    why: 'ours',
    narrow: { sources: [], authorDomains: [] },
    anchor: { signing: [{ domain: 'd.example', family: 's*' }], sources: AddressSet.of(['192.0.2.1']) },
  };
  const standing: Decision = { id: 'd1', batch: 'b1', at: 1, who: 'me', ...entry };
  const cases: readonly (readonly [behaviour: string, standing: Decision | undefined, same: boolean])[] = [
    ['the same', standing, true],
    ['nothing', undefined, false],
    ['undone', { ...standing, undone: { at: 2, who: 'me', why: '' } }, false],
    ['another verdict', { ...standing, verdict: 'forbidden' }, false],
    ['for another reason', { ...standing, why: '' }, false],
    ['of another part', { ...standing, narrow: { sources: ['192.0.2.1'], authorDomains: [] } }, false],
    ['before an address came', { ...standing, anchor: { ...standing.anchor, sources: AddressSet.of([]) } }, false],
    ['before it signed so', { ...standing, anchor: { ...standing.anchor, signing: [] } }, false],
  ];
  for (const [behaviour, decision, same] of cases)
    it(`${same ? 'is' : 'is not'} ${behaviour}`, () => assert.equal(saysAlready(decision, entry), same));
});
