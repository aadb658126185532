// What an organisation says it has: senders, their domains and networks, what they are for and how often they come. It is evidence
// for attribution, it says which networks are exclusively ours, and it is held against what is seen.
export { declaredSenders, exclusiveNetworks } from './exclusive.ts';
export type { DeclaredGround } from './exclusive.ts';
export { holdAgainstStreams } from './match.ts';
export type { DeclaredAndSeen, DeclaredMatch, MatchGround } from './match.ts';
export { quietDays, rhythmOf } from './model.ts';
export type { Declaration } from './model.ts';
export { declaredCells, declaredColumns, parseDeclared } from './parse.ts';
