import type { Finding, Letter, Posture, Road } from './posture.ts';
import type { LookUp } from './published.ts';

/** What changed at a domain between two looks. */
export interface PostureChange {
  readonly domain: string;
  readonly grade?: { readonly before: Letter; readonly after: Letter };
  readonly appeared: readonly Finding[];
  readonly gone: readonly Finding[];
  /** Amiss before, and now the DNS did not say: not gone. */
  readonly untold: readonly Finding[];
  /** Still amiss, and worse or better, or about another record. */
  readonly altered: readonly { readonly before: Finding; readonly after: Finding }[];
  readonly opened: readonly Road[];
  readonly closed: readonly Road[];
  /** Record sets that are not what they were. Only look-ups that were answered both times count. */
  readonly records: readonly {
    readonly name: string;
    readonly type: LookUp['type'];
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
}

/** Compares two looks at one domain. What could not be told is neither a change nor the lack of one. */
export function comparePostures(before: Posture, after: Posture): PostureChange {
  const failed = new Set(
    after.published.lookups.filter(({ outcome }) => outcome.startsWith('dns/')).map(({ name }) => name),
  );
  const oldFindings = new Map(before.findings.map((finding) => [finding.id, finding]));
  const newFindings = new Map(after.findings.map((finding) => [finding.id, finding]));
  const missing = [...oldFindings.values()].filter(({ id }) => !newFindings.has(id));
  const isUntold = ({ where, code }: Finding): boolean => failed.has(where.name) && !code.includes('/untold-');
  const altered: { before: Finding; after: Finding }[] = [];
  for (const [id, now] of newFindings) {
    const then = oldFindings.get(id);
    if (then !== undefined && (then.severity !== now.severity || then.where.record !== now.where.record)) {
      altered.push({ before: then, after: now });
    }
  }
  const oldRoads = new Set(before.forgery.roads.map(({ id }) => id));
  const newRoads = new Set(after.forgery.roads.map(({ id }) => id));
  const { letter } = before.grade;
  return {
    domain: after.domain,
    ...(letter === after.grade.letter ? {} : { grade: { before: letter, after: after.grade.letter } }),
    appeared: after.findings.filter(({ id }) => !oldFindings.has(id)),
    gone: missing.filter((finding) => !isUntold(finding)),
    untold: missing.filter(isUntold),
    altered,
    opened: after.forgery.roads.filter(({ id }) => !oldRoads.has(id)),
    closed: before.forgery.roads.filter(({ id, evidence }) => !newRoads.has(id) && !failed.has(evidence.name)),
    records: changedRecords(before.published.lookups, after.published.lookups),
  };
}

function changedRecords(before: readonly LookUp[], after: readonly LookUp[]): PostureChange['records'] {
  const then = new Map(before.map((lookUp) => [`${lookUp.type} ${lookUp.name}`, lookUp]));
  return after.flatMap((now) => {
    const old = then.get(`${now.type} ${now.name}`);
    if (old === undefined || old.outcome.startsWith('dns/') || now.outcome.startsWith('dns/')) return [];
    const [was, is] = [[...old.records].sort(), [...now.records].sort()];
    if (was.length === is.length && was.every((record, index) => record === is[index])) return [];
    return [{ name: now.name, type: now.type, before: was, after: is }];
  });
}
