// A look at a domain: everything it publishes that bears on mail in its name, each question once, and what is made of it.
import { recordLookup } from '../../standards/dmarc/index.ts';
import type { DmarcRecord, RecordLookup } from '../../standards/dmarc/index.ts';
import { maxNameLength, ResolverError } from '../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../standards/dns/index.ts';
import { aliasOf, leaningOfAlias, registrableDomain } from './claim.ts';
import type { Connections } from './connect.ts';
import { lookAtDkim } from './dkim.ts';
import { lookAtDmarc } from './dmarc.ts';
import { judgePosture } from './judge.ts';
import type { JudgeOptions } from './judge.ts';
import { lookAtBimi, lookAtDnssec, lookAtMail, lookAtNameServers } from './mail.ts';
import { lookAtName, lookAtWildcard, namesToLookAt } from './names.ts';
import type { Posture } from './posture.ts';
import type { Published } from './published.ts';
import { lookAtSpf } from './spf.ts';
import { Notes, Survey } from './survey.ts';

export interface LookOptions extends JudgeOptions {
  /** DKIM selectors that were given, and those that reports showed. */
  readonly selectors?: readonly string[];
  readonly selectorsSeen?: readonly string[];
  /** Whether commonly used selectors are tried; yes when it is not said. */
  readonly tryCommonSelectors?: boolean;
  /** Names below the domain to look at as well, and names its servers greet with (HELO). */
  readonly subdomains?: readonly DomainName[];
  readonly helo?: readonly DomainName[];
  /** How many other names are looked at, most: 200 when not given. */
  readonly mostNames?: number;
  /** The doors to mail servers and to files over HTTPS. Without them nothing but the DNS is asked. */
  readonly connections?: Connections;
  /** The label of the name that nobody has made. */
  readonly probeLabel?: string;
}

/** Unlikely to be anybody's; it says what it is to whoever finds it in a log. */
export const wildcardProbe = 'zegel-looks-for-a-wildcard';

/**
 * Looks at what a domain publishes, and judges it. A DNS that does not answer makes findings ("could not be told"), never an absence.
 *
 * @param survey what this look shares with others of the same run
 * @throws only what `options.connections` throws
 */
export async function lookAt(
  domain: DomainName,
  resolver: Resolver,
  options: LookOptions = {},
  survey: Survey = new Survey(resolver),
): Promise<Posture> {
  return judgePosture(await lookUp(domain, resolver, options, survey), options);
}

/** What a domain publishes, not judged. */
async function lookUp(
  domain: DomainName,
  resolver: Resolver,
  options: LookOptions = {},
  survey: Survey = new Survey(resolver),
): Promise<Published> {
  const notes = new Notes();
  const ours = registrableDomain(domain);
  const asking = notes.noting(survey.resolverFor(ours));
  const lookup = recordLookup(asking);
  const look = { survey, notes, resolver: asking, ours };
  const probeLabel = options.probeLabel ?? wildcardProbe;
  const probeName = `${probeLabel}.${domain}`;
  const probe = `_dmarc.${probeName}`.length <= maxNameLength ? (probeName as DomainName) : undefined;

  const [own, spf, wildcard, dkim, mail, nameServers] = await Promise.all([
    existenceOf(domain, ours, asking),
    lookAtSpf(domain, look),
    lookAtWildcard(probe, look),
    lookAtDkim(
      domain,
      {
        given: options.selectors ?? [],
        seen: options.selectorsSeen ?? [],
        tryCommon: options.tryCommonSelectors ?? true,
        probeLabel,
      },
      asking,
      survey.keys,
      ours,
    ),
    lookAtMail(domain, asking, ours, options.connections),
    lookAtNameServers(domain, asking, ours),
  ]);
  const probeExistence =
    wildcard.exists === 'yes' ? 'exists' : wildcard.exists === 'no' ? 'no-such-name' : ('unknown' as const);
  // RFC 8020: below a name that does not exist there is nothing, so nobody is asked for its record.
  const below: RecordLookup = (name) =>
    name === probe && probeExistence === 'no-such-name'
      ? Promise.resolve({
          domain: name,
          queryName: `_dmarc.${name}`,
          outcome: 'no-such-name',
          texts: [],
          aliases: [],
          problems: [],
        })
      : lookup(name);
  const dmarc = await lookAtDmarc(domain, probe, probeExistence, below, asking, ours);
  const records = await dmarcRecords(domain, dmarc.organizationalDomain, lookup);
  const wanted = namesToLookAt(
    domain,
    options.subdomains ?? [],
    options.helo ?? [],
    mail,
    spf,
    nameServers,
    options.mostNames ?? 200,
  );
  const [bimi, dnssec, names] = await Promise.all([
    lookAtBimi(domain, dmarc.organizationalDomain ?? domain, records, asking, options.connections),
    lookAtDnssec(domain, [ours], asking),
    Promise.all(wanted.map(({ name, origin }) => lookAtName(name, origin, lookup, look))),
  ]);
  return {
    domain,
    ...own,
    lookups: notes.lookups,
    lookupsLeftOut: notes.leftOut,
    dnssec,
    nameServers,
    spf,
    dmarc,
    dkim,
    mail,
    bimi,
    wildcard,
    names,
  };
}

