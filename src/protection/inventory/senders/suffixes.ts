import { foldName, networkOf, parseClientAddress } from '../../../standards/dns/index.ts';
import type { IpAddress } from '../../../standards/dns/index.ts';
import type { SenderMatch } from './model.ts';

/** Matches by domain: the longest entry at or above a name. Looking up costs one step a label. */
export class SuffixIndex {
  readonly #entries = new Map<string, SenderMatch>();

  /** Adds an entry. @returns the match that has the name already, which stays. */
  add(domain: string, match: SenderMatch): SenderMatch | undefined {
    const taken = this.#entries.get(domain);
    if (taken === undefined) this.#entries.set(domain, match);
    return taken;
  }

  find(name: string): SenderMatch | undefined {
    let rest = foldName(name);
    for (;;) {
      const found = this.#entries.get(rest);
      if (found !== undefined) return found;
      const dot = rest.indexOf('.');
      if (dot < 0) return undefined;
      rest = rest.slice(dot + 1);
    }
  }
}

/** Matches by selector or first label: a name as it stands, or a pattern: `*` is one character or more, `#` one
 * digit, `?` one character of base 32 (RFC 4648 §6). */
export class PatternIndex {
  readonly #exact = new Map<string, SenderMatch>();
  /** By what stands before the first `*`, `#` or `?`. */
  readonly #patterns = new Map<string, { readonly pattern: RegExp; readonly match: SenderMatch }[]>();

  add(text: string, match: SenderMatch): SenderMatch | undefined {
    const star = text.search(/[*#?]/);
    if (star < 0) {
      const taken = this.#exact.get(text);
      if (taken === undefined) this.#exact.set(text, match);
      return taken;
    }
    const before = text.slice(0, star);
    const list = this.#patterns.get(before) ?? [];
    const pattern = wildcard(text);
    const taken = list.find((each) => each.pattern.source === pattern.source);
    if (taken !== undefined) return taken.match;
    list.push({ pattern, match });
    // Of patterns that begin alike, the longer one says more.
    list.sort((a, b) => b.pattern.source.length - a.pattern.source.length);
    this.#patterns.set(before, list);
    return undefined;
  }

  find(text: string): SenderMatch | undefined {
    const name = foldName(text);
    const exact = this.#exact.get(name);
    if (exact !== undefined) return exact;
    for (let end = name.length - 1; end >= 0; end--) {
      const list = this.#patterns.get(name.slice(0, end));
      const found = list?.find(({ pattern }) => pattern.test(name));
      if (found !== undefined) return found.match;
    }
    return undefined;
  }
}

/** Matches by address: the longest prefix that holds it. */
export class PrefixIndex {
  readonly #byLength = new Map<string, { family: number; length: number; entries: Map<string, SenderMatch> }>();
  #ordered: { family: number; length: number; entries: Map<string, SenderMatch> }[] = [];

  /** Adds a network, `192.0.2.0/24` or `2001:db8::/32`. @returns the match that has it already, which stays. */
  add(network: string, match: SenderMatch): SenderMatch | undefined {
    const [text = '', size = ''] = network.split('/');
    const address = parseClientAddress(text);
    if (address === undefined) return undefined;
    const length = Number(size);
    const key = `${address.family}/${length}`;
    let group = this.#byLength.get(key);
    if (group === undefined) {
      this.#byLength.set(key, (group = { family: address.family, length, entries: new Map() }));
      this.#ordered = [...this.#byLength.values()].sort((a, b) => b.length - a.length);
    }
    const bits = bitsOf(address, length);
    const taken = group.entries.get(bits);
    if (taken === undefined) group.entries.set(bits, match);
    return taken;
  }

  find(address: IpAddress): SenderMatch | undefined {
    for (const { family, length, entries } of this.#ordered) {
      if (family !== address.family) continue;
      const found = entries.get(bitsOf(address, length));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** A pattern of letters, digits, hyphens, underscores, dots and wildcards as a regular expression over the whole. */
function wildcard(text: string): RegExp {
  const parts: Readonly<Record<string, string>> = { '.': String.raw`\.`, '*': '.+', '#': '[0-9]', '?': '[a-z2-7]' };
  return new RegExp(`^${text.replace(/[.*#?]/g, (character) => parts[character] ?? '')}$`);
}

function bitsOf(address: IpAddress, length: number): string {
  const { a, b, c, d } = networkOf(address, length);
  return address.family === 4 ? String(a) : `${a}:${b}:${c}:${d}`;
}
