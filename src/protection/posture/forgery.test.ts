import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainName } from '../../standards/dns/index.ts';
import { say } from '../../words/index.ts';
import { postureForgeryWords } from '../../words/posture-forgery.ts';
import { lookAt } from './index.ts';
import type { LookOptions, NameKind, Posture, Severity } from './index.ts';
import { good, key, look, parked, silent, text, world } from './world.testing.ts';

const said = new Map<string, Readonly<Record<string, string | number>>>();
function noted({ forgery }: Posture): void {
  for (const { code, values } of [...forgery.roads, ...forgery.closed, ...forgery.untold]) said.set(code, values);
  for (const code of forgery.beside) said.set(code, {});
}

const dmarc = (tags: string): string => text('_dmarc.example.com.', `v=DMARC1; ${tags}; rua=mailto:d@example.com`);
const spf = (terms: string): string => text('example.com.', `v=spf1 ${terms}`);
const sub = 'a.example.com. A 192.0.2.1';
const given = (...names: string[]): LookOptions => ({ subdomains: names.map(domainName) });
const everything = 'domain subdomain unrecorded nonexistent';

/** What is changed of a good domain, the road that opens, how bad it is, and which kinds of names it opens. */
const cases: [road: string, severity: Severity, opens: string, changes: string, options?: LookOptions][] = [
  ['no-policy', 'critical', everything, '- _dmarc.example.com. TXT'],
  ['no-policy', 'critical', 'parked unrecorded nonexistent subdomain', '- _dmarc.example.com. TXT', { role: 'parked' }],
  ['no-policy', 'critical', everything, dmarc('p=none; p=none')],
  ['policy-none', 'critical', everything, dmarc('p=none')],
  ['policy-none', 'critical', 'subdomain unrecorded nonexistent', dmarc('p=reject; sp=none')],
  ['policy-none', 'critical', 'nonexistent', dmarc('p=reject; np=none')],
  ['policy-none', 'critical', 'unrecorded subdomain', dmarc('p=reject; sp=none; np=reject')],
  [
    'policy-none',
    'critical',
    'subdomain',
    `${sub}\n_dmarc.a.example.com. TXT "v=DMARC1; p=none"`,
    given('a.example.com'),
  ],
  ['testing', 'critical', everything, dmarc('p=quarantine; t=y')],
  ['testing', 'minor', everything, dmarc('p=reject; t=y')],
  ['quarantine', 'minor', everything, dmarc('p=quarantine')],
  ['quarantine', 'minor', 'nonexistent', dmarc('p=reject; np=quarantine')],
  ['older', 'serious', 'nonexistent', dmarc('p=reject; sp=none; np=reject')],
  ['older-percent', 'moderate', everything, dmarc('p=reject; pct=50')],
  ['np', 'moderate', 'unrecorded', `${dmarc('p=quarantine; np=reject')}\n*.example.com. A 192.0.2.1`],
  ['alias-and-text', 'serious', everything, '+ _dmarc.example.com. CNAME d.example.net.'],
  ['dmarc-alias', 'critical', everything, '- _dmarc.example.com. TXT\n_dmarc.example.com. CNAME d.gone.test.'],
  ['name-server', 'critical', everything, '+ example.com. NS ns.gone.test.'],
  ['spf-all', 'critical', everything, spf('+all')],
  ['spf-all', 'critical', 'domain', `${spf('+all')}\n${dmarc('p=reject; aspf=s')}`],
  ['spf-all', 'critical', everything, `${sub}\na.example.com. TXT "v=spf1 +all"`, given('a.example.com')],
  [
    'spf-all',
    'critical',
    'subdomain',
    `${sub}\na.example.com. TXT "v=spf1 +all"\n${dmarc('p=reject; aspf=s')}`,
    given('a.example.com'),
  ],
  ['spf-all', 'critical', 'domain subdomain unrecorded', '*.example.com. TXT "v=spf1 +all"'],
  ['spf-wide', 'critical', everything, spf('ip4:10.0.0.0/8 -all')],
  [
    'spf-wide',
    'serious',
    everything,
    `${spf('include:w.example.net -all')}\nw.example.net. TXT "v=spf1 ip4:10.0.0.0/12 -all"`,
  ],
  ['spf-rented', 'serious', everything, spf('ip4:95.216.0.0/16 -all')],
  ['spf-dangling', 'critical', everything, spf('include:spf.gone.test -all')],
  [
    'shared-relay',
    'note',
    everything,
    `${spf('include:spf-1.pphosted.com -all')}\nspf-1.pphosted.com. TXT "v=spf1 ip4:192.0.2.7 -all"`,
  ],
  ['dkim-broken', 'critical', everything, text('s2._domainkey.example.com.', key(512))],
  [
    'dkim-broken',
    'serious',
    'domain',
    `${text('s2._domainkey.example.com.', key(768))}\n${dmarc('p=reject; adkim=s')}`,
  ],
  ['dkim-dangling', 'critical', everything, 's2._domainkey.example.com. CNAME s2.gone.test.'],
  ['name-dangling', 'critical', everything, 'old.example.com. CNAME old.gone.test.', given('old.example.com')],
  [
    'name-dangling',
    'critical',
    'subdomain',
    `old.example.com. CNAME old.gone.test.\n${dmarc('p=reject; adkim=s; aspf=s')}`,
    given('old.example.com'),
  ],
  [
    'name-dangling',
    'critical',
    everything,
    `old.example.com. CNAME old.gone.test.\n${dmarc('p=reject; aspf=s')}`,
    given('old.example.com'),
  ],
  ['wildcard-dangling', 'critical', 'domain subdomain unrecorded', '*.example.com. CNAME w.gone.test.'],
  ['mx', 'serious', 'domain', '+ example.com. MX 20 mx.gone.test.'],
  ['reports', 'moderate', 'domain', text('_dmarc.example.com.', 'v=DMARC1; p=reject; rua=mailto:d@gone.test')],
];

