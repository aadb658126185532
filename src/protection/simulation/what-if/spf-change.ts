// What a change of SPF records does to single addresses: the sets compiled before and after, for the domains that lean on a changed
// name and no others.
import { isAtOrBelow, parseClientAddress } from '../../../standards/dns/index.ts';
import type { IpAddress, RecordChange, Resolver } from '../../../standards/dns/index.ts';
import { compile, outcomeAt } from '../../../standards/spf/index.ts';
import type { SpfCompiled, SpfOutcome } from '../../../standards/spf/index.ts';

/** A domain's records, compiled, and every name that was asked for it. */
interface Compiled {
  readonly compiled: SpfCompiled;
  readonly asked: ReadonlySet<string>;
}

/** The SPF records of one world, each domain's compiled when it is first asked for. */
export class SpfWorld {
  readonly #resolver: Resolver;
  readonly #known = new Map<string, Promise<Compiled>>();

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
  }

  compiled(domain: string): Promise<Compiled> {
    let known = this.#known.get(domain);
    if (known === undefined) this.#known.set(domain, (known = this.#compile(domain)));
    return known;
  }

  async #compile(domain: string): Promise<Compiled> {
    const asked = new Set<string>();
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
  changed: ReadonlySet<string>,
  before: SpfWorld,
  after: SpfWorld,
): Promise<((address: IpAddress) => Rejudged | undefined) | undefined> {
  const base = await before.compiled(domain);
  if (!changed.has(domain) && ![...changed].some((name) => base.asked.has(name))) return undefined;
  const now = await after.compiled(domain);
  return (address) => {
    const [one, other] = [outcomeAt(base.compiled, address), outcomeAt(now.compiled, address)];
    if (one.result === other.result && one.depends.length === 0 && other.depends.length === 0) return undefined;
    const byMessage = one.depends.length > 0 || other.depends.length > 0;
    if (one.result === other.result && dependence(one) === dependence(other)) return undefined;
    return { before: one, after: other, byMessage };
  };
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
