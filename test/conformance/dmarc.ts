// The examples of RFC 9989 as rows of `npm run conformance`: its table of alignment, the examples in the text, Appendix B, and the
// traps that its editors explained. Each case is a world, a message, and what comes of it, in one line.
import { domainName, ResolverError, zone } from '../../src/standards/dns/index.ts';
import type { Resolver } from '../../src/standards/dns/index.ts';
import {
  alignmentOf,
  discoverFacts,
  evaluateDmarc,
  organizationalDomainLookup,
  organizationalDomainOfWalk,
  parseDmarcRecord,
  recordLookup,
  treeWalkOrganizationalDomain,
  verifyReportDestination,
  walkNames,
  walkTree,
} from '../../src/standards/dmarc/index.ts';
import type { ConformanceRow } from './spf.ts';

interface Case {
  readonly name: string;
  readonly clause: string;
  readonly expected: string;
  readonly actual: () => string | Promise<string>;
}

/** All rows, in the order of the text. */
export async function* rfc9989Rows(): AsyncGenerator<ConformanceRow> {
  for (const { name, clause, expected, actual } of [...alignment, ...records, ...walks, ...messages, ...destinations]) {
    const said = await actual();
    const outcome = said === expected ? 'pass' : 'fail';
    yield { suite: 'rfc9989', case: name, clause, expected: [expected], actual: said, outcome, reason: '' };
  }
}

/** A world where these names (without `_dmarc`) have these records, and nothing else is; a text `TIMEOUT` is no answer. */
function world(published: Readonly<Record<string, string>>, more = ''): Resolver {
  const silent = Object.entries(published)
    .filter(([, text]) => text === 'TIMEOUT')
    .map(([name]) => `_dmarc.${name}`);
  const lines = Object.entries(published)
    .filter(([, text]) => text !== 'TIMEOUT')
    .flatMap(([name, text]) => text.split(' | ').map((record) => `_dmarc.${name}. TXT "${record}"`));
  const reading = zone(['$TTL 300', '. SOA a.nic. b.nic. 1 1 1 1 300', ...lines, more].join('\n'));
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const { resolver } = reading.value;
  return async (name, type) => {
    if (silent.includes(name)) throw new ResolverError('dns/timeout', `${name} does not answer`);
    return resolver(name, type);
  };
}

const example = { 'example.com': 'v=DMARC1; p=none' };

function aligned(name: string, clause: string, author: string, identifier: string, expected: string): Case {
  const rule = treeWalkOrganizationalDomain((domain) => {
    const reading = parseDmarcRecord(domain === 'example.com' ? example['example.com'] : '');
    return reading.ok ? reading.value : undefined;
  });
  return { name, clause, expected, actual: () => alignmentOf(domainName(author), domainName(identifier), rule) };
}

const alignment: readonly Case[] = [
  aligned('table 1, row 1', 'RFC 9989 §4.4', 'news.example.com', 'foo.example.com', 'relaxed'),
  aligned('table 1, row 2', 'RFC 9989 §4.4', 'news.example.com', 'news.example.com', 'strict'),
  aligned('table 1, row 3', 'RFC 9989 §4.4', 'news.example.com', 'foo.example.net', 'none'),
  aligned('SPF, example 1', 'RFC 9989 §B.1.1', 'example.com', 'example.com', 'strict'),
  aligned('SPF, example 2', 'RFC 9989 §B.1.1', 'example.com', 'child.example.com', 'relaxed'),
  aligned('SPF, example 3', 'RFC 9989 §B.1.1', 'child.example.com', 'example.net', 'none'),
  aligned('DKIM, example 1', 'RFC 9989 §B.1.2', 'example.com', 'example.com', 'strict'),
  aligned('DKIM, example 2', 'RFC 9989 §B.1.2', 'child.example.com', 'example.com', 'relaxed'),
  aligned('DKIM, example 3', 'RFC 9989 §B.1.2', 'child.example.com', 'example.net', 'none'),
];

/** What a record says, in a fixed order, and the problems it has. */
function says(name: string, clause: string, text: string, expected: string): Case {
  return {
    name,
    clause,
    expected,
    actual: () => {
      const reading = parseDmarcRecord(text);
      const problems = reading.problems.map(({ code }) => code.replace('dmarc/', '!'));
      if (!reading.ok) return problems.join(' ');
      const { p, sp, np, t, rua, ruf } = reading.value;
      const uris = (list: typeof rua): string | undefined =>
        list.length === 0 ? undefined : list.map(({ uri }) => uri).join(',');
      const tags = Object.entries({ p, sp, np, t, rua: uris(rua), ruf: uris(ruf) });
      return [...tags.filter(([, value]) => value !== undefined).map((tag) => tag.join('=')), ...problems].join(' ');
    },
  };
}

