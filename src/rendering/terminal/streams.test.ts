import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inventoryOf } from '../../../test/hand-made/inventory.ts';
import { overviewOf } from '../../protection/inventory/index.ts';
import type { Changes, MailStream, StreamDetail } from '../../protection/inventory/index.ts';
import { senderCatalogue } from '../../protection/inventory/senders/index.ts';
import { displayWidth } from '../safe-text.ts';
import { inventoryChangesText, nextDecisionsText, queueText, streamsText, streamText } from './index.ts';
import type { Style } from './index.ts';

const hostile = '\u001B[31mbad\u202Egood\nname';
const chances = (part: Partial<MailStream['chances']>): MailStream['chances'] => ({
  own: 0,
  third: 0,
  forwarder: 0,
  forged: 0,
  abused: 0,
  ...part,
});
const inventory = inventoryOf([
  {
    stream: {
      id: 'invoices-2345',
      name: 'Invoices of the billing system · Finance · invoices.example.com +3',
      kind: 'third',
      chances: chances({ third: 0.99, forged: 0.01 }),
      sender: 'Twilio SendGrid',
      senderId: 'sendgrid',
      party: 'Finance',
      rhythm: { every: 'monthly', activeDays: 12, nextExpected: 20_420, sureness: 0.9 },
      setUp: {
        sender: 'sendgrid',
        signing: [{ domain: 'example.com', selectors: ['s*'] }],
        envelopes: ['em1.example.com', ''],
      },
      legs: { both: 700, dkimOnly: 100, spfOnly: 0, neither: 200, dkimStrict: 800, spfStrict: 0 },
      reasons: [
        { code: 'inventory/signs-at-home', values: {}, origin: 'report', for: 'third', weight: 6, messages: 800 },
        {
          code: 'inventory/others-may-send-there',
          values: {},
          origin: 'report',
          for: 'forged',
          weight: 1,
          messages: 200,
        },
      ],
    },
    rows: ['192.0.2.1 invoices.example.com 600', '192.0.2.2 example.com 400'],
  },
  {
    stream: {
      id: 'odd-6789',
      name: hostile,
      kind: 'undecided',
      confidence: 0.5,
      chances: chances({ third: 0.4, forged: 0.5, forwarder: 0.1 }),
      sender: hostile,
      question: { code: 'inventory/ask', values: { whom: hostile } },
      reasons: [
        {
          code: 'inventory/from-everywhere',
          values: { networks: 36 },
          origin: 'report',
          for: 'forged',
          weight: 2,
          messages: 50,
        },
      ],
    },
    rows: [`198.51.100.1 ${hostile.replaceAll(/\s/g, '')} 50`],
  },
  { stream: { id: 'f-1', kind: 'forged', chances: chances({ forged: 1 }) }, rows: ['198.51.100.2 example.com 30'] },
  { stream: { id: 'f-2', kind: 'forged', chances: chances({ forged: 1 }) }, rows: ['198.51.100.3 example.com 20'] },
]);
const overview = overviewOf(inventory);
const [invoices, odd] = inventory.streams as [MailStream, MailStream];
const detailOf = (stream: MailStream): StreamDetail => ({
  stream,
  sources: [],
  weeks: [1, 2, 3, 0, 4],
  firstWeek: 20_365,
  decided: [{ verdict: 'undecided', messages: stream.messages }],
  sender: stream.senderId === null ? undefined : senderCatalogue().byId(stream.senderId),
  period: inventory.period,
});
const page = (stream: MailStream) => ({
  detail: detailOf(stream),
  decisions: [],
  party: undefined,
  about: () => ({ name: '', network: '' }),
});
const changes: Changes = {
  since: 20_300,
  period: inventory.period,
  sources: [],
  streams: [odd],
  selectors: [
    { domain: 'example.com', selector: 's9', first: 20_301, messages: 9, held: true },
    { domain: 'example.com', selector: hostile, first: 20_302, messages: 1, held: false },
  ],
  authorDomains: [{ domain: hostile, first: 20_303, messages: 3, kind: 'forged' }],
  silent: [{ stream: invoices, last: 20_350, due: 20_387 }],
  jumped: [{ stream: odd, from: 20_350, days: 7, messages: 900, usual: 100 }],
  uninherited: [],
};

