// npm run conformance [SUITE…]: runs other people's suites, and our own reading of RFC 9989's examples, and prints a JSON line a
// case and one a suite on standard output, progress on standard error. The suites of others are read where ZEGEL_CORPORA points;
// without it they are said to be not run. Exit 0: all met; 1: a case failed; 2: something could not be run.
import { execFileSync } from 'node:child_process';
import type { ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mailAuthReportRows, parsedmarcReportRows } from './aggregate.ts';
import { arcSigningRows, arcValidationRows } from './arc.ts';
import { containerRows } from './containers.ts';
import { chasquidRows, lieserRows } from './dkim.ts';
import { rfc9989Rows } from './dmarc.ts';
import { pslRuleRows, pslVectorRows } from './psl.ts';
import { rfc4408Rows, rfc7208Rows } from './spf.ts';
import { tlsReportRows } from './tls-reports.ts';
import type { ConformanceRow } from './spf.ts';

interface Suite {
  readonly name: string;
  readonly about: string;
  /** How many cases there are at least: fewer means that the suite was not found whole. */
  readonly cases: number;
  /** The folders below ZEGEL_CORPORA it reads; none for what stands in this checkout. */
  readonly folders: readonly string[];
  readonly rows: (corpora: string) => AsyncIterable<ConformanceRow> | Iterable<ConformanceRow>;
}

const reports = ['rua-mail-auth', 'rua-parsedmarc'];
const suites: readonly Suite[] = [
  {
    name: 'openspf-rfc7208',
    about: 'the OpenSPF suite for RFC 7208',
    cases: 203,
    folders: ['spf-openspf-suite'],
    rows: (corpora) => rfc7208Rows(corpora),
  },
  {
    name: 'openspf-rfc4408',
    about: 'the OpenSPF suite for RFC 4408, in the choices RFC 7208 made',
    cases: 191,
    folders: ['spf-openspf-suite'],
    rows: (corpora) => rfc4408Rows(corpora),
  },
  {
    name: 'rfc9989',
    about: 'the examples and rules of RFC 9989, in the order of its text',
    cases: 55,
    folders: [],
    rows: () => rfc9989Rows(),
  },
  {
    name: 'psl-vectors',
    about: 'the test vectors of the Public Suffix List',
    cases: 78,
    folders: ['psl'],
    rows: pslVectorRows,
  },
  {
    name: 'psl-rules',
    about: 'every rule of the Public Suffix List',
    cases: 9000,
    folders: ['psl'],
    rows: pslRuleRows,
  },
  {
    name: 'dkim-chasquid',
    about: 'the DKIM messages of chasquid',
    cases: 11,
    folders: ['dkim-chasquid'],
    rows: chasquidRows,
  },
  {
    name: 'dkim-lieser',
    about: 'the DKIM messages of dkim_verifier',
    cases: 35,
    folders: ['dkim-lieser'],
    rows: lieserRows,
  },
  {
    name: 'arc-validation',
    about: 'the ARC suite of Valimail, validation',
    cases: 171,
    folders: ['arc-valimail'],
    rows: arcValidationRows,
  },
  {
    name: 'arc-signing',
    about: 'the ARC suite of Valimail, signing',
    cases: 17,
    folders: ['arc-valimail'],
    rows: arcSigningRows,
  },
  {
    name: 'rua-mail-auth',
    about: 'aggregate reports of mail-auth, against its golden files',
    cases: 10,
    folders: ['rua-mail-auth'],
    rows: mailAuthReportRows,
  },
  {
    name: 'rua-parsedmarc',
    about: 'aggregate reports of parsedmarc',
    cases: 25,
    folders: ['rua-parsedmarc'],
    rows: parsedmarcReportRows,
  },
  {
    name: 'report-files',
    about: 'the wrappings of these reports',
    cases: 51,
    folders: reports,
    rows: containerRows,
  },
  { name: 'tls-reports', about: 'TLS reports of both', cases: 9, folders: reports, rows: tlsReportRows },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  const known = suites.map(({ name }) => name).join(', ');
  process.stderr.write(`conformance: no suite is called ${unknown.join(', ')}; there are: ${known}\n`);
  process.exit(2);
}

const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const { version } = JSON.parse(manifest) as { version: string };
const commit = commitOf();
const corpora = process.env['ZEGEL_CORPORA'];

let isFailed = false;
let isIncomplete = false;
for (const suite of suites) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue;
  process.stderr.write(`${suite.name}: ${suite.about}\n`);
  const counts = { pass: 0, deviation: 0, fail: 0, 'not-run': 0 };
  const report = (row: ConformanceRow): void => {
    counts[row.outcome] += 1;
    // What a case is called in its generator may be finer than the suite; the line carries the name it is asked for by.
    print({ ...row, suite: suite.name });
    if (row.outcome === 'fail') {
      process.stderr.write(`  FAIL ${row.case} (${row.clause}): ${row.actual}, not ${row.expected.join(' or ')}\n`);
    }
  };
  const missing = whyMissing(suite);
  if (missing !== undefined) report(notRun(suite, missing));
  else {
    try {
      for await (const row of suite.rows(corpora ?? '')) report(row);
      const ran = counts.pass + counts.deviation + counts.fail;
      if (ran < suite.cases) report(notRun(suite, `${ran} cases were found, of at least ${suite.cases}`));
    } catch (error) {
      report(notRun(suite, `it ended: ${error instanceof Error ? error.message : String(error)}`));
    }
  }
  const summary = {
    suite: suite.name,
    passed: counts.pass,
    deviations: counts.deviation,
    failed: counts.fail,
    notRun: counts['not-run'],
    total: counts.pass + counts.deviation + counts.fail + counts['not-run'],
  };
  print(summary);
  const { passed, deviations, failed, total } = summary;
  process.stderr.write(
    missing === undefined
      ? `  ${passed} of ${total} passed, ${deviations} deviate, ${failed} failed, ${summary.notRun} not run\n`
      : `  not run: ${missing}\n`,
  );
  isFailed ||= failed > 0;
  isIncomplete ||= summary.notRun > 0;
}
process.exitCode = isFailed ? 1 : isIncomplete ? 2 : 0;

function print(line: object): void {
  process.stdout.write(`${JSON.stringify({ schema: 'zegel-conformance/1', version, commit, ...line })}\n`);
}

/** Why the files of a suite are not there; nothing when they are. */
function whyMissing({ folders }: Suite): string | undefined {
  if (folders.length === 0) return undefined;
  if (corpora === undefined) return 'ZEGEL_CORPORA is not set';
  const absent = folders.filter((folder) => !existsSync(join(corpora, folder)));
  return absent.length === 0 ? undefined : `ZEGEL_CORPORA has no folder ${absent.join(', ')}`;
}

/** The line for what could not be run: it is counted, never as passed. */
function notRun(suite: Suite, reason: string): ConformanceRow {
  return { suite: suite.name, case: '*', clause: '', expected: [], actual: '', outcome: 'not-run', reason };
}

function commitOf(): string {
  try {
    const options = {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    } satisfies ExecFileSyncOptionsWithStringEncoding;
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], options).trim();
  } catch {
    // Not a checkout: the results stand without it.
    return 'unknown';
  }
}
