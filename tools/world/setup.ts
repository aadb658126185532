// What a party sets up so that it can mail: addresses, an envelope domain, signatures, and what it asks of the organisation's
// records. A stream is such a set-up at work; its lanes are the ways its mail looks.
import type { Rhythm } from './calendar.ts';
import type { Audience, Declaration, Lane, Origin, Pool, Scale, Signature } from './model.ts';
import type { Organisation } from './organisation.ts';
import { keyRecord } from './keys.ts';
import { hostRecords, type RecordBook } from './records.ts';
import { zipf } from './random.ts';
import { sharedAddresses, providers, type ProviderName } from './providers.ts';
import { steadyPool, type Sources } from './sources.ts';

/** A signing of one's own: from a day on, until another. `domain`: the author domain, or the domain it lies below, or a fixed one. */
export interface Signing {
  readonly domain: string;
  readonly selector: string;
  readonly since?: number;
  readonly until?: number;
  readonly bits?: number;
  /** A name the key is kept under by the service, when the published one is a CNAME. */
  readonly alias?: string;
}

export interface StreamPlan {
  readonly id: string;
  readonly kind: 'abused' | 'own' | 'third';
  readonly party: string;
  readonly sender: string;
  readonly purpose: string;
  readonly rhythm: Rhythm;
  readonly volume: number;
  readonly audience: Audience;
  /** Author domains, the most used first; weights fall with the rank. */
  readonly domains: readonly string[];
  readonly pool: Pool;
  /** The domain of MAIL FROM for an author domain; `''` for the null sender. */
  readonly envelope: (authorDomain: string) => string;
  readonly helo?: string;
  readonly sign?: (authorDomain: string) => readonly Signing[];
  /** Signatures of the service, always there. */
  readonly serviceSignature?: { readonly domain: string; readonly selector: string };
  /** SPF terms that the envelope (or HELO) domain gets, from a day on; none: nobody thought of it. */
  readonly spf?: readonly string[];
  readonly spfSince?: number;
  readonly since?: number;
  readonly until?: number;
  readonly declared?: boolean;
  readonly networks?: readonly string[];
}

/** Collects streams, and what they need published. */
export class Setup {
  readonly origins: Origin[] = [];
  readonly declarations: Declaration[] = [];
  readonly spf = new Map<string, { term: string; since: number; until: number }[]>();
  readonly sources: Sources;
  readonly organisation: Organisation;
  readonly book: RecordBook;
  readonly scale: Scale;
  readonly #shared = new Map<string, Pool>();

  constructor(sources: Sources, organisation: Organisation, book: RecordBook, scale: Scale) {
    this.sources = sources;
    this.organisation = organisation;
    this.book = book;
    this.scale = scale;
  }

  /** So many addresses of a pool that has `full` of them in the full world. */
  count(full: number): number {
    return Math.max(2, Math.round(full * this.scale.pools));
  }

  /** The addresses of a service that its tenants share. */
  shared(name: ProviderName, full = 120): Pool {
    let pool = this.#shared.get(name);
    if (pool === undefined) {
      for (const [owner, record] of Object.entries(providers[name].records)) this.book.set(owner, 'TXT', [record]);
      this.#shared.set(name, (pool = steadyPool(sharedAddresses(this.sources, name, this.count(full)), 0.6)));
    }
    return pool;
  }

