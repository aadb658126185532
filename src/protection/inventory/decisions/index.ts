// What people decided of streams: authorised, forbidden, forwarder, undecided, by whom, when and why; and what of it holds for a
// combination. A decision is about what its maker saw; what comes later inherits it only by a key or a network of our own.
export { AddressSet } from './address-set.ts';
export { partsSeen } from './anchor.ts';
export type { Part, PartSeen } from './anchor.ts';
export { narrowingOf, parseBulk, partKey, saysAlready } from './bulk.ts';
export type { BulkLine } from './bulk.ts';
export { DecisionBook, latestFirst } from './book.ts';
export type { DecidedCombination, DecisionBookOptions, Descent, Ruling, RulingGround } from './book.ts';
export { decisionCells, decisionColumns, decisionLines, parseDecisions, plainDecision } from './exchange.ts';
export type { ToldDecisions, ToldStream } from './exchange.ts';
export { wholeStream } from './model.ts';
export type { Anchor, Decision, Narrowing, NewDecision, SigningFamily, Undoing } from './model.ts';
export { newSources, rulingsOf } from './rulings.ts';
export type { NewSource, Rulings } from './rulings.ts';
export { lineProblem } from '../csv-text.ts';
