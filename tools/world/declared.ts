// `declared.csv`: what the organisation says it has. Not all of it is so, and not all that is so is in it.
import type { Declaration } from './model.ts';

/** A header, then a sender a line; several domains or networks in a cell stand apart by a space. */
export function declaredCsv(declarations: readonly Declaration[]): string {
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = declarations.map(({ party, sender, domains, networks, purpose, rhythm }) =>
    [party, sender, domains.join(' '), networks.join(' '), purpose, rhythm].map(cell).join(','),
  );
  return `party,sender,domains,networks,purpose,rhythm\n${lines.join('\n')}\n`;
}
