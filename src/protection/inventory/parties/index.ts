// The parties behind streams: own companies, departments, suppliers, agencies; who owns the relation, and how it is reached.
export { parseParties, partyCells, partyColumns, readPriority } from './csv.ts';
export type { PartyLine } from './csv.ts';
export { foldedName, greatestPriority, isPartyType, newPartyId, partyNamed, partyTypes } from './model.ts';
export type { Party, PartyChange, PartyType } from './model.ts';
