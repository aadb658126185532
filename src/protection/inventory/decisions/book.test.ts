import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { DecisionVerdict } from '../model.ts';
import { AddressSet } from './address-set.ts';
import { DecisionBook, signingKey } from './book.ts';
import type { DecidedCombination, Descent, Ruling } from './book.ts';
import type { Decision } from './model.ts';

/** `b authorised @5 known 192.0.2.1 signs d.example/s1 only 192.0.2.0/24 x.example undone`: one word after another. */
function decision(line: string, at: number): Decision {
  const words = line.split(' ');
  const behind = (word: string): string[] => {
    const start = words.indexOf(word);
    if (start === -1) return [];
    const rest = words.slice(start + 1);
    const end = rest.findIndex((each) => ['known', 'signs', 'only', 'undone'].includes(each));
    return end === -1 ? rest : rest.slice(0, end);
  };
  const only = behind('only');
  const isName = (text: string): boolean => /[a-z]{2,}$/.test(text);
  return {
    id: `d${at}`,
    batch: `b${at}`,
    at,
    who: 'me',
    why: '',
    stream: words[0]!,
    verdict: words[1] as DecisionVerdict,
    narrow: { sources: only.filter((text) => !isName(text)), authorDomains: only.filter(isName) },
    anchor: {
      signing: behind('signs').map((text) => {
        const [family, domain] = signingKey(text.split('/')[0]!, text.split('/')[1]).split(' ');
        return { family: family!, domain: domain! };
      }),
      sources: AddressSet.of(behind('known')),
    },
    ...(words.includes('undone') ? { undone: { at: at + 1, who: 'me', why: '' } } : {}),
  };
}

/** `b 192.0.2.1 x.example d.example/s2`: stream, source (`-` for none), author domain, aligned passing signatures. */
function combination(line: string): DecidedCombination {
  const [stream = '', source = '', authorDomain = '', ...signing] = line.split(' ');
  return {
    stream,
    source: source === '-' ? undefined : source,
    authorDomain,
    signing: signing.map((text) => signingKey(text.split('/')[0]!, text.split('/')[1])),
  };
}

const said = ({ verdict, ground, decision: by }: Ruling): string =>
  `${verdict} ${ground}${by === undefined ? '' : ` ${by.id}`}`;

type Case = readonly [behaviour: string, decisions: string[], asked: string, answer: string, exclusive?: string[]];

