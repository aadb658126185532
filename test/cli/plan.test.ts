// What `zegel plan` wishes beside the DMARC record, and what of it an option leaves out, adds or refuses, as it is typed.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openSession } from './session.ts';
import { temporaryFolder } from './zegel.ts';
import type { Run } from './zegel.ts';

const home = temporaryFolder();
const data = join(home, 'ours');
const session = openSession();
after(() => session.close());
const run = (...words: string[]): Promise<Run> => session.run([...words, '--data', data]);
const done = async (...words: string[]): Promise<Run> => {
  const ran = await run(...words);
  assert.equal(ran.code, 0, `${words.join(' ')}: ${ran.err}`);
  return ran;
};

interface Plan {
  readonly changes: readonly { name: string; type: string; kind: string; after: readonly string[]; before: unknown }[];
  readonly steps: readonly {
    changes: readonly { name: string }[];
    files: readonly { url: string; text: string }[];
  }[];
  readonly dangers: readonly { id: string; code: string }[];
  readonly slots: readonly { name: string; kind: string; from: string; domain: string }[];
  readonly notes: readonly { code: string; values: Record<string, unknown> }[];
}
const plan = async (...words: string[]): Promise<Plan & { code: number | null }> => {
  const { code, out, err } = await run('plan', ...words, '--json');
  assert.notEqual(out, '', err);
  return { code, ...(JSON.parse(out) as Plan) };
};
/** What is written at each name. */
const written = ({ changes }: Plan, kind: string): Record<string, string> =>
  Object.fromEntries(changes.filter((each) => each.kind === kind).map(({ name, after: to }) => [name, to.join(' | ')]));

const length = 45;
/** Keys and names count as used by the mail of the last weeks. */
const begin = (Math.floor(Date.now() / 86_400_000) - length) * 86_400;

interface Mail {
  readonly source: string;
  readonly from: string;
  readonly auth: string;
  readonly passes: 'both' | 'dkim' | 'neither' | 'spf';
}

function row({ source, from, auth, passes }: Mail): string {
  const said = (leg: string): string => (passes === leg || passes === 'both' ? 'pass' : 'fail');
  return `<record><row><source_ip>${source}</source_ip><count>60</count><policy_evaluated><disposition>none</disposition>
<dkim>${said('dkim')}</dkim><spf>${said('spf')}</spf></policy_evaluated></row><identifiers><header_from>${from}</header_from></identifiers>
<auth_results>${auth}</auth_results></record>`;
}

const spf = (domain: string, result: string, scope = 'mfrom'): string =>
  `<spf><domain>${domain}</domain><scope>${scope}</scope><result>${result}</result></spf>`;
const signed = (domain: string, selector: string, result = 'pass'): string =>
  `<dkim><domain>${domain}</domain><selector>${selector}</selector><result>${result}</result></dkim>`;

/** A report of one day about one domain. */
function report(day: number, domain: string, mail: readonly Mail[]): string {
  const path = join(home, `${domain}-${day}.xml`);
  const start = begin + day * 86_400;
  writeFileSync(
    path,
    `<?xml version="1.0"?><feedback><report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email>
<report_id>${domain}-${day}</report_id><date_range><begin>${start}</begin><end>${start + 86_399}</end></date_range></report_metadata>
<policy_published><domain>${domain}</domain><p>none</p></policy_published>
${mail.map(row).join('')}</feedback>`,
  );
  return path;
}

const zones = ['example.com', 'brand.example', 'parked.example'].map((name) => join(home, name));

