// SPF drift: the result that a report shows was reached under the SPF records of its day (RFC 7208 §4), and records change. Here: which
// records changed since, by what was kept of them, and of which mail SPF would say something else today although nobody asks for a change.
export { driftOf } from './drift.ts';
export type { DriftWay, SpfDrift } from './drift.ts';
export type { RecordDays, RecordTurn } from './spf-days.ts';
export type { WordReason } from './word.ts';
