import type { Problem } from '../problem.ts';
import type { Directive } from './record.ts';

/** Why a judgement is what it is, by the clause of RFC 7208 that makes it so. */
export function reason(code: string, clause: string, values: Record<string, string | number>): Problem {
  return { code, values, see: `RFC 7208 §${clause}` };
}

// Made once a mechanism: a compilation says it of hundreds, and of an include for every network behind it.
const matches = new WeakMap<Directive, Problem>();

/** That a mechanism of a domain's record matched (RFC 7208 §4.6.2). */
export function matchReason(directive: Directive, domain: string): Problem {
  const known = matches.get(directive);
  if (known?.values?.['domain'] === domain) return known;
  const made = reason('spf/matched', '4.6.2', { domain, term: directive.text });
  matches.set(directive, made);
  return made;
}
