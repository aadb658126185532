import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { csvLines } from '../../../rendering/csv.ts';
import { parseParties, partyCells, partyColumns } from './csv.ts';
import { foldedName, newPartyId, partyNamed, partyTypes } from './model.ts';
import type { Party } from './model.ts';

describe('a list of parties', () => {
  const cases: readonly (readonly [behaviour: string, text: string, changes: unknown[], problems?: string[]])[] = [
    ['titles in any order', 'Type;Name\nAgency;Bureau Krijtwit', [{ name: 'Bureau Krijtwit', type: 'agency' }]],
    ['a column may be called party', 'party\nHR', [{ name: 'HR' }]],
    ['an empty cell empties', 'name,owner,priority\nHR,,', [{ name: 'HR', owner: '', priority: null }]],
    ['blanks in a type are hyphens', 'name,type\nHR,Own Company', [{ name: 'HR', type: 'own-company' }]],
    ['a type that is none', 'name,type\nHR,friend\nIT,department', [{ name: 'IT', type: 'department' }], ['parties/bad-type 2']],
    ['a priority that is none', 'name,priority\nHR,0\nIT,high\nX,100\nY,7', [{ name: 'Y', priority: 7 }], ['parties/bad-priority 2', 'parties/bad-priority 3', 'parties/bad-priority 4']],
    ['no name', 'name,owner\n,me', [], ['parties/no-name 2']],
    ['the same name twice', 'name\nHR\nhr ', [{ name: 'HR' }], ['parties/twice 3']],
  ]; // prettier-ignore
  for (const [behaviour, text, changes, problems = []] of cases) {
    it(behaviour, () => {
      const reading = parseParties(text);
      assert.deepEqual(
        reading.parties.map(({ change }) => change),
        changes,
      );
      assert.deepEqual(
        reading.problems.map(({ code, at }) => `${code} ${at?.line}`),
        problems,
      );
    });
  }
  it('says whose streams are whose only when it has the column', () => {
    assert.equal(parseParties('name\nHR').parties[0]?.streams, undefined);
    assert.deepEqual(parseParties('name,streams\nHR,"a-1, b-2"').parties[0]?.streams, ['a-1', 'b-2']);
    assert.deepEqual(parseParties('name,streams\nHR,').parties[0]?.streams, []);
  });
  it('is read back as it was written, whatever stands in it', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('=SUM(A1)', '"x"', 'a\nb', `'s-Gravenhage`, `'=1`, '+31 20 555', '#1', ' x', '; y'),
    );
    const party = fc.record(
      {
        id: fc.stringMatching(/^[a-z0-9-]{1,8}$/),
        name: text.filter((each) => each.trim() === each && each !== ''),
        type: fc.constantFrom(...partyTypes),
        owner: text,
        contact: text,
        contract: text,
        priority: fc.option(fc.integer({ min: 1, max: 99 }), { nil: null }),
      },
      { noNullPrototype: true },
    );
    const streams = fc.array(fc.stringMatching(/^[a-z]{1,6}-[a-z2-9]{4}$/), { maxLength: 3 });
    const parties = fc.uniqueArray(fc.tuple(party, streams), {
      selector: ([{ name }]) => foldedName(name),
      maxLength: 6,
    });
    fc.assert(
      fc.property(parties, (list) => {
        const written = [
          ...csvLines(
            partyColumns,
            list.map(([each, own]) => partyCells(each, own)),
          ),
        ].join('');
        const { parties: back, problems } = parseParties(written);
        assert.deepEqual(problems, []);
        assert.deepEqual(
          back.map(({ change }): unknown => change),
          list.map(([each]) => each),
        );
        assert.deepEqual(
          back.map(({ streams: own }) => own),
          list.map(([, own]) => own),
        );
      }),
    );
  });
});

describe('a party', () => {
  const parties: Pick<Party, 'id' | 'name'>[] = [{ id: 'hr', name: 'Human  Resources' }, { id: 'human-resources', name: 'HR' }]; // prettier-ignore
  for (const [text, id] of [
    ['hr', 'hr'],
    ['HR', 'human-resources'],
    ['human resources', 'hr'],
    ['it', undefined],
  ] as const)
    // prettier-ignore
    it(`called ${text} is ${id ?? 'none'}`, () => assert.equal(partyNamed(text, parties)?.id, id));
  it('has an id made of its name, and a number where that is taken', () => {
    assert.equal(
      newPartyId('Bureau Krijtwit B.V. (Zürich)', () => false),
      'bureau-krijtwit-b-v-zurich',
    );
    assert.equal(
      newPartyId('HR', (id) => id === 'hr' || id === 'hr-2'),
      'hr-3',
    );
    assert.equal(
      newPartyId('…', () => false),
      'party',
    );
  });
});
