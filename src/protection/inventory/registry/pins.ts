import { parseClientAddress } from '../../../standards/dns/index.ts';
import { PrefixTable, parsePrefix } from '../network-table.ts';
import { mergedTarget } from './model.ts';
import type { StreamIdentity, StreamPin } from './model.ts';

interface CompiledPin {
  readonly id: string;
  readonly of: string;
  readonly at: number;
  readonly keys: ReadonlySet<string> | undefined;
  readonly domains: ReadonlySet<string> | undefined;
  readonly sources: PrefixTable<true> | undefined;
}

/** What persons took out of streams: whether a combination of a stream belongs to another. */
export class StreamPins {
  /** By the stream they were taken out of; those of keys alone apart, since they hold everywhere. */
  readonly #byStream = new Map<string, CompiledPin[]>();
  readonly #byKey = new Map<string, CompiledPin>();
  readonly #byId: ReadonlyMap<string, Pick<StreamIdentity, 'mergedInto'>>;

  constructor(known: readonly Pick<StreamIdentity, 'id' | 'mergedInto' | 'pin'>[]) {
    this.#byId = new Map(known.map((each) => [each.id, each]));
    const pins = known.flatMap(({ id, pin }) => (pin === null ? [] : [compiled(id, pin)]));
    // The latest first: what was taken out of a part later is asked before what the part was.
    for (const pin of pins.sort((one, other) => other.at - one.at || (one.id < other.id ? -1 : 1))) {
      if (pin.domains === undefined && pin.sources === undefined) {
        for (const key of pin.keys ?? []) if (!this.#byKey.has(key)) this.#byKey.set(key, pin);
        continue;
      }
      const of = mergedTarget(pin.of, this.#byId);
      const list = this.#byStream.get(of);
      if (list === undefined) this.#byStream.set(of, [pin]);
      else list.push(pin);
    }
  }

  /** Whether there are none at all: then no combination need be asked about. */
  get isEmpty(): boolean {
    return this.#byStream.size === 0 && this.#byKey.size === 0;
  }

  /**
   * The stream that a combination belongs to, when it was found to be of `stream`: that one, or one that was split off from it.
   *
   * @param key the set-up it was clustered by
   * @param source its address, `undefined` where the row has none
   */
  streamOf(stream: string, key: string, source: string | undefined, authorDomain: string): string {
    if (this.isEmpty) return stream;
    const byKey = this.#byKey.get(key);
    let at = byKey === undefined ? stream : mergedTarget(byKey.id, this.#byId);
    // A part may itself have been split; no stream is left twice.
    const seen = new Set([at]);
    for (;;) {
      const pin = this.#byStream.get(at)?.find((each) => holds(each, key, source, authorDomain));
      const next = pin === undefined ? at : mergedTarget(pin.id, this.#byId);
      if (seen.has(next)) return at;
      seen.add(next);
      at = next;
    }
  }
}

function compiled(id: string, pin: StreamPin): CompiledPin {
  const sources = new PrefixTable<true>();
  for (const text of pin.sources) {
    const prefix = parsePrefix(text);
    if (prefix !== undefined) sources.add(prefix, true);
  }
  return {
    id,
    of: pin.of,
    at: pin.at,
    keys: pin.keys.length === 0 ? undefined : new Set(pin.keys),
    domains: pin.authorDomains.length === 0 ? undefined : new Set(pin.authorDomains),
    sources: pin.sources.length === 0 ? undefined : sources,
  };
}

function holds(pin: CompiledPin, key: string, source: string | undefined, authorDomain: string): boolean {
  if (pin.keys !== undefined && !pin.keys.has(key)) return false;
  if (pin.domains !== undefined && !pin.domains.has(authorDomain)) return false;
  if (pin.sources === undefined) return true;
  const address = source === undefined ? undefined : parseClientAddress(source);
  return address !== undefined && pin.sources.holds(address);
}
