import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { SpfAllows, SpfDifference, SpfTreeView } from '../../src/protection/permission/index.ts';
import { temporaryFolder, zegel } from './zegel.ts';

const zone = join(temporaryFolder(), 'small.zone');
writeFileSync(
  zone,
  `$TTL 300
example. SOA ns. h. 1 1 1 1 60
a.example. TXT "v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.7 a:gone.example include:b.example exists:%{i}.x.example -all ip4:10.0.0.1"
b.example. TXT "v=spf1 ip6:2001:db8::/32 ?all"
many.example. TXT "v=spf1 include:m1.example include:m2.example -all"
m1.example. TXT "v=spf1 a:h.example/24 a:h.example/25 a:h.example/26 a:h.example/27 a:h.example/28 ?all"
m2.example. TXT "v=spf1 a:h.example/24 a:h.example/25 a:h.example/26 a:h.example/27 a:h.example/28 ?all"
h.example. A 198.51.100.1
esc.example. TXT "v=spf1 include:\\027[31mred.example -all"
`,
);
const example = ['--zone', 'examples/zones/2026-08-02.zone'];

describe('zegel spf tree', () => {
  it('shows terms, costs, and what adds nothing or is never reached', async () => {
    const { code, out } = await zegel(['spf', 'tree', 'a.example', '--zone', zone]);
    assert.equal(code, 0);
    assert.match(out, /3 of 10 lookups/);
    assert.match(out, /├─ ip4:192\.0\.2\.7 +1 +0\n│ {2}adds nothing/);
    assert.match(out, /├─ a:gone\.example .*\n│ {2}finds nothing: a void lookup/);
    assert.match(out, /├─ include:b\.example .*\n│ {2}│ .*TTL 300 s\n│ {2}├─ ip6:2001:db8::\/32 +2\^96\n│ {2}└─ \?all/);
    assert.match(out, /└─ ip4:10\.0\.0\.1\n {3}never reached/);
  });
  it('says where the limit of ten is passed', async () => {
    const { out } = await zegel(['spf', 'tree', 'many.example', '--zone', zone]);
    assert.match(out, /12 of 10 lookups/);
    assert.equal(out.match(/over the limit of 10 lookups from here/g)?.length, 1);
    assert.match(out, /│ {2}├─ a:h\.example\/27.*\n(?:│ {2}│.*\n)*│ {2}│ {2}over the limit/);
  });
  it('keeps to 80 columns, has no control characters, and no signs beyond ASCII where these do not arrive', async () => {
    for (const domain of ['lageland.example', 'lageland-facturen.example']) {
      const { out } = await zegel(['spf', 'tree', domain, ...example, '--all'], { env: { LC_ALL: 'C' } });
      assert.match(out, /`- /);
      for (const line of out.split('\n')) {
        assert.ok(line.length <= 80, line);
        assert.match(line, /^[ -~]*$/);
      }
    }
    const { out } = await zegel(['spf', 'tree', 'esc.example', '--zone', zone]);
    assert.ok(!out.includes('\u001B'), out);
  });
  it('has all of it as one line of JSON', async () => {
    const { out } = await zegel(['spf', 'tree', 'lageland.example', ...example, '--json']);
    const view = JSON.parse(out) as SpfTreeView;
    assert.equal(out.trimEnd().split('\n').length, 1);
    assert.equal(view.schema, 'zegel/spf-tree/1');
    const sums = Object.values(view.results).map(({ ipv6 }) => BigInt(ipv6));
    assert.equal(
      sums.reduce((sum, each) => sum + each, 0n),
      1n << 128n,
    );
  });
  it('a name the zone does not tell of could not be told: exit 2', async () => {
    const { code, out } = await zegel(['spf', 'tree', 'other.test', '--zone', zone]);
    assert.deepEqual([code, /does not answer for other\.test/.test(out)], [2, true]);
  });
});

describe('zegel spf allows', () => {
  const cases: [ips: string[], code: number, results: string[]][] = [
    [['192.0.2.1', '2001:db8::1'], 0, ['pass', 'pass']],
    [['192.0.2.1', '192.0.3.1'], 1, ['pass', 'fail']],
  ];
  for (const [ips, code, results] of cases) {
    it(`${ips.join(' ')}: exit ${code}`, async () => {
      const run = await zegel(['spf', 'allows', 'a.example', ...ips, '--zone', zone, '--json']);
      assert.equal(run.code, code, run.err);
      const { addresses } = JSON.parse(run.out) as SpfAllows;
      assert.deepEqual(
        addresses.map(({ result }) => result),
        results,
      );
    });
  }
  it('shows the way to the term', async () => {
    const { out } = await zegel(['spf', 'allows', 'a.example', '2001:db8::1', '--zone', zone]);
    assert.match(out, /^2001:db8::1 +pass +a\.example include:b\.example > b\.example/);
  });
  it('what is no address is said before anything is asked', async () => {
    const { code, err } = await zegel(['spf', 'allows', 'a.example', '192.0.2', '--zone', zone]);
    assert.equal(code, 2);
    assert.match(err, /192\.0\.2 is no address/);
  });
});

describe('zegel spf diff', () => {
  it('shows both ways as networks, between domains and against a record', async () => {
    const other = await zegel(['spf', 'diff', 'a.example', 'b.example', '--zone', zone]);
    assert.equal(other.code, 0);
    assert.match(other.out, /Let in by a\.example and not by b\.example: 256 IPv4, 0 IPv6\n- 192\.0\.2\.0\/24\n/);
    const record = await zegel([
      'spf',
      'diff',
      'a.example',
      'v=spf1 ip4:192.0.2.0/25 ip4:9.9.9.9 -all',
      '--zone',
      zone,
      '--json',
    ]);
    const { added, removed } = JSON.parse(record.out) as SpfDifference;
    assert.deepEqual([added.prefixes, removed.prefixes], [['9.9.9.9'], ['192.0.2.128/25', '2001:db8::/32']]);
  });
  it('says so when nothing differs', async () => {
    const { out } = await zegel(['spf', 'diff', 'b.example', 'v=spf1 ip6:2001:db8::/32 -all', '--zone', zone]);
    assert.match(out, /let in the same addresses/);
  });
});