const feedback = 'rua=mailto:dmarc-feedback@example.com';
const records: readonly Case[] = [
  says('monitoring', 'RFC 9989 §B.2.1', `v=DMARC1; p=none; ${feedback}`, `p=none ${feedback}`),
  says(
    'failure reports',
    'RFC 9989 §B.2.2',
    `v=DMARC1; p=none; ${feedback}; ruf=mailto:auth-reports@example.com`,
    `p=none ${feedback} ruf=mailto:auth-reports@example.com`,
  ),
  says(
    'subdomain, testing',
    'RFC 9989 §B.2.5',
    `v=DMARC1; p=quarantine; ${feedback},mailto:tld-test@thirdparty.example.net; t=y`,
    `p=quarantine t=y ${feedback},mailto:tld-test@thirdparty.example.net`,
  ),
  says(
    'subdomain, reject',
    'RFC 9989 §B.2.5',
    `v=DMARC1; p=reject; ${feedback},mailto:tld-test@thirdparty.example.net`,
    `p=reject ${feedback},mailto:tld-test@thirdparty.example.net`,
  ),
  says('receiver example', 'RFC 9989 §B.3.1', `v=DMARC1; p=reject; aspf=r; ${feedback}`, `p=reject ${feedback}`),
  says('v second', 'RFC 9989 §4.7', 'p=none; v=DMARC1', '!version-not-first'),
  says('v in small letters', 'RFC 9989 §4.7', 'v=dmarc1; p=none', '!wrong-version'),
  says('no v', 'RFC 9989 §4.7', 'p=none', '!no-version'),
  says('no p, with rua', 'RFC 9989 §4.10.1', `v=DMARC1; ${feedback}`, `${feedback} !missing-policy !read-as-none`),
  says('an unknown tag', 'RFC 9989 §4.7', 'v=DMARC1; p=none; x=y', 'p=none !unknown-tag'),
  says('a size limit', 'RFC 9989 §4.8', `v=DMARC1; p=none; ${feedback}!10m`, `p=none ${feedback} !report-size`),
];

const deep = 'a.b.c.d.e.f.g.h.i.j.mail.example.com';
const walks: readonly Case[] = [
  {
    name: 'the eight queries',
    clause: 'RFC 9989 §4.10',
    expected: [
      deep,
      'g.h.i.j.mail.example.com',
      'h.i.j.mail.example.com',
      'i.j.mail.example.com',
      'j.mail.example.com',
      'mail.example.com',
      'example.com',
      'com',
    ].join(' '),
    actual: () => walkNames(domainName(deep)).join(' '),
  },
  walk(
    'first example',
    'RFC 9989 §4.10.2',
    'a.mail.example.com',
    { 'mail.example.com': 'v=DMARC1; p=none', 'example.com': 'v=DMARC1; p=none' },
    'example.com, 4 queries',
  ),
  walk(
    'second example',
    'RFC 9989 §4.10.2',
    'a.mail.example.com',
    { 'mail.example.com': 'v=DMARC1; p=none; psd=n' },
    'mail.example.com, 2 queries',
  ),
  walk(
    'last example',
    'RFC 9989 §4.10.2',
    'a.mail.example.com',
    { com: 'v=DMARC1; p=none; psd=y' },
    'example.com, 4 queries',
  ),
  walk(
    'one label below psd=y',
    'RFC 9989 §4.10.2',
    'mail.example.com',
    { 'example.com': 'v=DMARC1; p=none; psd=y' },
    'mail.example.com, 2 queries',
  ),
  walk('no record', 'RFC 9989 §4.10.2', 'a.mail.example.com', {}, 'a.mail.example.com, 4 queries'),
  walk(
    'a zone cut out of reach',
    'RFC 9989 §5.1.8',
    'mail.a.b.c.d.e.f.g.example.com',
    { 'b.c.d.e.f.g.example.com': 'v=DMARC1; p=none; psd=n', 'example.com': 'v=DMARC1; p=none' },
    'example.com, 8 queries',
  ),
  walk(
    'a label that was skipped, below psd=y',
    'RFC 9989 §4.10.2, editors',
    'i.h.g.f.e.d.c.b.a.example',
    { 'f.e.d.c.b.a.example': 'v=DMARC1; p=none; psd=y' },
    'g.f.e.d.c.b.a.example, 2 queries',
  ),
  walk(
    'a walk to its end without psd',
    'RFC 9989 §4.10.2, editors',
    'a.mail.example.com',
    { 'mail.example.com': 'v=DMARC1; p=none' },
    'mail.example.com, 4 queries',
  ),
  walk(
    'several records',
    'RFC 9989 §4.10 step 6',
    'a.example.com',
    { 'a.example.com': 'v=DMARC1; p=none; psd=n | v=DMARC1; p=reject' },
    'a.example.com, 3 queries',
  ),
];