const styles: [name: string, style: Style][] = [
  ['80 columns', { colour: false, width: 80 }],
  ['60 columns, ASCII alone', { colour: false, width: 60, unicode: false }],
  ['120 columns in Dutch', { colour: false, width: 120, language: 'nl' }],
];
const texts: [name: string, text: (style: Style) => string[]][] = [
  ['the list', (style) => streamsText(overview, overview.streams, style)],
  ['the queue', (style) => queueText(overview, style)],
  ['a stream', (style) => streamText(page(invoices), style)],
  ['a stream of hostile names', (style) => streamText(page(odd), style)],
  ['what is new', (style) => inventoryChangesText(changes, inventory.streams, style)],
];
for (const [name, text] of texts)
  for (const [called, style] of styles)
    it(`${name} fits and steers nothing (${called})`, () => {
      for (const line of text(style)) {
        assert.ok(displayWidth(line) <= style.width || line.trimStart().startsWith('http'), line);
        // eslint-disable-next-line no-control-regex
        assert.doesNotMatch(line, /[\u0000-\u001F\u007F\u202E]|\{\w+\}|label\/|inventory\//);
        if (style.unicode === false) assert.match(line, /^[\x20-\x7E]*$/);
      }
    });

describe('what is said of streams', () => {
  const style: Style = { colour: false, width: 120 };
  const said = (lines: readonly string[]): string => lines.join('\n').replaceAll('\u00A0', ' ').replaceAll(/\s+/g, ' ');
  it('the list says kind, how sure, how much, each leg and both, and when it is next due', () => {
    const text = said(streamsText(overview, [invoices], style));
    assert.match(text, /third 99% 1k 80% 70% 70% – /);
    assert.match(text, /invoices-2345 · monthly · next 2025-11-28 · Finance · 2 addresses/);
    assert.match(text, /1 of 4 streams/);
  });
  it('an expected day that has gone by is said as such', () => {
    const late = { ...invoices, rhythm: { ...invoices.rhythm, nextExpected: 20_390 } };
    assert.match(said(streamsText(overview, [late], style)), /was due 2025-10-29/);
  });
  it('what is in doubt is looked at first; what is sure can be typed', () => {
    const text = said(nextDecisionsText(overview, style));
    assert.match(text, /zegel decide invoices-2345 authorised/);
    assert.match(text, /zegel streams odd-6789 in doubt/);
    assert.doesNotMatch(text, /zegel decide odd-6789/);
  });
  it('what is surely forged is counted, and may be forbidden at once', () => {
    const text = said(nextDecisionsText(overview, style));
    assert.match(text, /2 streams are surely forged, 50 messages/);
    assert.match(text, /zegel decide forbidden --kind forged --confidence 0\.95 --yes/);
  });
  it('a stream says what speaks for it and against, with messages and where that is known from', () => {
    const text = said(streamText(page(invoices), style));
    assert.match(text, /\+ it is signed with an aligned key .* \(800, reports\)/);
    assert.match(text, /– every customer of this service .* \(200, reports\)/);
  });
  it('a stream says what to do at its sender, in the language asked for', () => {
    const how = senderCatalogue().byId('sendgrid')!.align.how;
    assert.ok(said(streamText(page(invoices), style)).includes(how.en.slice(0, 60)));
    assert.ok(said(streamText(page(invoices), { ...style, language: 'nl' })).includes(how.nl.slice(0, 60)));
  });
  it('what to ask stands with what is undecided, and only there', () => {
    assert.match(said(streamText(page(odd), style)), /What to ask Ask whoever manages/);
    assert.doesNotMatch(said(streamText(page(invoices), style)), /What to ask/);
  });
  it('selectors that never held are counted apart', () => {
    const text = said(inventoryChangesText(changes, inventory.streams, style));
    assert.match(text, /New selectors of yours \(1\) selector domain first seen messages s9 example\.com/);
    assert.match(text, /and 1 selector that never held/);
  });
});
