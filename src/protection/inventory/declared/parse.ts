import { parseDomainName } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import { cellParts, keptCell, lineProblem, titledRows } from '../csv-text.ts';
import { parsePrefix } from '../network-table.ts';
import type { Prefix } from '../network-table.ts';
import { rhythmOf } from './model.ts';
import type { Declaration } from './model.ts';

export const declaredColumns = ['party', 'sender', 'domains', 'networks', 'purpose', 'rhythm', 'exclusive'] as const;

/** Wider than this nobody has for himself alone; it is a slip of the pen, or a way to let everyone in. */
const widest = { 4: 8, 6: 16 } as const;

/**
 * Reads what an organisation says it has: CSV with the columns `party,sender,domains,networks,purpose,rhythm`, and `exclusive` where
 * one says so. A line of titles may put them in another order. Several domains or networks in a cell stand apart by blanks, commas
 * or semicolons.
 *
 * @returns the lines that say something, and what is amiss, each with its line: `declared/bad-domain`, `declared/bad-network`,
 *   `declared/too-wide` (only that name or network is left out), `declared/bad-exclusive` (taken as no), `declared/bad-rhythm` (kept
 *   as it is), `declared/nothing-said` and `declared/twice` (the line is left out)
 */
export function parseDeclared(text: string): { readonly declarations: Declaration[]; readonly problems: Problem[] } {
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  const lines = new Map<string, number>();
  const { rows } = titledRows(text, declaredColumns, ['party', 'sender', 'domains', 'networks']);
  for (const row of rows) {
    const add = (code: string, values: Readonly<Record<string, string>> = {}): void => {
      problems.push(lineProblem(code, row.line, values));
    };
    const domains = new Set<string>();
    for (const part of cellParts(row.of('domains'))) {
      const name = parseDomainName(part);
      if (name.ok) domains.add(name.value);
      else add('declared/bad-domain', { domain: part });
    }
    const networks = new Set<string>();
    for (const part of cellParts(row.of('networks'))) {
      const prefix = parsePrefix(part);
      if (prefix === undefined) add('declared/bad-network', { network: part });
      else if (isTooWide(prefix)) add('declared/too-wide', { network: part });
      else networks.add(prefix.text);
    }
    const said = row.of('exclusive').trim().toLowerCase();
    const exclusive = said === '' ? null : (yesOrNo.get(said) ?? false);
    if (said !== '' && !yesOrNo.has(said)) add('declared/bad-exclusive', { text: said });
    const rhythm = row.of('rhythm');
    if (rhythm !== '' && rhythmOf(rhythm) === undefined) add('declared/bad-rhythm', { text: rhythm });
    const declaration = {
      party: row.of('party'),
      sender: row.of('sender'),
      domains: [...domains],
      networks: [...networks],
      purpose: row.of('purpose'),
      rhythm,
      exclusive,
    };
    if (declaration.sender === '' && domains.size === 0 && networks.size === 0) {
      add('declared/nothing-said');
      continue;
    }
    const before = lines.get(JSON.stringify(declaration));
    if (before !== undefined) {
      add('declared/twice', { first: String(before) });
      continue;
    }
    lines.set(JSON.stringify(declaration), row.line);
    declarations.push(declaration);
  }
  return { declarations, problems };
}

const yesOrNo = new Map<string, boolean>([
  ...['yes', 'y', 'true', '1', 'ja', 'j', 'x', 'exclusive'].map((word) => [word, true] as const),
  ...['no', 'n', 'false', '0', 'nee', 'shared'].map((word) => [word, false] as const),
]);

function isTooWide({ network }: Prefix): boolean {
  return network.prefix < widest[network.family];
}

/** A declaration as cells, to be written with `csvLines` under `declaredColumns`. */
export function declaredCells({ party, sender, domains, networks, purpose, rhythm, exclusive }: Declaration): string[] {
  const said = exclusive === null ? '' : exclusive ? 'yes' : 'no';
  return [party, sender, domains.join(' '), networks.join(' '), purpose, rhythm, said].map(keptCell);
}
