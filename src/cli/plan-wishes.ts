// What of a plan comes beside the DMARC record: options as they are typed, and the SPF part of a wish.
import type { Organisation } from '../app.ts';
import { synthesise } from '../protection/plan/index.ts';
import type { RecordsWish } from '../protection/plan/index.ts';
import { endedSpf, isUntold, spfWishOf, withSpfEnd } from '../protection/plan/readiness/index.ts';
import type { SpfCare, SpfEnd } from '../protection/plan/readiness/index.ts';
import { besideParts } from '../protection/plan/wishes/index.ts';
import type { besideWishes, BesideOptions, BesidePart } from '../protection/plan/wishes/index.ts';
import { PublishedDays } from '../protection/simulation/what-if/index.ts';
import type { KeptRecord } from '../protection/simulation/what-if/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { speech } from '../rendering/speech.ts';
import type { Answer, DomainName, Resolver } from '../standards/dns/index.ts';
import { domainOption } from './arguments.ts';
import { UsageError, note } from './terminal.ts';

/** Options of what goes beside, as they are typed. */
export interface BesideCommandOptions {
  readonly only?: string[];
  readonly retireKeys?: boolean;
  readonly mtaSts?: string;
  readonly stsHost?: string;
  readonly tlsReports?: string;
}

/** The world as it was kept last. Records with bytes, which a what-if never asks for, are looked up one by one. */
export function keptResolver({ register }: Organisation, kept: readonly KeptRecord[]): Resolver {
  const world = new PublishedDays(kept).at(Infinity);
  return async (name, type) => {
    if (type !== 'TLSA' && type !== 'DNSKEY' && type !== 'DS') return world(name, type);
    const found = register.snapshots.answerAt(name, type, Number.MAX_SAFE_INTEGER);
    if (found !== undefined) return found.answer as Answer<typeof type>;
    // A zone that was kept whole tells of all but its own DS, which is in the zone above (RFC 4035 §3.1.4.1).
    return world(type === 'DS' ? name.slice(name.indexOf('.') + 1) : name, type);
  };
}

/** What the last look at a domain found. */
export function lookOf({ register }: Organisation, domain: string): TransportLook {
  const kept = register.postures.last(domain);
  if (kept === undefined) return undefined;
  const { dnssec, mail } = kept.posture.published;
  return { since: kept.firstDay, dnssec, mail };
}

type TransportLook = ReturnType<Parameters<typeof besideWishes>[0]['lookOf']>;

export function besideOptions({ only, retireKeys, mtaSts, stsHost, tlsReports }: BesideCommandOptions): BesideOptions {
  const parts = only?.filter((part) => part !== 'none').map(partOption);
  const mode = (['testing', 'enforce', 'none'] as const).find((each) => each === mtaSts);
  if (mtaSts !== undefined && mode === undefined)
    throw new UsageError(`--mta-sts ${safeText(mtaSts, 30)} is not known`, 'give testing, enforce or none');
  if (tlsReports !== undefined && !/^(?:mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/i.test(tlsReports))
    throw new UsageError(`--tls-reports ${safeText(tlsReports, 60)} is no address`, 'give mailto:ADDRESS or https://…');
  const host = domainOption(stsHost, '--sts-host');
  return {
    ...(parts === undefined ? {} : { parts: new Set(parts) }),
    ...(retireKeys === true ? { retireKeys } : {}),
    ...(mode === undefined ? {} : { stsMode: mode }),
    ...(host === undefined ? {} : { stsHost: host }),
    ...(tlsReports === undefined ? {} : { tlsReports }),
  };
}

function partOption(text: string): BesidePart {
  const part = besideParts.find((each) => each === text);
  if (part === undefined)
    throw new UsageError(`--only ${safeText(text, 30)} is not known`, `give one of ${besideParts.join(', ')}, or none`);
  return part;
}

export async function spfOf(
  domain: DomainName,
  organisation: Organisation,
  inventory: Awaited<ReturnType<Organisation['inventory']>>,
  resolver: Resolver,
  care: SpfCare,
  language: string | undefined,
): Promise<Pick<RecordsWish, 'spf'>> {
  const words = speech(language === 'nl' ? 'nl' : 'en');
  try {
    const found = await spfWishOf(domain, inventory, organisation.register.declared.list(), resolver, care);
    if ('problem' in found) {
      note(safeText(words.say(found.problem.code, found.problem.values), 400));
      return {};
    }
    const { synthesis } = await synthesise(found.wish, resolver);
    if (synthesis.outcome !== 'fits') {
      note(words.say('plan/spf-does-not-fit', { domain: safeText(domain, 253) }));
      return {};
    }
    return { spf: { records: synthesis.records, unused: synthesis.unused } };
  } catch (error) {
    if (!isUntold(error)) throw error;
    note(words.say('plan/spf-not-known', { domain: safeText(domain, 253) }));
    return {};
  }
}

/** The SPF part of a wish, with the end that is asked for; without one of its own, the record that stands there. */
export async function endedAs(
  domain: DomainName,
  wish: Pick<RecordsWish, 'spf'>,
  end: SpfEnd | undefined,
  resolver: Resolver,
  language: string | undefined,
): Promise<Pick<RecordsWish, 'spf'>> {
  if (end === undefined) return wish;
  const words = speech(language === 'nl' ? 'nl' : 'en');
  if (wish.spf !== undefined) {
    const records = wish.spf.records.map(({ name, text }) => ({
      name,
      text: name === domain ? (withSpfEnd(text, end) ?? text) : text,
    }));
    return { spf: { ...wish.spf, records } };
  }
  try {
    const text = await endedSpf(domain, end, resolver);
    if (text !== undefined) return { spf: { records: [{ name: domain, text }] } };
    note(words.say('plan/spf-end-left', { domain: safeText(domain, 253) }));
  } catch (error) {
    if (!isUntold(error)) throw error;
    note(words.say('plan/spf-not-known', { domain: safeText(domain, 253) }));
  }
  return {};
}

export function endOption(text: string | undefined): SpfEnd | undefined {
  if (text === undefined) return undefined;
  if (text === 'fail' || text === '-all') return '-all';
  if (text === 'softfail' || text === '~all') return '~all';
  throw new UsageError(`--spf-end ${safeText(text, 30)} is not known`, 'give fail (-all) or softfail (~all)');
}

export function careOption(text: string | boolean | undefined): SpfCare | undefined {
  if (text === undefined || text === false) return undefined;
  if (text === true || text === 'keep') return 'keep';
  if (text === 'tight') return 'tight';
  throw new UsageError(`--spf ${safeText(text, 30)} is not known`, 'give keep or tight');
}
