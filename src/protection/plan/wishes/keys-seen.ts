// Which keys mail was seen signed with: by signing domain and selector, of wanted mail and of all.
import type { Day } from '../../history.ts';
import type { TakenInventory } from '../../inventory/index.ts';
import { standingOf, standings } from '../../simulation/what-if/index.ts';
import { isWanted } from '../readiness/index.ts';

/** What was seen of one key. */
export interface KeySeen {
  /** The last day on which some signature of it passed, whoever sent it. */
  lastPass: Day;
  /** The last days on which wanted mail was signed with it and passed, and was and did not. */
  wantedPass: Day;
  wantedFail: Day;
  /** Messages of wanted mail. */
  messages: number;
  /** Places in `streams`: wanted ones that signed with it. */
  readonly streams: Set<number>;
}

/** By signing domain, then by selector, both in lower case. */
export type KeysSeen = ReadonlyMap<string, ReadonlyMap<string, KeySeen>>;

/** Finds the keys. A reporter that leaves the selector out shows none. */
export function keysSeen({ combinations, dictionaries, streamOf, decisionOf, kindOf }: TakenInventory): KeysSeen {
  const found = new Map<string, Map<string, KeySeen>>();
  for (let row = 0; row < combinations.length; row++) {
    const wanted = isWanted(standings[standingOf(decisionOf[row]!, kindOf[row]!)]!);
    const last = combinations.lastDay[row]!;
    for (const { domain, selector, result } of dictionaries.auth(combinations.auth[row]!)?.dkim ?? []) {
      if (domain === undefined || selector === undefined || selector === '') continue;
      const key = keyIn(found, domain.toLowerCase(), selector.toLowerCase());
      const passed = result === 'pass';
      if (passed) key.lastPass = Math.max(key.lastPass, last);
      if (!wanted) continue;
      if (passed) key.wantedPass = Math.max(key.wantedPass, last);
      else key.wantedFail = Math.max(key.wantedFail, last);
      key.messages += combinations.messages[row]!;
      key.streams.add(streamOf[row]!);
    }
  }
  return found;
}

function keyIn(found: Map<string, Map<string, KeySeen>>, domain: string, selector: string): KeySeen {
  let keys = found.get(domain);
  if (keys === undefined) found.set(domain, (keys = new Map()));
  let key = keys.get(selector);
  if (key === undefined) {
    const never = -Infinity;
    key = { lastPass: never, wantedPass: never, wantedFail: never, messages: 0, streams: new Set() };
    keys.set(selector, key);
  }
  return key;
}
