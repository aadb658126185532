// Lageland Telecom, an operator that does not exist: its brands, its domains and what each is for, its networks.
import { assertNever } from '../../src/standards/problem.ts';
import type { Scale } from './model.ts';
import { Networks, type Network } from './networks.ts';
import { random } from './random.ts';

/**
 * What a domain is for: `staff` and `customers` have people who write mail; `sending` is for machines; `subdomain` lies below another
 * and sends; `receiving` only gets mail; `parked` does neither.
 */
type Role = 'customers' | 'parked' | 'receiving' | 'sending' | 'staff' | 'subdomain';

/** How a domain climbs from `p=none` to `p=reject` during the world. */
type Ladder = 'brave' | 'careful' | 'closed' | 'inherits' | 'none' | 'quarantine';

export interface Domain {
  readonly name: string;
  readonly role: Role;
  readonly brand: string;
  readonly ladder: Ladder;
  /** The day of the world since which it is watched (its DMARC record asks for reports): later for what a merger brings. */
  readonly since: number;
}

export interface Organisation {
  readonly domains: readonly Domain[];
  /** Domains by role and brand, the most used first. */
  select(role: Role | readonly Role[], brand?: string): string[];
  readonly networks: Networks;
  readonly own: Readonly<Record<'access' | 'noord' | 'noord6' | 'offices' | 'west' | 'zuid' | 'zuid6', Network>>;
  /** The day on which the merger brings its domains. */
  readonly merger: number;
}

export const reportHost = 'rapport.lageland.example';

/** Brands of the group, the biggest first: the first six in every size. */
const brands: readonly string[] = [
  'lageland',
  'poldernet',
  'dijkmobiel',
  'terpconnect',
  'waddenbel',
  'glashart',
  'zeekabel',
  'veenweb',
  'sluisdata',
  'kreekmedia',
  'duinhosting',
  'heidetv',
  'rivierzorg',
  'molenpay',
  'boezemcloud',
  'kwelder',
  'plasbeveiliging',
  'eilandwifi',
];

/** What a brand's domains are called, the most usual first. */
const kinds: readonly (readonly [suffix: string, role: Role])[] = [
  ['', 'staff'],
  ['-facturen', 'sending'],
  ['-service', 'sending'],
  ['-acties', 'sending'],
  ['-zakelijk', 'staff'],
  ['-winkel', 'sending'],
  ['-info', 'receiving'],
  ['-online', 'parked'],
  ['-storing', 'sending'],
  ['-werkt', 'sending'],
  ['-nieuws', 'sending'],
  ['-klant', 'receiving'],
  ['-shop', 'parked'],
  ['-mail', 'parked'],
  ['-telecom', 'parked'],
  ['-internet', 'parked'],
  ['-bellen', 'parked'],
  ['-nederland', 'parked'],
];

/** Domains that only the first brand has. */
const special: readonly (readonly [name: string, role: Role])[] = [
  ['mijn-lageland.example', 'sending'],
  ['lagelandmail.example', 'customers'],
  ['nieuws.lageland.example', 'subdomain'],
  ['facturen.lageland.example', 'subdomain'],
  ['tickets.lageland.example', 'subdomain'],
  ['lageland-academie.example', 'sending'],
  ['lage-land.example', 'parked'],
  ['lageiand.example', 'parked'],
  ['werkenbij.lageland.example', 'subdomain'],
  ['lageland-winkel.example', 'sending'],
  ['lageland-storing.example', 'sending'],
  ['lageland-werkt.example', 'sending'],
  ['lageland-info.example', 'receiving'],
  ['lagelandgroep.example', 'receiving'],
  ['laagland-telecom.example', 'parked'],
  ['lageland-internet.example', 'parked'],
];

