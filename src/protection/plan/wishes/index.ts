// What is wished for a domain beside its DMARC and SPF records, as far as the evidence goes: DKIM keys held against what mail was signed with,
// SPF for the names its servers greet with, and what makes mail to it travel encrypted. What nobody knows is said, never assumed.
export { besideParts, besideWishes } from './beside.ts';
export type { BesideOptions, BesidePart, BesideSources } from './beside.ts';
export { stsThresholds, stsThresholdsOf, tlsSeen } from './tls-seen.ts';
export type { TlsFailing, TlsSeen } from './tls-seen.ts';
export type { StsMode } from './transport.ts';
