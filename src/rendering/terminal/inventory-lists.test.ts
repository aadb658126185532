import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostile } from '../../../test/hand-made/organisation.ts';
import { inventoryOf } from '../../../test/hand-made/inventory.ts';
import { AddressSet } from '../../protection/inventory/decisions/index.ts';
import { displayWidth } from '../safe-text.ts';
import { decidedText, decisionsText, newSourcesText } from './decisions.ts';
import { declaredText, heldText } from './declared.ts';
import { partiesText, partyText } from './parties.ts';
import type { Style } from './style.ts';

const bad = `${hostile.terminal}${hostile.bidi}${hostile.lines}`;
const decision = {
  id: 'd1',
  batch: 'b1',
  at: Date.UTC(2026, 0, 2, 3, 4),
  who: bad,
  why: bad,
  verdict: 'authorised' as const,
  stream: 'a',
  narrow: { sources: ['192.0.2.1'], authorDomains: [bad] },
  anchor: { signing: [], sources: AddressSet.of([]) },
  undone: { at: Date.UTC(2026, 0, 3), who: bad, why: bad },
};
const { streams } = inventoryOf([{ stream: { id: 'a', name: bad, sender: bad }, rows: [`192.0.2.1 x.example 12345`] }]);
const declaration = { party: bad, sender: bad, domains: [bad, bad], networks: ['192.0.2.0/24'], purpose: bad, rhythm: bad, exclusive: null }; // prettier-ignore
const party = { id: 'p', name: bad, type: 'agency' as const, owner: bad, contact: bad, contract: bad, priority: 1, streams: [{ id: 'a', name: bad }] }; // prettier-ignore
const found = { stream: 0, source: undefined, decision, messages: 5, rows: 1, firstDay: 20_000, lastDay: 20_001, authorDomains: [bad], name: bad }; // prettier-ignore
const decided = { id: 'a', name: bad, verdict: 'forbidden' as const, part: bad, messages: 12_345, sources: 2, kind: 'own' as const, confidence: 0.9 }; // prettier-ignore

const pages: readonly (readonly [name: string, render: (style: Style) => string[], says: RegExp])[] = [
  ['decisions', (style) => decisionsText([{ decision, name: bad }], style), /2026-01-02 03:04/],
  ['what is decided', (style) => decidedText([decided], style), /12[,.]345/],
  ['new sources', (style) => newSourcesText([found], style), /no address|geen adres/],
  ['declared senders', (style) => declaredText([{ ...declaration, id: 7, exclusiveNetworks: [] }], style), /192\.0\.2\.0/],
  ['what of them is seen', (style) => heldText({ seen: [], unseen: [{ declaration, mayBeQuiet: false }], undeclared: streams }, style), /12[,.]345/],
  ['parties', (style) => partiesText([party], style), /agency|bureau/],
  ['a party', (style) => partyText(party, style), /\(a\)/],
]; // prettier-ignore

describe('lists of what people said', () => {
  for (const [name, render, says] of pages) {
    for (const language of ['en', 'nl'] as const) {
      for (const width of [60, 120]) {
        it(`${name} in ${language}, ${width} wide: safe, no line too wide, every word known`, () => {
          const lines = render({ colour: false, width, language });
          const text = lines.join('\n');
          assert.doesNotMatch(text.replaceAll('\n', ''), /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
          for (const line of lines) assert.ok(displayWidth(line) <= width, line);
          assert.doesNotMatch(text, /label\//);
          assert.match(text, says);
        });
      }
    }
  }
  it('say so when there is nothing', () => {
    const style = { colour: false, width: 80 };
    for (const lines of [
      decisionsText([], style),
      newSourcesText([], style),
      declaredText([], style),
      partiesText([], style),
    ])
      assert.match(lines.join(' '), /yet|No source/);
  });
  it('say how many lines are left out', () => {
    const lines = decidedText(Array.from({ length: 25 }, () => decided), { colour: false, width: 80 }, 20); // prettier-ignore
    assert.equal(lines.length, 22);
    assert.match(lines.at(-1) ?? '', /5 more/);
  });
});
