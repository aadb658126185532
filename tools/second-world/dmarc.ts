// What a receiver concludes of a message (RFC 9989, and RFC 7489 as it was before), from the book of the day.
import type { Book, Policy, Wish } from './book.ts';

/** Where a receiver looks for what governs a name. */
export type Discovery = 'psl' | 'walk';

/** The registered domain: every top-level name here is a public suffix, and none has two labels. */
const registered = (name: string): string => name.split('.').slice(-2).join('.');

/** The names of a walk that begins at a name, with their records (RFC 9989 §4.10): it ends at a record with `psd`. */
function walk(book: Book, name: string): { readonly at: string; readonly wish: Wish }[] {
  const found: { at: string; wish: Wish }[] = [];
  const labels = name.split('.');
  let count = labels.length;
  for (;;) {
    const at = labels.slice(labels.length - count).join('.');
    const wish = book.wishes.get(at);
    if (wish !== undefined) found.push({ at, wish });
    if (wish?.psd !== undefined) break;
    count = count === labels.length && count >= 8 ? 7 : count - 1;
    if (count === 0) break;
  }
  return found;
}

/** The Organizational Domain of a name (RFC 9989 §4.10.2; RFC 7489 §3.2). */
export function organizationOf(book: Book, name: string, discovery: Discovery): string {
  if (discovery === 'psl') return registered(name);
  const found = walk(book, name);
  for (const { at, wish } of found) {
    if (wish.psd === 'n') return at;
    if (wish.psd === 'y' && at !== name) {
      const labels = name.split('.');
      return labels.slice(labels.length - at.split('.').length - 1).join('.');
    }
  }
  return found.at(-1)?.at ?? name;
}

export interface Governing {
  readonly domain: string;
  readonly wish: Wish;
  readonly policy: Policy;
}

/** The record that governs an author domain, and which of its policies (RFC 9989 §4.10.1; RFC 7489 §6.6.3). */
export function governing(book: Book, author: string, discovery: Discovery, knowsNp: boolean): Governing | undefined {
  const own = book.wishes.get(author);
  if (own !== undefined) return { domain: author, wish: own, policy: own.p };
  const domain = organizationOf(book, author, discovery);
  const wish = book.wishes.get(domain);
  if (wish === undefined) return undefined;
  const below = wish.sp ?? wish.p;
  return { domain, wish, policy: knowsNp && !book.exists(author) ? (wish.np ?? below) : below };
}

/** Whether an identifier is aligned with the author domain (RFC 9989 §4.10.2). */
export function isAligned(book: Book, author: string, other: string, strict: boolean, discovery: Discovery): boolean {
  if (author === other) return true;
  return !strict && organizationOf(book, author, discovery) === organizationOf(book, other, discovery);
}
