// The OpenSPF test suites (RFC 7208; RFC 4408, which it replaced) as rows of `npm run conformance`. The suites are other
// people's and are read where ZEGEL_CORPORA points.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { zone, ResolverError } from '../../src/standards/dns/index.ts';
import { evaluate } from '../../src/standards/spf/index.ts';
import type { SpfOptions } from '../../src/standards/spf/index.ts';
import type { Resolver } from '../../src/standards/dns/index.ts';

/** One case of a suite and what came of it. */
export interface ConformanceRow {
  readonly suite: string;
  readonly case: string;
  readonly clause: string;
  readonly expected: readonly string[];
  readonly actual: string;
  readonly outcome: 'pass' | 'fail' | 'deviation' | 'not-run';
  /** Where the suite allows several results: why ours is this one. */
  readonly reason: string;
}

interface Scenario {
  readonly description: string;
  readonly tests: Readonly<Record<string, SuiteCase>>;
  readonly zonedata: Readonly<Record<string, readonly unknown[]>>;
}
interface SuiteCase {
  readonly spec: string | readonly string[];
  readonly helo: string;
  readonly host: string;
  readonly mailfrom: string;
  readonly result: string | readonly string[];
  readonly explanation?: string;
}

/** Where RFC 7208 or the suite leaves a choice, what ours is and why. */
const chosen: Readonly<Record<string, string>> = {
  multispf1:
    'two identical TXT records are one record of the set (RFC 2181 §5), as any resolver that drops duplicates shows them: fail',
  'invalid-domain-empty-label':
    'RFC 7208 §4.8 leaves a name that cannot be asked for undefined; here the mechanism does not match, as for a name that does not exist',
  'invalid-domain-long': 'as for an empty label: the mechanism does not match',
  'invalid-domain-long-via-macro': 'as for an empty label: the mechanism does not match',
  'p-macro-multiple':
    'RFC 7208 §7.2: a validated name below <domain> SHOULD be used before any other, and mx.e7.example.com is one: pass',
  txtonly: 'only TXT records count (RFC 7208 §3.1)',
  spfonly: 'only TXT records count (RFC 7208 §3.1)',
  spftimeout: 'only TXT records are asked for (RFC 7208 §3.1)',
  txttimeout: 'only TXT records are asked for (RFC 7208 §3.1), and they do not come: temperror (§4.4)',
  nospftxttimeout: 'only TXT records are asked for (RFC 7208 §3.1), and they do not come: temperror (§4.4)',
  spfoverride: 'only TXT records count (RFC 7208 §3.1)',
  multitxt1: 'two TXT records that begin v=spf1 (RFC 7208 §4.5): permerror',
  multispf2: 'only TXT records count (RFC 7208 §3.1)',
  'exists-dnserr': 'an error of the DNS in a mechanism ends in temperror (RFC 7208 §5)',
  'cidr6-0-ip4': 'an IPv4 client is compared with IPv4 networks alone (RFC 7208 §5): neutral',
  'cidr6-ip4': 'an IPv4-mapped client is an IPv4 client (RFC 7208 §5): neutral',
  'mx-limit': 'more than ten mail exchangers are a permerror (RFC 7208 §4.6.4)',
  'ptr-limit': 'RFC 7208 §4.6.4: all PTR records but the first ten are ignored, in the order of the answer: neutral',
};

/** All rows of the RFC 7208 suite. @param corpora the folder that holds `spf-openspf-suite`. @param options how to judge. */
export function rfc7208Rows(corpora: string, options: SpfOptions = {}): AsyncGenerator<ConformanceRow> {
  return suiteRows('openspf-rfc7208', join(corpora, 'spf-openspf-suite', 'rfc7208-tests.yml'), options);
}

/** All rows of the older RFC 4408 suite, whose results RFC 7208 all allows, in the choice it made of them. */
export function rfc4408Rows(corpora: string, options: SpfOptions = {}): AsyncGenerator<ConformanceRow> {
  return suiteRows('openspf-rfc4408', join(corpora, 'spf-openspf-suite', 'rfc4408-tests.yml'), options);
}