/** The organisation of a size: domains, networks and the day of the merger follow from the seed. */
export function organisation(seed: string, scale: Scale): Organisation {
  const dice = random(seed, 'organisation');
  const merger = Math.floor(scale.days * 0.55);
  const domains: Domain[] = [];
  const add = (name: string, role: Role, brand: string): void => {
    if (domains.length >= scale.domains || domains.some((domain) => domain.name === name)) return;
    domains.push({
      name,
      role,
      brand,
      ladder: ladderOf(name, role, brand, dice.next()),
      since: brand === 'terpconnect' ? merger : 0,
    });
  };
  for (const [name, role] of special) add(name, role, 'lageland');
  // The merger brings as many as forty: regional names of the brand that was bought.
  const regions = [
    'noord',
    'oost',
    'zuid',
    'west',
    'friesland',
    'drenthe',
    'zeeland',
    'limburg',
    'utrecht',
    'gelderland',
    'flevoland',
    'twente',
  ];
  const brought = Math.round(Math.min(40, scale.domains / 7));
  for (let i = 0; i < brought; i++) {
    const suffix =
      i < kinds.length
        ? kinds[i]!
        : ([
            `-${regions[(i - kinds.length) % regions.length]}${i < 30 ? '' : '-mail'}`,
            i % 4 === 0 ? 'parked' : 'sending',
          ] as const);
    add(`terpconnect${suffix[0]}.example`, suffix[1], 'terpconnect');
  }
  const named = brands.slice(0, Math.round(3 + scale.domains / 20)).filter((brand) => brand !== 'terpconnect');
  const family = (some: typeof kinds): void => {
    for (const [suffix, role] of some) for (const brand of named) add(`${brand}${suffix}.example`, role, brand);
  };
  family(kinds.slice(0, 6));
  for (const label of ['nieuws', 'facturen'])
    for (const brand of named) add(`${label}.${brand}.example`, 'subdomain', brand);
  family(kinds.slice(6));

  const networks = new Networks(seed);
  const asn = networks.holder();
  const own = {
    noord: networks.v4('Lageland Telecom datacentrum Noord', 'NL', 22, asn),
    zuid: networks.v4('Lageland Telecom datacentrum Zuid', 'NL', 22, asn),
    west: networks.v4('Lageland Telecom datacentrum West', 'NL', 23, networks.holder()),
    offices: networks.v4('Lageland Telecom kantoren', 'NL', 23, asn),
    access: networks.v4('Lageland Telecom klantaansluitingen', 'NL', 16, networks.holder()),
    noord6: networks.v6('Lageland Telecom datacentrum Noord', 'NL', asn),
    zuid6: networks.v6('Lageland Telecom datacentrum Zuid', 'NL', asn),
  };
  return {
    domains,
    merger,
    networks,
    own,
    select: (role, brand) => {
      const roles: readonly string[] = typeof role === 'string' ? [role] : role;
      return domains
        .filter((domain) => roles.includes(domain.role) && (brand === undefined || domain.brand === brand))
        .map(({ name }) => name);
    },
  };
}

function ladderOf(name: string, role: Role, brand: string, chance: number): Ladder {
  if (name === 'lageland.example') return 'careful';
  if (role === 'subdomain') return chance < 0.3 ? 'careful' : 'inherits';
  if (role === 'parked') return chance < 0.85 ? 'closed' : 'none';
  if (brand === 'terpconnect') return 'none';
  if (role === 'receiving') return 'brave';
  if (role === 'customers') return 'quarantine';
  return chance < 0.35 ? 'brave' : chance < 0.75 ? 'careful' : chance < 0.9 ? 'quarantine' : 'none';
}

/** The DMARC record of a domain over the days: `[day of the world, record]`, in order. */
export function dmarcSteps(domain: Domain, days: number): [day: number, record: string][] {
  const rua = `rua=mailto:dmarc@${reportHost}`;
  const at = (share: number): number => domain.since + Math.floor((days - domain.since) * share);
  const p = (policy: string, rest = ''): string => `v=DMARC1; p=${policy}${rest}; ${rua}`;
  switch (domain.ladder) {
    case 'inherits':
      return [];
    case 'none':
      return [[domain.since, p('none')]];
    case 'closed':
      return [[0, `v=DMARC1; p=reject; sp=reject; ${rua}`]];
    case 'brave':
      return [
        [0, p('none')],
        [at(0.25), p('quarantine')],
        [at(0.5), p('reject', '; sp=reject; np=reject')],
        [at(0.85), p('reject', '; sp=reject; np=reject; adkim=s')],
      ];
    case 'quarantine':
      return [
        [0, p('none')],
        [at(0.5), p('quarantine', '; sp=none')],
      ];
    case 'careful':
      return [
        [0, p('none', '; sp=none')],
        [at(0.25), p('quarantine', '; sp=none; t=y; pct=0')],
        [at(0.5), p('quarantine', '; sp=none; np=quarantine')],
        [at(0.7), p('reject', '; sp=quarantine; np=reject; t=y; pct=0')],
        [at(0.85), p('reject', '; sp=quarantine; np=reject')],
      ];
    default:
      return assertNever(domain.ladder);
  }
}
