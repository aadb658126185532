// What reports tell of the domains of an organisation: which names mail was seen in, which selectors signed for them, and which
// domains are not in the portfolio yet.
export { proposeDomains, seenInReports, selectorsOf, subdomainsOf } from './seen.ts';
export type { DomainProposal, SeenDomain, SeenInReports } from './seen.ts';
