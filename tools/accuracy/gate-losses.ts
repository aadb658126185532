// What steps cost: how mail fared in two plays of one world, and to which step a difference is put down.

/** How mail of an origin under an author domain fared. */
export interface Fared {
  readonly quarantined: number;
  readonly rejected: number;
}

/** What of `truth/totals.json` of a played world is used. */
export interface PlayedTotals {
  readonly playedDomains: Readonly<Record<string, number>>;
  readonly turnedAway: Readonly<Record<string, number>>;
}

/** What a step cost one origin under one author domain. */
export interface Loss {
  /** Of the step. */
  readonly domain: string;
  readonly origin: string;
  readonly author: string;
  readonly messages: number;
  /** Whether mail of the origin under that author domain was reported before the step. */
  readonly isSeen: boolean;
}

/** What became of mail, by `ORIGIN|AUTHOR DOMAIN`. */
export function faredOf({ playedDomains }: PlayedTotals): Map<string, Fared> {
  const found = new Map<string, Fared>();
  for (const [key, count] of Object.entries(playedDomains)) {
    const at = key.lastIndexOf('|');
    const pair = key.slice(0, at);
    const { quarantined, rejected } = found.get(pair) ?? { quarantined: 0, rejected: 0 };
    const fate = key.slice(at + 1);
    found.set(pair, {
      quarantined: quarantined + (fate === 'quarantine' ? count : 0),
      rejected: rejected + (fate === 'reject' ? count : 0),
    });
  }
  return found;
}

/** The nearest of some domains at or above a name; the top of the name where there is none. */
function nearest(name: string, domains: ReadonlySet<string>): string {
  let domain = name;
  while (!domains.has(domain) && domain.includes('.')) domain = domain.slice(domain.indexOf('.') + 1);
  return domain;
}

/**
 * What a change cost, by origin and author domain: mail that did not arrive and would have, or that was rejected and would have been
 * quarantined. It is put down to the nearest changed domain at or above the author's.
 */
export function lossesOf(
  unchanged: ReadonlyMap<string, Fared>,
  changed: ReadonlyMap<string, Fared>,
  domains: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): Loss[] {
  const losses: Loss[] = [];
  for (const [pair, { quarantined, rejected }] of changed) {
    const was = unchanged.get(pair) ?? { quarantined: 0, rejected: 0 };
    const messages = Math.max(rejected - was.rejected, quarantined + rejected - was.quarantined - was.rejected);
    if (messages <= 0) continue;
    const [origin = '', author = ''] = pair.split('|');
    losses.push({ domain: nearest(author, domains), origin, author, messages, isSeen: seen.has(pair) });
  }
  return losses;
}

/** What is lost in a play at all, whatever was lost before. */
export function lostIn(
  changed: ReadonlyMap<string, Fared>,
  domains: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): Loss[] {
  return lossesOf(new Map(), changed, domains, seen);
}

/** What was turned away at MAIL FROM and would not have been: put down to the domain that SPF was asked for. */
export function turnedAwayBy(unchanged: PlayedTotals, changed: PlayedTotals, seen: ReadonlySet<string>): Loss[] {
  return Object.entries(changed.turnedAway).flatMap(([key, count]) => {
    const messages = count - (unchanged.turnedAway[key] ?? 0);
    const [origin = '', author = '', domain = ''] = key.split('|');
    return messages <= 0 ? [] : [{ domain, origin, author, messages, isSeen: seen.has(`${origin}|${author}`) }];
  });
}
