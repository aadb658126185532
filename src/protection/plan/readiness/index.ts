// Whether domains are ready for the next rung of the ladder (RFC 9989 §5.1, §7.4, §A.6): what it would cost, of whom, which leg streams
// stand on, what has not been seen since it was mended, how long the present rung has held. A gate is open or shut, with reasons.
export type { Acceptance } from './acceptance.ts';
export { gateSchema } from './gate.ts';
export { isWanted } from './reasons.ts';
export type { BesideGate, Gate, GateReason, GateState } from './gate.ts';
export type { LegSums, StreamMail } from './mail.ts';
export { settlement } from './settle.ts';
export type { KnownRhythm, Settled, Settlement } from './settle.ts';
export { takeReadiness } from './take.ts';
export type { DomainCase, ReadinessCase } from './case.ts';
export type { Readiness, ReadinessOptions, ReadinessRegister, ReadinessSources } from './take.ts';
export { endedSpf, isUntold, spfWishOf, withSpfEnd } from './spf-wish.ts';
export type { SpfCare, SpfEnd } from './spf-wish.ts';
export { gateThresholds, thresholdSetting, thresholdsOf } from './thresholds.ts';
export type { GateThreshold, GateThresholds } from './thresholds.ts';
export { planStreams, wishesOf } from './wish.ts';
export type { DomainWish, WishOptions } from './wish.ts';
