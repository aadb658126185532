// What a receiver of the world concludes about SPF: `check_host` of RFC 7208 for the terms that the world's records use (ip4, ip6,
// a, mx, include, redirect, all), with the limit on look-ups. Written apart from the product's own, so that each tests the other.
import { assertNever } from '../../src/standards/problem.ts';
import { inPrefix, parseAddress, parsePrefix, type Prefix } from './addresses.ts';
import type { SpfResult } from '../../src/standards/reports/aggregate/model.ts';
import type { Zone } from './records.ts';

interface Term {
  readonly qualifier: SpfResult;
  readonly name: 'a' | 'all' | 'include' | 'ip4' | 'ip6' | 'mx';
  readonly domain: string;
  readonly prefix?: Prefix;
}

interface Parsed {
  readonly terms: readonly Term[];
  readonly redirect?: string;
}

const qualifiers: Readonly<Record<string, SpfResult>> = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' };

/** Thrown inside an evaluation, caught where it began. */
class Permerror extends Error {}

/** Judges addresses against what one zone publishes; records are read once. */
export class SpfReceiver {
  readonly #zone: Zone;
  readonly #parsed = new Map<string, Parsed | 'none' | 'permerror'>();

  constructor(zone: Zone) {
    this.#zone = zone;
  }

  /** `check_host` for an address (its number) and the domain of MAIL FROM or HELO. */
  evaluate(address: bigint | number, domain: string): SpfResult {
    try {
      return this.#check(address, domain, { lookups: 0 });
    } catch (error) {
      if (error instanceof Permerror) return 'permerror';
      throw error;
    }
  }

  #check(address: bigint | number, domain: string, budget: { lookups: number }): SpfResult {
    const record = this.#record(domain);
    if (record === 'none') return 'none';
    if (record === 'permerror') throw new Permerror();
    for (const term of record.terms) if (this.#matches(address, term, budget)) return term.qualifier;
    if (record.redirect === undefined) return 'neutral';
    this.#spend(budget);
    const result = this.#check(address, record.redirect, budget);
    if (result === 'none') throw new Permerror();
    return result;
  }

  #matches(address: bigint | number, term: Term, budget: { lookups: number }): boolean {
    switch (term.name) {
      case 'all':
        return true;
      case 'ip4':
      case 'ip6':
        return inPrefix(address, term.prefix!);
      case 'a':
        this.#spend(budget);
        return this.#hasAddress(term.domain, address);
      case 'mx':
        this.#spend(budget);
        return this.#zone.values(term.domain, 'MX').some((mx) => this.#hasAddress(mx.split(' ').at(-1)!, address));
      case 'include': {
        this.#spend(budget);
        const result = this.#check(address, term.domain, budget);
        // RFC 7208 §5.2: an include of a domain without a record is a permanent error.
        if (result === 'none') throw new Permerror();
        return result === 'pass';
      }
      default:
        return assertNever(term.name);
    }
  }

  /** RFC 7208 §4.6.4: at most ten terms that need a look-up. */
  #spend(budget: { lookups: number }): void {
    budget.lookups += 1;
    if (budget.lookups > 10) throw new Permerror();
  }

  #hasAddress(name: string, address: bigint | number): boolean {
    const type = typeof address === 'number' ? 'A' : 'AAAA';
    return this.#zone.values(name, type).some((text) => parseAddress(text) === address);
  }

  #record(domain: string): Parsed | 'none' | 'permerror' {
    const known = this.#parsed.get(domain);
    if (known !== undefined) return known;
    const records = this.#zone.values(domain, 'TXT').filter((text) => /^v=spf1(?: |$)/.test(text));
    const parsed = records.length === 0 ? 'none' : records.length > 1 ? 'permerror' : parse(records[0]!, domain);
    this.#parsed.set(domain, parsed);
    return parsed;
  }
}

function parse(record: string, domain: string): Parsed {
  const terms: Term[] = [];
  let redirect: string | undefined;
  for (const word of record.split(/ +/).slice(1)) {
    const match = /^([-+~?]?)(all|include|ip4|ip6|a|mx)(?::(.+))?$/.exec(word);
    if (match !== null) {
      const name = match[2] as Term['name'];
      const rest = match[3] ?? domain;
      const qualifier = qualifiers[match[1] === '' ? '+' : match[1]!]!;
      terms.push({
        qualifier,
        name,
        domain: rest,
        ...(name === 'ip4' || name === 'ip6' ? { prefix: parsePrefix(rest) } : {}),
      });
    } else if (word.startsWith('redirect=')) redirect = word.slice(9);
    else if (word !== '') throw new RangeError(`the world does not write this SPF term: ${word}`);
  }
  return redirect === undefined ? { terms } : { terms, redirect };
}
