// Towards the records a domain should publish: what they are for what the domain is, how they differ from what is published, in which
// order to change them, and what would be dangerous about it. SPF records are synthesised from the addresses that may send.
export { formatRecordSets, recordFormats } from './formats/formats.ts';
export type { RecordFormat } from './formats/formats.ts';
export { valueOf } from './formats/record-set.ts';
export type { PlannedType, RecordSet } from './formats/record-set.ts';
export { parseNetwork } from './synthesis/address-list.ts';
export { existsTerm, existsZone, proveExists } from './synthesis/exists.ts';
export type { ExistsProof } from './synthesis/exists.ts';
export { publishedIncludes } from './synthesis/published.ts';
export type { IncludeVerdict, NeverAligns, SenderInclude } from './synthesis/senders.ts';
export { synthesise } from './synthesis/synthesise.ts';
export type { Synthesised } from './synthesis/synthesise.ts';
export type {
  Proposal,
  Synthesis,
  SynthesisedRecord,
  SynthesisLimits,
  SynthesisPart,
  SynthesisWish,
} from './synthesis/synthesis.ts';
export type { DangerFacts, PlanStream } from './records/danger.ts';
export { openDangers, planSchema, refuseUnsafe, UnsafePlan } from './records/plan.ts';
export type { Danger, Phase, PlannedChange, PlanStep, RecordPlan, Risk } from './records/plan.ts';
export { planRecords } from './records/plan-records.ts';
export type { PlanOptions } from './records/plan-records.ts';
export { rungs } from './records/wish.ts';
export type { DkimWish, DmarcWish, RecordKind, RecordsWish, Rung, Slot, TlsaWish } from './records/wish.ts';
