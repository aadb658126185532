// Other people's DKIM cases as rows of `npm run conformance`: chasquid's verifier tests, and those of lieser's DKIM Verifier with
// the examples of RFC 6376 and RFC 8463 and real mail. Read where ZEGEL_CORPORA points.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DkimVerifier } from '../../src/standards/dkim/index.ts';
import type { DkimResult, VerifyOptions } from '../../src/standards/dkim/index.ts';
import { ResolverError } from '../../src/standards/dns/index.ts';
import type { Resolver } from '../../src/standards/dns/index.ts';
import { parseMessage } from '../../src/standards/mail/index.ts';
import type { ConformanceRow } from './spf.ts';

/** A world of TXT records by name; a record `TEMPERROR` is a server that does not answer. Other names do not exist. */
function world(records: ReadonlyMap<string, readonly string[]>): Resolver {
  const answer: Resolver = async (name, type) => {
    const texts = type === 'TXT' ? records.get(name) : undefined;
    if (texts?.includes('TEMPERROR') === true) throw new ResolverError('dns/servfail', `no answer for ${name}`);
    const common = { ttl: 60, aliases: [], authenticated: false };
    return texts === undefined
      ? { kind: 'no-such-name', ...common }
      : { kind: 'records', records: texts.map((text) => [text]) as never, ...common };
  };
  return answer;
}

/** RFC 6376 §3.9 knows three states. */
function state(result: DkimResult): string {
  return result.result === 'pass' ? 'SUCCESS' : result.result === 'temperror' ? 'TEMPFAIL' : 'PERMFAIL';
}

interface ChasquidResult {
  readonly Found: number;
  readonly Valid: number;
  readonly Results: readonly { readonly State: string; readonly Domain: string; readonly Selector: string }[] | null;
}

/** chasquid: a message, a zone, and for each signature its state, domain and selector. */
export async function* chasquidRows(corpora: string): AsyncGenerator<ConformanceRow> {
  const folder = join(corpora, 'dkim-chasquid');
  for (const file of readdirSync(folder)
    .filter((each) => each.endsWith('.msg'))
    .sort()) {
    const name = file.slice(0, -4);
    const read = (end: string): string | undefined => {
      try {
        return readFileSync(join(folder, `${name}.${end}`), 'utf8');
      } catch {
        return undefined;
      }
    };
    const records = new Map<string, string[]>();
    for (const line of (read('dns') ?? '').replace(/\\\n/g, ' ').split('\n')) {
      const colon = line.indexOf(':');
      if (colon < 0) continue;
      const text = line.slice(colon + 1).trim();
      // A permanent error of the DNS is a name that does not exist.
      if (text === 'PERMERROR') continue;
      const owner = line.slice(0, colon).trim();
      records.set(owner, [...(records.get(owner) ?? []), text]);
    }
    // chasquid looks at five signatures.
    const found = await new DkimVerifier(world(records)).verify(parseMessage(readFileSync(join(folder, file))), {
      maxSignatures: 5,
    });
    const text = read('result');
    const wanted: ChasquidResult = text === undefined ? { Found: 0, Valid: 0, Results: [] } : JSON.parse(text);
    const expected = (wanted.Results ?? []).map((each) => `${each.State} ${each.Domain} ${each.Selector}`);
    // chasquid names no domain of a signature that cannot be read.
    const actual = found.results.map(
      (each) => `${state(each)} ${each.signature?.signingDomain ?? ''} ${each.signature?.selector ?? ''}`,
    );
    yield {
      suite: 'dkim-chasquid',
      case: name,
      clause: 'RFC 6376 §6.1',
      expected: [expected.join(', ')],
      actual: actual.join(', '),
      outcome: actual.join() === expected.join() ? 'pass' : 'fail',
      reason: found.results
        .map((each) => each.reason?.code ?? '')
        .join(' ')
        .trim(),
    };
  }
}

interface LieserCase {
  readonly test: string;
  readonly args: readonly [file: string, records?: Readonly<Record<string, string>>];
  readonly expect: readonly (readonly [what: string, how: string, value: readonly string[] | number | string | null])[];
}

