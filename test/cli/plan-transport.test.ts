// TLS reports, keys of mail servers, signed zones and declared addresses, from what is taken in to what a plan says, as it is typed.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { RegisterStore } from '../../src/storage/register/index.ts';
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
  readonly code: number | null;
  readonly changes: readonly {
    name: string;
    type: string;
    kind: string;
    after: readonly string[];
    why: { code: string };
  }[];
  readonly dangers: readonly { id: string; code: string }[];
  readonly slots: readonly { name: string; kind: string }[];
  readonly notes: readonly { code: string; values: Record<string, unknown> }[];
}
const plan = async (...words: string[]): Promise<Plan> => {
  const { code, out, err } = await run(
    'plan',
    'example.com',
    '--rung',
    'none',
    '--only',
    'transport',
    'helo',
    ...words,
    '--json',
  );
  assert.notEqual(out, '', err);
  return { code, ...(JSON.parse(out) as Omit<Plan, 'code'>) };
};
const codes = ({ notes }: Plan): string[] => notes.map(({ code }) => code.slice('plan/'.length));

const length = 40;
const first = Math.floor(Date.now() / 86_400_000) - length;
const file = (name: string, text: string): string => {
  writeFileSync(join(home, name), text);
  return join(home, name);
};
const at = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** What one sender told of a day. */
function tls(day: number, failed: number): string {
  const failure = {
    'result-type': 'certificate-expired',
    'receiving-mx-hostname': 'mx.example.com',
    'failed-session-count': failed,
  };
  return JSON.stringify({
    'organization-name': 'Sender \u001B[31m',
    'date-range': { 'start-datetime': at(day * 86_400), 'end-datetime': at(day * 86_400 + 86_399) },
    'contact-info': 'tls@sender.example',
    'report-id': `t${day}`,
    policies: [
      {
        policy: {
          'policy-type': 'sts',
          'policy-string': ['version: STSv1', 'mode: testing', 'mx: mx.example.com', 'max_age: 86400'],
          'policy-domain': 'example.com',
        },
        summary: { 'total-successful-session-count': 1200, 'total-failure-session-count': failed },
        ...(failed === 0 ? {} : { 'failure-details': [failure] }),
      },
    ],
  });
}

function aggregate(day: number): string {
  return `<?xml version="1.0"?><feedback><report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email>
<report_id>${day}</report_id><date_range><begin>${day * 86_400}</begin><end>${day * 86_400 + 86_399}</end></date_range></report_metadata>
<policy_published><domain>example.com</domain><p>none</p></policy_published>
<record><row><source_ip>192.0.2.1</source_ip><count>60</count><policy_evaluated><disposition>none</disposition>
<dkim>fail</dkim><spf>pass</spf></policy_evaluated></row><identifiers><header_from>example.com</header_from></identifiers>
<auth_results><spf><domain>example.com</domain><scope>mfrom</scope><result>pass</result></spf></auth_results></record></feedback>`;
}

const head = (name: string): string =>
  `$ORIGIN ${name}.\n$TTL 3600\n@ SOA ns.example.com. hostmaster.example.com. 1 1 1 1 300\n`;
const key =
  'AwEAAcw5QLr0IjC0wKbGoBPQv4qmeqHy9mvL5qGQTuaG5TSrNqEAR6b/qvxDx6my4JmEmjUPA1JeEI9YfTUieMr2UZflu7aIbZFLw0vqiYrywCGr';
const zoneText = `${head('example.com')}@ TXT "v=spf1 ip4:192.0.2.0/28 ~all"
@ MX 10 mx
mx A 192.0.2.1
bulk A 192.0.2.33
_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"
_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.com"
_mta-sts TXT "v=STSv1; id=1"
mta-sts A 192.0.2.80
`;
const day = (number: number): string => at(number * 86_400).slice(0, 10);

before(async () => {
  const reverse = `${head('2.0.192.in-addr.arpa')}33 PTR bulk.example.com.\n34 PTR elsewhere.vendor.example.\n`;
  const files = [file('zone', zoneText), file('reverse', reverse)];
  const reports = Array.from({ length }, (_, index) => file(`${index}.xml`, aggregate(first + index)));
  const told = Array.from({ length }, (_, index) =>
    file(`${index}.json`, tls(first + index, index === length - 3 ? 7 : 0)),
  );
  await done('ingest', ...reports, ...told);
  await done('domains', 'add', 'example.com', '--role', 'sending');
  await done('snapshot', ...files.flatMap((each) => ['--zone', each]), '--at', day(first));
});

