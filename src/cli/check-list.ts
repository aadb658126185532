import { readFileSync } from 'node:fs';
import { safeText } from '../rendering/safe-text.ts';
import { domainName, parseDomainName } from '../standards/dns/index.ts';
import type { DomainName } from '../standards/dns/index.ts';
import { domainOption } from './arguments.ts';
import { note } from './terminal.ts';

/** Names as they were typed or listed, each once, and how many could not be read. */
export interface DomainList {
  readonly domains: readonly DomainName[];
  readonly bad: number;
}

/**
 * The domains of a command: its arguments, and those of lists (one name a line; `#` begins a comment; `-` is standard input).
 * A line that is no name is said and passed over.
 *
 * @throws {UsageError} for an argument that is no name
 */
export function domainList(names: readonly string[], files: readonly string[]): DomainList {
  const domains = new Set<DomainName>(names.map((name) => domainName(domainOption(name, 'DOMAIN') ?? '')));
  let bad = 0;
  for (const file of files) {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, '');
    for (const [at, line] of text.split(/\r?\n/).entries()) {
      const name = line.replace(/#.*/, '').trim();
      if (name === '') continue;
      const reading = parseDomainName(name);
      if (reading.ok) domains.add(reading.value);
      else {
        bad += 1;
        if (bad <= 10) note(safeText(`${file}, line ${at + 1}: ${name} is no domain name`, 200));
      }
    }
  }
  if (bad > 10) note(`… and ${bad - 10} more lines that are no domain names`);
  return { domains: [...domains], bad };
}
