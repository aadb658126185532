import type { Day } from '../../history.ts';

/** What a person said belongs to a stream of its own: what holds of all the kinds that are given, of any of each kind. */
export interface StreamPin {
  /** The stream it was taken out of. */
  readonly of: string;
  /** Keys of set-ups; these hold wherever their mail is found. */
  readonly keys: readonly string[];
  /** Addresses and networks, and author domains: of the stream it was taken out of. */
  readonly sources: readonly string[];
  readonly authorDomains: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly who: string;
}

/** What is kept of a stream from day to day. */
export interface StreamIdentity {
  /** Once given, never given to another. */
  readonly id: string;
  readonly name: string;
  /** Who gave it its name; `null` where nobody did and a better one may be found. */
  readonly namedBy: string | null;
  /** A person said that it is part of this one. */
  readonly mergedInto: string | null;
  readonly pin: StreamPin | null;
  /** The id of the party that owns it. */
  readonly party: string | null;
  readonly firstSeen: Day | null;
  /** The keys of set-ups that are its now; one that is not seen for a while stays its own. */
  readonly keys: readonly string[];
  /** Keys that were first its own and are another's now, since attribution put them together with those. */
  readonly lostKeys: readonly string[];
}

/** The stream that an identity stands for: itself, or what it was merged into. */
export function mergedTarget(id: string, byId: ReadonlyMap<string, Pick<StreamIdentity, 'mergedInto'>>): string {
  const seen = new Set([id]);
  let at = id;
  for (;;) {
    const next = byId.get(at)?.mergedInto;
    if (next === null || next === undefined || seen.has(next)) return at;
    seen.add(next);
    at = next;
  }
}