function walk(name: string, clause: string, start: string, published: Record<string, string>, expected: string): Case {
  return {
    name,
    clause,
    expected,
    actual: async () => {
      const made = await walkTree(domainName(start), recordLookup(world(published)));
      return `${organizationalDomainOfWalk(made)}, ${made.steps.length} queries`;
    },
  };
}

/** A message: SPF and DKIM passed for these domains; the verdict, and which record governs. */
function message(
  name: string,
  clause: string,
  author: string,
  passed: { spf?: string; dkim?: string },
  published: Record<string, string>,
  expected: string,
  more = '',
): Case {
  return {
    name,
    clause,
    expected,
    actual: async () => {
      const auth = {
        spf: passed.spf === undefined ? [] : [{ domain: passed.spf, result: 'pass' as const }],
        dkim: passed.dkim === undefined ? [] : [{ domain: passed.dkim, result: 'pass' as const }],
      };
      const { facts } = await discoverFacts({ authorDomain: domainName(author), auth }, world(published, more));
      const verdict = evaluateDmarc(facts);
      const from = typeof facts.policy === 'string' ? facts.policy : facts.policy.domain;
      const asked = verdict.result === 'fail' ? ` ${verdict.policyTag}: ${verdict.disposition}` : '';
      return `${verdict.result}${asked}, spf ${verdict.spf}, dkim ${verdict.dkim}, policy of ${from}`;
    },
  };
}

const simple = { 'example.com': 'v=DMARC1; p=reject', 'signing.example.com': 'v=DMARC1; p=none' };
const bank = { 'bank.example': 'v=DMARC1; p=reject; psd=y', 'giant.bank.example': 'v=DMARC1; p=quarantine' };
const bis = { 'example.com': 'v=DMARC1; p=reject; sp=quarantine; np=none' };
const messages: readonly Case[] = [
  message(
    'receiver example',
    'RFC 9989 §B.3.1',
    'example.com',
    { spf: 'mail.example.com', dkim: 'example.com' },
    { 'example.com': `v=DMARC1; p=reject; aspf=r; ${feedback}` },
    'pass, spf relaxed, dkim strict, policy of example.com',
  ),
  message(
    'simple',
    'RFC 9989 §B.4.1',
    'example.com',
    { spf: 'example.com', dkim: 'signing.example.com' },
    simple,
    'pass, spf strict, dkim relaxed, policy of example.com',
  ),
  message(
    'deep',
    'RFC 9989 §B.4.2',
    'a.b.c.d.e.f.g.h.i.j.k.example.com',
    { spf: 'example.com', dkim: 'signing.example.com' },
    simple,
    'pass, spf relaxed, dkim relaxed, policy of example.com',
  ),
  message(
    'deep, nothing passed',
    'RFC 9989 §B.4.2',
    'a.b.c.d.e.f.g.h.i.j.k.example.com',
    {},
    simple,
    'fail p: reject, spf none, dkim none, policy of example.com',
  ),
  message(
    'PSD',
    'RFC 9989 §B.4.3',
    'giant.bank.example',
    { spf: 'mail.giant.bank.example', dkim: 'mail.mega.bank.example' },
    bank,
    'pass, spf relaxed, dkim none, policy of giant.bank.example',
  ),
  message(
    'PSD, the other bank alone',
    'RFC 9989 §B.4.3',
    'giant.bank.example',
    { dkim: 'mail.mega.bank.example' },
    bank,
    'fail p: quarantine, spf none, dkim none, policy of giant.bank.example',
  ),
  message(
    'PSD, a bank without a record',
    'RFC 9989 §4.10.1',
    'mega.bank.example',
    {},
    bank,
    'fail p: reject, spf none, dkim none, policy of bank.example',
    'mega.bank.example. A 192.0.2.1',
  ),
  message(
    'subdomain, testing',
    'RFC 9989 §B.2.5, §4.7 t',
    'test.example.com',
    {},
    { 'test.example.com': 'v=DMARC1; p=quarantine; t=y' },
    'fail p: none, spf none, dkim none, policy of test.example.com',
  ),
  message(
    'testing, reject',
    'RFC 9989 §4.7 t',
    'example.com',
    {},
    { 'example.com': 'v=DMARC1; p=reject; t=y' },
    'fail p: quarantine, spf none, dkim none, policy of example.com',
  ),
  message(
    'a subdomain that exists',
    'RFC 9989 §4.10.1',
    'a.example.com',
    {},
    bis,
    'fail sp: quarantine, spf none, dkim none, policy of example.com',
    'a.example.com. A 192.0.2.1',
  ),
  message(
    'a subdomain that does not',
    'RFC 9989 §3.2.13',
    'a.example.com',
    {},
    bis,
    'fail np: none, spf none, dkim none, policy of example.com',
  ),
  message(
    'an empty non-terminal exists',
    'RFC 9989 §A.4',
    'a.example.com',
    {},
    bis,
    'fail sp: quarantine, spf none, dkim none, policy of example.com',
    'b.a.example.com. A 192.0.2.1',
  ),
  message(
    'the Author Domain’s own sp is ignored',
    'RFC 9989 §4.7 sp',
    'a.example.com',
    {},
    { ...bis, 'a.example.com': 'v=DMARC1; p=reject; sp=none' },
    'fail p: reject, spf none, dkim none, policy of a.example.com',
  ),
  message(
    'an invalid sp without rua',
    'RFC 9989 §4.10.1',
    'example.com',
    {},
    { 'example.com': 'v=DMARC1; p=reject; sp=all' },
    'none, spf none, dkim none, policy of example.com',
  ),
  message(
    'an invalid sp with rua',
    'RFC 9989 §4.10.1',
    'example.com',
    {},
    { 'example.com': `v=DMARC1; p=reject; sp=all; ${feedback}` },
    'fail p: none, spf none, dkim none, policy of example.com',
  ),
  message(
    'no record',
    'RFC 9989 §4.10.1',
    'example.com',
    { spf: 'example.com' },
    {},
    'none, spf strict, dkim none, policy of none',
  ),
  message(
    'no answer',
    'RFC 9989 §5.3.6',
    'example.com',
    { spf: 'example.com' },
    { 'example.com': 'TIMEOUT' },
    'temperror, spf strict, dkim none, policy of unknown',
  ),
  message(
    'no answer above an own record',
    'RFC 9989 §5.3.6',
    'example.com',
    { spf: 'b.example.com' },
    { ...example, com: 'TIMEOUT' },
    'temperror, spf none, dkim none, policy of example.com',
  ),
  message(
    'relaxed alignment and a department',
    'RFC 9989 §11.8',
    'evil.example.com',
    { dkim: 'mail.example.com' },
    { 'mail.example.com': 'v=DMARC1; p=reject; psd=n', 'example.com': 'v=DMARC1; p=reject' },
    'fail p: reject, spf none, dkim none, policy of example.com',
  ),
  message(
    'a record at the top without psd, and psd=n below',
    'RFC 9989 §11.8',
    'example.com',
    { dkim: 'other.com' },
    { com: 'v=DMARC1; p=none', 'example.com': 'v=DMARC1; p=reject; psd=n' },
    'fail p: reject, spf none, dkim none, policy of example.com',
  ),
];

