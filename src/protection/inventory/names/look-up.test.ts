import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zone } from '../../../standards/dns/index.ts';
import type { Resolver } from '../../../standards/dns/index.ts';
import { lookUpNames } from './look-up.ts';
import { ReverseNames } from './reverse-names.ts';
import type { KeptAnswer } from './reverse-names.ts';

const text = `$TTL 60
in-addr.arpa. SOA ns. h. 1 1 1 1 60
ip6.arpa. SOA ns. h. 1 1 1 1 60
example. SOA ns. h. 1 1 1 1 60
1.2.0.192.in-addr.arpa. PTR gw.example.
gw.example. A 192.0.2.1
2.2.0.192.in-addr.arpa. PTR gw.example.
3.2.0.192.in-addr.arpa. PTR gone.example.
4.2.0.192.in-addr.arpa. PTR gw.elsewhere.test.
5.2.0.192.in-addr.arpa. CNAME 5.0-63.2.0.192.in-addr.arpa.
5.0-63.2.0.192.in-addr.arpa. PTR small.example.
small.example. A 192.0.2.5
6.2.0.192.in-addr.arpa. PTR b.example.
6.2.0.192.in-addr.arpa. PTR six.example.
six.example. A 192.0.2.6
a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR v6.example.
v6.example. AAAA 2001:db8::a
`;

function resolver(): Resolver {
  const reading = zone(text);
  assert.ok(reading.ok);
  return reading.value.resolver;
}

const all = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.5', '192.0.2.6', '192.0.2.7', '2001:db8::a'];

async function names(addresses: readonly string[], ask: Resolver, atOnce = 3): Promise<ReverseNames> {
  const kept: KeptAnswer[] = [];
  for await (const { recorded } of lookUpNames(addresses, ask, { atOnce })) {
    for (const { name, type, answer } of recorded)
      if (answer !== undefined) kept.push({ name, type, answer, firstDay: 1, lastDay: 1 });
  }
  return new ReverseNames(kept);
}

describe('looking addresses up', () => {
  const cases: [behaviour: string, address: string, name: string | null | undefined, confirmed?: unknown][] = [
    ['a name that leads back', '192.0.2.1', 'gw.example', true],
    ['a name that leads to another address', '192.0.2.2', 'gw.example', false],
    ['a name that does not exist', '192.0.2.3', 'gone.example', false],
    ['a name the DNS says nothing of', '192.0.2.4', 'gw.elsewhere.test', 'unknown'],
    ['in a part of a network (RFC 2317)', '192.0.2.5', 'small.example', true],
    ['the second of two', '192.0.2.6', 'six.example', true],
    ['no name', '192.0.2.7', null, false],
    ['IPv6', '2001:db8::a', 'v6.example', true],
  ];
  for (const [behaviour, address, name, confirmed] of cases) {
    it(behaviour, async () => {
      const found = (await names([address], resolver())).of(address);
      assert.deepEqual([found?.name, found?.confirmed], [name, confirmed]);
    });
  }
  it('all of them together come to the same, each once, never more at once than was said', async () => {
    const ask = resolver();
    let underWay = 0;
    let most = 0;
    const slow: Resolver = async (name, type) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return ask(name, type);
    };
    const found = await names(all, slow, 3);
    assert.deepEqual(
      all.map((address) => found.of(address)?.confirmed),
      [true, false, false, 'unknown', true, true, false, true],
    );
    assert.equal(most, 3);
  });
  it('each question waits for its turn', async () => {
    let turns = 0;
    let asked = 0;
    const ask = resolver();
    const counted: Resolver = (name, type) => {
      asked += 1;
      assert.ok(asked <= turns);
      return ask(name, type);
    };
    const turn = async (): Promise<void> => void (turns += 1);
    for await (const _ of lookUpNames(all, counted, { atOnce: 2, turn }));
    assert.equal(turns, asked);
    assert.equal(asked, 16);
  });
  it('told to stop it finishes what is under way, and begins nothing', async () => {
    const stop = new AbortController();
    const done: string[] = [];
    for await (const { address } of lookUpNames(all, resolver(), { atOnce: 2, signal: stop.signal })) {
      done.push(address);
      stop.abort();
    }
    assert.deepEqual(done.sort(), ['192.0.2.1', '192.0.2.2']);
  });
  it('a DNS that does not answer is said, and is no absence', async () => {
    const outside: Resolver = (name, type) => resolver()(`${name}.outside.test`, type);
    for await (const { answered, recorded } of lookUpNames(['192.0.2.1'], outside, { atOnce: 1 })) {
      assert.equal(answered, false);
      assert.deepEqual(
        recorded.map(({ answer, error }) => [answer, error?.code]),
        [[undefined, 'dns/unknown-name']],
      );
    }
    assert.equal((await names(['192.0.2.1'], outside)).of('192.0.2.1'), undefined);
  });
  it('what is no address is passed over, and the same one twice is asked once at a time', async () => {
    const done: string[] = [];
    for await (const { address, answered } of lookUpNames(['x', '192.0.2.1', '192.0.2.1'], resolver(), { atOnce: 9 }))
      done.push(`${address} ${answered}`);
    assert.deepEqual(done.sort(), ['192.0.2.1 true', 'x false']);
  });
  it('a bug of the resolver is thrown', async () => {
    const broken: Resolver = () => Promise.reject(new TypeError('a bug'));
    await assert.rejects(async () => {
      for await (const _ of lookUpNames(['192.0.2.1'], broken, { atOnce: 1 }));
    }, TypeError);
  });
});
