// What mail that was seen would have met under other records. A what-if is an evaluation in a changed world: changes become record
// sets laid over what is published, and every combination of facts that they can reach is judged again by `evaluateDmarc` and the
// compiled SPF records, the functions that judge live mail. What rows cannot tell is carried along as a range, with its reason.
export { dmarcTags, recordChanges } from './change.ts';
export type { Change, DmarcTag, RecordChanges, Scenario } from './change.ts';
export { answerWhatIf } from './answer.ts';
export type { WhatIfAnswer, WhatIfQuestion, WhatIfSources } from './answer.ts';
export { PublishedDays, publishedTypes, sameEveryDay } from './published.ts';
export type { KeptRecord } from './published.ts';
export { Simulation } from './simulation.ts';
export type { Played } from './simulation.ts';
export type { SimulationOptions, SimulationSources } from './sources.ts';
export { fatesBy, whatIf } from './fold.ts';
export type { AddedUp, RowFate, WhatIfOptions } from './fold.ts';
export type { Governing } from './policies.ts';
export type { ShownRules } from './receivers.ts';
export { standingOf, standings } from './mail.ts';
export type { Standing } from './mail.ts';
export { costs, groupings } from './result.ts';
export type {
  ChangedSet,
  Count,
  Doubt,
  Drift,
  DriftRecord,
  DriftSource,
  DriftStream,
  DriftSum,
  Fate,
  Fates,
  Grouping,
  Legs,
  NamedFate,
  Range,
  StreamFate,
  Through,
  WhatIf,
} from './result.ts';
