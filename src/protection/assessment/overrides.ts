import type { OverrideType } from '../../standards/reports/index.ts';
import type { Columns, Dictionaries } from '../history.ts';
import type { Overrides } from './assessment.ts';

export type ReasonSums = Columns<'reasons', 'messages' | 'rows'>;

/** Why receivers departed from the policy. A list of reasons is shared by rows; one that names a type twice counts once for it. */
export function overridesOf(sums: ReasonSums, dictionaries: Dictionaries): Overrides {
  let messages = 0;
  let rows = 0;
  const types = new Map<OverrideType | null, { messages: number; rows: number; comments: Map<string, number> }>();
  for (let row = 0; row < sums.length; row++) {
    const reasons = dictionaries.reasons(sums.reasons[row]!);
    if (reasons.length === 0) continue;
    messages += sums.messages[row]!;
    rows += sums.rows[row]!;
    for (const type of new Set(reasons.map((reason) => reason.type ?? null))) {
      let entry = types.get(type);
      if (entry === undefined) types.set(type, (entry = { messages: 0, rows: 0, comments: new Map() }));
      entry.messages += sums.messages[row]!;
      entry.rows += sums.rows[row]!;
      const comments = new Set(
        reasons.filter((each) => (each.type ?? null) === type).map((each) => each.comment ?? ''),
      );
      for (const comment of comments) {
        if (comment !== '') entry.comments.set(comment, (entry.comments.get(comment) ?? 0) + sums.messages[row]!);
      }
    }
  }
  return {
    messages,
    rows,
    types: [...types]
      .map(([type, entry]) => ({
        type,
        messages: entry.messages,
        rows: entry.rows,
        comments: [...entry.comments]
          .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
          .slice(0, 5)
          .map(([comment, count]) => ({ comment, messages: count })),
      }))
      .sort((a, b) => b.messages - a.messages || b.rows - a.rows),
  };
}
