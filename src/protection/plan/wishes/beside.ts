// What a plan wishes for a domain beside its DMARC record, by what the domain is for: keys, HELO names, transport.
import { isAtOrBelow } from '../../../standards/dns/index.ts';
import type { Resolver } from '../../../standards/dns/index.ts';
import type { Day } from '../../history.ts';
import type { TlsTold } from '../../ingestion/index.ts';
import type { Declaration } from '../../inventory/declared/index.ts';
import type { KeptAnswer, TakenInventory } from '../../inventory/index.ts';
import type { KeptRecord } from '../../simulation/what-if/index.ts';
import type { RecordsWish } from '../records/wish.ts';
import { sendsNothing } from '../records/wanted.ts';
import type { Task } from '../tasks/index.ts';
import { declaredNames } from './declared-names.ts';
import { heloNames, heloWish } from './helo.ts';
import { keysSeen } from './keys-seen.ts';
import { keyWish } from './keys.ts';
import { stsThresholdsOf } from './tls-seen.ts';
import type { KeyShown } from './tlsa.ts';
import { transportWish } from './transport.ts';
import type { StsMode, TransportCase } from './transport.ts';

/** Parts that may be wished for. */
export const besideParts = ['dkim', 'helo', 'transport'] as const;
export type BesidePart = (typeof besideParts)[number];

export interface BesideSources {
  readonly inventory: TakenInventory;
  readonly resolver: Resolver;
  readonly kept: readonly KeptRecord[];
  readonly asOf: Day;
  /** Domains of ours. */
  readonly portfolio: ReadonlySet<string>;
  /** Days with reports, by domain. */
  readonly daysOf: (domain: string) => readonly Day[];
  /** The last look that was kept of a domain. */
  readonly lookOf: (domain: string) => TransportCase['look'];
  /** What TLS reports tell of a domain, of the days that count. */
  readonly toldOf: (domain: string) => readonly TlsTold[];
  /** What the organisation says it has, and kept answers of `reverseNameTypes`. */
  readonly declared: readonly Pick<Declaration, 'networks'>[];
  readonly reverse: () => readonly KeptAnswer[];
  /** The keys that a mail server was seen to show. */
  readonly keysOf: (host: string) => readonly KeyShown[];
  /** What is set of the thresholds of MTA-STS. */
  readonly setting: (name: string) => string | undefined;
  /** Tasks of the work list. */
  readonly tasks: readonly Task[];
}

export interface BesideOptions {
  readonly parts?: ReadonlySet<BesidePart>;
  /** Keys that nothing signs with any more are revoked, rather than told. */
  readonly retireKeys?: boolean;
  readonly stsMode?: StsMode;
  readonly stsHost?: string;
  readonly tlsReports?: string;
}

