// Drift as the command tells it: an include that let go of a network between two snapshots.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { WhatIf } from '../../src/protection/simulation/what-if/index.ts';
import { openSession } from './session.ts';
import { temporaryFolder } from './zegel.ts';

const home = temporaryFolder();
const at = ['--data', join(home, 'data')];
const session = openSession();
after(() => session.close());

const row = (source: string, count: number, dkim: string): string =>
  `<record><row><source_ip>${source}</source_ip><count>${count}</count><policy_evaluated><disposition>none</disposition>
<dkim>${dkim === '' ? 'fail' : 'pass'}</dkim><spf>pass</spf></policy_evaluated></row><identifiers><header_from>firm.example</header_from></identifiers>
<auth_results>${dkim === '' ? '' : `<dkim><domain>${dkim}</domain><selector>s1</selector><result>pass</result></dkim>`}
<spf><domain>firm.example</domain><scope>mfrom</scope><result>pass</result></spf></auth_results></record>`;
const report = `<?xml version="1.0"?>
<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0"><report_metadata><org_name>receiver.test</org_name><email>dmarc@receiver.test</email>
<report_id>r1</report_id><date_range><begin>1760054400</begin><end>1760140799</end></date_range></report_metadata>
<policy_published><domain>firm.example</domain><p>none</p></policy_published>
${row('192.0.2.1', 500, 'firm.example')}${row('198.51.100.7', 40, '')}${row('198.51.100.8', 60, 'firm.example')}</feedback>`;
const zone = (include: string): string => `$TTL 300
firm.example. SOA a. b. 1 1 1 1 300
_dmarc.firm.example. TXT "v=DMARC1; p=none; rua=mailto:d@firm.example"
firm.example. TXT "v=spf1 ip4:192.0.2.0/24 include:_spf.mailer.test ~all"
mailer.test. SOA a. b. 1 1 1 1 300
_spf.mailer.test. TXT "${include}"
`;
const run = async (...args: string[]): Promise<{ code: number | null; out: string }> => {
  const { code, out, err } = await session.run(['what-if', 'firm.example', '--p', 'reject', ...args, ...at]);
  assert.notEqual(out, '', err);
  return { code, out };
};

describe('zegel what-if where SPF records changed since', () => {
  before(async () => {
    writeFileSync(join(home, 'report.xml'), report);
    assert.equal((await session.run(['ingest', join(home, 'report.xml'), ...at])).code, 0);
    for (const [day, include] of [
      ['2025-10-01', 'v=spf1 ip4:198.51.100.0/24 -all'],
      ['2025-11-01', 'v=spf1 ip4:203.0.113.0/24 -all'],
    ] as const) {
      const file = join(home, `${day}.zone`);
      writeFileSync(file, zone(include));
      assert.equal((await session.run(['snapshot', '--zone', file, '--at', day, ...at])).code, 0);
    }
  });

  it('says which part of a loss is due to the records, and names these', async () => {
    const answer = JSON.parse((await run('--json')).out) as WhatIf;
    const { drift } = answer;
    assert.ok(drift !== null && drift.kept);
    assert.equal(answer.total.lost.expected, 40);
    assert.deepEqual(drift.total.lostWithChange, { expected: 40, least: 40, most: 40 });
    assert.deepEqual(
      [drift.total.messages, drift.total.legLost.expected, drift.total.legLostOnDkim.expected, drift.total.lost.most],
      [100, 100, 60, 0],
    );
    assert.deepEqual(drift.records, [
      {
        name: '_spf.mailer.test',
        type: 'TXT',
        domains: ['firm.example'],
        seenUntil: '2025-10-01',
        day: '2025-11-01',
        before: ['v=spf1 ip4:198.51.100.0/24 -all'],
        after: ['v=spf1 ip4:203.0.113.0/24 -all'],
      },
    ]);
    assert.deepEqual(
      drift.sources.map(({ source, domain, reported, today, why, firstDay }) =>
        [source, domain, reported, today, why, firstDay].join(' '),
      ),
      [
        '198.51.100.8 firm.example pass softfail changed 2025-10-10',
        '198.51.100.7 firm.example pass softfail changed 2025-10-10',
      ],
    );
  });
  it('every field of it is named in the guide', async () => {
    const { drift } = JSON.parse((await run('--json')).out) as WhatIf;
    const guide = readFileSync('docs/guide/what-if.md', 'utf8');
    const named = new Set(
      [...guide.slice(guide.indexOf('- `drift`:')).matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) =>
        code.match(/[A-Za-z]+/g),
      ),
    );
    const missing = new Set<string>();
    const look = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(look);
      else if (typeof value === 'object' && value !== null)
        for (const [name, inner] of Object.entries(value)) {
          if (!named.has(name) && !guide.includes(`\`${name}\``)) missing.add(name);
          look(inner);
        }
    };
    look(drift);
    assert.deepEqual([...missing], []);
  });
  it('in words, in two languages, at 80 columns', async () => {
    const { out } = await run();
    assert.match(out, /SPF records that changed since this mail, whatever is asked/);
    assert.match(out, /_spf\.mailer\.test TXT, between 2025-10-01 and 2025-11-01/);
    assert.match(out, /198\.51\.100\.7 +firm\.example +pass +softfail +40/);
    const { out: dutch } = await run('--language', 'nl');
    assert.match(dutch, /SPF-records die sinds deze mail zijn veranderd/);
    for (const text of [out, dutch]) assert.deepEqual(text.split('\n').filter((line) => line.length > 80), []); // prettier-ignore
  });
  it('CSV has it at the end of each stream', async () => {
    const [head = '', ...lines] = (await run('--csv')).out.trimEnd().split('\r\n');
    assert.ok(
      head.endsWith(',drift_leg_lost,drift_leg_lost_on_dkim,drift_leg_gained,drift_lost,drift_lost_with_change'),
    );
    const sums = [0, 0, 0, 0, 0];
    for (const line of lines) for (const [at, cell] of line.split(',').slice(-5).entries()) sums[at]! += Number(cell);
    assert.deepEqual(sums, [100, 60, 0, 0, 40]);
  });
  it('by the records of then nothing has drifted', async () => {
    const answer = JSON.parse((await run('--records', 'then', '--json')).out) as WhatIf;
    assert.equal(answer.drift, null);
    assert.equal(answer.total.lost.most, 0);
  });
  it('with a zone of now in which the network is back nothing has either', async () => {
    const { out, code } = await run('--zone', join(home, '2025-10-01.zone'), '--json');
    const { drift, total } = JSON.parse(out) as WhatIf;
    assert.deepEqual([code, drift?.total.messages, total.lost.most], [0, 0, 0]);
  });
});
