// Where an organisation stands, from what reports said: who mails as its domains, what of it is aligned, what would fail if the
// door were closed, and what to look at next. Numbers are folded from the history and judged by the DMARC of standards/.
export { assess, assessSource } from './assess.ts';
export type { AssessOptions } from './assess.ts';
export { assessmentSchema } from './assessment.ts';
export type {
  Aligned,
  Assessment,
  AuthenticityTally,
  Contribution,
  DayCount,
  Dispositions,
  DocumentTally,
  DomainAssessment,
  Fails,
  FiledDocuments,
  InheritedPolicy,
  LookNext,
  Network,
  NextStep,
  OverrideCount,
  Overrides,
  Period,
  PublishedPolicy,
  ReadyDomain,
  ReporterAssessment,
  ScenarioResult,
  Scenarios,
  SourceAddress,
  SourceDetail,
  SourceGroup,
  Span,
  Totals,
  Trend,
  TroubleCount,
  TroubleExample,
} from './assessment.ts';
export { dayText, parseDay } from './calendar.ts';
export { asksOf } from './domains.ts';
export type { NetworkLookup } from './set-ups.ts';
