// How addresses are spread over records: one record while they fit, else a chain of static pages, each of which includes the next.
// A chain, and not a row of includes in the domain's own record, since then that record stays as it is when a page is added, and
// may carry the domain's other texts.
import type { AddressSet } from '../../../standards/spf/index.ts';
import {
  addressesOf,
  difference,
  equal,
  intersection,
  noAddresses,
  prefixes,
  toStrings,
  union,
} from '../../../standards/spf/index.ts';
import { networkFrom } from './address-list.ts';

/** A record of the chain. The first one is the domain's own. */
export interface Page {
  readonly name: string;
  readonly addresses: AddressSet;
  /** Senders' own records that it includes. */
  readonly includes: readonly string[];
}

/** What is to be laid out. */
export interface LayoutWish {
  readonly domain: string;
  readonly addresses: AddressSet;
  readonly includes: readonly string[];
  /** Further terms of the domain's own record, as they are written. */
  readonly terms?: readonly string[];
  readonly all: '-all' | '~all';
  /** The most bytes a record may have. */
  readonly bytes: number;
  /** Pages there may be, beside the domain's own record. */
  readonly pages: number;
  /** Bytes that the other TXT records of the domain take in an answer. */
  readonly otherBytes: number;
  /** Pages as they are published; the first is the domain's own record. */
  readonly previous: readonly Page[];
  /** Names that are published, so that a new page does not take one of them: what caches hold of it would be taken for the new one. */
  readonly taken: readonly string[];
}

export type Layout =
  | { readonly fits: true; readonly pages: readonly Page[]; readonly isAfresh: boolean }
  /** `pagesNeeded`: how many there would have to be. */
  | { readonly fits: false; readonly pagesNeeded: number };

/** The largest answer that plain DNS over UDP carries (RFC 1035 §4.2.1; RFC 7208 §3.4 asks to keep under it). */
const answerLimit = 512;

/** Bytes of an answer that holds these texts of one name: header, question, and each record with its name as a pointer (RFC 1035 §4.1). */
export function answerBytes(name: string, texts: readonly (readonly string[])[]): number {
  return texts.reduce((sum, strings) => sum + textRecordBytes(strings), 12 + name.length + 2 + 4);
}

/** Bytes that one TXT record takes in an answer. */
export function textRecordBytes(strings: readonly string[]): number {
  return 12 + strings.reduce((sum, string) => sum + string.length + 1, 0);
}

/** The terms of a set of addresses: the fewest networks that hold just these, in order. */
export function addressTerms(addresses: AddressSet): string[] {
  return prefixes(addresses).map((network) => `ip${network.includes(':') ? 6 : 4}:${network}`);
}

/** The name of a page. */
function pageName(number: number, domain: string): string {
  return `_spf${number}.${domain}`;
}

/** The texts of a chain of pages, in order. */
export function textsOf(pages: readonly Page[], wish: Pick<LayoutWish, 'all' | 'terms'>): string[] {
  return pages.map((page, index) => {
    const next = pages[index + 1]?.name;
    return [
      'v=spf1',
      ...addressTerms(page.addresses),
      // Our own addresses come before anything that hangs on somebody else's records.
      ...(next === undefined ? [] : [`include:${next}`]),
      ...(index === 0 ? (wish.terms ?? []) : []),
      ...page.includes.map((name) => `include:${name}`),
      // A page is a name one could send from; what it does not name may not.
      index === 0 ? wish.all : '-all',
    ].join(' ');
  });
}

/**
 * Lays addresses out over records. What is published already stays where it is, as long as there is room: a new address
 * then changes one record, or makes a new page. Only when that does not fit all is laid out afresh, under names that are not in use.
 */
export function layOut(wish: LayoutWish): Layout {
  const kept = wish.previous.length === 0 ? undefined : layOutAround(wish);
  return kept === undefined ? layOutAfresh(wish) : { fits: true, pages: kept, isAfresh: false };
}

/** Bytes for the terms of a record, between `v=spf1` and what ends it. */
function room(name: string, wish: LayoutWish): number {
  const isOwn = name === wish.domain;
  let text = wish.bytes;
  const around = 12 + name.length + 2 + 4 + (isOwn ? wish.otherBytes : 0) + 12;
  // A text of more than 255 bytes is cut before that, at a space, so it may be in one string more than it need be.
  const strings = (length: number): number => (length <= 255 ? 1 : Math.ceil(length / 255) + 1);
  while (text > 0 && around + text + strings(text) > answerLimit) text -= 1;
  return text - 'v=spf1'.length - (isOwn ? wish.all.length : '-all'.length) - 1;
}

const termBytes = (term: string): number => term.length + 1;
const bytesOf = (terms: readonly string[]): number => terms.reduce((sum, term) => sum + termBytes(term), 0);
/** Bytes of the link to a next page. Pages up to 99 are reckoned with the same, and each keeps room for one. */
const linkBytes = ({ domain }: LayoutWish): number => includeBytes(pageName(10, domain));
const includeBytes = (name: string): number => termBytes(`include:${name}`);

