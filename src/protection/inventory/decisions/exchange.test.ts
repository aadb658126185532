import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { csvLines } from '../../../rendering/csv.ts';
import { decisionVerdicts } from '../model.ts';
import { partyTypes } from '../parties/index.ts';
import { AddressSet } from './address-set.ts';
import { decisionCells, decisionColumns, decisionLines, parseDecisions } from './exchange.ts';
import type { ToldDecisions } from './exchange.ts';

const text = fc.oneof(fc.string(), fc.constantFrom('=1', `'=`, '#', 'a\r\nb', '"', ',', '{'));
const name = fc.stringMatching(/^[a-z]{1,5}-[a-z2-9]{4}$/);
const plain = { noNullPrototype: true };
const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });
const domain = fc.constantFrom('a.example', 'b.example');
const network = fc.constantFrom('192.0.2.0/24', '192.0.2.1', '2001:db8::/48');
const undone = fc.record({ at: moment, who: text, why: text }, plain);

const told: fc.Arbitrary<ToldDecisions> = fc
  .record({
    parties: fc.array(
      fc.record({ id: name, name: text, type: fc.constantFrom(...partyTypes), owner: text, contact: text, contract: text, priority: fc.option(fc.integer({ min: 1, max: 99 })) }, plain),
      { maxLength: 2 },
    ),
    streams: fc.uniqueArray(
      fc.record(
        {
          id: name,
          name: text,
          namedBy: fc.option(text),
          mergedInto: fc.option(name),
          party: fc.option(name),
          firstSeen: fc.option(fc.nat(30_000)),
          keys: fc.array(text, { maxLength: 3 }),
          pin: fc.option(
            fc.record({ of: name, keys: fc.array(text, { maxLength: 2 }), sources: fc.array(network, { maxLength: 2 }), authorDomains: fc.array(domain, { maxLength: 2 }), at: moment, who: text }, plain),
          ),
        },
        plain,
      ),
      { minLength: 1, maxLength: 3, selector: (each) => each.id },
    ),
    decisions: fc.array(
      fc.record({ id: name, batch: name, at: moment, who: text, why: text, verdict: fc.constantFrom(...decisionVerdicts), place: fc.nat(), sources: fc.uniqueArray(network), authorDomains: fc.uniqueArray(domain), signing: fc.array(fc.record({ domain, family: fc.constantFrom('s*', '*', 'a.b') }, plain), { maxLength: 2 }), known: fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant(''))), undone: fc.option(undone) }, plain),
      { maxLength: 4 },
    ),
  })
  .map(({ parties, streams, decisions }) => ({
    parties,
    streams,
    decisions: decisions.map(({ place, sources, authorDomains, signing, known, undone: taken, ...rest }) => ({
      ...rest,
      stream: streams[place % streams.length]!.id,
      narrow: { sources, authorDomains },
      anchor: { signing, sources: AddressSet.of(known) },
      ...(taken === null ? {} : { undone: taken }),
    })),
  })); // prettier-ignore

/** Sets as their texts, so that they can be compared. */
function comparable(value: ToldDecisions): unknown {
  return {
    ...value,
    decisions: value.decisions.map((each) => ({
      ...each,
      anchor: { ...each.anchor, sources: each.anchor.sources.toText() },
    })),
  };
}

describe('decisions as text', () => {
  it('as JSON lines are read back as they were', () => {
    fc.assert(
      fc.property(told, (value) => {
        const back = parseDecisions([...decisionLines(value)].join('\n'));
        assert.ok(back.ok);
        assert.deepEqual(comparable(back.value), comparable(value));
      }),
    );
  });
  it('as CSV are read back as they were, with what their streams are known by', () => {
    fc.assert(
      fc.property(told, (value) => {
        const back = parseDecisions([...csvLines(decisionColumns, decisionCells(value))].join(''));
        assert.ok(back.ok, JSON.stringify(back.problems));
        const used = value.streams.filter(({ id }) => value.decisions.some((each) => each.stream === id));
        const streams = used.map(({ id, name: called, keys }) => ({ id, name: called, keys }));
        const order = new Map(value.decisions.map((each, at) => [each.stream, at] as const).toReversed());
        streams.sort((one, other) => order.get(one.id)! - order.get(other.id)!);
        assert.deepEqual(comparable(back.value), comparable({ parties: [], streams, decisions: value.decisions }));
      }),
    );
  });
  const good = `{"what":"zegel/decisions/1"}\n{"what":"stream","id":"a","name":"A","namedBy":null,"mergedInto":null,"pin":null,"party":null,"firstSeen":null,"keys":[]}`;
  const decision = (some: object): string =>
    JSON.stringify({ what: 'decision', id: 'd1', batch: 'b1', at: '2026-01-02T03:04:05.678Z', who: 'me', why: '', verdict: 'authorised', stream: 'a', sources: [], authorDomains: [], signing: [], known: '', undone: null, ...some }); // prettier-ignore
  const bad: readonly (readonly [behaviour: string, line: string])[] = [
    ['a verdict that is none', decision({ verdict: 'maybe' })],
    ['a moment that is none', decision({ at: 'yesterday' })],
    ['a source that is none', decision({ sources: ['x'] })],
    ['addresses that are none', decision({ known: 'x' })],
    ['no id', decision({ id: '' })],
    ['a stream of which nothing is told', decision({ stream: 'z' })],
    ['a number for a text', decision({ who: 5 })],
    ['signing that is no list', decision({ signing: 'x' })],
    ['half a line', decision({}).slice(0, 40)],
    ['another kind of line', '{"what":"secret"}'],
    ['another schema', '{"what":"zegel/decisions/2"}'],
    ['a list', '[1]'],
    ['a pin at no network', `{"what":"stream","id":"b","name":"B","namedBy":null,"mergedInto":null,"party":null,"firstSeen":null,"keys":[],"pin":{"of":"a","keys":[],"sources":["x"],"authorDomains":[],"at":1,"who":""}}`],
    ['a party of no type', `{"what":"party","id":"p","name":"P","type":"friend","owner":"","contact":"","contract":"","priority":null}`],
  ]; // prettier-ignore
  for (const [behaviour, line] of bad) {
    it(`with ${behaviour} are not taken at all`, () => {
      const back = parseDecisions(`${good}\n${decision({})}\n${line}\n`);
      assert.equal(back.ok, false);
      assert.deepEqual(back.problems.map(({ code, at }) => [code, at?.line]), [['decisions/not-read', 4]]); // prettier-ignore
    });
  }
  it('without columns that are needed are not taken at all', () => {
    const back = parseDecisions('id,verdict\nd1,authorised\n');
    assert.equal(back.ok, false);
    assert.match(String(back.problems[0]?.values?.['why']), /no column at, who/);
  });
});
