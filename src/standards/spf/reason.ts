import type { Problem } from '../problem.ts';

/** Why a judgement is what it is, by the clause of RFC 7208 that makes it so. */
export function reason(code: string, clause: string, values: Record<string, string | number>): Problem {
  return { code, values, see: `RFC 7208 §${clause}` };
}
