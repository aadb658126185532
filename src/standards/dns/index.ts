// The Domain Name System as the mail standards use it (RFC 1034, 1035, 2308, 8020): names in the form they are compared in,
// and answers that tell "no such name" from "no such record". Nothing here touches the network: a `Resolver` is handed in.
export {
  agree,
  formatAddress,
  formatIpv4,
  isIn,
  networkOf,
  nibbles,
  parseAddress,
  parseClientAddress,
  parseIpv4,
  reverseName,
} from './address.ts';
export type { IpAddress, IpNetwork } from './address.ts';
export { AnswerCache } from './answer-cache.ts';
export {
  domainName,
  isAtOrBelow,
  labels,
  maxLabelLength,
  maxNameLength,
  parseDomainName,
  unicodeName,
} from './domain-name.ts';
export type { DomainName } from './domain-name.ts';
export { foldName } from './fold.ts';
export type { ZoneRecord } from './master-file.ts';
export { overlay, zoneAfter } from './overlay.ts';
export type { RecordChange } from './overlay.ts';
export { recording, replaying } from './recording.ts';
export type { RecordedAnswer, Recording } from './recording.ts';
export { ResolverError } from './resolver.ts';
export type { Answer, RecordData, RecordType, Resolver } from './resolver.ts';
export { zone } from './zone.ts';
export type { Zone, ZoneOptions, ZoneText } from './zone.ts';