/** Names for pages that are not in use. */
function* freeNames(wish: LayoutWish): Generator<string> {
  const used = new Set(wish.taken);
  for (let number = 1; ; number++) {
    const name = pageName(number, wish.domain);
    if (!used.has(name)) yield name;
  }
}

function layOutAfresh(wish: LayoutWish): Layout {
  const items = addressTerms(wish.addresses);
  const fixed = bytesOf(wish.terms ?? []);
  const own = room(wish.domain, wish) - fixed;
  if (bytesOf(items) + wish.includes.reduce((sum, name) => sum + includeBytes(name), 0) <= own) {
    return {
      fits: true,
      pages: [{ name: wish.domain, addresses: wish.addresses, includes: wish.includes }],
      isAfresh: true,
    };
  }
  const free = freeNames(wish);
  const names = Array.from({ length: Math.max(wish.pages, 0) }, () => free.next().value as string);
  const link = linkBytes(wish);
  const capacity = Math.max(room(pageName(10, wish.domain), wish) - link, 1);
  // The domain's record takes the senders' includes that fit beside the link to the first page; what is left goes to the last pages.
  let ownLeft = own - link;
  const ownIncludes: string[] = [];
  for (const name of wish.includes) {
    if (includeBytes(name) > ownLeft) break;
    ownLeft -= includeBytes(name);
    ownIncludes.push(name);
  }
  const rest = wish.includes.slice(ownIncludes.length).map((name) => `include:${name}`);
  const all = [...items, ...rest];
  const build = (chunks: readonly (readonly string[])[], first: readonly string[]): Page[] => [
    { name: wish.domain, addresses: addressesIn(first), includes: ownIncludes },
    ...chunks.map((chunk, index) => ({
      name: names[index]!,
      addresses: addressesIn(chunk),
      includes: chunk.filter((term) => term.startsWith('include:')).map((term) => term.slice('include:'.length)),
    })),
  ];
  const filled = fill(all, capacity);
  if (filled.length <= wish.pages) {
    return { fits: true, pages: build(even(all, filled.length, capacity) ?? filled, []), isAfresh: true };
  }
  // Then the domain's own record takes addresses too, in order; and if that is not enough, whatever fits best wherever it fits.
  const [first, after] = take(all, ownLeft);
  const beside = fill(after, capacity);
  if (beside.length <= wish.pages) return { fits: true, pages: build(beside, first), isAfresh: true };
  const packed = pack(all, ownLeft, capacity, wish.pages);
  if (packed !== undefined) return { fits: true, pages: build(packed.slice(1), packed[0]!), isAfresh: true };
  return { fits: false, pagesNeeded: beside.length };
}

function addressesIn(terms: readonly string[]): AddressSet {
  return addressesOf(terms.filter((term) => term.startsWith('ip')).map((term) => networkFrom(term.slice(4))));
}

function take(terms: readonly string[], capacity: number): [taken: string[], left: string[]] {
  let bytes = 0;
  let at = 0;
  while (at < terms.length && !terms[at]!.startsWith('include:') && bytes + termBytes(terms[at]!) <= capacity) {
    bytes += termBytes(terms[at]!);
    at += 1;
  }
  return [terms.slice(0, at), terms.slice(at)];
}

/** Terms in order, each page as full as can be. */
function fill(terms: readonly string[], capacity: number): string[][] {
  const pages: string[][] = [];
  let left = 0;
  for (const term of terms) {
    if (pages.length === 0 || termBytes(term) > left) {
      pages.push([]);
      left = capacity;
    }
    pages.at(-1)!.push(term);
    left -= termBytes(term);
  }
  return pages;
}

/** Terms in order over just so many pages, all about as full, so that each has room for what comes; `undefined` when that does not fit. */
function even(terms: readonly string[], count: number, capacity: number): string[][] | undefined {
  const pages: string[][] = [];
  let left = bytesOf(terms);
  let at = 0;
  for (let page = 0; page < count; page++) {
    const aim = left / (count - page);
    const taken: string[] = [];
    let bytes = 0;
    while (at < terms.length) {
      const size = termBytes(terms[at]!);
      if (bytes + size > capacity || (bytes + size / 2 > aim && page < count - 1)) break;
      taken.push(terms[at]!);
      bytes += size;
      at += 1;
    }
    left -= bytes;
    if (taken.length === 0) return undefined;
    pages.push(taken);
  }
  return at === terms.length ? pages : undefined;
}

/** The largest first, each where the least room is left. The first bin is the domain's record, which takes addresses only. */
function pack(terms: readonly string[], own: number, capacity: number, pages: number): string[][] | undefined {
  const bins = [own, ...Array.from({ length: pages }, () => capacity)].map((left) => ({ left, terms: [] as string[] }));
  if (bytesOf(terms) > bins.reduce((sum, { left }) => sum + Math.max(left, 0), 0)) return undefined;
  for (const term of [...terms].sort((one, other) => other.length - one.length)) {
    const size = termBytes(term);
    const fitting = bins.filter(({ left }, index) => left >= size && (index > 0 || !term.startsWith('include:')));
    if (fitting.length === 0) return undefined;
    const best = fitting.reduce((one, other) => (other.left < one.left ? other : one));
    best.terms.push(term);
    best.left -= size;
  }
  return bins.filter((bin, index) => index === 0 || bin.terms.length > 0).map((bin) => bin.terms);
}