function destination(name: string, clause: string, kind: 'rua' | 'ruf', text: string, expected: string): Case {
  const uri = `mailto:auth-reports@thirdparty.example.net`;
  return {
    name,
    clause,
    expected,
    actual: async () => {
      const more = text === '' ? '' : `example.com._report._dmarc.thirdparty.example.net. TXT "${text}"`;
      const resolver = world(example, more);
      const reading = parseDmarcRecord(`v=DMARC1; p=none; ${kind}=${uri}`);
      const wanted = reading.ok ? reading.value[kind][0] : undefined;
      if (wanted === undefined) return 'no URI';
      const rule = organizationalDomainLookup(recordLookup(resolver));
      const found = await verifyReportDestination(domainName('example.com'), kind, wanted, resolver, rule);
      return [found.outcome, ...found.uris.map((each) => each.uri)].join(' ');
    },
  };
}

// Erratum 9150: where these sections refer to §3 of aggregate reporting, §4 of RFC 9990 is meant.
const both =
  'v=DMARC1; rua=mailto:aggregate-reports@thirdparty.example.net; ruf=mailto:failure-reports@thirdparty.example.net';
const destinations: readonly Case[] = [
  destination(
    'third party agrees',
    'RFC 9989 §B.2.3, RFC 9990 §4',
    'ruf',
    'v=DMARC1;',
    'authorised mailto:auth-reports@thirdparty.example.net',
  ),
  destination('third party says nothing', 'RFC 9989 §B.2.3, RFC 9990 §4', 'ruf', '', 'not-authorised'),
  destination(
    'other addresses, ruf',
    'RFC 9989 §B.2.4, RFC 9990 §4',
    'ruf',
    both,
    'authorised mailto:failure-reports@thirdparty.example.net',
  ),
  destination(
    'other addresses, rua',
    'RFC 9989 §B.2.4, RFC 9990 §4',
    'rua',
    both,
    'authorised mailto:aggregate-reports@thirdparty.example.net',
  ),
  destination('another host', 'RFC 9990 §4 step 9', 'rua', 'v=DMARC1; rua=mailto:a@example.org', 'not-authorised'),
];
