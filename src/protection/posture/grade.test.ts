import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { domainName } from '../../standards/dns/index.ts';
import { connections, encrypts, tlsaOfCertificate } from '../../../test/hand-made/connections.ts';
import { say } from '../../words/index.ts';
import { gradeRules, lookAt } from './index.ts';
import type { InternetNlTest, LookOptions, Role } from './index.ts';
import { good, key, look, parked, silent, text, world } from './world.testing.ts';

const rules = new Set<string>();
const dmarc = (tags: string): string => text('_dmarc.example.com.', `v=DMARC1; ${tags}`);
const heard = 'rua=mailto:d@example.com';
const spf = (terms: string): string => text('example.com.', `v=spf1 ${terms}`);
const as = (role: Role): LookOptions => ({ role });

describe('grades', () => {
  const cases: [letter: string, base: string, changes: string, options?: LookOptions, rule?: string][] = [
    ['A+', good, ''],
    ['A+', good, dmarc(`p=quarantine; ${heard}`), as('users')],
    ['A+', good, spf('mx -all')],
    ['A', good, '- _mta-sts.example.com. TXT\n- _25._tcp.mx1.example.com. TLSA', {}, 'encryption'],
    ['A+', good, '- _mta-sts.example.com. TXT'],
    ['A', good, text('s1._domainkey.example.com.', key(1024)), {}, 'dkim-short'],
    ['A', good, spf('mx ?all'), {}, 'moderate'],
    ['B', good, dmarc(`p=quarantine; ${heard}`), as('sending'), 'quarantine'],
    ['B', good, dmarc('p=reject'), {}, 'unheard'],
    ['B', good, dmarc('p=reject; rua=mailto:d@gone.test'), {}, 'unheard'],
    ['B', good, dmarc(`p=reject; t=y; ${heard}`), {}, 'partly'],
    ['B', good, dmarc(`p=reject; pct=30; ${heard}`), {}, 'partly'],
    ['B', good, dmarc(`p=reject; sp=quarantine; ${heard}`), {}, 'below-weaker'],
    ['B', good, '_25._tcp.mx1.example.com. TLSA 1 1 1 00', {}, 'serious'],
    ['C', good, '- example.com. TXT', as('users'), 'spf-broken'],
    ['C', good, spf('include:nobody.example.com ~all'), {}, 'spf-broken'],
    ['C', good, spf('ip4:10.0.0.0/12 ~all'), {}, 'spf-wide'],
    ['C', good, '- s1._domainkey.example.com. TXT', {}, 'dkim-none'],
    ['D', good, dmarc(`p=reject; sp=none; ${heard}`), {}, 'below-none'],
    ['D', good, dmarc(`p=reject; np=none; ${heard}`), {}, 'below-none'],
    ['D', good, dmarc(`p=none; ${heard}`), {}, 'none'],
    ['D', good, dmarc(`p=quarantine; t=y; ${heard}`), {}, 'none'],
    ['E', good, dmarc('p=none'), {}, 'none-unheard'],
    ['F', good, '- _dmarc.example.com. TXT', {}, 'no-policy'],
    ['F', good, spf('+all'), {}, 'strangers-pass'],
    ['F', good, spf('include:gone.test ~all'), {}, 'strangers-pass'],
    ['A+', parked, ''],
    ['A', parked, '- example.com. MX', as('parked'), 'parked-null-mx'],
    ['A', parked, text('s1._domainkey.example.com.', key(1024)), as('parked'), 'parked-key'],
    ['B', parked, '- example.com. MX\nexample.com. A 192.0.2.1', as('parked'), 'parked-mail'],
    ['B', parked, dmarc('p=reject; sp=quarantine'), {}, 'below-weaker'],
    ['C', parked, dmarc('p=quarantine'), {}, 'quarantine'],
    ['C', parked, '- example.com. TXT', {}, 'parked-spf'],
    ['C', parked, spf('~all'), {}, 'parked-spf'],
    ['D', parked, spf('ip4:192.0.2.1 -all'), as('parked'), 'parked-spf-open'],
    ['D', parked, dmarc('p=none'), {}, 'none'],
    ['D', parked, dmarc('p=reject; sp=none'), {}, 'below-none'],
    ['F', parked, '- _dmarc.example.com. TXT', {}, 'no-policy'],
    ['F', parked, spf('+all'), as('parked'), 'strangers-pass'],
  ];
  for (const [letter, base, changes, options, rule] of cases) {
    it(`${letter} ${rule ?? ''} (${base === parked ? 'parked' : (options?.role ?? 'users')}): ${changes.slice(0, 80)}`, async () => {
      const { grade } = await look(base, changes, options);
      for (const each of grade.rules) rules.add(`${grade.ladder} ${each.code}`);
      assert.equal(grade.letter, letter, JSON.stringify(grade.rules));
      assert.ok(grade.certain);
      if (rule === undefined) assert.deepEqual(grade.rules, []);
      else
        assert.ok(
          grade.rules.some(({ code }) => code === `posture/grade-${rule}`),
          JSON.stringify(grade.rules),
        );
    });
  }
  const unsigned: [base: string][] = [[good], [parked]];
  for (const [base] of unsigned) {
    it(`A where DNSSEC is missing (${base === parked ? 'parked' : 'users'})`, async () => {
      // Without signatures the TLSA records protect nothing, and MTA-STS is there.
      const { grade } = await look(base, '', {}, false);
      for (const each of grade.rules) rules.add(`${grade.ladder} ${each.code}`);
      assert.equal(grade.letter, 'A');
    });
  }
  it('parked and serious', async () => {
    const { grade } = await look(parked, '+ _dmarc.example.com. CNAME d.example.net.');
    for (const each of grade.rules) rules.add(`${grade.ladder} ${each.code}`);
    assert.equal(grade.letter, 'B');
  });
  const absent: [letter: string, changes: string][] = [
    ['A+', ''],
    ['B', dmarc(`p=reject; np=quarantine; ${heard}`)],
    ['D', dmarc(`p=reject; np=none; ${heard}`)],
    ['F', '- _dmarc.example.com. TXT'],
    ['F', `- _dmarc.example.com. TXT\n_dmarc.example.com. CNAME d.gone.test.`],
  ];
  for (const [letter, changes] of absent) {
    it(`${letter} of a name that does not exist: ${changes}`, async () => {
      const { grade, role } = await lookAt(domainName('nobody.example.com'), world(good, changes));
      for (const each of grade.rules) rules.add(`${grade.ladder} ${each.code}`);
      assert.equal(role, 'absent');
      assert.equal(grade.letter, letter);
    });
  }
  it('? when the DNS does not tell the policy, and not certain when it does not tell SPF', async () => {
    const unknown = await lookAt(
      domainName('example.com'),
      silent(world(good), (name) => name === '_dmarc.example.com'),
    );
    assert.equal(unknown.grade.letter, '?');
    const partly = await lookAt(
      domainName('example.com'),
      silent(world(good), (name, type) => name === 'example.com' && type === 'TXT'),
    );
    assert.equal(partly.grade.certain, false);
  });
  it('every rule holds in a test, has a sentence, and stands in docs/grading.md with its letter', () => {
    const page = readFileSync(new URL('../../../docs/grading.md', import.meta.url), 'utf8');
    assert.deepEqual(
      gradeRules.map(({ ladder, code }) => `${ladder} ${code}`).filter((rule) => !rules.has(rule)),
      [],
    );
    for (const { code, atMost, ladder } of gradeRules) {
      assert.ok(!say(code, {}, 'nl').startsWith('posture/'), code);
      const section = page.split(/^## /m).find((part) => part.includes(`ladder: ${ladder}`)) ?? '';
      const line = section.split('\n').find((each) => each.includes(`| \`${code.slice('posture/grade-'.length)}\` |`));
      assert.ok(line?.startsWith(`| ${atMost} |`), `${ladder} ${code} ${atMost}`);
    }
  });
});

describe('the view of Internet.nl', () => {
  const cases: [
    test: InternetNlTest['test'],
    outcome: string,
    score: number | undefined,
    changes: string,
    options?: LookOptions,
  ][] = [
    ['ipv6', 'passed', 10, ''],
    ['ipv6', 'failed', 0, '- mx1.example.com. AAAA'],
    ['ipv6', 'partly', 2, '+ example.com. MX 20 mx2.example.com.\nmx2.example.com. A 192.0.2.2'],
    ['ipv6', 'not-applicable', undefined, 'example.com. MX 0 .'],
    ['dnssec-domain', 'passed', 10, ''],
    ['dnssec-servers', 'passed', 10, ''],
    ['dmarc', 'passed', 10, dmarc('p=none')],
    ['dmarc', 'failed', 0, '- _dmarc.example.com. TXT'],
    ['dmarc-policy', 'passed', 10, dmarc('p=quarantine')],
    ['dmarc-policy', 'failed', 2, dmarc('p=none')],
    ['dmarc-policy', 'failed', 2, dmarc('p=quarantine; t=y')],
    ['dmarc-policy', 'passed', 10, dmarc('p=reject; t=y')],
    ['dmarc-policy', 'passed', 10, `${dmarc('p=reject; rua=mailto:d@example.net')}\nexample.net. A 192.0.2.1`],
    ['dmarc-policy', 'failed', 0, '- _dmarc.example.com. TXT'],
    ['dkim', 'passed', 10, ''],
    ['dkim', 'failed', 0, '- s1._domainkey.example.com. TXT'],
    ['dkim', 'not-applicable', undefined, spf('-all')],
    ['dkim', 'not-applicable', undefined, '', { role: 'parked' }],
    ['spf', 'passed', 10, ''],
    ['spf', 'failed', 0, '- example.com. TXT'],
    ['spf-policy', 'passed', 10, spf('mx -all')],
    ['spf-policy', 'passed', 10, spf('mx ~all')],
    ['spf-policy', 'failed', 2, spf('mx ?all')],
    ['spf-policy', 'failed', 2, spf('mx +all')],
    ['spf-policy', 'failed', 2, spf('mx')],
    ['spf-policy', 'failed', 2, spf('include:nobody.example.com ~all')],
    ['spf-policy', 'failed', 2, spf(`${Array.from({ length: 11 }, () => 'a:mx1.example.com').join(' ')} ~all`)],
    ['spf-policy', 'failed', 0, spf('ipv4:x')],
    ['dane', 'passed', 10, ''],
    ['dane', 'failed', 0, '- _25._tcp.mx1.example.com. TLSA'],
    ['starttls', 'not-tested', undefined, ''],
    ['starttls', 'passed', 10, '', { connections: connections([encrypts]) }],
    ['starttls', 'failed', 0, '', { connections: connections([encrypts, { outcome: 'no-starttls' }]) }],
    ['starttls', 'failed', 0, '', { connections: connections([{ ...encrypts, protocol: 'TLSv1.1' }]) }],
    ['starttls', 'unknown', undefined, '', { connections: connections([{ outcome: 'unreachable' }]) }],
    ['dane', 'failed', 0, '', { connections: connections([encrypts]) }],
    ['dane', 'passed', 10, tlsaOfCertificate, { connections: connections([encrypts]) }],
    ['dane', 'passed', 10, '', { connections: connections([{ outcome: 'unreachable' }]) }],
    ['rpki', 'not-tested', undefined, ''],
    ['starttls', 'not-applicable', undefined, 'example.com. MX 0 .'],
  ];
  for (const [test, outcome, score, changes, options] of cases) {
    it(`${test} ${outcome} ${score ?? '-'}: ${changes.slice(0, 70)}`, async () => {
      const { internetNl } = await look(good, changes, options);
      const found = internetNl.tests.find((each) => each.test === test);
      assert.deepEqual([found?.outcome, found?.score], [outcome, score]);
      if (found?.notice !== undefined) assert.ok(!say(found.notice, {}, 'nl').startsWith('posture/'));
    });
  }
  it('DNSSEC of an unsigned domain is worth less, of one that was not checked nothing is said', async () => {
    const unsigned = (await look(good, '', {}, false)).internetNl.tests.find(({ test }) => test === 'dnssec-domain');
    assert.deepEqual(unsigned, { test: 'dnssec-domain', outcome: 'failed', score: 2 });
    const unchecked = (await look(good, 'example.com. DS 1 8 2 00', {}, false)).internetNl.tests;
    assert.equal(unchecked.find(({ test }) => test === 'dnssec-domain')?.outcome, 'unknown');
  });
  it('counts what was tested', async () => {
    const { score, most } = (await look(good)).internetNl;
    assert.deepEqual([score, most], [90, 90]);
  });
});
