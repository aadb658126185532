// TLSA records of our own mail servers (RFC 7672), from the keys that they were seen to show. A record that does not fit stops the mail of all
// who check, so a key is taken only when it was seen well and lately; else its place stays open.
import { formatTlsa, isUsableTlsa } from '../../../standards/transport/index.ts';
import type { TlsaRecord } from '../../../standards/transport/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import { dayText } from '../../assessment/index.ts';
import type { Day } from '../../history.ts';
import type { Slot, TlsaWish } from '../records/wish.ts';

/** A public key that a mail server showed after STARTTLS. */
export interface KeyShown {
  /** SHA-256 of its SubjectPublicKeyInfo, in lower-case hexadecimal. */
  readonly key: string;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** On how many days it was seen. */
  readonly days: number;
  /** Whether its certificate once led to a trusted root and named the server, or TLSA records vouched for it. */
  readonly verified: boolean;
}

/** A key that was last seen longer ago may be gone by now. */
const fresh = 14;
/** Of two keys within so many days both may be in use: at several machines, or while one takes the place of the other (RFC 7671 §8.1). */
const rolling = 7;

export interface TlsaFound {
  readonly tlsa?: TlsaWish;
  readonly slot?: Slot;
  readonly notes: readonly Problem[];
}

/**
 * What is wished at the port of one of our servers.
 *
 * @param published the TLSA records that stand there
 * @param keys the keys it showed
 */
export function tlsaWish(
  host: string,
  domain: string,
  published: readonly TlsaRecord[],
  keys: readonly KeyShown[],
  asOf: Day,
): TlsaFound {
  const usable = published.filter(isUsableTlsa);
  const isThere = usable.length > 0;
  // Who names an authority changes keys without a word here (RFC 7672 §3.1.2).
  if (usable.some(({ usage }) => usage === 2)) return { notes: [] };
  const last = Math.max(...keys.map(({ lastDay }) => lastDay));
  const shown = keys.filter(({ lastDay }) => last - lastDay <= rolling);
  if (shown.length === 0 || asOf - last > fresh) {
    if (isThere) return { notes: [] };
    const old = shown.length === 0 ? [] : [note('plan/tlsa-long-ago', { host, day: dayText(last) })];
    return { slot: slotFor(host, domain), notes: old };
  }
  const sound = shown.filter(({ verified, days }) => verified || days > 1);
  // One that was seen one time only, by a certificate that nobody vouches for, may be somebody's in between.
  const doubted = shown.find((each) => each.lastDay === last && !sound.includes(each));
  if (doubted !== undefined) {
    const once = [note('plan/tlsa-seen-once', { host, day: dayText(doubted.lastDay) })];
    return isThere ? { notes: once } : { slot: slotFor(host, domain), notes: once };
  }
  const wanted = sound.map(({ key }) => `3 1 1 ${key}`);
  const there = published.map(formatTlsa);
  const isCovered = (key: KeyShown): boolean =>
    there.includes(`3 1 1 ${key.key}`) ||
    usable.some(({ selector, matchingType }) => selector !== 1 || matchingType !== 1);
  if (isThere && sound.every(isCovered)) return { notes: [] };
  const values = {
    host,
    keys: sound.length,
    day: dayText(last),
    since: dayText(Math.min(...sound.map(({ firstDay }) => firstDay))),
  };
  const how = sound.every(({ verified }) => verified) ? 'plan/tlsa-verified' : 'plan/tlsa-repeated';
  return {
    // What stands there stays: it may be of the key that comes next (RFC 7671 §8.1).
    tlsa: { host, publish: [...there, ...wanted.filter((value) => !there.includes(value))], deployed: wanted },
    notes: [
      note(how, values),
      ...(sound.length > 1 ? [note('plan/tlsa-rolling', values, 'RFC 7671 §8.1')] : []),
      ...(isThere ? [note('plan/tlsa-does-not-fit', values, 'RFC 7672 §2.2')] : []),
    ],
  };
}

function note(code: string, values: Record<string, number | string>, see = 'RFC 7672 §3.1.1'): Problem {
  return { code, values, see };
}

function slotFor(host: string, domain: string): Slot {
  return {
    name: `_25._tcp.${host}`,
    type: 'TLSA',
    kind: 'tlsa',
    template: '3 1 1 <SHA-256 of the public key of its certificate>',
    why: { code: 'plan/slot-tlsa', values: { host, domain }, see: 'RFC 7672 §3.1.1' },
    from: { code: 'plan/from-server', values: { host } },
  };
}
