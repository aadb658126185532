// What SPF would say today of one address for one domain, held against what a report says it said: whether the difference lies in records
// that changed. A difference that kept records do not explain is the receiver's, or somebody's on the way, and is no drift.
import { outcomeAt } from '../../../standards/spf/index.ts';
import type { SpfOutcome, SpfResult } from '../../../standards/spf/index.ts';
import type { IpAddress } from '../../../standards/dns/index.ts';
import type { Day } from '../../history.ts';
import type { SpfLook, SpfVersion } from './spf-days.ts';

/**
 * Why SPF would, or may, say something else today.
 *
 * - `changed`: the records of the day explain what the report says, and those of now say otherwise.
 * - `by-message`: the same, but a term that looks at the message has a part in it, so that it is not certain.
 * - `unanswered`: the same, but today the DNS gave no answer, which may pass.
 * - `not-kept`: the records of now say otherwise, and those of the day were not kept. Assumed: the report stands.
 */
const wordReasons = ['changed', 'by-message', 'unanswered', 'not-kept'] as const;
export type WordReason = (typeof wordReasons)[number];

/** Another word of SPF. */
export interface SpfWord {
  readonly result: SpfResult;
  readonly why: WordReason;
}

/**
 * What SPF would say of an address today, where that is another thing than was said.
 *
 * @param versions the records as they stood, those of other days among them
 * @returns `undefined` when it would say the same, when nothing shows that records have to do with it, and when nothing is known of the
 *   records of now
 */
export function spfWord(
  said: { readonly result: string; readonly address: IpAddress; readonly first: Day; readonly last: Day },
  now: SpfLook,
  versions: readonly SpfVersion[],
): SpfWord | undefined {
  const today = outcomeAt(now.compiled, said.address);
  if (today.result === said.result || (today.result === 'temperror' && now.lacks)) return undefined;
  const passed = said.result === 'pass';
  const met = versions.filter(({ from, until }) => from <= said.last && until >= said.first);
  let isByMessage = today.depends.length > 0;
  let isKept = met.length > 0;
  let isExplained = false;
  for (const version of met) {
    const then = outcomeAt(version.compiled, said.address);
    if ((then.result === 'temperror' && version.lacks) || version.keptSince > said.last) {
      isKept = false;
      continue;
    }
    // A look that came after some of this mail tells of the rest of it.
    if (version.keptSince > said.first) isKept = false;
    if (isSame(then, today)) continue;
    // SPF's word may be another one of the same weight (neutral for softfail): what matters is whether it passed.
    if ((then.result === 'pass') !== passed && then.depends.length === 0) continue;
    isExplained = true;
    isByMessage ||= then.depends.length > 0;
  }
  if (isExplained) {
    const why = isByMessage ? 'by-message' : today.result === 'temperror' ? 'unanswered' : 'changed';
    return { result: today.result, why };
  }
  return isKept ? undefined : { result: today.result, why: 'not-kept' };
}

/** Whether two outcomes are one, for whatever message. */
function isSame(one: SpfOutcome, other: SpfOutcome): boolean {
  return one.result === other.result && dependence(one) === dependence(other);
}

function dependence({ depends }: SpfOutcome): string {
  return depends.map(({ domain, term }) => `${domain} ${term.text}`).join(' ');
}
