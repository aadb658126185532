// What becomes of signatures: keys that go, streams that begin to sign.
import { parseDomainName, ResolverError } from '../../../standards/dns/index.ts';
import type { Resolver } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import type { MailStream } from '../../inventory/index.ts';
import { doubt } from './judge.ts';
import type { Ledger } from './judge.ts';
import type { SeenMail } from './mail.ts';

/**
 * Keys of mail that was seen that stand elsewhere, by an alias (CNAME), where a change leaves none: as `selector._domainkey.domain`,
 * each with the names it leads by.
 *
 * @param emptied names whose TXT records hold no key after the change
 */
export async function keysByAlias(
  mail: SeenMail,
  emptied: ReadonlySet<string>,
  resolver: Resolver,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  if (emptied.size === 0) return found;
  const seen = new Set(
    mail.signatureSets.flatMap((set) =>
      set.filter(({ selector }) => selector !== '').map(({ domain, selector }) => `${selector}._domainkey.${domain}`),
    ),
  );
  for (const name of seen) {
    const parsed = parseDomainName(name);
    if (!parsed.ok || emptied.has(name)) continue;
    try {
      const { aliases } = await resolver(parsed.value, 'TXT');
      const through = aliases.map((alias) => alias.toLowerCase());
      if (through.some((alias) => emptied.has(alias))) found.set(name, through);
    } catch (error) {
      // Nothing is known of where this key stands: it is taken to stand where its name says.
      if (!(error instanceof ResolverError)) throw error;
    }
  }
  return found;
}

/** The facts after keys have gone and streams have begun to sign; `undefined` when neither happens. */
export function resigned(
  mail: SeenMail,
  ledger: Ledger,
  streams: readonly MailStream[],
  retired: ReadonlySet<string>,
  signing: ReadonlySet<string>,
): ((facts: number, stream: number) => number) | undefined {
  if (retired.size === 0 && signing.size === 0) return undefined;
  const selectors = new Map<string, Set<string>>();
  for (const set of mail.signatureSets) {
    for (const { domain, selector } of set) {
      if (selector === '') continue;
      const known = selectors.get(domain);
      if (known === undefined) selectors.set(domain, new Set([selector]));
      else known.add(selector);
    }
  }
  /** 2: gone, 1: perhaps, 0: not. */
  const gone = ({ domain, selector }: { readonly domain: string; readonly selector: string }): 0 | 1 | 2 => {
    if (selector !== '') return retired.has(`${selector}._domainkey.${domain}`) ? 2 : 0;
    const known = [...(selectors.get(domain) ?? [])];
    const hit = known.filter((each) => retired.has(`${each}._domainkey.${domain}`)).length;
    const named = [...retired].some((name) => name.endsWith(`._domainkey.${domain}`));
    return hit === 0 ? (named && known.length === 0 ? 1 : 0) : hit === known.length ? 2 : 1;
  };
  const done = new Map<number, number>();
  const after = (of: number, stream: number): number => {
    const signs = stream >= 0 && signing.has(streams[stream]?.id ?? '');
    const key = of * 2 + (signs ? 1 : 0);
    let next = done.get(key);
    if (next !== undefined) return next;
    next = of;
    const { author, signatures, spf, assumed, denied, also } = ledger.facts[of]!;
    // What may be true instead meets the change too.
    const other = also === undefined ? {} : { also: { ...also, facts: after(also.facts, stream) } };
    const set = ledger.signatureSets[signatures]!;
    const fates_ = set.map(gone);
    if (fates_.some((fate) => fate > 0)) {
      const left = set.filter((_, at) => fates_[at] === 0);
      const facts = { author, signatures: ledger.signatures(left), spf, assumed: assumed & 2, denied, ...other };
      const isSure = fates_.every((fate) => fate !== 1);
      next = ledger.factsOf(isSure ? facts : { ...facts, also: { facts: of, doubts: doubt['selector-untold'] } });
    }
    if (signs) {
      const now = ledger.facts[next]!;
      const own = { domain: ledger.authors[author]!, selector: '' };
      next = ledger.factsOf({
        author,
        signatures: ledger.signatures([...ledger.signatureSets[now.signatures]!, own]),
        spf: now.spf,
        assumed: now.assumed,
        denied: false,
        ...other,
      });
    }
    done.set(key, next);
    return next;
  };
  return after;
}

/** What a scenario names and nobody has seen: a slip of the pen, more often than not. */
export function neverSeen(
  mail: SeenMail,
  streams: readonly MailStream[],
  retired: ReadonlySet<string>,
  signing: ReadonlySet<string>,
): Problem[] {
  const seen = new Set(
    mail.signatureSets.flatMap((set) => set.map(({ domain, selector }) => `${selector}._domainkey.${domain}`)),
  );
  const between = '._domainkey.';
  return [
    ...[...retired].flatMap((name): Problem[] => {
      const at = name.indexOf(between);
      const values = { selector: name.slice(0, at), domain: name.slice(at + between.length) };
      return seen.has(name) ? [] : [{ code: 'simulation/no-such-selector', values }];
    }),
    ...[...signing].flatMap((stream): Problem[] =>
      streams.some(({ id }) => id === stream) ? [] : [{ code: 'simulation/no-such-stream', values: { stream } }],
    ),
  ];
}
