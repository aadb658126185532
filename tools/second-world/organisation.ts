// Meridion, an operator that does not exist: a group, a company a country, a bank, brands that were bought, names that are parked;
// and what all of them publish, month by month.
import { Book } from './book.ts';
import type { Wish } from './book.ts';
import type { Scale } from './model.ts';
import { machines, monthOf, Space } from './space.ts';
import type { Block } from './space.ts';

export const group = 'meridion.example';
export const bank = 'meridionpay.example';
export const bought = 'kabelwerk.example';
export const resold = 'volta-mobil.example';
export const parked = ['meridion-online.example', 'meridion-shop.example', 'my-meridion.example'];
const countryCodes = ['se', 'ie', 'pt', 'cz', 'ee', 'hr', 'at', 'gr'] as const;

/** What a country's company has. */
export interface Country {
  readonly code: string;
  readonly nation: string;
  /** The brand people know. */
  readonly brand: string;
  /** The group's name for its staff. */
  readonly staff: string;
  /** Mailboxes of subscribers. */
  readonly home: string;
  readonly relay: 'north' | 'south';
  readonly billing: Block;
  readonly access: Block;
  readonly submission: Block;
}

export interface Organisation {
  readonly space: Space;
  readonly countries: readonly Country[];
  readonly relays: Readonly<Record<'north' | 'south', Block>>;
  readonly relaySix: Block;
  readonly office: Block;
  readonly bankNet: Block;
  readonly boughtNet: Block;
}

export function organisation(scale: Scale): Organisation {
  const space = new Space();
  const relays = {
    north: space.block('Meridion Relay North', 'SE', 64),
    south: space.block('Meridion Relay South', 'PT', 64),
  };
  const relaySix = space.six('Meridion Relay North', 'SE');
  const countries = countryCodes.slice(0, scale.countries).map((code, i): Country => {
    const nation = code.toUpperCase();
    const company = `Meridion ${nation}`;
    return {
      code,
      nation,
      brand: `meridion-${code}.example`,
      staff: `${code}.${group}`,
      home: `home-${code}.example`,
      relay: i % 2 === 0 ? 'north' : 'south',
      billing: space.block(`${company} datacentre`, nation, 32),
      access: space.block(`${company} access`, nation, 4096),
      submission: space.block(`${company} datacentre`, nation, 16),
    };
  });
  return {
    space,
    countries,
    relays,
    relaySix,
    office: space.block('Meridion Group offices', 'SE', 64),
    bankNet: space.block('Meridion Pay', 'IE', 32),
    boughtNet: space.block('Kabelwerk', 'AT', 32),
  };
}

/** What the organisation publishes on a day. Everybody else adds to it. */
export function publish(org: Organisation, day: number): Book {
  const book = new Book();
  const month = monthOf(day);
  const wish = (domain: string, asked: Wish): void => void book.wishes.set(domain, asked);
  const key = (selector: string, domain: string): void =>
    void book.keys.set(`${selector}._domainkey.${domain}`, { revoked: false });
  const lets = (domain: string, nets: readonly string[], guests: readonly string[], rest: '-' | '~' | '?'): void =>
    void book.permits.set(domain, { nets, guests, rest });
  const north = '_spf-north.meridion.example';
  const south = '_spf-south.meridion.example';
  lets(north, [org.relays.north.prefix, org.relaySix.prefix], [], '~');
  lets(south, [org.relays.south.prefix], [], '~');
  // The group: relays of both regions; the key changes in the third month, the old one stays another month.
  wish(group, month < 2 ? { p: 'none' } : { p: 'none', sp: 'none', np: 'quarantine' });
  lets(group, [org.office.prefix], [north, south], '~');
  if (month < 4) key('g1', group);
  if (month >= 2) key('g2', group);
  for (const name of ['noc', 'people', 'alerts']) book.hosts.set(`${name}.${group}`, 'mx');
  lets(`noc.${group}`, [org.office.prefix], [], '~');
  for (const [i, each] of org.countries.entries()) {
    const relay = each.relay === 'north' ? north : south;
    const bill = `bill.${each.brand}`;
    lets(each.staff, [], [relay], '~');
    lets(each.brand, [], [relay], i === 3 ? '?' : '~');
    book.hosts.set(each.brand, 'mx');
    book.hosts.set(each.staff, 'mx');
    wish(each.brand, ladder(i, month));
    lets(`bounce.${bill}`, [each.billing.prefix], [], '~');
    key(`${each.code}2025`, bill);
    key('sub', each.home);
    lets(each.home, [each.submission.prefix], [], i === 1 ? '?' : '~');
    wish(each.home, i === 0 ? { p: 'quarantine', percent: 30 } : { p: 'none' });
    book.hosts.set(each.home, 'mx');
    // Some relays were given a record of their own for HELO, those in the south were not.
    if (each.relay === 'north') lets(`out.${each.code}.relay.${group}`, [org.relays.north.at(20 + i)], [], '-');
    else book.hosts.set(`out.${each.code}.relay.${group}`, org.relays.south.at(20 + i));
  }
  // One country is an organisation of its own.
  const apart = org.countries[2];
  if (apart !== undefined) {
    wish(apart.staff, { p: month < 1 ? 'none' : 'quarantine', psd: 'n' });
    key('pt1', apart.staff);
  }
  wish(bank, { p: 'reject', strictSpf: true });
  lets(bank, [org.bankNet.prefix], [], '-');
  key('pay', bank);
  wish(bought, { p: 'none' });
  key('kw', bought);
  lets(bought, [org.boughtNet.prefix], [], '?');
  wish(resold, { p: month < 2 ? 'none' : 'quarantine' });
  lets(resold, [], [south], '~');
  for (const [i, name] of parked.entries()) {
    wish(name, i === 0 ? { p: 'reject' } : i === 1 ? { p: 'none' } : { p: 'none', reports: false });
    if (i < 2) lets(name, [], [], '-');
  }
  return book;
}

/** Where a brand stands in a month: no two countries go at the same pace. */
function ladder(country: number, month: number): Wish {
  if (country === 0) return { p: 'none' };
  if (country === 1)
    return month < 1 ? { p: 'none' } : month < 3 ? { p: 'quarantine', test: true, percent: 0 } : { p: 'quarantine' };
  if (country === 2) return { p: 'none', sp: 'quarantine' };
  return month < country - 2 ? { p: 'none' } : { p: 'none', np: 'reject' };
}

/** The machines of a region's relay. */
export function relayMachines(org: Organisation, region: 'north' | 'south'): ReturnType<typeof machines> {
  const four = machines(org.relays[region], 4, 5, `mx-out-#.${region}.relay.${group}`);
  return region === 'north' ? [...four, ...machines(org.relaySix, 0, 2, `mx-six-#.north.relay.${group}`)] : four;
}