const cases: Case[] = [
  ['nothing was decided', [], 'b 192.0.2.1 x.example', 'undecided none'],
  ['another stream was', ['a authorised known 192.0.2.1'], 'b 192.0.2.1 x.example', 'undecided none'],
  ['a source it had', ['b authorised known 192.0.2.1'], 'b 192.0.2.1 x.example', 'authorised known d1'],
  ['IPv6, however it is written', ['b authorised known 2001:db8::1'], 'b 2001:DB8:0::1 x.example', 'authorised known d1'],
  ['IPv4 in an IPv6 address', ['b authorised known 192.0.2.1'], 'b ::ffff:192.0.2.1 x.example', 'authorised known d1'],
  ['rows without an address, when it had such', ['b authorised known ?'], 'b - x.example', 'authorised known d1'],
  ['and when it had none', ['b authorised known 192.0.2.1'], 'b - x.example', 'undecided new d1'],
  ['a new source', ['b authorised known 192.0.2.1 signs d.example/s1'], 'b 192.0.2.2 x.example', 'undecided new d1'],
  ['a new source of a forbidden stream', ['b forbidden known 192.0.2.1'], 'b 192.0.2.2 x.example', 'undecided new d1'],
  ['a new source that signs as the stream did', ['b authorised signs d.example/s1'], 'b 192.0.2.2 x.example d.example/s2', 'authorised signing d1'],
  ['upper case is the same domain', ['b authorised signs d.example/s1'], 'b 192.0.2.2 x.example D.Example/S7', 'authorised signing d1'],
  ['with another selector family', ['b authorised signs d.example/s1'], 'b 192.0.2.2 x.example d.example/k1', 'undecided new d1'],
  ['with another domain', ['b authorised signs d.example/s1'], 'b 192.0.2.2 x.example e.example/s1', 'undecided new d1'],
  ['with a domain below', ['b authorised signs d.example/s1'], 'b 192.0.2.2 x.example m.d.example/s1', 'undecided new d1'],
  ['with no selector said', ['b authorised signs d.example/s1'], 'b 192.0.2.2 x.example d.example', 'undecided new d1'],
  ['nor when the stream had none', ['b authorised signs d.example'], 'b 192.0.2.2 x.example d.example', 'undecided new d1'],
  ['one signature of several will do', ['b authorised signs d.example/s1 e.example/k1'], 'b 192.0.2.2 x.example z.example/z e.example/k3', 'authorised signing d1'],
  ['a new source in a network that is ours alone', ['b authorised known 192.0.2.1'], 'b 198.51.100.7 x.example', 'authorised network d1', ['198.51.100.0/24']],
  ['IPv6 too', ['b authorised known 192.0.2.1'], 'b 2001:db8:1::7 x.example', 'authorised network d1', ['198.51.100.0/24', '2001:db8:1::/48']],
  ['beside it', ['b authorised known 192.0.2.1'], 'b 198.51.101.7 x.example', 'undecided new d1', ['198.51.100.0/24']],
  ['a forbidden stream in a network that is ours alone', ['b forbidden known 192.0.2.1'], 'b 198.51.100.7 x.example', 'forbidden network d1', ['198.51.100.0/24']],
  ['the latest counts', ['b authorised known 192.0.2.1', 'b forbidden known 192.0.2.1'], 'b 192.0.2.1 x.example', 'forbidden known d2'],
  ['undone ones do not', ['b authorised known 192.0.2.1', 'b forbidden known 192.0.2.1 undone'], 'b 192.0.2.1 x.example', 'authorised known d1'],
  ['undecided again is a decision', ['b authorised known 192.0.2.1', 'b undecided known 192.0.2.1'], 'b 192.0.2.1 x.example', 'undecided known d2'],
  ['a later one that does not reach stands in the way', ['b authorised known 192.0.2.1', 'b forbidden known 192.0.2.9'], 'b 192.0.2.1 x.example', 'undecided new d2'],
  ['one that says the same does not', ['b authorised known 192.0.2.1', 'b authorised known 192.0.2.9'], 'b 192.0.2.1 x.example', 'authorised known d1'],
  ['a domain before the whole, though earlier', ['b forbidden known 192.0.2.1 only x.example', 'b authorised known 192.0.2.1'], 'b 192.0.2.1 x.example', 'forbidden known d1'],
  ['other domains are not touched', ['b forbidden known 192.0.2.1 only x.example', 'b authorised known 192.0.2.1'], 'b 192.0.2.1 y.example', 'authorised known d2'],
  ['a domain is itself, not what is below', ['b forbidden known 192.0.2.1 only x.example'], 'b 192.0.2.1 m.x.example', 'undecided none'],
  ['a new source does not get round a narrow one', ['b authorised known 192.0.2.1 192.0.2.2', 'b forbidden known 192.0.2.1 only x.example'], 'b 192.0.2.2 x.example', 'undecided new d2'],
  ['nor where the whole was looked at since, without it', ['b authorised known 192.0.2.2', 'b forbidden known 192.0.2.1 only x.example', 'b authorised known 192.0.2.1'], 'b 192.0.2.2 x.example', 'undecided new d2'],
  ['unless the narrow one was taken back since', ['b authorised known 192.0.2.2', 'b forbidden known 192.0.2.1 only x.example', 'b authorised known 192.0.2.1 only x.example'], 'b 192.0.2.2 x.example', 'authorised known d1'],
  ['but a later look at the whole has seen it', ['b forbidden known 192.0.2.1 only x.example', 'b authorised known 192.0.2.1 192.0.2.2'], 'b 192.0.2.2 x.example', 'authorised known d2'],
  ['an address before a domain', ['b authorised only 192.0.2.1', 'b forbidden known 192.0.2.1 only x.example'], 'b 192.0.2.1 x.example', 'authorised named d1'],
  ['a named address needs not be known', ['b forbidden only 192.0.2.1'], 'b 192.0.2.1 x.example', 'forbidden named d1'],
  ['nor one in a named network', ['b forbidden only 192.0.2.0/24'], 'b 192.0.2.77 x.example', 'forbidden named d1'],
  ['an address before its network', ['b authorised only 192.0.2.1', 'b forbidden only 192.0.2.0/24'], 'b 192.0.2.1 x.example', 'authorised named d1'],
  ['an address and a domain before an address', ['b authorised only 192.0.2.1 x.example', 'b forbidden only 192.0.2.1'], 'b 192.0.2.1 x.example', 'authorised named d1'],
  ['an address before a network and a domain', ['b authorised only 192.0.2.1', 'b forbidden only 192.0.2.0/31 x.example'], 'b 192.0.2.1 x.example', 'authorised named d1'],
  ['both must hold', ['b authorised only 192.0.2.1 x.example'], 'b 192.0.2.1 y.example', 'undecided none'],
  ['narrow decisions leave the rest', ['b authorised known 192.0.2.1 192.0.2.9', 'b forbidden only 192.0.2.9'], 'b 192.0.2.1 x.example', 'authorised known d1'],
]; // prettier-ignore

