// A process of its own for `assess.ts`: the stages of an answer, one after the other, and what each costs. In the command itself the
// engine answers while this thread works, so that the sum of the stages is more than the time a person waits.
import { cost } from './line.ts';

const directory = process.argv[2]!;
let line = `node ${Math.round(performance.now())}`;

async function stage<T>(name: string, work: () => Promise<T> | T): Promise<T> {
  let value: T | undefined;
  const spent = await cost(async () => {
    value = await work();
  });
  line += ` · ${name} ${Math.round(spent.wallMs)} (CPU ${Math.round(spent.cpuUserMs + spent.cpuSystemMs)})`;
  return value!;
}

const app = await stage('import', () => import('../src/app.ts'));
const { combinationDimensions, combinationMeasures, fold } =
  await import('../src/protection/assessment/combinations.ts');
const { publicSuffixOrganizationalDomain } = await import('../src/standards/dmarc/index.ts');
const organisation = await stage('open', () => app.openOrganisation({ directory }));
const { history, register } = organisation.memory;
const dictionaries = await stage('dictionaries', () => history.dictionaries());
const combinations = await stage('combinations', () =>
  history.ask({ by: combinationDimensions, measures: combinationMeasures }),
);
await stage('other questions', async () => {
  await history.ask({ by: ['day', 'alignment', 'dkim', 'spf'], measures: ['messages'] });
  await history.ask({
    by: ['authorDomain', 'policyDomain', 'alignment', 'dkim', 'spf'],
    measures: ['messages', 'rows', 'firstDay', 'lastDay'],
  });
  await history.ask({ by: ['day', 'authorDomain'], measures: ['messages'] });
  await history.ask({ by: ['reporter', 'generation', 'spread'], measures: ['reports', 'messages', 'rows'] });
  await history.ask({ by: ['day', 'reporter'], measures: ['messages'] });
  await history.ask({ by: ['reasons'], measures: ['messages', 'rows'] });
});
await stage('of late, raw', () =>
  history.ask({ where: { since: 19_370 }, by: ['source', 'auth'], measures: ['messages'] }),
);
await stage('register', () => [register.publishedPolicies(), register.tallyTroubles(), register.tallyDocuments()]);
await stage(`fold of ${combinations.length} combinations`, () =>
  fold(combinations, {
    dictionaries,
    networks: { lookup: () => undefined },
    isOwn: (domain) => domain.endsWith('.example'),
    organizationalDomainOf: publicSuffixOrganizationalDomain(),
  }),
);
await stage('close', () => organisation.close());
process.stderr.write(`    ms: ${line}\n`);
