// Who mails as us (RFC 9989 §5.1): from source addresses to named senders, mail streams and their owners. Evidence is gathered per
// combination, streams are made of combinations, and each is given a kind with its confidence and its reasons; a person decides.
export { decisionVerdicts, kinds } from './model.ts';
export type {
  DecisionVerdict,
  EvidenceOrigin,
  Kind,
  MailStream,
  Purpose,
  Reason,
  Rhythm,
  SetUpFamily,
  StreamLegs,
} from './model.ts';
export { decisionQueue } from './queue.ts';
export type { QueueItem } from './queue.ts';
export { registeredSenders, takeInventory } from './take.ts';
export type { InventoryRegister, TakeInventoryOptions, TakenInventory } from './take.ts';
export { combinationLines } from './combination-lines.ts';
export { toldQueueItem, toldStream } from './told.ts';
export { overviewOf, queueOf, reachOf } from './overview.ts';
export type { KindTally, QueueReach, StreamsOverview } from './overview.ts';
export { addressSpace } from './address-space.ts';
export type { AddressPart, AddressSpace } from './address-space.ts';
export { fits, sourceLines } from './source-lines.ts';
export type { SourceFilter, SourceLine } from './source-lines.ts';
export { placeDetail } from './source-detail.ts';
export type { CarriedStream, PlaceDetail } from './source-detail.ts';
export { streamDetail } from './stream-detail.ts';
export type { StreamDetail } from './stream-detail.ts';
export { changesSince } from './changes.ts';
export type { Changes, NewAuthorDomain, NewSelector } from './changes.ts';
export type { Jump, Silence } from './volume.ts';
export { parsePrefix, PrefixTable } from './network-table.ts';
export type { Prefix } from './network-table.ts';
export { inventoryDimensions, inventoryMeasures } from './inventory.ts';
export type { CombinationLine, Inventory, InventoryColumns } from './inventory.ts';
export { ReverseNames, reverseNameTypes } from './names/reverse-names.ts';
export type { Confirmed, KeptAnswer, ReverseName } from './names/reverse-names.ts';
export { lookUpNames } from './names/look-up.ts';
export type { LookedUp, LookUpOptions } from './names/look-up.ts';
export { pace } from './names/pace.ts';