describe('what holds for a combination', () => {
  for (const [behaviour, decisions, asked, answer, exclusive] of cases) {
    it(behaviour, () => {
      const book = new DecisionBook(
        decisions.map((line, at) => decision(line, at + 1)),
        exclusive === undefined ? {} : { exclusive },
      );
      assert.equal(said(book.ruling(combination(asked))), answer);
    });
  }
  it('takes IPv4 as a number', () => {
    const book = new DecisionBook([decision('b authorised known 203.0.113.255', 1)]);
    const asked = { ...combination('b - x.example'), source: 0xcb0071ff };
    assert.equal(said(book.ruling(asked)), 'authorised known d1');
    assert.equal(said(book.ruling({ ...asked, source: 0xcb0071ff | 0 })), 'authorised known d1');
  });
});

describe('what a stream has from others', () => {
  const descended: readonly (readonly [behaviour: string, decisions: string[], descent: Descent[], asked: string, answer: string])[] = [
    ['merged into it', ['a authorised known 192.0.2.1'], [{ stream: 'a' }], 'b 192.0.2.1 x.example', 'authorised known d1'],
    ['merged: the latest counts', ['a authorised known 192.0.2.1', 'b forbidden known 192.0.2.1'], [{ stream: 'a' }], 'b 192.0.2.1 x.example', 'forbidden known d2'],
    ['split off: what was said before', ['a authorised known 192.0.2.1'], [{ stream: 'a', before: 2 }], 'b 192.0.2.1 x.example', 'authorised known d1'],
    ['split off: not what was said after', ['b authorised known 192.0.2.9', 'a forbidden known 192.0.2.1'], [{ stream: 'a', before: 2 }], 'b 192.0.2.1 x.example', 'undecided new d1'],
    ['put together by itself: where nothing is said', ['a forbidden known 192.0.2.1'], [{ stream: 'a', byItself: true }], 'b 192.0.2.1 x.example', 'forbidden known d1'],
    ['put together by itself: where the same is said', ['a authorised known 192.0.2.1', 'b authorised known 192.0.2.9'], [{ stream: 'a', byItself: true }], 'b 192.0.2.1 x.example', 'authorised known d1'],
    ['put together by itself: where another thing is said', ['a forbidden known 192.0.2.1', 'b authorised known 192.0.2.9'], [{ stream: 'a', byItself: true }], 'b 192.0.2.1 x.example', 'undecided new d2'],
    ['put together by itself: its own comes first', ['b authorised known 192.0.2.1', 'a forbidden known 192.0.2.1'], [{ stream: 'a', byItself: true }], 'b 192.0.2.1 x.example', 'authorised known d1'],
  ]; // prettier-ignore
  for (const [behaviour, decisions, descent, asked, answer] of descended) {
    it(behaviour, () => {
      const book = new DecisionBook(
        decisions.map((line, at) => decision(line, at + 1)),
        { descent: (stream) => (stream === 'b' ? descent : []) },
      );
      assert.equal(said(book.ruling(combination(asked))), answer);
    });
  }
});

