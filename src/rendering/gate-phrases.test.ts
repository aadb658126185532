import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shownSentence } from './gate-phrases.ts';
import { speech } from './speech.ts';

describe('how much would be lost', () => {
  const cases: [behaviour: string, values: Record<string, number>, en: string, nl: string][] = [
    [
      'everything',
      { lost: 1200, least: 1200, most: 1200, messages: 1200 },
      'all 1,200 messages',
      'alle 1.200 berichten',
    ],
    ['the only one', { lost: 1, least: 1, most: 1, messages: 1 }, 'its one message', 'het enige bericht'],
    ['a part', { lost: 3, least: 3, most: 3, messages: 12 }, '3 of 12 messages', '3 van 12 berichten'],
    [
      'a part that is not certain',
      { lost: 3, least: 2, most: 5, messages: 12 },
      '3 of 12 messages (2 to 5)',
      '3 van 12 berichten (2 tot 5)',
    ],
    [
      'a part, and more is possible',
      { lost: 3, most: 12, messages: 12 },
      '3 of 12 messages (at most 12)',
      '3 van 12 berichten (hoogstens 12)',
    ],
    [
      'nothing, and more is possible',
      { lost: 0, least: 0, most: 5, messages: 12 },
      '0 of 12 messages (at most 5)',
      '0 van 12 berichten (hoogstens 5)',
    ],
  ];
  for (const [behaviour, values, en, nl] of cases)
    it(behaviour, () => {
      const told = { stream: 'Invoices', last: '2026-03-01', ...values };
      assert.equal(
        shownSentence('gate/loses', told, speech('en')),
        `Invoices would lose ${en}; the last that failed was of 2026-03-01`,
      );
      assert.equal(
        shownSentence('gate/loses', told, speech('nl')),
        `Invoices zou ${nl} verliezen; het laatste dat faalde was van 2026-03-01`,
      );
    });
});