async function* suiteRows(suite: string, path: string, options: SpfOptions): AsyncGenerator<ConformanceRow> {
  for (const document of parseAllDocuments(readFileSync(path, 'utf8'), { schema: 'core', uniqueKeys: false })) {
    const scenario = document.toJS() as Scenario | null;
    if (scenario?.tests === undefined) continue;
    const resolver = suiteResolver(scenario.zonedata);
    for (const [name, test] of Object.entries(scenario.tests)) {
      const evaluation = await evaluate({ ip: test.host, mailFrom: test.mailfrom, helo: test.helo }, resolver, options);
      const results = [test.result].flat();
      // "DEFAULT" is what a receiver says when the domain says nothing.
      const explanation = evaluation.explanation ?? 'DEFAULT';
      const wanted = test.explanation;
      const expected = wanted === undefined ? results : results.map((result) => `${result} (${wanted})`);
      const actual = wanted === undefined ? evaluation.result : `${evaluation.result} (${explanation})`;
      // Hexadecimal digits of %{i} have no case of their own (the suite writes them large, RFC 7208 §7.4 small).
      const matches = expected.some((each) => each.toLowerCase() === actual.toLowerCase());
      yield {
        suite,
        case: name,
        clause: [test.spec].flat().join(', '),
        expected,
        actual,
        outcome: matches ? 'pass' : 'fail',
        reason: results.length > 1 ? (chosen[name] ?? '') : '',
      };
    }
  }
}

/** The world of a scenario, as a zone file with one SOA at the root; a name marked TIMEOUT answers nothing that is not told. */
function suiteResolver(zonedata: Scenario['zonedata']): Resolver {
  const lines = ['$TTL 3600', '. SOA . . 1 1 1 1 1'];
  const silent = new Set<string>();
  for (const [written, records] of Object.entries(zonedata)) {
    const name = written.toLowerCase().replace(/\.$/, '');
    const owner = name.replace(/[^a-z0-9._-]/g, (character) => decimal(character.charCodeAt(0)));
    // The suite says SPF for records of either type; a TXT record beside it (even "NONE") says what TXT really holds.
    const hasTxt = records.some((record) => isRecord(record) && 'TXT' in record);
    for (const record of records) {
      if (record === 'TIMEOUT') silent.add(name);
      if (!isRecord(record)) continue;
      for (const [type, value] of Object.entries(record)) {
        if (value === 'NONE' || (type === 'SPF' && hasTxt)) continue;
        if (type === 'MX') {
          const [preference, host] = value as [number, string];
          lines.push(`${owner}. MX ${preference} ${fullName(host)}`);
        } else if (type === 'SPF' || type === 'TXT') {
          const strings = [value]
            .flat()
            .map((string) => `"${String(string).replace(/[^\x23-\x5B\x5D-\x7E ]/g, (c) => decimal(c.charCodeAt(0)))}"`);
          if (strings.length > 0) lines.push(`${owner}. TXT ${strings.join(' ')}`);
        } else {
          lines.push(`${owner}. ${type} ${type === 'A' || type === 'AAAA' ? String(value) : fullName(String(value))}`);
        }
      }
    }
  }
  const reading = zone(lines.join('\n'));
  if (!reading.ok) throw new Error(`the scenario makes no zone: ${JSON.stringify(reading.problems[0])}`);
  const told = reading.value.resolver;
  return async (name, type) => {
    const answer = await told(name, type).catch(() => undefined);
    if (silent.has(name) && answer?.kind !== 'records')
      throw new ResolverError('dns/timeout', `${name} does not answer`);
    return answer ?? told(name, type);
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fullName(name: string): string {
  return name === '' ? '.' : `${name.replace(/\.$/, '')}.`;
}

function decimal(code: number): string {
  return `\\${String(code).padStart(3, '0')}`;
}
