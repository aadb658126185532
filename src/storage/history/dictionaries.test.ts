import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, assert as holds, boolean, nat, property } from 'fast-check';
import type { AuthResults } from '../../standards/reports/index.ts';
import { LoadedDictionaries, writeAuth } from './dictionaries.ts';
import { dictionaryTables } from './schema.ts';

function authOf(number: number): AuthResults {
  return {
    dkim: number % 6 === 0 ? [] : [{ domain: `d${number}.example`, selector: 's', result: 'pass' }],
    spf: number % 2 === 0 ? [{ domain: `"b,]${number}`, scope: 'helo', result: 'fail' }] : [],
  };
}

test('auths are what was written, in whatever order they are asked for, before and after others are added', () => {
  holds(
    property(array(nat(699), { minLength: 1, maxLength: 40 }), boolean(), (asked, addedOneByOne) => {
      const dictionaries = LoadedDictionaries.of(new Map(dictionaryTables.map((table) => [table, ['']])));
      for (let number = 1; number <= 600; number++) {
        assert.equal(dictionaries.auths.number(writeAuth(authOf(number))), number);
        if (addedOneByOne) assert.deepEqual(dictionaries.auth(number), authOf(number));
      }
      for (const number of asked) {
        const expected = number === 0 || number > 600 ? undefined : authOf(number);
        assert.deepEqual(dictionaries.auth(number), expected);
      }
    }),
    { numRuns: 50 },
  );
});

test('what a receiver writes for people makes no results others', () => {
  const said = (humanResult: string): AuthResults => ({
    dkim: [{ domain: 'd.example', selector: 's', result: 'fail', humanResult }],
    spf: [{ domain: 'd.example', result: 'pass', humanResult }],
  });
  assert.equal(writeAuth(said('body hash did not verify at 12:00')), writeAuth(said('… at 12:01')));
});

test('a text of an earlier Zegel, with what was written for people, is read', () => {
  const dictionaries = LoadedDictionaries.of(new Map(dictionaryTables.map((table) => [table, ['']])));
  dictionaries.auths.number('[[["d.example","s","pass","2048-bit key"]],[["d.example",null,"pass",null]]]');
  assert.deepEqual(dictionaries.auth(1), {
    dkim: [{ domain: 'd.example', selector: 's', result: 'pass' }],
    spf: [{ domain: 'd.example', result: 'pass' }],
  });
});
