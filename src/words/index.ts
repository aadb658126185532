// Every sentence Zegel says about a problem, a finding or a reason, by code, in English and Dutch.
import { assessmentLabels, assessmentWords } from './assessment.ts';
import { auditLabels } from './audit.ts';
import { dnsWords } from './dns.ts';
import { networksWords } from './networks.ts';
import { dmarcWords } from './dmarc.ts';
import { hintWords } from './hints.ts';
import { ingestionWords } from './ingestion.ts';
import { arcWords } from './arc.ts';
import { authenticationResultsWords } from './authentication-results.ts';
import { dkimWords } from './dkim.ts';
import { failureReportWords } from './failure-report.ts';
import { inventoryLabels } from './inventory-labels.ts';
import { inventoryWords } from './inventory.ts';
import { inventoryDecisionsLabels, inventoryDecisionsWords } from './inventory-decisions.ts';
import { ladderLabels } from './ladder-labels.ts';
import { ladderWords } from './ladder.ts';
import { mailWords } from './mail.ts';
import { reportMailWords } from './report-mail.ts';
import { reportsWords } from './reports.ts';
import { transportWords } from './transport.ts';
import { httpsWords } from './https.ts';
import { bimiWords } from './bimi.ts';
import { postureForgeryWords } from './posture-forgery.ts';
import { postureLabels } from './posture-labels.ts';
import { postureRemedyWords } from './posture-remedies.ts';
import { postureWords } from './posture.ts';
import { namesLabels } from './names.ts';
import { pagesLabels } from './pages.ts';
import { purposeLabels, purposeWords } from './purpose.ts';
import { planRecordWords, synthesisLabels, synthesisWords } from './plan-records.ts';
import { planTransportLabels, planTransportWords } from './plan-transport.ts';
import { permissionLabels } from './permission.ts';
import { portfolioLabels } from './portfolio.ts';
import { sendersWords } from './senders.ts';
import { sendersLabels } from './senders-labels.ts';
import type { Sentence, Vocabulary } from './sentence.ts';
import { simulationLabels, simulationWords } from './simulation.ts';
import { spfWords } from './spf.ts';
import { storageWords } from './storage.ts';
import { workLabels, workWords } from './work.ts';
import { verificationLabels, verificationWords } from './verification.ts';
export type { Sentence, Vocabulary } from './sentence.ts';

export type Language = keyof Sentence;

/** All vocabularies, in the order in which docs/problems.md shows them. */
export const vocabularies: readonly Vocabulary[] = [
  assessmentWords,
  dnsWords,
  spfWords,
  hintWords,
  networksWords,
  dmarcWords,
  ingestionWords,
  storageWords,
  inventoryWords,
  inventoryDecisionsWords,
  purposeWords,
  mailWords,
  dkimWords,
  arcWords,
  authenticationResultsWords,
  failureReportWords,
  reportMailWords,
  reportsWords,
  transportWords,
  httpsWords,
  bimiWords,
  postureWords,
  postureRemedyWords,
  postureForgeryWords,
  verificationWords,
  sendersWords,
  synthesisWords,
  planRecordWords,
  planTransportWords,
  simulationWords,
  ladderWords,
  workWords,
];

/** Headings and short phrases of the renderings: said in the same way, and no codes of anything. */
const labels: readonly Vocabulary[] = [
  assessmentLabels,
  auditLabels,
  postureLabels,
  verificationLabels,
  permissionLabels,
  synthesisLabels,
  planTransportLabels,
  portfolioLabels,
  inventoryLabels,
  inventoryDecisionsLabels,
  purposeLabels,
  namesLabels,
  sendersLabels,
  simulationLabels,
  ladderLabels,
  pagesLabels,
  workLabels,
];

const sentences = new Map<string, Sentence>(
  [...vocabularies, ...labels].flatMap((vocabulary) => Object.entries(vocabulary)),
);

/** Where a value goes, `{files}`, or the words that go with it: `{files:file was|files were}` for one, and for any other number. */
const place = /\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g;

/** A sentence with its values left open, as it is when they are many: what a page of sentences shows. */
export function openSentence(sentence: string): string {
  return sentence.replace(place, (_, key: string, _one?: string, many?: string) => many ?? `{${key}}`);
}

/**
 * The sentence for a code, its values filled in. Values from outside are put in as they are: whoever shows the sentence
 * makes it safe for where it is shown. A code without a sentence is said as itself, so that nothing is hidden.
 */
export function say(
  code: string,
  values: Readonly<Record<string, string | number>> = {},
  language: Language = 'en',
): string {
  const sentence = sentences.get(code)?.[language];
  if (sentence === undefined) return code;
  return sentence.replace(place, (whole, key: string, one?: string, many?: string) => {
    if (!(key in values)) return whole;
    const value = String(values[key]);
    return one === undefined || many === undefined ? value : value === '1' ? one : many;
  });
}
