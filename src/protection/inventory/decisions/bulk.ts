// Decisions by the list: stream,verdict,why,party, with the parts they are about where there are any.
import { parseDomainName } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import { cellParts, lineProblem, titledRows } from '../csv-text.ts';
import { decisionVerdicts } from '../model.ts';
import type { DecisionVerdict } from '../model.ts';
import { parsePrefix } from '../network-table.ts';
import type { Decision, Narrowing, NewDecision } from './model.ts';

const bulkColumns = ['stream', 'verdict', 'why', 'party', 'sources', 'domains'] as const;

/** A line of such a list. `party`: a name, `undefined` where none is said. */
export interface BulkLine {
  readonly line: number;
  readonly stream: string;
  readonly verdict: DecisionVerdict;
  readonly why: string;
  readonly party: string | undefined;
  readonly narrow: Narrowing;
}

/**
 * Reads decisions by the list; the column of streams may be called `id`. Lines without a verdict are passed over: they are the ones nobody has decided on yet.
 *
 * @returns the lines, and what is wrong with others: `decisions/no-stream`, `decisions/bad-verdict`, `decisions/bad-source`,
 *   `decisions/bad-domain`
 */
export function parseBulk(text: string): { readonly lines: BulkLine[]; readonly problems: Problem[] } {
  const lines: BulkLine[] = [];
  const problems: Problem[] = [];
  const { rows } = titledRows(text, bulkColumns, ['stream', 'verdict']);
  for (const row of rows) {
    const { line } = row;
    const stream = (row.has('stream') ? row.of('stream') : row.of('id')).trim();
    const said = row.of('verdict').trim().toLowerCase();
    if (said === '') continue;
    const verdict = decisionVerdicts.find((each) => each === said);
    const { narrow, problems: amiss } = narrowingOf(cellParts(row.of('sources')), cellParts(row.of('domains')), line);
    problems.push(...amiss);
    if (stream === '') problems.push(lineProblem('decisions/no-stream', line));
    else if (verdict === undefined) problems.push(lineProblem('decisions/bad-verdict', line, { verdict: said }));
    else if (amiss.length === 0) {
      const party = row.of('party').trim();
      lines.push({ line, stream, verdict, why: row.of('why'), party: party === '' ? undefined : party, narrow });
    }
  }
  return { lines, problems };
}

/** Reads addresses, networks and author domains into a narrowing in canonical form. */
export function narrowingOf(
  sources: readonly string[],
  domains: readonly string[],
  line = 0,
): { readonly narrow: Narrowing; readonly problems: Problem[] } {
  const problems: Problem[] = [];
  const prefixes = sources.flatMap((source) => {
    const prefix = parsePrefix(source.trim());
    if (prefix !== undefined) return [prefix.text];
    problems.push(lineProblem('decisions/bad-source', line, { source }));
    return [];
  });
  const names = domains.flatMap((domain) => {
    const name = parseDomainName(domain.trim());
    if (name.ok) return [name.value];
    problems.push(lineProblem('decisions/bad-domain', line, { domain }));
    return [];
  });
  return { narrow: { sources: [...new Set(prefixes)].sort(), authorDomains: [...new Set(names)].sort() }, problems };
}

/** One text for a part of a stream, the same for the same part. */
export function partKey(stream: string, { sources, authorDomains }: Narrowing): string {
  return JSON.stringify([stream, sources, authorDomains]);
}

/** Whether a decision that stands says what is to be decided, of the same part as it is now. */
export function saysAlready(standing: Decision | undefined, entry: NewDecision): boolean {
  return (
    standing !== undefined &&
    standing.undone === undefined &&
    standing.verdict === entry.verdict &&
    standing.why === entry.why &&
    partKey(standing.stream, standing.narrow) === partKey(entry.stream, entry.narrow) &&
    JSON.stringify(standing.anchor.signing) === JSON.stringify(entry.anchor.signing) &&
    standing.anchor.sources.toText() === entry.anchor.sources.toText()
  );
}
