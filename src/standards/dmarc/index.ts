// DMARC (RFC 9989): the owner of a domain says in the DNS what receivers should do with mail whose From is that domain and that
// neither SPF nor DKIM vouches for. A receiver finds the record that governs the Author Domain by walking up the DNS, looks whether
// a domain that passed SPF or DKIM is aligned with it, and reports what it saw. Receivers that still follow RFC 7489 (Public Suffix
// List, `pct`) are judged by the same function, so that one can see where the two differ.
export { alignmentBits, alignmentBitsOf, alignmentOf, identifiersOf, isAligned, spfIdentifiers } from './alignment.ts';
export type { Alignment, IdentifierFinding, Untold } from './alignment.ts';
export { discoverFacts, discoverPolicy, lookupExistence } from './discover.ts';
export type { DiscoveredFacts, MessageIdentity, PolicyDiscovery } from './discover.ts';
export { effectivePolicies, evaluateDmarc } from './evaluate.ts';
export type { DmarcFacts, DmarcVerdict, EffectivePolicies, Existence } from './evaluate.ts';
export { formatDmarcRecord } from './format.ts';
export { compareGenerations, discoverLegacyPolicy } from './legacy.ts';
export type { GenerationComparison, GenerationView, LegacyDiscovery } from './legacy.ts';
export { isPublicSuffix, publicSuffixOrganizationalDomain } from './organizational-domain.ts';
export type { OrganizationalDomainOf } from './organizational-domain.ts';
export { isDmarcRecord, parseDmarcRecord } from './parse.ts';
export { placeProblems } from './place.ts';
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
export { verifyReportDestination } from './report-destination.ts';
export type { DestinationOutcome, ReportDestination } from './report-destination.ts';
export { destinationHost, mailtoReportUri, parseReportUri } from './report-uri.ts';
export {
  lookupDmarcRecord,
  organizationalDomainLookup,
  organizationalDomainOfWalk,
  policyOfWalk,
  recordLookup,
  treeWalkOrganizationalDomain,
  walkNames,
  walkTree,
  walkTrees,
} from './tree-walk.ts';
export type { RecordLookup, StepOutcome, TreeWalk, WalkStep } from './tree-walk.ts';
