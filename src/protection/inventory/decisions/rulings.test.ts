import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inventoryOf } from '../../../../test/hand-made/inventory.ts';
import { publicSuffixOrganizationalDomain } from '../../../standards/dmarc/index.ts';
import type { AuthResults } from '../../../standards/reports/index.ts';
import { decisionVerdicts } from '../model.ts';
import { AddressSet } from './address-set.ts';
import { DecisionBook } from './book.ts';
import { alignedSigning, newSources, rulingsOf } from './rulings.ts';

const organizationalDomainOf = publicSuffixOrganizationalDomain();

/** `d.example/s1=pass`: signatures, as rows have them. */
function auth(...signatures: string[]): AuthResults {
  return {
    dkim: signatures.map((text) => {
      const [domain = '', selector = '', result = ''] = text.split(/[/=]/);
      return { domain, ...(selector === '' ? {} : { selector }), result: result as 'pass' };
    }),
    spf: [],
  };
}

describe('the signatures that a decision is inherited by', () => {
  const cases: readonly (readonly [behaviour: string, author: string, auth: AuthResults | undefined, keys: string[]])[] = [
    ['the author domain itself', 'a.example', auth('a.example/s1=pass'), ['s* a.example']],
    ['a domain of the same organization', 'm.a.example', auth('A.example/s1=pass'), ['s* a.example']],
    ['not of another', 'a.example', auth('b.example/s1=pass'), []],
    ['not one that failed', 'a.example', auth('a.example/s1=fail', 'a.example/s1=permerror'), []],
    ['each that is', 'a.example', auth('b.example/x=pass', 'a.example/k1=pass', 'm.a.example/s1=pass'), ['k* a.example', 's* m.a.example']],
    ['without a selector it shows no family', 'a.example', auth('a.example/=pass'), [' a.example']],
    ['none where nothing was told', 'a.example', undefined, []],
    ['none where the author is no domain', '', auth('a.example/s1=pass'), []],
    ['a signer that is no domain is none', 'a.example', auth('a..example/s1=pass'), []],
  ]; // prettier-ignore
  for (const [behaviour, author, results, keys] of cases)
    it(behaviour, () => assert.deepEqual(alignedSigning(author, results, organizationalDomainOf), keys));
});

describe('what holds for every combination', () => {
  const written = inventoryOf([
    { stream: { id: 'a' }, rows: ['192.0.2.1 x.example 5', '192.0.2.2 x.example 6', '192.0.2.2 y.example 1', '192.0.2.3 x.example 7', '192.0.2.4 x.example 8'] },
    { stream: { id: 'b' }, rows: ['192.0.2.1 x.example 100', '192.0.2.9 x.example 1000'] },
    { stream: { id: 'c' }, rows: ['192.0.2.1 x.example 9'] },
  ]); // prettier-ignore
  // The third address signs as the stream does; the fourth has the same results, and the history says they are not aligned.
  const results: readonly (AuthResults | undefined)[] = [undefined, auth('x.example/s2=pass')];
  const inventory = {
    ...written,
    combinations: {
      ...written.combinations,
      auth: Int32Array.of(0, 0, 0, 1, 1, 0, 0, 0),
      alignment: Int32Array.of(0, 0, 0, 1, 0, 0, 0, 0),
    },
    dictionaries: { ...written.dictionaries, auth: (id: number) => results[id] },
  };
  const decided = (stream: string, verdict: 'authorised' | 'forbidden', at: number) => ({
    id: `d${at}`,
    batch: 'b',
    at,
    who: 'me',
    why: '',
    verdict,
    stream,
    narrow: { sources: [], authorDomains: [] },
    anchor: { signing: [{ domain: 'x.example', family: 's*' }], sources: AddressSet.of(['192.0.2.1']) },
  });
  const book = new DecisionBook([decided('a', 'authorised', 1), decided('b', 'forbidden', 2)]);
  const rulings = rulingsOf(inventory, book, organizationalDomainOf);
  const grounds = ['known', 'new', 'new', 'signing', 'new', 'known', 'new', 'none'];
  const verdicts = [
    'authorised',
    'undecided',
    'undecided',
    'authorised',
    'undecided',
    'forbidden',
    'undecided',
    'undecided',
  ];
  for (const [row, ground] of grounds.entries()) {
    it(`row ${row}: ${verdicts[row]} by ${ground}`, () => {
      assert.equal(rulings.ruling(row).ground, ground);
      assert.equal(decisionVerdicts[rulings.verdictOf[row]!], verdicts[row]);
    });
  }
  it('lists what is new, in authorised streams first, then by messages', () =>
    assert.deepEqual(
      newSources(inventory, rulings).map(({ stream, source, messages, rows, authorDomains, decision }) => [stream, source, messages, rows, authorDomains, decision.id]),
      [
        [0, '192.0.2.4', 8, 1, ['x.example'], 'd1'],
        [0, '192.0.2.2', 7, 2, ['x.example', 'y.example'], 'd1'],
        [1, '192.0.2.9', 1000, 1, ['x.example'], 'd2'],
      ],
    )); // prettier-ignore
});
