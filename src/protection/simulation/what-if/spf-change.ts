// What a change of SPF records does to single addresses: the sets compiled before and after, for the domains that lean on a changed
// name and no others.
import { isAtOrBelow, parseClientAddress } from '../../../standards/dns/index.ts';
import type { IpAddress, RecordChange, Resolver } from '../../../standards/dns/index.ts';
import { compile, outcomeAt } from '../../../standards/spf/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import type { SpfCompiled, SpfOutcome } from '../../../standards/spf/index.ts';
import type { Facts, SeenMail } from './mail.ts';
import type { Policies } from './policies.ts';

/** A domain's records, compiled, and every name that was asked for it. */
interface Compiled {
  readonly compiled: SpfCompiled;
  readonly asked: ReadonlySet<string>;
}

/** The SPF records of one world, each domain's compiled when it is first asked for. */
export class SpfWorld {
  readonly #resolver: Resolver;
  readonly #base: { readonly world: SpfWorld; readonly changed: ReadonlySet<string> } | undefined;
  readonly #known = new Map<string, Promise<Compiled>>();

  /** @param base the world this one is a change of, and the names that changed: what does not lean on these is the same in both */
  constructor(resolver: Resolver, base?: { readonly world: SpfWorld; readonly changed: ReadonlySet<string> }) {
    this.#resolver = resolver;
    this.#base = base;
  }

  compiled(domain: string): Promise<Compiled> {
    let known = this.#known.get(domain);
    if (known === undefined) this.#known.set(domain, (known = this.#find(domain)));
    return known;
  }

  async #find(domain: string): Promise<Compiled> {
    if (this.#base === undefined) return this.#compile(domain);
    const before = await this.#base.world.compiled(domain);
    return [...this.#base.changed].some((name) => before.asked.has(name)) ? this.#compile(domain) : before;
  }

  async #compile(domain: string): Promise<Compiled> {
    const asked = new Set<string>([domain]);
    const compiled = await compile(domain, (name, type) => {
      asked.add(name.toLowerCase());
      return this.#resolver(name, type);
    });
    return { compiled, asked };
  }
}

/** The names whose change can be felt by SPF: all but those of DMARC and DKIM. */
export function namesOfSpf(sets: readonly RecordChange[]): ReadonlySet<string> {
  return new Set(
    sets
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('_dmarc.') && !name.includes('._domainkey.') && !isAtOrBelow(name, 'arpa')),
  );
}

/** What SPF said of an address before a change, and what it says after. */
export interface Rejudged {
  readonly before: SpfOutcome;
  readonly after: SpfOutcome;
  /** Whether a term that looks at the message, and not only the address, has a part in it. */
  readonly byMessage: boolean;
}

/** The difference a change makes for one domain; `undefined` when its records do not lean on what changes. */
export async function spfDifference(
  domain: string,
  before: SpfWorld,
  after: SpfWorld,
): Promise<((address: IpAddress) => Rejudged | undefined) | undefined> {
  const [base, now] = [await before.compiled(domain), await after.compiled(domain)];
  if (base === now) return undefined;
  return (address) => {
    const [one, other] = [outcomeAt(base.compiled, address), outcomeAt(now.compiled, address)];
    if (one.result === other.result && one.depends.length === 0 && other.depends.length === 0) return undefined;
    const byMessage = one.depends.length > 0 || other.depends.length > 0;
    if (one.result === other.result && dependence(one) === dependence(other)) return undefined;
    return { before: one, after: other, byMessage };
  };
}

/** How many domains that a change breaks are named. */
const mostBroken = 3;

/**
 * Domains whose records a change makes end in an error (permerror, RFC 7208 §4.6.4), whatever passed by them before: of each that it
 * is so, and why.
 *
 * @param domains those that changed themselves, before those that lean on them
 */
export async function brokenBy(domains: Iterable<string>, before: SpfWorld, after: SpfWorld): Promise<Problem[]> {
  const fails = ({ result }: SpfOutcome): boolean => result === 'permerror';
  const broken: (readonly [domain: string, reason: Problem])[] = [];
  for (const domain of domains) {
    const [base, now] = [await before.compiled(domain), await after.compiled(domain)];
    if (base === now || base.compiled.outcomes.some(fails)) continue;
    const outcome = now.compiled.outcomes.find(fails);
    if (outcome !== undefined) broken.push([domain, outcome.reason]);
  }
  const left = broken.length - mostBroken;
  return [
    ...broken
      .slice(0, mostBroken)
      .flatMap(([domain, reason]) => [{ code: 'simulation/spf-breaks', values: { domain } }, reason]),
    ...(left > 0 ? [{ code: 'simulation/spf-breaks-more', values: { count: left } }] : []),
  ];
}

function dependence({ depends }: SpfOutcome): string {
  return depends.map(({ domain, term }) => `${domain} ${term.text}`).join(' ');
}

/** Addresses as numbers, read once. */
export class Addresses {
  readonly #known = new Map<number, IpAddress | undefined>();
  readonly #text: (id: number) => string | undefined;

  constructor(text: (id: number) => string | undefined) {
    this.#text = text;
  }

  of(id: number): IpAddress | undefined {
    if (this.#known.has(id)) return this.#known.get(id);
    const text = this.#text(id);
    const address = text === undefined ? undefined : parseClientAddress(text);
    this.#known.set(id, address);
    return address;
  }
}

/**
 * SPF domains that are aligned with the author domain of some mail they stand in: of the others a change cannot be felt by DMARC. Where
 * a receiver does not say for which domain SPF passed, the author domain itself is the likeliest.
 */
export function alignedSpfDomains(mail: SeenMail, policies: Policies): ReadonlySet<string> {
  const domains = new Set<string>();
  for (const facts of mail.allFacts) {
    const author = mail.authors[facts.author]!;
    if (isSpfUntold(facts, mail.spfSets) && author !== '') domains.add(author);
    for (const { domain } of mail.spfSets[facts.spf]!) {
      if (!domains.has(domain) && policies.isNear(author, domain)) domains.add(domain);
    }
  }
  return domains;
}

/** Whether a receiver says that SPF passed and was aligned, and shows no domain for which it did. */
export function isSpfUntold({ assumed, spf }: Facts, spfSets: SeenMail['spfSets']): boolean {
  return (assumed & 2) !== 0 && !spfSets[spf]!.some(({ result }) => result === 'pass');
}
