// DMARC (RFC 9989): the owner of a domain says in the DNS what receivers should do with mail whose From is that domain and that
// neither SPF nor DKIM vouches for. A receiver finds the record that governs the Author Domain by walking up the DNS, looks whether
// a domain that passed SPF or DKIM is aligned with it, and reports what it saw. Receivers that still follow RFC 7489 (Public Suffix
// List, `pct`) are judged by the same function, so that one can see where the two differ.
export { alignmentBits, alignmentBitsOf, alignmentOf, identifiersOf, isAligned, spfIdentifiers } from './alignment.ts';
export type { Alignment, IdentifierFinding } from './alignment.ts';
export { effectivePolicies, evaluateDmarc } from './evaluate.ts';
export type { DmarcFacts, DmarcVerdict, EffectivePolicies, Existence } from './evaluate.ts';
export { publicSuffixOrganizationalDomain } from './organizational-domain.ts';
export type { OrganizationalDomainOf } from './organizational-domain.ts';
export { oneStepMilder } from './record.ts';
export type {
  AlignmentMode,
  DmarcRecord,
  FailureOption,
  FoundPolicy,
  InvalidPolicy,
  Policy,
  PolicyPlace,
  PolicyTag,
  ReceiverGeneration,
  ReportUri,
} from './record.ts';
