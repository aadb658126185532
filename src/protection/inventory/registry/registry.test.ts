import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { assignIdentities, newStreamId } from './assign.ts';
import type { Cluster } from './assign.ts';
import { streamDescent } from './descent.ts';
import type { StreamIdentity } from './model.ts';
import { StreamPins } from './pins.ts';

function identity(id: string, some: Partial<StreamIdentity> = {}): StreamIdentity {
  return {
    id,
    name: id,
    namedBy: null,
    mergedInto: null,
    pin: null,
    party: null,
    firstSeen: null,
    keys: [],
    lostKeys: [],
    ...some,
  };
}

const pin = (of: string, at: number, some: Partial<NonNullable<StreamIdentity['pin']>> = {}) => ({
  of,
  keys: [],
  sources: [],
  authorDomains: [],
  at,
  who: 'me',
  ...some,
});

/** `x3 y1`: keys with their messages. */
function cluster(line: string): Cluster {
  return { keys: line.split(' ').map((word) => [word.slice(0, 1), Number(word.slice(1))] as const) };
}

/** `a:xy b:z`: identities with their keys, `!` before keys they lost. */
function known(line: string): StreamIdentity[] {
  return line
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [id = '', keys = ''] = word.split(':');
      const [held = '', lost = ''] = keys.split('!');
      return identity(id, { keys: held.split(''), lostKeys: lost.split('') });
    });
}

describe('the identity of a cluster', () => {
  const cases: readonly (readonly [behaviour: string, clusters: string[], known: string, ids: string[]])[] = [
    ['by its keys', ['x5', 'y5'], 'a:x b:y', ['a', 'b']],
    ['with a key that is new', ['x5 z9'], 'a:x', ['a']],
    ['with a key that is gone', ['x5'], 'a:xyz', ['a']],
    ['the one with the most messages', ['x5 y6'], 'a:x b:y', ['b']],
    ['the greatest overlap first', ['x5', 'y6'], 'a:xy', ['', 'a']],
    ['each identity once, the next one then', ['x5 y1', 'x6'], 'a:x b:y', ['b', 'a']],
    ['many small keys outweigh a great one', ['x5 y3 z3'], 'a:x b:yz', ['b']],
    ['what it was before its keys were put together with others', ['x5', 'y6'], 'b:xy a:!x', ['a', 'b']],
    ['which is not asked where there is one now', ['x5'], 'a:!x b:x', ['b']],
  ]; // prettier-ignore
  for (const [behaviour, clusters, before, ids] of cases) {
    it(behaviour, () => {
      const found = assignIdentities(clusters.map(cluster), known(before));
      assert.deepEqual(
        found.map((id, at) => (ids[at] === '' ? '' : id)),
        ids,
      );
      assert.equal(new Set(found).size, found.length);
    });
  }
  it('of two that a person merged is one', () => {
    const all = [identity('a', { keys: ['x'], mergedInto: 'b' }), identity('b', { keys: ['y'] })];
    assert.deepEqual(assignIdentities([cluster('x5'), cluster('y6'), cluster('x1 y1')].slice(0, 2), all), ['b', 'b']);
  });
  it('never goes in circles', () => {
    const all = [identity('a', { keys: ['x'], mergedInto: 'b' }), identity('b', { keys: ['y'], mergedInto: 'a' })];
    assert.equal(assignIdentities([cluster('x5')], all).length, 1);
  });
  it('is not that of a part told by addresses', () => {
    const all = [
      identity('a', { keys: [], pin: pin('b', 1, { sources: ['192.0.2.1'] }) }),
      identity('b', { keys: ['x'] }),
    ];
    assert.deepEqual(assignIdentities([cluster('x5')], all), ['b']);
  });
  it('begins with what it is called', () => {
    const id = newStreamId({ keys: [['k', 1]], label: 'Twilio SendGrid!' }, () => false);
    assert.match(id, /^twilio-sendgrid-[2-9a-z]{4}$/);
    assert.match(
      newStreamId({ keys: [['§', 1]] }, () => false),
      /^stream-[2-9a-z]{4}$/,
    );
  });
  it('grows on a collision, and is never one that is taken', () => {
    const taken = new Set<string>();
    for (let at = 0; at < 50; at++) {
      const id = newStreamId({ keys: [['k', 1]] }, (each) => taken.has(each));
      assert.ok(!taken.has(id) && id.length <= 9);
      taken.add(id);
    }
  });
});