before(async () => {
  const head = (name: string): string => `$ORIGIN ${name}.\n$TTL 3600\n@ SOA ns hostmaster 1 1 1 1 300\n`;
  writeFileSync(
    zones[0]!,
    `${head('example.com')}@ TXT "v=spf1 ip4:192.0.2.0/28 ~all"
@ MX 10 mx
mx A 192.0.2.1
out A 192.0.2.2
s1._domainkey TXT "v=DKIM1; k=ed25519; t=y; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
old._domainkey TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"
`,
  );
  writeFileSync(
    zones[1]!,
    `${head('brand.example')}@ TXT "v=spf1 ip4:192.0.2.0/28 -all"
_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@brand.example"
`,
  );
  writeFileSync(zones[2]!, `${head('parked.example')}www A 192.0.2.80\n`);
  const own: Mail[] = [
    { source: '192.0.2.1', from: 'example.com', auth: signed('example.com', 's1') + spf('example.com', 'pass'), passes: 'both' }, // prettier-ignore
    { source: '192.0.2.2', from: 'example.com', auth: signed('example.com', 's1') + spf('out.example.com', 'none', 'helo'), passes: 'dkim' }, // prettier-ignore
    { source: '192.0.2.2', from: 'example.com', auth: signed('example.com', 'gone', 'fail') + spf('example.com', 'pass'), passes: 'spf' }, // prettier-ignore
  ];
  const brand: Mail[] = [
    { source: '198.51.100.9', from: 'brand.example', auth: signed('brand.example', 'b1') + spf('example.com', 'softfail'), passes: 'dkim' }, // prettier-ignore
  ];
  const files: string[] = [];
  // One report of long ago: a key has to be idle for half a year of reports before that is told.
  files.push(report(-160, 'example.com', own));
  for (let day = 0; day < length; day++)
    files.push(report(day, 'example.com', own), report(day, 'brand.example', brand));
  await done('ingest', ...files);
  await done('domains', 'add', 'example.com', '--role', 'sending');
  await done('domains', 'add', 'brand.example', '--role', 'sending');
  await done('domains', 'add', 'parked.example', '--role', 'parked');
  await done('snapshot', ...zones.flatMap((zone) => ['--zone', zone]), '--at', '2025-01-01');
  const streams = (await done('streams', '--json')).out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { id: string });
  for (const { id } of streams) await done('decide', id, 'authorised', '--why', 'ours');
});

/** The rung on which the domain stands: what is planned is what comes beside. */
const beside = ['example.com', '--rung', 'none'] as const;

