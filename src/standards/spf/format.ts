import { formatAddress } from '../dns/index.ts';
import { assertNever } from '../problem.ts';
import type { Directive, SpfRecord, Term } from './record.ts';

/**
 * Writes a record: one space between terms, names in lower case, no `+`, networks without host bits and without the prefix
 * length that is taken to be there anyway. What it means stays the same. Parts a TXT record needs are `toStrings`' work.
 */
export function format(record: Pick<SpfRecord, 'terms'>): string {
  return ['v=spf1', ...record.terms.map(formatTerm)].join(' ');
}

/** Writes one term as `format` does. */
export function formatTerm(term: Term): string {
  if ('value' in term) return `${term.kind === 'unknown' ? term.name : term.kind}=${term.value.text}`;
  return `${term.qualifier === '+' ? '' : term.qualifier}${mechanism(term)}`;
}

function mechanism(term: Directive): string {
  switch (term.kind) {
    case 'all':
      return 'all';
    case 'include':
    case 'exists':
      return `${term.kind}:${term.domain.text}`;
    case 'ptr':
      return term.domain === undefined ? 'ptr' : `ptr:${term.domain.text}`;
    case 'a':
    case 'mx':
      return `${term.kind}${term.domain === undefined ? '' : `:${term.domain.text}`}${
        term.prefix4 === 32 ? '' : `/${term.prefix4}`
      }${term.prefix6 === 128 ? '' : `//${term.prefix6}`}`;
    case 'ip4':
    case 'ip6': {
      const { network } = term;
      const length = network.prefix === (network.family === 4 ? 32 : 128) ? '' : `/${network.prefix}`;
      return `${term.kind}:${formatAddress(network)}${length}`;
    }
    default:
      return assertNever(term);
  }
}

/**
 * Cuts a record into the character-strings of a TXT record, each at most 255 bytes (RFC 7208 §3.3: they are put together
 * without anything between). Cut after a space where there is one, so that people can read them.
 */
export function toStrings(text: string): string[] {
  const strings: string[] = [];
  let start = 0;
  while (text.length - start > 255) {
    const space = text.lastIndexOf(' ', start + 254);
    const end = space > start ? space + 1 : start + 255;
    strings.push(text.slice(start, end));
    start = end;
  }
  strings.push(text.slice(start));
  return strings;
}
