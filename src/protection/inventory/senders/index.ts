// The mail services that organisations use: how mail of each is recognised, and what a customer does there to make it align. A
// match says how much it says: a service's own name, the place where a machine stands, or a habit of its customers.
export { senders } from './all.ts';
export { senderCatalogue } from './catalogue.ts';
export type { CatalogueOptions, SenderCatalogue } from './catalogue.ts';
export { senderCategories } from './model.ts';
export { parseOwnSenders } from './own.ts';
export type { OwnSenders } from './own.ts';
export { mapSenders, parseReverseMap } from './reverse-map.ts';
export type { MapEntry } from './reverse-map.ts';
export type {
  Advice,
  DkimAlignment,
  MatchStrength,
  OwnSender,
  PassesOn,
  Recognition,
  Sender,
  SenderCategory,
  SenderMatch,
  SpfAlignment,
} from './model.ts';
