// The register: what came, what became of it, the settings, and who did what. SQLite, and known to be.
export { RegisterStore } from './register.ts';
export type { AuditEntry, Register } from './register.ts';
export {
  copiesOf,
  doubtfulDocuments,
  fileName,
  groupOf,
  insertDocument,
  refusedDocuments,
  refusedLike,
  unfiledDocuments,
  unjudgedDocuments,
  updateDocument,
} from './documents.ts';
export { authenticSince, hasStandings, keepAuthenticity, keepCounting, standingOf } from './report-mail.ts';
export type { DocumentCount, DocumentFilter, DocumentPage } from './documents.ts';
export type { Portfolio, PortfolioDomain, PortfolioEntry, PortfolioOrigin } from './portfolio.ts';
export type { KeptPosture, Postures } from './postures.ts';
export type { Snapshot, Snapshots } from './snapshots.ts';
export type { KeptDeclaration } from './inventory-declared.ts';
export type { Brought, DecisionEntry } from './inventory-decisions.ts';
export type { KeptMap, KeptSender } from './inventory-senders.ts';
export type { PartyEntry } from './inventory-parties.ts';
export type { FoundStream, Split } from './inventory-streams.ts';
export { countedTlsReport, dropTlsReport, dropTlsSessions } from './tls-reports.ts';
