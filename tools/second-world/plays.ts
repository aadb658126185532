// Changes that are played: each a few records that stand for the whole of the time, and the same mail met by the same receivers.
import { keyLine, permitLine, wishLine } from './book.ts';
import type { Book, Key, Line, Permit, Wish } from './book.ts';
import { bank, group } from './organisation.ts';
import type { Organisation } from './organisation.ts';

export interface Play {
  readonly name: string;
  readonly wishes: readonly (readonly [domain: string, wish: Wish])[];
  readonly permits: readonly (readonly [domain: string, permit: Permit])[];
  readonly keys: readonly (readonly [name: string, key: Key])[];
}

/** The changes of a world. */
export function playsOf(org: Organisation, last: Book): Play[] {
  const [se, ie, pt, cz] = org.countries;
  const play = (name: string, change: Partial<Omit<Play, 'name'>>): Play => ({
    name,
    wishes: [],
    permits: [],
    keys: [],
    ...change,
  });
  const permit = (domain: string, change: (now: Permit) => Partial<Permit>): readonly [string, Permit] => {
    const now = last.permits.get(domain)!;
    return [domain, { ...now, ...change(now) }];
  };
  const without = (domain: string, guest: string): readonly [string, Permit] =>
    permit(domain, ({ guests }) => ({ guests: guests.filter((each) => each !== guest) }));
  const hard = (domain: string): readonly [string, Permit] => permit(domain, () => ({ rest: '-' }));
  const gone: Key = { revoked: true };
  const north = '_spf-north.meridion.example';
  return [
    play('brand-reject', { wishes: [[se!.brand, { p: 'reject' }]] }),
    play('group-sp-np', { wishes: [[group, { p: 'none', sp: 'quarantine', np: 'reject' }]] }),
    play('brand-strict', { wishes: [[se!.brand, { p: 'reject', strictDkim: true, strictSpf: true }]] }),
    play('brand-test-sampled', { wishes: [[cz!.brand, { p: 'reject', test: true, percent: 25 }]] }),
    play('brand-sampled', { wishes: [[cz!.brand, { p: 'quarantine', percent: 40 }]] }),
    play('without-relay', {
      wishes: [[se!.brand, { p: 'quarantine' }]],
      permits: [without(se!.brand, north), without(se!.staff, north)],
    }),
    play('relay-shrinks', {
      wishes: [[se!.brand, { p: 'reject' }]],
      permits: [permit(north, ({ nets }) => ({ nets: nets.slice(1) }))],
    }),
    play('hard-fail', { permits: [hard(ie!.brand), hard(se!.home)] }),
    play('hard-fail-and-reject', {
      wishes: [
        [ie!.home, { p: 'reject' }],
        [ie!.brand, { p: 'reject' }],
      ],
      permits: [hard(ie!.home), hard(ie!.brand)],
    }),
    play('group-key-retired', {
      wishes: [[group, { p: 'quarantine' }]],
      keys: [
        [`g1._domainkey.${group}`, gone],
        [`g2._domainkey.${group}`, gone],
      ],
    }),
    play('alias-key-retired', {
      wishes: [[`news.${se!.brand}`, { p: 'reject' }]],
      keys: [[`bv.${se!.code}.dkim.brevilo.example`, gone]],
    }),
    play('apart-no-more', { wishes: [[pt!.staff, { p: 'reject' }]] }),
    play('bank-relaxed', { wishes: [[bank, { p: 'quarantine' }]] }),
    play('bank-strict', { wishes: [[bank, { p: 'reject', strictDkim: true, strictSpf: true }]] }),
  ];
}

/** A book as it would be with a play. */
export function played(book: Book, { wishes, permits, keys }: Play): Book {
  const other = book.copy();
  for (const [domain, wish] of wishes) other.wishes.set(domain, wish);
  for (const [domain, permit] of permits) other.permits.set(domain, permit);
  for (const [name, key] of keys) other.keys.set(name, key);
  return other;
}

/** The records of a play, as lines of a master file. */
export function playText({ wishes, permits, keys }: Play): string {
  const lines: Line[] = [
    ...wishes.map(([domain, wish]) => wishLine(domain, wish)),
    ...permits.map(([domain, permit]) => permitLine(domain, permit)),
    ...keys.map(([name, key]) => keyLine(name, key)),
  ];
  return `$TTL 7200\n${lines.map(([name, type, data]) => `${name}. IN ${type} ${data}\n`).join('')}`;
}
