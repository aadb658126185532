import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { senders } from '../src/protection/inventory/senders/index.ts';
import { page, sendersPage } from './senders.ts';

it(`${page} says what the catalogue says (node --conditions=zegel-source tools/senders.ts)`, () => {
  assert.equal(readFileSync(page, 'utf8'), sendersPage(senders));
});

it('every sender stands on the page, once', () => {
  const text = sendersPage(senders);
  for (const { id } of senders) assert.equal(text.split(`| \`${id}\` |`).length, 2, id);
});