/** Adds to a wish; made once for all domains of a plan. */
export function besideWishes(
  the: BesideSources,
  options: BesideOptions = {},
): (wish: RecordsWish) => Promise<RecordsWish> {
  const { inventory, resolver, portfolio } = the;
  const parts = options.parts ?? new Set(besideParts);
  const seen = parts.has('dkim') ? keysSeen(inventory) : new Map<string, never>();
  const isOurs = (name: string): boolean => nearest(name, portfolio) !== undefined;
  const declarations = the.declared.filter(({ networks }) => networks.length > 0);
  const names = parts.has('helo')
    ? heloNames(
        inventory,
        declarations.length === 0 ? new Map<string, never>() : declaredNames(declarations, the.reverse(), isOurs),
      )
    : new Map<string, never>();
  const kept = keysKept(the.kept);
  const reportTo = options.tlsReports ?? usualTlsReports(the.kept);
  const oursAbove: TransportCase['oursAbove'] = (host) => {
    const top = furthest(host, portfolio);
    return top === undefined ? undefined : { top, dnssec: the.lookOf(top)?.dnssec };
  };
  const thresholds = stsThresholdsOf(the.setting);
  const signing = the.tasks.filter(({ action, state }) => action === 'sign' && state !== 'closed');
  return async (wish) => {
    const { domain, role } = wish;
    if (role === 'absent') return wish;
    const slots = [...(wish.slots ?? [])];
    const notes = [...(wish.notes ?? [])];
    let made = wish;
    if (parts.has('dkim')) {
      const found = await keyWish({
        domain,
        role,
        resolver,
        asOf: the.asOf,
        firstDay: the.daysOf(domain)[0],
        seen: seen.get(domain) ?? new Map(),
        kept: kept.get(domain) ?? new Map(),
        streams: inventory.streams,
        signing: signing.map(({ stream, sender, records }) => ({
          stream: stream.name,
          // Where nobody knows a service behind it, the name is that of a network.
          sender: sender.id === null ? '' : (sender.name ?? ''),
          records,
        })),
        retire: options.retireKeys === true,
      });
      slots.push(...found.slots);
      notes.push(...found.notes);
      if (found.dkim !== undefined) made = { ...made, dkim: found.dkim };
    }
    if (parts.has('helo') && !sendsNothing(wish)) {
      const isNearest = (name: string): boolean => nearest(name, portfolio) === (domain as string);
      const found = await heloWish(domain, names, isNearest, resolver);
      notes.push(...found.notes);
      if (found.helo.length > 0) made = { ...made, helo: found.helo };
    }
    if (parts.has('transport') && role !== 'parked') {
      const look = the.lookOf(domain);
      const found = await transportWish({
        domain,
        resolver,
        asOf: the.asOf,
        oursAbove,
        told: the.toldOf(domain),
        keysOf: the.keysOf,
        thresholds,
        ...(look === undefined ? {} : { look }),
        ...(reportTo === undefined ? {} : { reportTo }),
        ...(options.stsMode === undefined ? {} : { mode: options.stsMode }),
        ...(options.stsHost === undefined ? {} : { policyHost: options.stsHost }),
      });
      slots.push(...found.slots);
      notes.push(...found.notes);
      made = { ...made, ...found.wish };
    }
    return { ...made, slots, notes };
  };
}

/** The nearest domain of ours at or above a name. */
function nearest(name: string, portfolio: ReadonlySet<string>): string | undefined {
  let found: string | undefined;
  for (const domain of portfolio)
    if (isAtOrBelow(name, domain) && (found === undefined || domain.length > found.length)) found = domain;
  return found;
}

/** The domain of ours furthest above a name, or the name itself. */
function furthest(name: string, portfolio: ReadonlySet<string>): string | undefined {
  let found: string | undefined;
  for (const domain of portfolio)
    if (isAtOrBelow(name, domain) && (found === undefined || domain.length < found.length)) found = domain;
  return found;
}

const keyLabel = '._domainkey.';

/** By domain and selector: since when a key is known to stand there. */
function keysKept(kept: Iterable<KeptRecord>): Map<string, Map<string, Day>> {
  const found = new Map<string, Map<string, Day>>();
  for (const { name, type, firstDay, answer } of kept) {
    const at = name.indexOf(keyLabel);
    if (at <= 0 || (type !== 'TXT' && type !== 'CNAME') || answer.kind !== 'records' || name.startsWith('*')) continue;
    const domain = name.slice(at + keyLabel.length);
    let keys = found.get(domain);
    if (keys === undefined) found.set(domain, (keys = new Map()));
    const selector = name.slice(0, at);
    keys.set(selector, Math.min(keys.get(selector) ?? Infinity, firstDay));
  }
  return found;
}

/** Where most domains of ours have their TLS reports sent. */
function usualTlsReports(kept: Iterable<KeptRecord>): string | undefined {
  const counts = new Map<string, number>();
  for (const { name, type, answer } of kept) {
    if (type !== 'TXT' || !name.startsWith('_smtp._tls.') || answer.kind !== 'records') continue;
    for (const strings of answer.records) {
      const [, uri] =
        /^v=TLSRPTv1\s*;.*?\brua\s*=\s*([^,;\s]+)/.exec(Array.isArray(strings) ? strings.join('') : '') ?? [];
      if (uri !== undefined) counts.set(uri, (counts.get(uri) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
}
