// The ARC test suite of Valimail (RFC 8617), validation and signing, as rows of `npm run conformance`. The suite is other
// people's and is read where ZEGEL_CORPORA points.
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ArcValidator, seal } from '../../src/standards/arc/index.ts';
import type { ArcValidation } from '../../src/standards/arc/index.ts';
import { authenticationResultsOf } from '../../src/standards/authentication-results/index.ts';
import { parseTagList } from '../../src/standards/dkim/index.ts';
import { domainName } from '../../src/standards/dns/index.ts';
import type { Resolver } from '../../src/standards/dns/index.ts';
import { parseMessage, rawValue } from '../../src/standards/mail/index.ts';
import type { ConformanceRow } from './spf.ts';

interface ValidationScenario {
  readonly description: string;
  readonly tests: Readonly<Record<string, { readonly message: string; readonly cv: string | null }>>;
  readonly 'txt-records': Readonly<Record<string, string>> | null;
}

interface SigningScenario {
  readonly tests: Readonly<Record<string, SigningCase>>;
  readonly domain: string;
  readonly sel: string;
  readonly privatekey: string;
  readonly 'txt-records': Readonly<Record<string, string>>;
}

interface SigningCase {
  readonly message: string;
  readonly t: number;
  readonly 'sig-headers': string;
  readonly 'srv-id': string;
  readonly AS: string | null;
  readonly AMS: string | null;
  readonly AAR: string | null;
}

/** A world that knows these TXT records and nothing else. */
function world(records: Readonly<Record<string, string>> | null): Resolver {
  const answer: Resolver = async (name, type) => {
    const text = type === 'TXT' ? records?.[name] : undefined;
    const common = { ttl: 60, aliases: [], authenticated: false };
    return text === undefined
      ? { kind: 'no-such-name', ...common }
      : { kind: 'records', records: [[text]] as never, ...common };
  };
  return answer;
}

/** The clause a group of cases turns on, by the beginning of their names. */
const clauses: readonly [start: string, clause: string][] = [
  ['cv_', 'RFC 8617 §5.2'],
  ['ams_', 'RFC 8617 §4.1.2'],
  ['as_', 'RFC 8617 §4.1.3'],
  ['aar', 'RFC 8617 §4.1.1'],
  ['public_key', 'RFC 6376 §6.1.2'],
  ['message_', 'RFC 6376 §3.4.4'],
  ['headers_', 'RFC 6376 §3.4.2'],
  ['ar_', 'RFC 8617 §4.1.1'],
  ['', 'RFC 8617 §5.1'],
];

function clauseOf(name: string): string {
  return clauses.find(([start]) => name.startsWith(start))![1];
}

/** Chain validation: each case is a message and the status of its chain. */
export async function* arcValidationRows(corpora: string): AsyncGenerator<ConformanceRow> {
  const text = readFileSync(join(corpora, 'arc-valimail', 'arc-draft-validation-tests.yml'), 'utf8');
  for (const document of parseAllDocuments(text, { uniqueKeys: false })) {
    const scenario = document.toJS() as ValidationScenario;
    const validator = new ArcValidator(world(scenario['txt-records']));
    for (const [name, test] of Object.entries(scenario.tests)) {
      // Three cases say nothing, since the drafts left the status of a chain that has failed before open; RFC 8617 §5.2 step 2
      // does not: it is "fail", as their names say.
      const expected = (test.cv ?? '').trim().toLowerCase() || 'fail';
      const found = await validator.validate(parseMessage(Buffer.from(test.message)));
      const pass = found.status === expected;
      yield {
        suite: 'arc-valimail-validation',
        case: name,
        clause: clauseOf(name),
        expected: [expected],
        actual: found.status,
        outcome: pass ? 'pass' : 'fail',
        reason: pass ? '' : (found.reason?.code ?? ''),
      };
    }
  }
}

/** Sealing: each case is a message, a key and a time, and the three fields that come of them, signatures included. */
export async function* arcSigningRows(corpora: string): AsyncGenerator<ConformanceRow> {
  const text = readFileSync(join(corpora, 'arc-valimail', 'arc-draft-sign-tests.yml'), 'utf8');
  for (const document of parseAllDocuments(text)) {
    const scenario = document.toJS() as SigningScenario;
    const validator = new ArcValidator(world(scenario['txt-records']));
    for (const [name, test] of Object.entries(scenario.tests)) {
      const message = parseMessage(Buffer.from(test.message));
      const chain = await validator.validate(message);
      const made = sealAs(scenario, test, chain);
      const expected = normal(test.AS, test.AMS, test.AAR);
      yield {
        suite: 'arc-valimail-signing',
        case: name,
        clause: clauseOf(name),
        expected: [expected],
        actual: made,
        outcome: made === expected ? 'pass' : 'fail',
        reason: '',
      };
    }
  }
}

function sealAs(scenario: SigningScenario, test: SigningCase, chain: ArcValidation): string {
  const message = parseMessage(Buffer.from(test.message));
  const found = authenticationResultsOf(message, [test['srv-id']]);
  const fields = seal(message, {
    signingDomain: domainName(scenario.domain),
    selector: scenario.sel,
    privateKey: createPrivateKey(scenario.privatekey),
    signedAt: test.t,
    signedFields: test['sig-headers'].split(':').map((each) => each.trim()),
    results: {
      authservId: test['srv-id'],
      results: found.flatMap(({ reading }) => (reading.ok ? reading.value.results : [])),
    },
    chain,
  });
  if (fields === undefined) return normal(null, null, null);
  const set = parseMessage(Buffer.from(`${fields}\r\n`));
  const value = (name: string): string =>
    rawValue(
      set,
      set.fields.find((field) => field.name === name)!,
    );
  return normal(value('arc-seal'), value('arc-message-signature'), value('arc-authentication-results'));
}

/** The three values with white space and the order of tags made equal: what decides is in the signatures. */
function normal(arcSeal: string | null, signature: string | null, results: string | null): string {
  const tags = (value: string | null): string[] => {
    const list = parseTagList((value ?? '').trim().replace(/\s*\n\s*/g, '\r\n '));
    if (!list.ok) return [`unreadable: ${value ?? ''}`];
    return [...list.value.values()].map((tag) => `${tag.name}=${tag.value.replace(/\s+/g, '')}`).sort();
  };
  return JSON.stringify([tags(arcSeal), tags(signature), (results ?? '').trim().replace(/\s+/g, ' ')]);
}
