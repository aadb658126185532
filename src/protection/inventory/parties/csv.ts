import type { Problem } from '../../../standards/problem.ts';
import { cellParts, keptCell, lineProblem, titledRows } from '../csv-text.ts';
import { foldedName, greatestPriority, isPartyType, partyTypes } from './model.ts';
import type { Party, PartyChange } from './model.ts';

/** The columns of a list of parties. `streams`: the ids of the streams that are its own, apart by blanks. */
export const partyColumns = ['id', 'name', 'type', 'owner', 'contact', 'contract', 'priority', 'streams'] as const;

/** A line of a list of parties. */
export interface PartyLine {
  readonly line: number;
  readonly change: PartyChange & { readonly name: string };
  /** Which streams are its own; `undefined` when the list does not say. */
  readonly streams: readonly string[] | undefined;
}

/** Parties as cells, to be written with `csvLines` under `partyColumns`. */
export function partyCells(party: Party, streams: readonly string[]): (number | string | null)[] {
  const { id, name, type, owner, contact, contract, priority } = party;
  const texts = [id, name, type, owner, contact, contract].map(keptCell);
  return [...texts, priority, keptCell(streams.join(' '))];
}

/**
 * Reads a list of parties. The first line may say the order of the columns; a column that is not there leaves what is known as it is,
 * an empty cell empties it.
 *
 * @returns the lines that can be taken, and problems for the others: `parties/no-name`, `parties/bad-type`, `parties/bad-priority`,
 *   `parties/twice`
 */
export function parseParties(text: string): { readonly parties: PartyLine[]; readonly problems: Problem[] } {
  const parties: PartyLine[] = [];
  const problems: Problem[] = [];
  const names = new Map<string, number>();
  const { rows } = titledRows(text, partyColumns, ['name', 'party']);
  for (const row of rows) {
    const name = (row.has('name') ? row.of('name') : row.of('party')).trim();
    const type = row.of('type').toLowerCase().replace(/[ _]/g, '-');
    const priority = row.of('priority').trim();
    const before = names.get(foldedName(name));
    if (name === '') problems.push(lineProblem('parties/no-name', row.line));
    else if (before !== undefined) problems.push(lineProblem('parties/twice', row.line, { name, first: before }));
    else if (type !== '' && !isPartyType(type))
      problems.push(lineProblem('parties/bad-type', row.line, { type, known: partyTypes.join(', ') }));
    else if (priority !== '' && readPriority(priority) === undefined)
      problems.push(lineProblem('parties/bad-priority', row.line, { priority, greatest: greatestPriority }));
    else {
      names.set(foldedName(name), row.line);
      parties.push({
        line: row.line,
        change: {
          name,
          ...(row.of('id') === '' ? {} : { id: row.of('id') }),
          ...(type === '' ? {} : { type }),
          ...(row.has('owner') ? { owner: row.of('owner') } : {}),
          ...(row.has('contact') ? { contact: row.of('contact') } : {}),
          ...(row.has('contract') ? { contract: row.of('contract') } : {}),
          ...(row.has('priority') ? { priority: readPriority(priority) ?? null } : {}),
        },
        streams: row.has('streams') ? cellParts(row.of('streams')) : undefined,
      });
    }
  }
  return { parties, problems };
}

/** A priority as it is typed: 1 (first) to 99. @returns `undefined` when it is none */
export function readPriority(text: string): number | undefined {
  return /^[1-9]\d?$/.test(text) ? Number(text) : undefined;
}
