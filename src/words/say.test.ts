import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openSentence, say } from './index.ts';

describe('a sentence with its values', () => {
  const cases: [
    behaviour: string,
    code: string,
    values: Record<string, string | number>,
    language: 'en' | 'nl',
    said: string,
  ][] = [
    ['many', 'label/streams-count-addresses', { count: '2,100' }, 'en', '2,100 addresses'],
    ['one', 'label/streams-count-addresses', { count: 1 }, 'en', '1 address'],
    ['none', 'label/streams-count-addresses', { count: '0' }, 'en', '0 addresses'],
    ['one, in Dutch', 'label/streams-count-addresses', { count: '1' }, 'nl', '1 adres'],
    [
      'a value that is not there stays open',
      'label/streams-count-addresses',
      {},
      'en',
      '{count} {count:address|addresses}',
    ],
    [
      'a value that looks like a place is not filled in again',
      'dns/bad-name',
      { name: '{name}' },
      'en',
      '{name} is not a domain name',
    ],
    ['a code without a sentence is said as itself', 'nothing/such', {}, 'en', 'nothing/such'],
  ];
  for (const [behaviour, code, values, language, said] of cases)
    it(behaviour, () => assert.equal(say(code, values, language), said));

  it('is shown open as it is for many', () =>
    assert.equal(openSentence('{count} {count:file was|files were} filed'), '{count} files were filed'));
});
