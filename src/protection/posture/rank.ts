import { letters } from './grade.ts';
import type { Letter, Posture, Road, Role, Severity } from './posture.ts';
import type { PolicyView } from './published.ts';

/** One domain in a ranking. */
export interface Ranked {
  /** From 1; domains that are equal share a place. */
  readonly place: number;
  readonly domain: string;
  readonly letter: Letter;
  readonly certain: boolean;
  readonly role: Role;
  readonly asks: PolicyView['asks'];
  readonly roads: Readonly<Record<Severity, number>>;
  readonly findings: Readonly<Record<Severity, number>>;
  /** Strangers can mail in its name: nothing is asked of receivers, or something lets them pass all the same. */
  readonly isOpen: boolean;
  /** The worst road that counts, which is what to mend first. */
  readonly worst?: Road;
}

/**
 * Ranks domains by how well they are protected, the best first: by letter, then by roads that are open, the worst kind first, then by
 * findings, then by name.
 */
export function rank(postures: Iterable<Posture>): Ranked[] {
  const rows = [...postures].map(rowOf).sort(compare);
  let place = 0;
  return rows.map((row, index) => {
    const before = rows[index - 1];
    if (before === undefined || compareProtection(before, row) !== 0) place = index + 1;
    return { place, ...row };
  });
}

type Row = Omit<Ranked, 'place'>;

function rowOf({ domain, grade, role, published, forgery, findings }: Posture): Row {
  const worst = forgery.roads.find(({ severity }) => severity !== 'note');
  const { asks } = published.dmarc.domain.current;
  return {
    domain,
    letter: grade.letter,
    certain: grade.certain,
    role,
    asks,
    isOpen: asks === 'none' || asks === 'nothing' || grade.letter === 'F',
    roads: countBySeverity(forgery.roads),
    findings: countBySeverity(findings),
    ...(worst && { worst }),
  };
}

function countBySeverity(list: readonly { readonly severity: Severity }[]): Record<Severity, number> {
  const counts = { critical: 0, serious: 0, moderate: 0, minor: 0, note: 0 };
  for (const { severity } of list) counts[severity] += 1;
  return counts;
}

const counted = ['critical', 'serious', 'moderate', 'minor'] as const;

function compareProtection(one: Row, other: Row): number {
  const byLetter = letters.indexOf(other.letter) - letters.indexOf(one.letter);
  if (byLetter !== 0) return byLetter;
  for (const list of ['roads', 'findings'] as const) {
    for (const severity of counted) {
      const difference = one[list][severity] - other[list][severity];
      if (difference !== 0) return difference;
    }
  }
  return 0;
}

function compare(one: Row, other: Row): number {
  return compareProtection(one, other) || (one.domain < other.domain ? -1 : 1);
}