/** The reasons of lieser's verifier, and ours for the same. */
const reasons: Readonly<Record<string, string>> = {
  DKIM_SIGERROR_MISSING_V: 'dkim/missing-tag',
  DKIM_SIGERROR_KEY_REVOKED: 'dkim/key-revoked',
  DKIM_SIGERROR_KEY_HASHNOTINCLUDED: 'dkim/key-hash-not-allowed',
  DKIM_SIGERROR_KEY_MISMATCHED_K: 'dkim/key-type-mismatch',
  DKIM_SIGERROR_KEY_NOTEMAILKEY: 'dkim/key-not-for-mail',
  DKIM_SIGERROR_DOMAIN_I: 'dkim/auid-not-domain',
  DKIM_SIGERROR_CORRUPT_BH: 'dkim/body-changed',
  DKIM_SIGERROR_BADSIG: 'dkim/header-changed',
  DKIM_POLICYERROR_UNSIGNED_HEADER_ADDED: 'dkim/field-added',
};

/**
 * lieser: assertions on the result of each signature. The verifier there refuses added header fields, which RFC 6376 §8.15
 * leaves to its user: the same choice is made here by an option. What it says about alignment with From is DMARC's, and its
 * warnings about Reply-To depend on its settings: neither is asked.
 */
export async function* lieserRows(corpora: string): AsyncGenerator<ConformanceRow> {
  const folder = join(corpora, 'dkim-lieser');
  const suite = JSON.parse(readFileSync(join(folder, 'expected.derived.json'), 'utf8')) as {
    readonly zone: Readonly<Record<string, string>>;
    readonly cases: readonly LieserCase[];
  };
  const options: VerifyOptions = { addedFields: 'refuse' };
  for (const each of suite.cases) {
    if (each.expect.length === 0) continue;
    const zone = new Map(Object.entries({ ...suite.zone, ...each.args[1] }).map(([name, text]) => [name, [text]]));
    const { results: inOrder } = await new DkimVerifier(world(zone)).verify(
      parseMessage(readFileSync(join(folder, each.args[0]))),
      options,
    );
    // The order of signatures says nothing (RFC 6376 §6.1): where selectors are named, they tell which is meant.
    const selectors = each.expect.filter(([what]) => what.endsWith('.selector')).map(([, , value]) => value);
    const results =
      selectors.length === inOrder.length
        ? selectors.map((selector) => inOrder.find((one) => one.selector === selector) ?? inOrder[0]!)
        : inOrder;
    const asked: string[] = [];
    const told: string[] = [];
    for (const [what, , value] of each.expect) {
      const answer = answerOf(results, what);
      if (answer === undefined) continue;
      asked.push(`${what}=${expectedOf(what, value)}`);
      told.push(`${what}=${answer}`);
    }
    yield {
      suite: 'dkim-lieser',
      case: `${each.test} (${each.args[0]})`,
      clause: 'RFC 6376 §6.1',
      expected: [asked.join(', ')],
      actual: told.join(', '),
      outcome: asked.join() === told.join() ? 'pass' : 'fail',
      reason: results
        .map((result) => result.reason?.code ?? '')
        .join(' ')
        .trim(),
    };
  }
}

function expectedOf(what: string, value: readonly string[] | number | string | null): string {
  if (what.endsWith('.errorType')) return reasons[String(value)] ?? `unknown reason ${String(value)}`;
  if (typeof value === 'object') return value?.join(':').toLowerCase() ?? '';
  return String(value);
}

/** What we say to one of lieser's assertions; `undefined` for what is not asked. */
function answerOf(results: readonly DkimResult[], what: string): string | undefined {
  if (what === 'res.signatures.length') return String(results.length);
  const match = /^res\.signatures\[(\d)\]\.(\w+)$/.exec(what);
  const result = results[Number(match?.[1])];
  if (match === null || result === undefined) return undefined;
  const signature = result.signature;
  switch (match[2]) {
    case 'result':
      return state(result);
    case 'errorType':
      return result.reason?.code ?? '';
    case 'errorStrParams':
      return String(result.reason?.values?.['field'] ?? '');
    case 'sdid':
      return signature?.signingDomain ?? '';
    case 'auid':
      return signature?.auid ?? '';
    case 'selector':
      return signature?.selector ?? '';
    case 'timestamp':
      return String(signature?.signedAt ?? '');
    case 'expiration':
      return String(signature?.expires ?? '');
    case 'algorithmSignature':
      return signature?.algorithm.split('-')[0] ?? '';
    case 'algorithmHash':
      return signature?.algorithm.split('-')[1] ?? '';
    case 'signedHeaders':
      return signature?.signedFields.join(':') ?? '';
    default:
      return undefined;
  }
}