const key = fc.integer({ min: 0, max: 30 }).map((at) => `k${at}`);
/** Clusters with no key in common, as attribution makes them. */
const clusters: fc.Arbitrary<Cluster[]> = fc
  .uniqueArray(fc.tuple(key, fc.integer({ min: 1, max: 100 }), fc.nat(5)), {
    selector: ([each]) => each,
    maxLength: 30,
  })
  .map((drawn) => {
    const groups = new Map<number, [string, number][]>();
    for (const [each, messages, group] of drawn) groups.set(group, [...(groups.get(group) ?? []), [each, messages]]);
    return [...groups.values()].map((keys) => ({ keys }));
  });

/** What is kept after a day: keys go to the stream they were found in. */
function keep(before: readonly StreamIdentity[], found: readonly Cluster[], ids: readonly string[]): StreamIdentity[] {
  const after = new Map(
    before.map((each) => [each.id, { ...each, keys: [...each.keys], lostKeys: [...each.lostKeys] }]),
  );
  for (const [at, { keys }] of found.entries()) {
    const id = ids[at]!;
    if (!after.has(id)) after.set(id, { ...identity(id), keys: [], lostKeys: [] });
    for (const [each] of keys) {
      for (const other of after.values()) {
        if (other.id === id || !other.keys.includes(each)) continue;
        other.keys = other.keys.filter((one) => one !== each);
        other.lostKeys.push(each);
      }
      const own = after.get(id)!;
      if (!own.keys.includes(each)) own.keys.push(each);
    }
  }
  return [...after.values()];
}

describe('identities', () => {
  it('do not depend on the order of clusters, of keys, or of what is known', () => {
    fc.assert(
      fc.property(clusters, clusters, (yesterday, today) => {
        const before = keep([], yesterday, assignIdentities(yesterday, []));
        const ids = assignIdentities(today, before);
        const turned = today.map(({ keys }) => ({ keys: keys.toReversed() })).toReversed();
        assert.deepEqual(assignIdentities(turned, before.toReversed()).toReversed(), ids);
      }),
    );
  });
  it('are one to a cluster', () => {
    fc.assert(
      fc.property(clusters, clusters, (yesterday, today) => {
        const before = keep([], yesterday, assignIdentities(yesterday, []));
        const ids = assignIdentities(today, before);
        assert.equal(new Set(ids).size, today.length);
      }),
    );
  });
  it('stay when nothing changed', () => {
    fc.assert(
      fc.property(clusters, (today) => {
        const ids = assignIdentities(today, []);
        assert.deepEqual(assignIdentities(today, keep([], today, ids)), ids);
      }),
    );
  });
  it('stay as keys come, go and grow, as long as half of the messages have known keys', () => {
    fc.assert(
      fc.property(
        clusters,
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 30, maxLength: 30 }),
        (today, factors) => {
          const ids = assignIdentities(today, []);
          const before = keep([], today, ids);
          const tomorrow = today.map(({ keys }, at) => {
            const kept = keys
              .slice(0, Math.max(1, keys.length - (factors[at]! % 2)))
              .map(([each, messages], place) => [each, messages * factors[place]!] as const);
            return { keys: [...kept, [`new ${at}`, 1] as const] };
          });
          assert.deepEqual(assignIdentities(tomorrow, before), ids);
        },
      ),
    );
  });
  it('come back after attribution put streams together for a while', () => {
    fc.assert(
      fc.property(clusters, (today) => {
        const ids = assignIdentities(today, []);
        const before = keep([], today, ids);
        const together = [{ keys: today.flatMap(({ keys }) => keys) }];
        const joined = keep(before, together, assignIdentities(together, before));
        assert.deepEqual(assignIdentities(today, joined).toSorted(), ids.toSorted());
      }),
    );
  });
  it('are never given to anything else, however the days go', () => {
    fc.assert(
      fc.property(fc.array(clusters, { maxLength: 5 }), (days) => {
        let all: StreamIdentity[] = [];
        const first = new Map<string, string>();
        for (const day of days) {
          const ids = assignIdentities(day, all);
          for (const [at, id] of ids.entries()) {
            if (all.some((each) => each.id === id)) {
              // It recognised it by a key that is or was its own.
              const own = all.find((each) => each.id === id)!;
              assert.ok(day[at]!.keys.some(([each]) => own.keys.includes(each) || own.lostKeys.includes(each)));
            } else assert.ok(!first.has(id));
            first.set(id, id);
          }
          all = keep(all, day, ids);
        }
      }),
    );
  });
});