describe('roads', () => {
  for (const [road, severity, opens, changes, options] of cases) {
    it(`${road} (${severity}) opens ${opens}: ${changes.split('\n').slice(-1)[0]!.slice(0, 80)}`, async () => {
      const posture = await look(good, changes, options);
      noted(posture);
      const found = posture.forgery.roads.filter(({ code }) => code === `posture/road-${road}`);
      assert.equal(found.length, 1, posture.forgery.roads.map(({ id }) => id).join('; '));
      assert.equal(found[0]?.severity, severity);
      const kinds = new Set<NameKind>(found[0]?.opens.map(({ kind }) => kind));
      assert.deepEqual([...kinds].sort(), opens.split(' ').sort());
      const closed = posture.forgery.closed.map(({ code }) => code.slice('posture/closed-'.length));
      const way = found[0]!.code.slice('posture/road-'.length);
      // What older receivers are asked differs by name; all other ways are of the whole domain.
      assert.ok(way === 'older' || !closed.includes(way), `${way} is open and closed`);
    });
  }

  it('none at a good domain: every way was tried, and is said to be closed', async () => {
    const posture = await look(good);
    noted(posture);
    assert.deepEqual(posture.forgery.roads, []);
    assert.deepEqual(posture.forgery.untold, []);
    const ways = new Set(posture.forgery.closed.map(({ code }) => code.slice('posture/closed-'.length)));
    assert.deepEqual(
      [...ways].sort(),
      'alias-and-text dkim-broken dkim-dangling dmarc-alias mx name-dangling name-server np older policy reports shared-relay spf-all spf-dangling spf-rented spf-wide wildcard-dangling'.split(
        ' ',
      ),
    );
    assert.deepEqual(
      posture.forgery.names.map(({ kind, current, roads }) => [kind, current.asks, roads]),
      [
        ['domain', 'reject', 0],
        ['subdomain', 'reject', 0],
        ['subdomain', 'reject', 0],
        ['unrecorded', 'reject', 0],
        ['nonexistent', 'reject', 0],
      ],
    );
  });
  it('none at a good parked domain', async () => {
    const { forgery } = await look(parked);
    assert.deepEqual(forgery.roads, []);
    assert.equal(forgery.names[0]?.kind, 'parked');
  });
  it('a domain that is itself an alias of a name anyone can register is open', async () => {
    const changes = 'old.example.com. CNAME old.gone.test.';
    const { forgery, findings, grade } = await lookAt(domainName('old.example.com'), world(good, changes));
    const found = forgery.roads.find(({ code }) => code === 'posture/road-name-dangling');
    assert.ok(found?.opens.some(({ name }) => name === 'old.example.com'));
    assert.equal(findings[0]?.code, 'posture/name-dangling');
    assert.equal(grade.letter, 'F');
  });
  it('a name that nobody can register is no road, though it is missing', async () => {
    const { forgery } = await look(good, `${spf('include:spf.example.net ~all')}\nexample.net. A 192.0.2.1`);
    assert.deepEqual(forgery.roads, []);
  });
  it('a missing name of one’s own is no road', async () => {
    const { forgery } = await look(good, spf('include:nobody.example.com ~all'));
    assert.deepEqual(forgery.roads, []);
  });
  it('?all is no road where DMARC is enforced: only a pass counts', async () => {
    const { forgery } = await look(good, spf('mx ?all'));
    assert.deepEqual(forgery.roads, []);
  });
  it('a testing key is no road, however short: its signatures count for nothing', async () => {
    const { forgery } = await look(good, text('s2._domainkey.example.com.', key(512, 't=y; ')));
    assert.deepEqual(forgery.roads, []);
  });
  it('a strict alignment closes the road through the SPF of a mail server', async () => {
    const wide = 'mx1.example.com. TXT "v=spf1 ip4:10.0.0.0/8 -all"';
    const relaxed = await look(good, wide);
    const strict = await look(good, `${wide}\n${dmarc('p=reject; aspf=s')}`);
    assert.ok(relaxed.forgery.roads[0]?.opens.some(({ kind }) => kind === 'domain'));
    assert.deepEqual(strict.forgery.roads[0]?.opens, [{ kind: 'subdomain', name: 'mx1.example.com' }]);
  });
  it('names that exist because of a wildcard are not names that do not exist', async () => {
    const { forgery } = await look(good, '*.example.com. A 192.0.2.1');
    assert.ok(forgery.names.every(({ kind }) => kind !== 'nonexistent'));
  });
  it('what was not told is neither open nor closed', async () => {
    const posture = await lookAt(
      domainName('example.com'),
      silent(world(good), () => true),
    );
    noted(posture);
    assert.deepEqual(posture.forgery.roads, []);
    assert.deepEqual(posture.forgery.closed, []);
    assert.ok(posture.forgery.untold.length >= 17);
  });
  it('a name that the DNS does not tell of is not called free', async () => {
    const resolver = silent(world(good, spf('include:spf.gone.test ~all')), (name) => name === 'gone.test');
    const { forgery } = await lookAt(domainName('example.com'), resolver);
    assert.deepEqual(forgery.roads, []);
    assert.ok(forgery.untold.some(({ code }) => code === 'posture/untold-road-spf-dangling'));
  });

  it('every way has been open in one test and closed in another, and is said in both languages', () => {
    const codes = Object.keys(postureForgeryWords).filter((code) => /\/(?:road|closed|untold-road|beside)-/.test(code));
    assert.deepEqual(
      codes.filter((code) => !said.has(code)),
      [],
    );
    for (const [code, values] of said) {
      for (const language of ['en', 'nl'] as const) {
        const sentence = say(code, values, language);
        assert.ok(!sentence.startsWith('posture/') && !/\{\w+\}/.test(sentence), `${code}: ${sentence}`);
      }
    }
  });
});
