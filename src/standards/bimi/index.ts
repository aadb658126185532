// BIMI (draft-brand-indicators-for-message-identification, an individual draft): a domain whose mail passes DMARC at enforcement names
// the logo that mail programs may show beside it, and the certificate that says the logo is its own. The records are read here, and
// the logos and certificates that whoever asks has fetched.
export { bimiObstacles, discoverBimi, localPartSelector, lookupBimi } from './discover.ts';
export type { BimiDiscovery, BimiQuestion } from './discover.ts';
export { evidenceProblems, logoProblems } from './files.ts';
export { formatBimiRecord, isBimiRecord, isDeclined, parseBimiRecord } from './parse.ts';
export type { BimiRecord } from './record.ts';