describe('TLS reports', () => {
  it('are summed up by check, in 80 columns, in both languages, and as JSON', async () => {
    for (const [language, title, effect] of [
      ['en', 'TLS reports', 'certificate-expired at mx.example.com'],
      ['nl', 'TLS-rapporten', 'certificate-expired bij mx.example.com'],
    ]) {
      const { out } = await run(
        'check',
        '--zone',
        join(home, 'zone'),
        'example.com',
        '--at',
        day(first + length - 1),
        '--language',
        language!,
      );
      const from = out.indexOf(title!);
      assert.notEqual(from, -1, out);
      const section = out.slice(from).split('\n').slice(0, 5);
      assert.ok(section.join(' ').replaceAll(/\s+/g, ' ').includes(effect!), section.join('\n'));
      for (const line of section) assert.ok(Array.from(line).length <= 80, line);
      assert.ok(!out.includes('\u001B[31m'));
    }
    const { out } = await run(
      'check',
      '--zone',
      join(home, 'zone'),
      'example.com',
      '--at',
      day(first + length - 1),
      '--json',
    );
    const { tlsReports } = JSON.parse(out) as { tlsReports: Record<string, unknown> };
    assert.deepEqual(tlsReports, {
      days: 28,
      reporters: ['sender.example'],
      successful: 28 * 1200,
      failed: 7,
      firstDay: day(first + length - 28),
      lastDay: day(first + length - 1),
      failures: [
        {
          type: 'certificate-expired',
          mx: 'mx.example.com',
          sessions: 7,
          reporters: 1,
          effect: 'lose',
          firstDay: day(first + length - 3),
          lastDay: day(first + length - 3),
        },
      ],
      testing: { since: day(first + length - 28), until: day(first + length - 1) },
    });
    const page = join(home, 'page.html');
    await run('check', '--zone', join(home, 'zone'), 'example.com', '--at', day(first + length - 1), '--html', page);
    const shown = readFileSync(page, 'utf8').replaceAll(/\s+/g, ' ');
    assert.match(shown, /33,607 sessions, 7 failed/);
    assert.match(shown, /<span class="bad">7 certificate-expired at mx\.example\.com/);
    const guide = readFileSync('docs/guide/check.md', 'utf8');
    for (const field of ['tlsReports', ...Object.keys(tlsReports), 'effect', 'explained', 'mx'])
      assert.ok(guide.includes(`\`${field}\``), field);
  });

  it('keep a policy from being enforced by a plan, until they are accepted by name', async () => {
    const made = await plan('--mta-sts', 'enforce');
    assert.equal(made.code, 1);
    const id = 'sts-failures example.com certificate-expired mx.example.com';
    assert.deepEqual(
      made.dangers.map((danger) => danger.id),
      [id],
    );
    assert.ok(codes(made).includes('tls-seen'));
    assert.equal((await plan('--mta-sts', 'enforce', '--accept', id)).code, 0);
    const refused = await run(
      'plan',
      'example.com',
      '--rung',
      'none',
      '--only',
      'transport',
      '--mta-sts',
      'enforce',
      '--format',
      'bind',
    );
    assert.deepEqual([refused.code, refused.out], [1, '']);
    assert.match(refused.err, /7 sessions to mx\.example\.com failed with certificate-expired/);
    const text = await run(
      'plan',
      'example.com',
      '--rung',
      'none',
      '--only',
      'transport',
      '--mta-sts',
      'enforce',
      '--language',
      'nl',
    );
    assert.match(text.out.replaceAll(/\s+/g, ' '), /7 sessies met mx\.example\.com mislukten met certificate-expired/);
  });

  it('may be asked to count sooner as mended', async () => {
    assert.match((await done('settings', 'mta-sts/mended-days', '2')).out, /mta-sts\/mended-days = 2/);
    const made = await plan('--mta-sts', 'enforce');
    assert.deepEqual([made.code, made.dangers], [0, []]);
    assert.ok(codes(made).includes('tls-mended'));
    await done('settings', 'mta-sts/mended-days', 'default');
  });
});

describe('names of declared addresses', () => {
  it('get a record where they are ours and lead back', async () => {
    const declared = file('declared.csv', 'party,sender,networks\nus,bulk,192.0.2.32/28\n');
    await done('declared', 'import', declared);
    const helo = (await plan()).changes.filter(({ kind }) => kind === 'helo');
    assert.deepEqual(
      helo.map(({ name, after: to, why }) => [name, ...to, why.code]),
      [['bulk.example.com', 'v=spf1 a ~all', 'plan/why-helo-declared']],
    );
  });
});

describe('TLSA', () => {
  const tlsa = async () => {
    const made = await plan();
    return [
      made.changes.filter(({ type }) => type === 'TLSA').flatMap(({ after: to }) => to),
      made.slots.filter(({ kind }) => kind === 'tlsa').map(({ name }) => name),
      codes(made).filter((code) => code.startsWith('dnssec') || code.startsWith('tlsa') || code.startsWith('dane')),
    ];
  };
  const keep = (more: string): Promise<Run> =>
    done('snapshot', '--zone', file('zone', zoneText + more), '--at', day(first + length));
  const digest = '0f'.repeat(32);

  it('waits for what is not known of the zone, from a text without keys to one with a DS above it', async () => {
    assert.deepEqual(await tlsa(), [[], [], ['dnssec-no-keys']]);
    await keep(`@ DNSKEY 257 3 8 ${key}\n`);
    assert.deepEqual(await tlsa(), [[], [], ['dnssec-ds-not-known']]);
    const above = `$TTL 3600\ncom. SOA a. b. 1 1 1 1 300\nexample.com. NS ns.example.com.\nexample.com. DS 1 8 2 ${'ab'.repeat(32)}\n`;
    await done('snapshot', '--zone', file('above', above), '--zone', join(home, 'zone'), '--at', day(first + length));
    assert.deepEqual(await tlsa(), [[], ['_25._tcp.mx.example.com'], ['dnssec-assumed']]);
  });

  it('is written from the key that the server was seen with, and says when', async () => {
    // As `zegel check --connect` keeps it (test/real/connect.test.ts).
    const register = RegisterStore.open(join(data, 'register.sqlite'), Date.now);
    register.serverKeys.keep([{ host: 'mx.example.com', key: digest, verified: true }], first + length - 1);
    register.close();
    assert.deepEqual(await tlsa(), [[`3 1 1 ${digest}`], [], ['dnssec-assumed', 'tlsa-verified']]);
    const { out } = await run('plan', 'example.com', '--rung', 'none', '--only', 'transport');
    assert.ok(
      out.replaceAll(/\s+/g, ' ').includes(`mx.example.com was seen with 1 key, from ${day(first + length - 1)} to`),
      out,
    );
  });
});
