import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseStream, chosenStream } from './stream-choice.ts';
import { UsageError } from './terminal.ts';

const streams = [
  { id: 'billing-7f3k', name: 'Billing' },
  { id: 'sendgrid-k2m9', name: 'Newsletter' },
  { id: 'sendgrid-p8qt', name: 'newsletter' },
  { id: 'Billing', name: 'Another' },
];
const known = [
  ...streams.map((each) => ({ ...each, mergedInto: null })),
  { id: 'old-1111', mergedInto: 'billing-7f3k' },
];

describe('a stream that is named', () => {
  const cases: readonly (readonly [text: string, answer: string])[] = [
    ['billing-7f3k', 'billing-7f3k'],
    [' billing ', 'billing-7f3k'],
    ['Billing', 'Billing'],
    ['another', 'Billing'],
    ['old-1111', 'billing-7f3k'],
    ['newsletter', 'several: sendgrid-k2m9 sendgrid-p8qt'],
    ['bill', 'none, like: billing-7f3k'],
    ['sendgrid', 'none, like: sendgrid-k2m9 sendgrid-p8qt'],
    ['', 'none, like: '],
  ];
  for (const [text, answer] of cases) {
    it(`"${text}": ${answer}`, () => {
      const choice = chooseStream(text, streams, known);
      const ids = (list: readonly { readonly id: string }[]): string => list.map(({ id }) => id).join(' ');
      assert.equal(
        'one' in choice
          ? choice.one.id
          : 'several' in choice
            ? `several: ${ids(choice.several)}`
            : `none, like: ${ids(choice.like)}`,
        answer,
      );
    });
  }
  it('is asked for again when it is not one, with what it may be', () => {
    assert.throws(() => chosenStream('newsletter', streams), (error) => error instanceof UsageError && /sendgrid-k2m9, sendgrid-p8qt/.test(error.hint ?? '')); // prettier-ignore
    assert.throws(() => chosenStream('bill\u001B[2J', streams), (error) => error instanceof UsageError && !error.message.includes('\u001B')); // prettier-ignore
  });
});
