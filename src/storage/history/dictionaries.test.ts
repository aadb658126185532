import assert from 'node:assert/strict';
import { test } from 'node:test';
import { array, assert as holds, boolean, nat, property } from 'fast-check';
import type { AuthResults } from '../../standards/reports/index.ts';
import { LoadedDictionaries, writeAuth } from './dictionaries.ts';
import { dictionaryTables } from './schema.ts';

function authOf(number: number): AuthResults {
  return {
    dkim: number % 6 === 0 ? [] : [{ domain: `d${number}.example`, selector: 's', result: 'pass' }],
    spf: number % 2 === 0 ? [{ domain: `"b,]${number}`, scope: 'helo', result: 'fail', humanResult: '[' }] : [],
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
