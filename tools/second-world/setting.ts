// What the makers of origins share: the organisation, dice, and a list of what others publish.
import type { Book } from './book.ts';
import type { Dice } from './dice.ts';
import type { Lane, Origin, Scale, Shape, Signature } from './model.ts';
import type { Organisation } from './organisation.ts';

export interface Setting {
  readonly org: Organisation;
  readonly scale: Scale;
  readonly dice: Dice;
  readonly origins: Origin[];
  /** Each adds to a book what somebody publishes on a day. */
  readonly publishers: ((book: Book, day: number) => void)[];
}

/** `selector@domain`, with `!` before it when it does not verify. */
export function signed(text: string): Signature {
  const [selector = '', domain = ''] = text.replace('!', '').split('@');
  return { domain, selector, ...(text.startsWith('!') ? { broken: true } : {}) };
}

export function shape(author: string, envelope: string, helo: string, ...signatures: readonly string[]): Shape {
  return { author, envelope, helo, signatures: signatures.map(signed) };
}

export function lane(look: Shape, sources: Lane['sources'], volume: number, hands = 2): Lane {
  return { shape: look, sources, volume, hands };
}

type Given = Pick<Origin, 'id' | 'kind' | 'lanes' | 'party' | 'sender'> & Partial<Origin>;

/** Adds an origin that mails every day unless it says otherwise. */
export function add(setting: Setting, given: Given): void {
  setting.origins.push({ since: 0, every: 'daily', busy: () => 1, ...given });
}

/** Somebody who publishes SPF, and keys by their full names. */
export function published(
  setting: Setting,
  domain: string,
  nets: readonly string[] | ((day: number) => readonly string[]),
  keys: readonly string[] = [],
  rest: '-' | '~' | '?' = '~',
): void {
  setting.publishers.push((book, day) => {
    book.permits.set(domain, { nets: typeof nets === 'function' ? nets(day) : nets, guests: [], rest });
    for (const name of keys) book.keys.set(name, { revoked: false });
  });
}

/** Lets a domain also let in whom another lets in. */
export function letsIn(book: Book, domain: string, guest: string): void {
  const permit = book.permits.get(domain) ?? { nets: [], guests: [], rest: '~' as const };
  book.permits.set(domain, { ...permit, guests: [...permit.guests, guest] });
}