interface Draft {
  readonly name: string;
  addresses: AddressSet;
  includes: string[];
  isChanged: boolean;
}

/** Around what is published. `undefined` when that does not fit. */
function layOutAround(wish: LayoutWish): Page[] | undefined {
  const free = freeNames(wish);
  let claimed = noAddresses;
  const placed = new Set<string>();
  const drafts: Draft[] = wish.previous.map(({ name, addresses, includes }) => {
    const mine = difference(intersection(addresses, wish.addresses), claimed);
    claimed = union(claimed, mine);
    const kept = includes.filter((each) => wish.includes.includes(each) && !placed.has(each));
    for (const each of kept) placed.add(each);
    return {
      name,
      addresses: mine,
      includes: kept,
      isChanged: !equal(mine, addresses) || kept.length < includes.length,
    };
  });
  for (let at = drafts.length - 1; at > 0; at--) {
    const { addresses, includes } = drafts[at]!;
    if (includes.length === 0 && equal(addresses, noAddresses)) drafts.splice(at, 1);
  }
  if (drafts.length - 1 > wish.pages) return undefined;

  const used = (draft: Draft, addresses: AddressSet = draft.addresses): number =>
    bytesOf(addressTerms(addresses)) +
    draft.includes.reduce((sum, name) => sum + includeBytes(name), 0) +
    (draft.name === wish.domain ? bytesOf(wish.terms ?? []) : 0);
  const last = (): Draft => drafts.at(-1)!;
  const capacity = (draft: Draft): number => room(draft.name, wish) - (drafts.length === 1 ? 0 : linkBytes(wish));
  const pieces = prefixes(difference(wish.addresses, claimed));
  // When most of it is new there is little to stay around.
  if (pieces.length > prefixes(claimed).length) return undefined;
  const newIncludes = wish.includes.filter((name) => !placed.has(name));

  const addPage = (): boolean => {
    if (drafts.length - 1 >= wish.pages) return false;
    last().isChanged = true;
    drafts.push({ name: free.next().value as string, addresses: noAddresses, includes: [], isChanged: true });
    return true;
  };
  /** Takes addresses out of pages that hold too much, the last ones first: what is removed can leave more networks than there were. */
  const evict = (): boolean => {
    for (const draft of drafts) {
      const terms = prefixes(draft.addresses);
      while (used(draft) > capacity(draft)) {
        const gone = terms.pop();
        if (gone === undefined) return false;
        draft.addresses = difference(draft.addresses, addressesOf([networkFrom(gone)]));
        draft.isChanged = true;
        evicted.add(draft);
        pieces.push(gone);
      }
    }
    return true;
  };
  const evicted = new Set<Draft>();

  for (const name of newIncludes) {
    const target = drafts.find((draft) => used(draft) + includeBytes(name) <= capacity(draft));
    if (target === undefined && !addPage()) return undefined;
    const chosen = target ?? last();
    chosen.includes = [...chosen.includes, name];
    chosen.isChanged = true;
  }
  if (!evict()) return undefined;
  for (let next = pieces.shift(); next !== undefined; next = pieces.shift()) {
    const piece = addressesOf([networkFrom(next)]);
    const choose = (candidates: readonly Draft[]): Draft | undefined =>
      candidates
        .map((draft) => ({ draft, before: used(draft), after: used(draft, union(draft.addresses, piece)) }))
        // A page that gave addresses away takes none: it only shrinks, so that the others can grow first.
        .filter(({ draft, after }) => after <= capacity(draft) && !evicted.has(draft))
        .sort(
          (one, other) =>
            one.after - one.before - (other.after - other.before) ||
            Number(other.draft.isChanged) - Number(one.draft.isChanged) ||
            one.after - other.after,
        )[0]?.draft;
    let target = choose(drafts.length === 1 ? drafts : drafts.slice(1));
    if (target === undefined && addPage()) {
      if (!evict()) return undefined;
      target = choose(drafts.slice(1));
    }
    target ??= choose(drafts.slice(0, 1));
    if (target === undefined) return undefined;
    target.addresses = union(target.addresses, piece);
    target.isChanged = true;
  }
  const pages = drafts.map(({ name, addresses, includes }) => ({ name, addresses, includes }));
  const isSound = textsOf(pages, wish).every((text, index) => {
    const { name } = pages[index]!;
    const size = answerBytes(name, [toStrings(text)]) + (index === 0 ? wish.otherBytes : 0);
    return text.length <= wish.bytes && (size <= answerLimit || index === 0);
  });
  return isSound ? pages : undefined;
}
