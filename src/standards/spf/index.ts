// Sender Policy Framework (RFC 7208): which addresses a domain lets send in its name, said in one TXT record that may lean on
// others. `evaluate` is check_host(): one client, one message, with every limit and the whole way to the result. `compile`
// turns the tree of records into the set of addresses it allows, so that twenty thousand clients cost milliseconds.
export { formatAddress, formatIpv4, parseAddress, parseClientAddress, parseIpv4 } from '../dns/index.ts';
export type { IpAddress, IpNetwork } from '../dns/index.ts';
export {
  allAddresses,
  difference,
  equal,
  has,
  intersection,
  noAddresses,
  prefixes,
  size4,
  size6,
  union,
} from './address-set.ts';
export type { AddressSet } from './address-set.ts';
export {
  addressesOf,
  addressesWhere,
  addressesWith,
  compile,
  judge,
  noOutcome,
  outcomeAt,
  outcomeIndexes,
  outcomeIndex4,
  outcomeIndexes4,
} from './compile.ts';
export type { SpfCompiled, SpfOutcome } from './compile.ts';
export { checkHost, evaluate } from './evaluate.ts';
export type { SpfEvaluation, SpfOptions, SpfQuery, SpfRequest, SpfStep, SpfVisit } from './evaluation.ts';
export { format, formatTerm, toStrings } from './format.ts';
export { heloIdentity, identityOf } from './identity.ts';
export type { SpfIdentity } from './identity.ts';
export { defaultLimits, selectRecord } from './lookup.ts';
export type { Selection, SpfLimits } from './lookup.ts';
export { isSpfRecord, parse } from './parse.ts';
export { resultOf } from './record.ts';
export type { Directive, Modifier, Qualifier, SpfRecord, SpfResult, Term } from './record.ts';
export { treeOf } from './tree.ts';
export type { SpfTree, SpfTreeTerm, VoidLookups } from './tree.ts';
export type { SpfDependency } from './walk.ts';
