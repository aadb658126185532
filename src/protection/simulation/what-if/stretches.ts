// The days of the past, cut where records changed. A report of several days does not say on which of them its mail came: around a change
// such mail is kept apart, since it may have met the records of either side.
import type { Day, Where } from '../../history.ts';
import type { Epoch } from './mail.ts';

/** How many days before or after a change a report of a week may tell of that also tells of its other side. */
const nearDays = 6;

/** A stretch of days, and the one whose records mail of a longer report may have met instead. */
export interface Stretch {
  readonly epoch: Epoch;
  /** The day whose records it is judged by. */
  readonly day: Day;
  /** Only mail of reports of several days is in it, and it may have come in this other stretch. */
  readonly other?: number;
}

/** The stretches between changes of what is published; around a change those days apart on which a longer report may tell of both sides. */
export function stretchesOf(changes: readonly Day[], where: Where | undefined): Stretch[] {
  const inside = changes.filter((day) => day > (where?.since ?? -Infinity) && day <= (where?.until ?? Infinity));
  const cuts: { readonly since?: Day; readonly until?: Day; readonly day: Day; readonly other?: 'after' | 'before' }[] =
    [];
  let from: Day | undefined;
  for (const [at, change] of [...inside, undefined].entries()) {
    const until = change === undefined ? undefined : change - 1;
    const start = inside[at - 1];
    const day = start ?? until ?? 0;
    // The days that are near the change before, those in between, and those that are near the next; a short stretch is near both.
    const head = start === undefined ? undefined : Math.min(start + nearDays - 1, until ?? Infinity);
    const tail = until === undefined ? undefined : Math.max(until - nearDays + 1, (head ?? -Infinity) + 1);
    if (start !== undefined && head !== undefined) {
      cuts.push({ since: start, until: head, day, other: 'before' });
      from = head + 1;
    }
    if (tail === undefined || until === undefined) cuts.push({ ...(from === undefined ? {} : { since: from }), day });
    else {
      if (from === undefined || from < tail)
        cuts.push({ ...(from === undefined ? {} : { since: from }), until: tail - 1, day });
      if (tail <= until) cuts.push({ since: tail, until, day, other: 'after' });
    }
  }
  const stretches = cuts.map(({ since, until, day, other }, at): Stretch => {
    const epoch = { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
    if (other === undefined) return { epoch, day };
    const wanted = cuts.findIndex((cut, place) => (other === 'after' ? place > at && cut.day !== day : false));
    const place = other === 'after' ? wanted : cuts.findLastIndex((cut, before) => before < at && cut.day !== day);
    return place === -1 ? { epoch, day } : { epoch, day, other: place };
  });
  // Mail of longer reports gets stretches of its own, behind the others.
  const spread: Stretch[] = [];
  const all = stretches.map(({ epoch, day, other }): Stretch => {
    if (other === undefined) return { epoch, day };
    spread.push({ epoch: {}, day, other });
    return { epoch: { ...epoch, near: { other, spread: stretches.length + spread.length - 1 } }, day };
  });
  return [...all, ...spread];
}
