// How fast questions go out: name servers of others answer them, and thousands at once would look like an attack.

/** What a pace goes by: a clock that only goes forward, and a way to wait. Both in milliseconds. */
export interface Clock {
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/**
 * A turn for each question, so many a second and evenly spread: they are taken in the order in which they are asked for. A pause is
 * not made up for afterwards.
 *
 * @param perSecond above 0; Infinity never waits
 */
export function pace(perSecond: number, { now, wait }: Clock): () => Promise<void> {
  if (!(perSecond > 0)) throw new RangeError('a pace is above 0');
  const step = 1000 / perSecond;
  let next = -Infinity;
  return async () => {
    const moment = now();
    const turn = Math.max(next, moment);
    next = turn + step;
    if (turn > moment) await wait(turn - moment);
  };
}