describe('what persons took out of streams', () => {
  const pins = new StreamPins([
    identity('a'),
    identity('gone', { mergedInto: 'a' }),
    identity('by-key', { pin: pin('a', 1, { keys: ['k1'] }) }),
    identity('by-source', { pin: pin('gone', 2, { sources: ['192.0.2.0/24', '2001:db8::1'] }) }),
    identity('by-domain', { pin: pin('by-source', 3, { authorDomains: ['x.example'] }) }),
    identity('by-both', { pin: pin('a', 4, { sources: ['198.51.100.1'], authorDomains: ['y.example'] }) }),
  ]);
  const cases: readonly (readonly [behaviour: string, asked: [string, string, string | undefined, string], answer: string])[] = [
    ['what nobody took out stays', ['a', 'k', '203.0.113.1', 'x.example'], 'a'],
    ['a key, wherever it is found', ['z', 'k1', '203.0.113.1', 'x.example'], 'by-key'],
    ['an address', ['a', 'k', '192.0.2.7', 'z.example'], 'by-source'],
    ['IPv6', ['a', 'k', '2001:db8:0::1', 'z.example'], 'by-source'],
    ['of that stream only', ['z', 'k', '192.0.2.7', 'z.example'], 'z'],
    ['a part of a part', ['a', 'k', '192.0.2.7', 'x.example'], 'by-domain'],
    ['both must hold', ['a', 'k', '198.51.100.1', 'x.example'], 'a'],
    ['and do', ['a', 'k', '198.51.100.1', 'y.example'], 'by-both'],
    ['a row without an address', ['a', 'k', undefined, 'y.example'], 'a'],
  ]; // prettier-ignore
  for (const [behaviour, asked, answer] of cases) it(behaviour, () => assert.equal(pins.streamOf(...asked), answer));
  it('is nothing where there are no pins', () => assert.ok(new StreamPins([identity('a')]).isEmpty));
  it('never goes in circles', () => {
    const round = new StreamPins([
      identity('a', { pin: pin('b', 1, { authorDomains: ['x.example'] }) }),
      identity('b', { pin: pin('a', 2, { authorDomains: ['x.example'] }) }),
    ]);
    assert.equal(round.streamOf('a', 'k', '192.0.2.1', 'x.example'), 'b');
  });
});

describe('whose decisions a stream has besides its own', () => {
  it('merged ones, all the way', () => {
    const of = streamDescent([identity('a', { mergedInto: 'b' }), identity('b', { mergedInto: 'c' }), identity('c')]);
    assert.deepEqual(of('c'), [{ stream: 'a' }, { stream: 'b' }]);
    assert.deepEqual(of('a'), []);
  });
  it('those of the stream it was split from, made before, and of what was merged into that', () => {
    const of = streamDescent([
      identity('a'),
      identity('m', { mergedInto: 'a' }),
      identity('b', { pin: pin('a', 10, { keys: ['x'] }) }),
      identity('c', { pin: pin('b', 20, { keys: ['y'] }) }),
    ]);
    assert.deepEqual(of('b'), [
      { stream: 'a', before: 10 },
      { stream: 'm', before: 10 },
    ]);
    assert.deepEqual(of('c'), [
      { stream: 'b', before: 20 },
      { stream: 'a', before: 10 },
      { stream: 'm', before: 10 },
    ]);
    assert.deepEqual(of('a'), [{ stream: 'm' }]);
  });
  it('a split that was undone takes nothing back', () => {
    const of = streamDescent([identity('a'), identity('b', { mergedInto: 'a', pin: pin('a', 10, { keys: ['x'] }) })]);
    assert.deepEqual(of('a'), [{ stream: 'b' }]);
  });
  it('those whose keys it has now', () => {
    const of = streamDescent([identity('a', { keys: ['x', 'y'] }), identity('b', { lostKeys: ['y'] })]);
    assert.deepEqual(of('a'), [{ stream: 'b', byItself: true }]);
    assert.deepEqual(of('b'), []);
  });
});