describe('zegel plan, beside DMARC', () => {
  it('servers that greet with a name of ours get a record for it', async () => {
    assert.deepEqual(written(await plan(...beside), 'helo'), { 'out.example.com': 'v=spf1 a -all' });
  });

  it('a key that wanted mail passes with loses the mark of being tried; one that is not there is wanted from who signs', async () => {
    const made = await plan(...beside);
    assert.match(written(made, 'dkim')['s1._domainkey.example.com'] ?? '', /^v=DKIM1; k=ed25519; p=11qY/);
    const slot = made.slots.find(({ kind }) => kind === 'dkim');
    assert.equal(slot?.name, 'gone._domainkey.example.com');
    assert.match((await run('plan', ...beside)).out, /\? gone\._domainkey\.example\.com/);
  });

  it('a key that nothing signs with is told, and revoked with --retire-keys only', async () => {
    const [told, retired] = [await plan(...beside), await plan(...beside, '--retire-keys')];
    assert.ok(told.notes.some(({ code, values }) => code === 'plan/key-idle' && values['selector'] === 'old'));
    assert.equal(written(told, 'dkim')['old._domainkey.example.com'], undefined);
    assert.equal(written(retired, 'dkim')['old._domainkey.example.com'], 'v=DKIM1; p=');
    assert.ok(!retired.notes.some(({ code }) => code === 'plan/key-idle'));
  });

  it('MTA-STS and TLS reports wait for a host and an address, and are written once these are given', async () => {
    const waiting = await plan(...beside);
    assert.deepEqual(waiting.slots.filter(({ kind }) => kind !== 'dkim').map(({ kind }) => kind), ['tls-rpt', 'mta-sts-host', 'mta-sts']); // prettier-ignore
    const made = await plan(...beside, '--sts-host', 'policy.example.com', '--tls-reports', 'mailto:tls@example.com');
    assert.equal(written(made, 'tls-rpt')['_smtp._tls.example.com'], 'v=TLSRPTv1; rua=mailto:tls@example.com');
    const { 'mta-sts.example.com': host, '_mta-sts.example.com': record } = Object.fromEntries(
      made.changes.map(({ name, after: to }) => [name, to.join(' ')]),
    );
    assert.match(host ?? '', /^policy\.example\.com\.?$/);
    assert.match(record ?? '', /^v=STSv1; id=[0-9a-z]{1,32}$/);
    const files = made.steps.flatMap(({ files: each }) => each);
    assert.deepEqual(
      files.map(({ url, text }) => [url, text.split(/\r?\n/).slice(0, 3)]),
      [
        [
          'https://mta-sts.example.com/.well-known/mta-sts.txt',
          ['version: STSv1', 'mode: testing', 'mx: mx.example.com'],
        ],
      ],
    );
    const stepOf = (name: string): number =>
      made.steps.findIndex(({ changes }) => changes.some((each) => each.name === name));
    assert.ok(
      stepOf('mta-sts.example.com') < stepOf('_mta-sts.example.com'),
      'the file before what says that it is there',
    );
  });

  it('MTA-STS is not enforced before it was tried', async () => {
    const made = await plan(...beside, '--mta-sts', 'enforce', '--sts-host', 'policy.example.com');
    assert.equal(made.code, 1);
    assert.ok(
      made.dangers.some(({ code }) => code.includes('sts')),
      JSON.stringify(made.dangers),
    );
  });

  it('--only leaves out the rest', async () => {
    const kinds = async (...only: string[]): Promise<string[]> =>
      [...new Set((await plan(...beside, '--only', ...only)).changes.map(({ kind }) => kind))].sort();
    assert.deepEqual(await kinds('none'), ['dmarc']);
    assert.deepEqual(await kinds('helo'), ['dmarc', 'helo']);
    assert.deepEqual(await kinds('dkim', 'helo'), ['dkim', 'dmarc', 'helo']);
    assert.equal((await plan(...beside, '--only', 'helo')).slots.length, 0);
  });

  it('a parked domain revokes whatever key may be asked for', async () => {
    const made = await plan('parked.example');
    assert.equal(written(made, 'dkim')['*._domainkey.parked.example'], 'v=DKIM1; p=');
    assert.equal(written(made, 'spf')['parked.example'], 'v=spf1 -all');
    assert.equal(written(made, 'mx')['parked.example'], '0 .');
  });

  for (const [words, said] of [
    [['--only', 'colour'], '--only colour is not known'],
    [['--mta-sts', 'always'], '--mta-sts always is not known'],
    [['--tls-reports', 'tls@example.com'], 'is no address'],
    [['--spf-end', 'pass'], '--spf-end pass is not known'],
  ] as const) {
    it(`refuses ${words.join(' ')}`, async () => {
      const { code, err } = await run('plan', ...beside, ...words);
      assert.equal(code, 2);
      assert.ok(err.includes(said), err);
    });
  }
});

describe('zegel plan --spf-end', () => {
  it('-all is refused while another author domain leans on the record, and says which mail', async () => {
    const made = await plan(...beside, '--spf-end', 'fail');
    assert.equal(made.code, 1);
    assert.equal(written(made, 'spf')['example.com'], 'v=spf1 ip4:192.0.2.0/28 -all');
    assert.deepEqual(made.dangers.map(({ code }) => code).sort(), ['plan/all-gate-shut', 'plan/turns-away']);
    const { out } = await run('plan', ...beside, '--spf-end', 'fail');
    assert.match(out, /brand\.example/);
    assert.match(out, /198\.51\.100\.9/);
    assert.deepEqual([(await run('plan', ...beside, '--spf-end', 'fail', '--format', 'bind')).out], ['']);
  });

  it('with these addresses in the record it is not', async () => {
    const { id: _id, ...made } = (await plan('brand.example', '--rung', 'none', '--spf-end', 'softfail')) as Plan & {
      id?: string;
      code: number | null;
    };
    assert.deepEqual([made.code, written(made, 'spf')['brand.example']], [0, 'v=spf1 ip4:192.0.2.0/28 ~all']);
  });
});
