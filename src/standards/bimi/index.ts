// BIMI (draft-brand-indicators-for-message-identification, an individual draft): a domain whose mail passes DMARC at enforcement names
// the logo that mail programs may show beside it, and the certificate that says the logo is its own. Only the records are read here;
// logos and certificates are fetched by nobody.
export { bimiObstacles, discoverBimi, localPartSelector, lookupBimi } from './discover.ts';
export type { BimiDiscovery, BimiQuestion } from './discover.ts';
export { formatBimiRecord, isBimiRecord, isDeclined, parseBimiRecord } from './parse.ts';
export type { BimiRecord } from './record.ts';
