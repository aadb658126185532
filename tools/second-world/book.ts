// What is published on a day, as decisions rather than as text: whom a domain lets in, what it asks of receivers, which keys stand.
// The records are written from it, and what receivers conclude is concluded from it; neither is read from the other.
import { holds } from './space.ts';

export type Policy = 'none' | 'quarantine' | 'reject';

/** Whom a domain lets mail in its name. */
export interface Permit {
  /** Prefixes and addresses. */
  readonly nets: readonly string[];
  /** Domains that let in for it whom they let in themselves. */
  readonly guests: readonly string[];
  /** What becomes of everybody else. */
  readonly rest: '-' | '~' | '?';
}

/** What a domain asks of receivers. */
export interface Wish {
  readonly p: Policy;
  readonly sp?: Policy;
  readonly np?: Policy;
  readonly strictDkim?: boolean;
  readonly strictSpf?: boolean;
  readonly test?: boolean;
  readonly percent?: number;
  readonly psd?: 'y' | 'n';
  /** Whether it asks for reports; it does unless this is `false`. */
  readonly reports?: boolean;
}

/** A key: where it stands for real, and whether it was taken back. */
export type Key = { readonly alias: string } | { readonly revoked: boolean };

export class Book {
  readonly permits = new Map<string, Permit>();
  readonly wishes = new Map<string, Wish>();
  /** By `selector._domainkey.domain`, or by the name an alias leads to. */
  readonly keys = new Map<string, Key>();
  /** Other names that exist: those of machines with their address, and of domains with a mail server. */
  readonly hosts = new Map<string, string>();
  #existing: Set<string> | undefined;

  copy(): Book {
    const other = new Book();
    for (const field of ['permits', 'wishes', 'keys', 'hosts'] as const)
      for (const [name, value] of this[field]) (other[field] as Map<string, unknown>).set(name, value);
    return other;
  }

  /** SPF (RFC 7208) of a domain for an address, by whom it lets in. */
  spf(domain: string, address: string): 'fail' | 'neutral' | 'none' | 'pass' | 'softfail' {
    const permit = this.permits.get(domain);
    if (permit === undefined) return 'none';
    const lets = ({ nets, guests }: Permit): boolean =>
      nets.some((net) => holds(net, address)) ||
      guests.some((guest) => {
        const other = this.permits.get(guest);
        if (other === undefined) throw new Error(`${guest} is let in by ${domain} and publishes nothing`);
        return lets(other);
      });
    if (lets(permit)) return 'pass';
    return permit.rest === '-' ? 'fail' : permit.rest === '~' ? 'softfail' : 'neutral';
  }

  /** Whether a key is there to verify with. */
  hasKey(selector: string, domain: string): boolean {
    let key = this.keys.get(`${selector}._domainkey.${domain}`);
    if (key !== undefined && 'alias' in key) key = this.keys.get(key.alias);
    return key !== undefined && 'revoked' in key && !key.revoked;
  }

  /** Whether a name exists: something is published at it or below it (RFC 8020). */
  exists(name: string): boolean {
    if (this.#existing === undefined) {
      this.#existing = new Set();
      const names = [...this.permits.keys(), ...this.hosts.keys(), ...this.keys.keys()];
      for (const domain of this.wishes.keys()) names.push(`_dmarc.${domain}`);
      for (let each of names)
        for (; each !== ''; each = each.includes('.') ? each.slice(each.indexOf('.') + 1) : '')
          this.#existing.add(each);
    }
    return this.#existing.has(name);
  }
}

/** A DMARC record (RFC 9989 §4.7). */
export function wishText(wish: Wish, domain: string): string {
  const tags = ['v=DMARC1', `p=${wish.p}`];
  if (wish.sp !== undefined) tags.push(`sp=${wish.sp}`);
  if (wish.np !== undefined) tags.push(`np=${wish.np}`);
  if (wish.strictDkim) tags.push('adkim=s');
  if (wish.strictSpf) tags.push('aspf=s');
  if (wish.test) tags.push('t=y');
  if (wish.percent !== undefined) tags.push(`pct=${wish.percent}`);
  if (wish.psd !== undefined) tags.push(`psd=${wish.psd}`);
  if (wish.reports !== false) tags.push(`rua=mailto:dmarc+${domain.split('.')[0]}@reports.meridion.example`);
  return tags.join('; ');
}

/** An SPF record (RFC 7208 §4.5). */
export function permitText({ nets, guests, rest }: Permit): string {
  const terms = nets.map((net) => `${net.includes(':') ? 'ip6' : 'ip4'}:${net}`);
  return ['v=spf1', ...guests.map((guest) => `include:${guest}`), ...terms, `${rest}all`].join(' ');
}

// The other half of this key is nobody's: it is a number of the right form.
const keyText = (name: string): string => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let state = name.split('').reduce((sum, each) => (sum * 31 + each.charCodeAt(0)) % 1_000_003, 7);
  const body = Array.from({ length: 342 }, () => letters[(state = (state * 7919 + 13) % 1_000_003) % 64]).join('');
  return `v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA${body}IDAQAB`;
};

/** A set of records as one line each of a master file. */
export type Line = readonly [name: string, type: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'TXT', data: string];

const quoted = (text: string): string => (text.match(/.{1,240}/g) ?? ['']).map((part) => `"${part}"`).join(' ');

export function wishLine(domain: string, wish: Wish): Line {
  return [`_dmarc.${domain}`, 'TXT', quoted(wishText(wish, domain))];
}

export function permitLine(domain: string, permit: Permit): Line {
  return [domain, 'TXT', quoted(permitText(permit))];
}

export function keyLine(name: string, key: Key): Line {
  if ('alias' in key) return [name, 'CNAME', `${key.alias}.`];
  return [name, 'TXT', quoted(key.revoked ? 'v=DKIM1; p=' : keyText(name))];
}

/** A book as a master file. Every top-level name gets an SOA, so that what is not listed does not exist. */
export function bookText(book: Book, date: string): string {
  const lines: Line[] = [
    ...[...book.permits].map(([domain, permit]) => permitLine(domain, permit)),
    ...[...book.wishes].map(([domain, wish]) => wishLine(domain, wish)),
    ...[...book.keys].map(([name, key]) => keyLine(name, key)),
    ...[...book.hosts].map(([name, address]): Line =>
      address === 'mx'
        ? [name, 'MX', '10 mx.meridion.example.']
        : [name, address.includes(':') ? 'AAAA' : 'A', address],
    ),
  ];
  lines.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1));
  // `localdomain` is in the names of machines that nobody named.
  const tops = [...new Set(['localdomain', ...lines.map(([name]) => name.slice(name.lastIndexOf('.') + 1))])].sort();
  const serial = `${date.replaceAll('-', '')}01`;
  return [
    `; All that is published on ${date}.`,
    '$TTL 7200',
    ...tops.map((top) => `${top}. IN SOA a.root.example. zones.root.example. ${serial} 7200 1800 1209600 600`),
    ...lines.map(([name, type, data]) => `${name}. IN ${type} ${data}`),
    '',
  ].join('\n');
}