  /** A stream: its origin, and its wishes for the records. */
  stream(plan: StreamPlan): Origin {
    const since = plan.since ?? 0;
    const until = plan.until ?? this.scale.days;
    // A small world has few rows, and few of its domains show on any one day.
    const weights = zipf(plan.domains.length, this.scale.bundled ? 1.7 : 1.5);
    const lanes = plan.domains.flatMap((domain, i) => this.#lanes(plan, domain, weights[i]!, since, until));
    const origin: Origin = { ...plan, lanes, since, until };
    this.origins.push(origin);
    for (const domain of plan.domains) {
      if (!this.organisation.domains.some(({ name }) => domain === name || domain.endsWith(`.${name}`)))
        throw new RangeError(`${plan.id} mails as ${domain}, which is not of the organisation`);
      const checked = plan.envelope(domain) === '' ? (plan.helo ?? '') : plan.envelope(domain);
      for (const term of plan.spf ?? []) this.permit(checked, term, plan.spfSince ?? since, this.scale.days);
    }
    if (plan.declared !== false && plan.kind !== 'abused') this.declare(plan, plan.networks ?? []);
    return origin;
  }

  declare(
    plan: Pick<StreamPlan, 'domains' | 'party' | 'purpose' | 'rhythm' | 'sender'>,
    networks: readonly string[],
  ): void {
    const { party, sender, purpose, rhythm } = plan;
    this.declarations.push({
      party,
      sender,
      domains: plan.domains.slice(0, 12),
      networks,
      purpose,
      rhythm: rhythm.every,
    });
  }

  /** An SPF term for a domain, for some days of the world. */
  permit(domain: string, term: string, since = 0, until = this.scale.days): void {
    const terms = this.spf.get(domain) ?? [];
    const known = terms.find((other) => other.term === term && other.until >= since);
    if (known === undefined) terms.push({ term, since, until });
    else if (since < known.since) terms[terms.indexOf(known)] = { ...known, since };
    this.spf.set(domain, terms);
  }

  /** A host of ours: its addresses, and an SPF record of its own for what it says in HELO. */
  host(name: string, addresses: readonly string[], withSpf: boolean): void {
    hostRecords(this.book, name, addresses);
    if (withSpf) this.book.set(name, 'TXT', ['v=spf1 a -all']);
  }

  /** Publishes a key; the text follows from the names alone. */
  publish(signing: Signing): void {
    const name = `${signing.selector}._domainkey.${signing.domain}`;
    const key = keyRecord(`${signing.selector}/${signing.domain}`, signing.bits ?? 2048);
    const since = signing.since ?? 0;
    if (signing.alias === undefined) this.book.set(name, 'TXT', [key], since);
    else {
      this.book.set(name, 'CNAME', [signing.alias], since);
      this.book.set(signing.alias, 'TXT', [key], 0);
    }
    // A key that signs nothing any more is taken away once no mail in flight can carry its signature.
    if (signing.until !== undefined && signing.until + 30 < this.scale.days)
      this.book.set(name, signing.alias === undefined ? 'TXT' : 'CNAME', [], signing.until + 30);
  }

  /** An author domain's lanes: one for each stretch of days on which the same signatures are made. */
  #lanes(plan: StreamPlan, authorDomain: string, weight: number, since: number, until: number): Lane[] {
    const watched = this.organisation.domains.find(({ name }) => name === authorDomain)?.since ?? 0;
    const begin = Math.max(since, watched);
    const signings = plan.sign?.(authorDomain) ?? [];
    for (const signing of signings) this.publish({ ...signing, since: Math.max(0, (signing.since ?? 0) - 3) });
    const cuts = [
      ...new Set([begin, until, ...signings.flatMap((signing) => [signing.since ?? begin, signing.until ?? until])]),
    ]
      .filter((day) => day >= begin && day <= until)
      .sort((a, b) => a - b);
    const service: Signature[] =
      plan.serviceSignature === undefined ? [] : [{ ...plan.serviceSignature, intact: true }];
    const lanes: Lane[] = [];
    for (let i = 0; i + 1 < cuts.length; i++) {
      const from = cuts[i]!;
      const to = cuts[i + 1]!;
      const made = signings.filter((signing) => (signing.since ?? begin) <= from && (signing.until ?? until) >= to);
      lanes.push({
        authorDomain,
        envelope: plan.envelope(authorDomain),
        helo: plan.helo ?? `mail.${authorDomain}`,
        signatures: [...made.map(({ domain, selector }) => ({ domain, selector, intact: true })), ...service],
        pool: plan.pool,
        weight,
        since: from,
        until: to,
      });
    }
    return lanes;
  }
}