async function existenceOf(
  domain: DomainName,
  ours: string,
  resolver: Resolver,
): Promise<Pick<Published, 'exists' | 'leaning'>> {
  try {
    const answer = await resolver(domain, 'A');
    const leaning = await leaningOfAlias(domain, answer, ours, resolver);
    const isAbsent = answer.kind === 'no-such-name' && leaning === undefined;
    return { exists: isAbsent ? 'no-such-name' : 'exists', ...(leaning && { leaning }) };
  } catch (error) {
    if (!(error instanceof ResolverError)) throw error;
    const leaning = await aliasOf(domain, resolver);
    return leaning === undefined ? { exists: 'unknown' } : { exists: 'exists', leaning };
  }
}

async function dmarcRecords(
  domain: DomainName,
  organizationalDomain: string | undefined,
  lookup: RecordLookup,
): Promise<DmarcRecord[]> {
  const own = (await lookup(domain)).record;
  const above =
    organizationalDomain === undefined || organizationalDomain === domain
      ? undefined
      : (await lookup(organizationalDomain as DomainName)).record;
  return [own, above].filter((record) => record !== undefined);
}

export interface LookAtManyOptions {
  /** Looks under way at once: 16 when not given. */
  readonly concurrency?: number;
  /** Told after each look how many are done. */
  readonly progress?: (done: number) => void;
  /** Ends the looks: nothing more is begun, and what is done is given. */
  readonly signal?: AbortSignal;
  /** What is known of each domain. */
  readonly optionsOf?: (domain: DomainName) => LookOptions;
}

/**
 * Looks at many domains, as many at once as is said, and gives each as it is done: not in the order in which they came. They share
 * answers and SPF trees, so that ten thousand domains with the same providers ask for these once. No more than `concurrency`
 * postures wait to be taken.
 */
export async function* lookAtMany(
  domains: Iterable<DomainName>,
  resolver: Resolver,
  options: LookAtManyOptions = {},
): AsyncGenerator<Posture, void, void> {
  const survey = new Survey(resolver);
  const concurrency = Math.max(1, Math.floor(options.concurrency ?? 16));
  const waiting = new Set(domains)[Symbol.iterator]();
  // Begun and not yet taken; of these, those that are done.
  let open = 0;
  let done = 0;
  const finished: ({ readonly posture: Posture } | { readonly error: unknown })[] = [];
  let wake = (): void => undefined;
  const begin = (): void => {
    while (open < concurrency && options.signal?.aborted !== true) {
      const next = waiting.next();
      if (next.done === true) return;
      const domain = next.value;
      open += 1;
      lookAt(domain, resolver, options.optionsOf?.(domain) ?? {}, survey).then(
        (posture) => {
          finished.push({ posture });
          wake();
        },
        (error: unknown) => {
          finished.push({ error });
          wake();
        },
      );
    }
  };
  for (begin(); open > 0; begin()) {
    if (finished.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    const first = finished.shift()!;
    open -= 1;
    if ('error' in first) throw first.error;
    done += 1;
    options.progress?.(done);
    yield first.posture;
  }
}
