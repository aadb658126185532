// The addresses of a world, each once, however many origins mail from it.
import { parseAddress } from './addresses.ts';
import type { Pool } from './model.ts';
import { sampler, zipf } from './random.ts';

export interface Source {
  readonly address: string;
  readonly value: bigint | number;
  /** The sender whose tenants share this address. */
  readonly shared?: string;
  /** The name its PTR record gives; none when it has none. */
  readonly reverse?: string;
  /** Whether that name has this address in turn (forward-confirmed). */
  readonly confirmed: boolean;
}

export class Sources {
  readonly list: Source[] = [];
  readonly #byAddress = new Map<string, number>();

  /** The number of an address; what is said of it first stays. */
  add(address: string, about: { shared?: string; reverse?: string; confirmed?: boolean } = {}): number {
    const known = this.#byAddress.get(address);
    if (known !== undefined) return known;
    const value = parseAddress(address);
    if (value === undefined) throw new RangeError(`not an address: ${address}`);
    this.#byAddress.set(address, this.list.length);
    return (
      this.list.push({
        address,
        value,
        ...(about.shared === undefined ? {} : { shared: about.shared }),
        ...(about.reverse === undefined ? {} : { reverse: about.reverse }),
        confirmed: about.confirmed ?? about.reverse !== undefined,
      }) - 1
    );
  }
}

/** Addresses that are all in use, some much more than others. */
export function steadyPool(sources: readonly number[], skew = 0.7): Pool {
  const draw = sampler(zipf(sources.length, skew));
  return { sources, draw: (dice) => sources[draw(dice)]! };
}

/** Addresses that come and go: on a day a window of them is in use, which moves from the first to the last between two days of the world. */
export function passingPool(sources: readonly number[], since: number, until: number, window: number): Pool {
  const width = Math.max(1, Math.min(sources.length, Math.round(window)));
  const span = Math.max(1, until - since - 1);
  return {
    sources,
    draw(dice, dayInWorld) {
      const progress = Math.min(1, Math.max(0, (dayInWorld - since) / span));
      return sources[Math.floor(progress * (sources.length - width)) + dice.below(width)]!;
    },
  };
}
