// Records that Zegel writes, judged by an evaluator that is not ours: pyspf, over every address of a chain of pages, over 24,000
// addresses in a zone of names, and over the neighbours of all of them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { existsTerm, existsZone, synthesise } from '../../src/protection/plan/index.ts';
import { domainName, zone } from '../../src/standards/dns/index.ts';
import { addressesOf, formatIpv4, has, parseAddress } from '../../src/standards/spf/index.ts';
import { parseNetwork } from '../../src/protection/plan/index.ts';
import type { AddressSet } from '../../src/standards/spf/index.ts';

const domain = domainName('example.com');
const reading = zone('example.com. 3600 SOA ns. h. 1 1 1 1 60\n');
assert.ok(reading.ok);
const world = reading.value.resolver;

const program = `
import json, sys, spf
data = json.load(sys.stdin)
zone = data['zone']
wild = {name[2:] for name in zone if name.startswith('*.')}
parents = set()
for name in zone:
    at = name
    while '.' in at:
        at = at.split('.', 1)[1]
        parents.add(at)
def find(name):
    if name in zone: return zone[name]
    if name in parents: return {}
    at = name
    while '.' in at:
        at = at.split('.', 1)[1]
        if at in zone or at in parents:
            return zone['*.' + at] if at in wild else {}
    return {}
def lookup(name, qtype, strict=True, timeout=20):
    name = name.lower()
    values = find(name).get(qtype, [])
    return [((name, qtype), [text.encode('latin-1') for text in value] if qtype == 'TXT' else value) for value in values]
spf.DNSLookup = lookup
print(json.dumps([spf.check2(ip, 'someone@example.com', 'mail.example')[0] for ip in data['ips']]))
`;

/** What pyspf says of addresses, its questions answered from records by name and type. */
function pyspf(records: Readonly<Record<string, Record<string, unknown[]>>>, ips: readonly string[]): string[] {
  const output = execFileSync('/usr/bin/python3', ['-c', program], {
    input: JSON.stringify({ zone: records, ips }),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return JSON.parse(output) as string[];
}

function check(
  set: AddressSet,
  records: Readonly<Record<string, Record<string, unknown[]>>>,
  texts: readonly string[],
): void {
  const ips = texts.flatMap((text) => {
    const { a } = parseAddress(text)!;
    return [formatIpv4((a - 1) >>> 0), text, formatIpv4((a + 1) >>> 0)];
  });
  ips.push(
    '2001:db8:77::',
    '2001:db8:77:ffff:ffff:ffff:ffff:ffff',
    '2001:db8:76:ffff:ffff:ffff:ffff:ffff',
    '2001:db8:78::',
  );
  const results = pyspf(records, ips);
  const wrong = ips.filter((ip, i) => (results[i] === 'pass') !== has(set, parseAddress(ip)!));
  assert.deepEqual(wrong, []);
  assert.ok(results.every((result) => result === 'pass' || result === 'fail'));
  assert.ok(results.filter((result) => result === 'pass').length >= texts.length);
}

const setOf = (texts: readonly string[]): AddressSet =>
  addressesOf(
    texts.map((text) => {
      const network = parseNetwork(text);
      assert.ok(network.ok);
      return network.value;
    }),
  );

describe('pyspf', () => {
  it('judges a chain of pages, every address and its neighbours, as it was asked for', async () => {
    const texts = Array.from({ length: 180 }, (_, i) => formatIpv4((0x0b00_0000 + i * 0x0134_5677) >>> 0));
    const { synthesis } = await synthesise(
      { domain, addresses: texts, networks: ['2001:db8:77::/48'], all: '-all' },
      world,
    );
    assert.equal(synthesis.outcome, 'fits');
    assert.ok(synthesis.records.length > 8);
    const records = Object.fromEntries(synthesis.records.map(({ name, strings }) => [name, { TXT: [strings] }]));
    check(setOf([...texts, '2001:db8:77::/48']), records, texts);
  });
  it('judges a zone of 24,000 names, every address and its neighbours, as it was asked for', () => {
    const texts = Array.from({ length: 24_000 }, (_, i) => formatIpv4((0x0b00_0000 + i * 0xa455) >>> 0));
    const set = setOf([...texts, '2001:db8:77::/48']);
    const written = zone([...existsZone(domain, set)].join('\n'));
    assert.ok(written.ok);
    const records: Record<string, Record<string, unknown[]>> = {
      [domain]: { TXT: [[`v=spf1 ${existsTerm(domain)} -all`]] },
    };
    for (const { name, type, data } of written.value.records) if (type === 'A') records[name] = { A: [data] };
    check(set, records, texts);
  });
});