describe('the decision on a stream as a whole', () => {
  const book = new DecisionBook([
    decision('b authorised known 192.0.2.1', 1),
    decision('b forbidden only 192.0.2.1', 2),
    decision('b forwarder undone', 3),
  ]);
  it('leaves parts and undone ones out', () => assert.equal(book.ofStream('b')?.id, 'd1'));
  it('is none where none was made', () => assert.equal(book.ofStream('a'), undefined));
  it('has a history with everything, the latest first', () =>
    assert.deepEqual(
      book.history('b').map(({ id }) => id),
      ['d3', 'd2', 'd1'],
    ));
});

const address = fc.oneof(
  fc.nat(15).map((last) => `192.0.2.${last}`),
  fc.nat(3).map((last) => `2001:db8::${last}`),
);
const verdict = fc.constantFrom<DecisionVerdict>('authorised', 'forbidden', 'forwarder', 'undecided');

describe('never', () => {
  it('does a source that is neither known, named, signing as the stream, nor in a network of ours get a verdict', () => {
    const line = fc
      .tuple(verdict, fc.array(address, { maxLength: 4 }), fc.subarray(['x.example', 'y.example']), fc.boolean())
      .map(([said_, known, domains, undone]) =>
        [
          'b',
          said_,
          'known',
          ...known,
          'signs',
          'd.example/s1',
          'only',
          ...domains,
          ...(undone ? ['undone'] : []),
        ].join(' '),
      );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom('x.example', 'z.example'), (lines, domain) => {
        const book = new DecisionBook(
          lines.map((each, at) => decision(each, at + 1)),
          { exclusive: ['10.0.0.0/8'] },
        );
        const { verdict: given, ground } = book.ruling(
          combination(`b 203.0.113.5 ${domain} p.example/s1 d.example/k1`),
        );
        assert.equal(given, 'undecided');
        assert.ok(ground === 'new' || ground === 'none');
      }),
    );
  });
  it('does the order in which decisions are kept matter', () => {
    const decisions = fc.array(
      fc.tuple(verdict, fc.array(address, { maxLength: 4 }), fc.subarray(['x.example', '192.0.2.0/29'])),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(decisions, fc.nat(), address, (drawn, turn, source) => {
        const all = drawn.map(([said_, known, only], at) =>
          decision(['b', said_, 'known', ...known, 'only', ...only].join(' '), at + 1),
        );
        const turned = all.toSorted((one, other) => ((one.at * 7 + turn) % 5) - ((other.at * 7 + turn) % 5));
        const asked = combination(`b ${source} x.example`);
        assert.equal(said(new DecisionBook(turned).ruling(asked)), said(new DecisionBook(all).ruling(asked)));
      }),
    );
  });
});

describe('addresses known at a moment', () => {
  it('are read back as they were written, in one text whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(address, fc.ipV4(), fc.ipV6(), fc.constant('X.X.X.X'))), (addresses) => {
        const set = AddressSet.of(addresses);
        const text = set.toText();
        const back = AddressSet.parse(text);
        assert.equal(back?.hasUnknown, set.hasUnknown);
        assert.equal(back?.toText(), text);
        assert.equal(back?.size, set.size);
        assert.deepEqual(new Set(back), new Set(set));
        assert.equal(AddressSet.of(addresses.toReversed()).toText(), text);
      }),
    );
  });
  it('are written small', () => {
    const set = AddressSet.of(Array.from({ length: 256 }, (_, last) => `192.0.2.${last}`));
    assert.equal(set.toText(), '192.0.2.0-192.0.2.255');
    assert.equal(AddressSet.parse(set.toText())?.size, 256);
  });
  for (const text of [
    'x',
    '192.0.2.9-192.0.2.1',
    '0.0.0.0-255.255.255.255',
    '192.0.2.1-2001:db8::1',
    '192.0.2.1,192.0.2.2',
  ])
    it(`are not ${text}`, () => assert.equal(AddressSet.parse(text), undefined));
});
