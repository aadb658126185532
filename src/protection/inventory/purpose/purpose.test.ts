import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Kind, MailStream } from '../model.ts';
import type { SenderCategory } from '../senders/index.ts';
import { guessPurpose } from './guess.ts';

interface Written {
  readonly as?: readonly (readonly [domain: string, messages: number])[];
  readonly selectors?: readonly string[];
  readonly envelopes?: readonly string[];
  readonly category?: SenderCategory;
  readonly party?: string;
  readonly every?: MailStream['rhythm']['every'];
  readonly kind?: Kind;
}

const guess = ({ as = [['example.com', 100]], selectors = [], envelopes = [], category, party, every = 'daily', kind = 'third' }: Written) =>
  guessPurpose(
    {
      kind,
      messages: as.reduce((sum, [, messages]) => sum + messages, 0),
      authorDomains: as.map(([domain, messages]) => ({ domain, messages })),
      party: party ?? null,
      setUp: { sender: null, signing: [{ domain: 'example.com', selectors }], envelopes },
      rhythm: { every, activeDays: 10, nextExpected: null, sureness: 0 },
    },
    category,
  ); // prettier-ignore
const codes = (written: Written): string[] =>
  (guess(written)?.reasons ?? []).map(({ code }) => code.replace('purpose/', ''));

describe('what a stream is guessed to be for', () => {
  const cases: readonly (readonly [name: string, written: Written, purpose: string | null, reasons: readonly string[]])[] = [
    ['nothing tells', {}, null, []],
    ['a label of the author domain', { as: [['facturen.example.nl', 9]] }, 'invoices', ['author-domain']],
    ['a word in a label', { as: [['example-nieuws.example', 9]] }, 'newsletters', ['author-domain']],
    ['accents are nothing', { as: [['enquête.example', 9]] }, 'surveys', ['author-domain']],
    ['a rhythm that fits speaks for it', { as: [['facturen.example', 9]], every: 'monthly' }, 'invoices', ['author-domain', 'rhythm']],
    ['one that does not is not said', { as: [['facturen.example', 9]], every: 'daily' }, 'invoices', ['author-domain']],
    ['a rhythm alone tells nothing', { every: 'monthly' }, null, []],
    ['most messages must be of it', { as: [['a.example', 50], ['facturen.example', 50]] }, null, []],
    ['two domains of one purpose count together', { as: [['facturen.example', 40], ['billing.example', 40], ['a.example', 20]] }, 'invoices', ['author-domain']],
    ['a selector', { selectors: ['salaris2024'] }, 'payroll', ['selector']],
    ['a short word counts whole only', { selectors: ['factory1'] }, null, []],
    ['a short word by itself', { selectors: ['fact1'] }, 'invoices', ['selector']],
    ['an envelope', { envelopes: ['tickets.example.nl'] }, 'tickets', ['envelope']],
    ['a null sender alone', { envelopes: [''] }, 'bounces', ['null-sender']],
    ['a null sender among others tells nothing', { envelopes: ['', 'a.example'] }, null, []],
    ['the kind of its sender, where nothing else tells', { category: 'survey' }, 'surveys', ['sender']],
    ['a sender that is used for everything', { category: 'transactional' }, null, []],
    ['names tell more than the kind of a sender', { as: [['facturen.example', 9]], category: 'bulk' }, 'invoices', ['author-domain']],
    ['both beside each other', { as: [['nieuws.example', 9]], category: 'bulk', every: 'weekly' }, 'newsletters', ['author-domain', 'sender', 'rhythm']],
    ['the party', { party: 'Klantenservice' }, 'tickets', ['party']],
    ['the author domain tells more than the party', { as: [['facturen.example', 9]], party: 'Klantenservice' }, 'invoices', ['author-domain']],
    ['mail that is forged', { as: [['facturen.example', 9]], kind: 'forged' }, null, []],
    ['mail that is passed on', { as: [['facturen.example', 9]], kind: 'forwarder' }, null, []],
  ]; // prettier-ignore
  for (const [name, written, purpose, reasons] of cases)
    it(name, () => assert.deepEqual([guess(written)?.text ?? null, codes(written)], [purpose, reasons]));
  it('is marked as a guess', () => assert.equal(guess({ selectors: ['salaris'] })?.guessed, true));
});
