/** Something that would shut a gate, and that a person answers for. */
export interface Acceptance {
  readonly domain: string;
  /** The id of the reason: `users` for people under reject (RFC 9989 §7.4), `declared-unseen:7`, … */
  readonly reason: string;
  readonly who: string;
  readonly why: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How many messages it was about at that moment; a reason about far more is another one. `null`: not about a number. */
  readonly messages: number | null;
}

/** More than so many times the messages that were accepted is something else than what was accepted. */
const farMore = 2;

/** Who accepted a reason, when that still holds for what it is about now. */
export function acceptedBy(
  { id, values }: { readonly id: string; readonly values: Readonly<Record<string, number | string>> },
  acceptances: readonly Acceptance[],
): string | undefined {
  const found = acceptances.filter(({ reason }) => reason === id).at(-1);
  if (found === undefined) return undefined;
  const lost = values['lost'] ?? values['spfOnly'];
  if (found.messages !== null && typeof lost === 'number' && lost > Math.max(10, found.messages * farMore))
    return undefined;
  return found.who;
}
