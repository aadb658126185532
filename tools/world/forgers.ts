// Those who mail as us and may not: forgers, and those who abuse something that is really ours.
import type { Lane, Origin, Pool, Signature } from './model.ts';
import { accessProviders, type Network } from './networks.ts';
import { providers } from './providers.ts';
import { random, zipf } from './random.ts';
import type { Setup } from './setup.ts';
import { passingPool, steadyPool } from './sources.ts';

interface Forgery {
  readonly id: string;
  readonly party: string;
  readonly sender: string;
  readonly kind?: 'abused';
  readonly pool: Pool;
  readonly volume: number;
  readonly domains: readonly string[];
  readonly envelope: (authorDomain: string) => string;
  readonly signatures?: (authorDomain: string) => readonly Signature[];
  readonly since?: number;
  readonly until?: number;
  readonly rhythm?: Origin['rhythm'];
}

/** Adds the forgers of a size. `addresses`: how many they have together; `neighbour`: the hosting company that a stream of ours rents from too. */
export function forgers(setup: Setup, seed: string, addresses: number, neighbour: Network): void {
  const { organisation, scale, sources } = setup;
  const { networks } = organisation;
  const dice = random(seed, 'forgers');
  const at = (share: number): number => Math.floor(scale.days * share);
  const add = (forgery: Forgery): void => {
    const since = forgery.since ?? 0;
    const until = forgery.until ?? scale.days;
    const weights = zipf(forgery.domains.length, scale.bundled ? 1.5 : 1.4);
    const lanes = forgery.domains.map((authorDomain, i): Lane => ({
      authorDomain,
      envelope: forgery.envelope(authorDomain),
      helo: 'localhost.localdomain',
      signatures: forgery.signatures?.(authorDomain) ?? [],
      pool: forgery.pool,
      weight: weights[i]!,
      since,
      until,
    }));
    setup.origins.push({
      id: forgery.id,
      kind: forgery.kind ?? 'forged',
      party: forgery.party,
      sender: forgery.sender,
      purpose: 'forgery',
      rhythm: forgery.rhythm ?? { every: 'daily', weekend: 0.9 },
      volume: forgery.volume,
      audience: 'everyone',
      lanes,
      since,
      until,
    });
  };
  const known = [
    'lageland.example',
    'mijn-lageland.example',
    'lagelandmail.example',
    'lageland-facturen.example',
    'poldernet.example',
    'dijkmobiel.example',
    ...organisation.select(['sending', 'staff']),
  ];
  const targets = [...new Set(known)].slice(0, 24);
  const parked = organisation.select(['parked', 'receiving']);
  const same = (domain: string): string => domain;

  const access = accessProviders(networks, seed, Math.max(24, Math.round(120 * scale.pools)));
  /** Home lines all over the world, each in use for some weeks. */
  const bots = (count: number, label: string, since: number, until: number): Pool => {
    const lots = random(seed, 'bots', label);
    const found: number[] = [];
    for (let i = 0; i < count; i++) {
      const provider = lots.pick(access);
      const address = provider.network.scatter(1, lots)[0]!;
      // Anyone can give an address of his a name of ours; the name does not lead back.
      const pretends = lots.chance(0.01);
      const reverse = pretends ? `gw${1 + lots.below(9)}.noord.lageland.example` : provider.nameOf(address);
      found.push(
        sources.add(address, {
          ...(reverse === undefined ? {} : { reverse }),
          confirmed: !pretends && lots.chance(0.6),
        }),
      );
    }
    return passingPool(found, since, until, Math.max(6, count * 0.08));
  };
  const part = (share: number): number => Math.max(6, Math.round(addresses * share));

  add({
    id: 'botnet-parcel',
    party: 'botnet (parcels)',
    sender: 'home lines',
    pool: bots(part(0.3), 'parcel', 0, scale.days),
    volume: 5200,
    domains: targets,
    envelope: same,
  });
  add({
    id: 'botnet-invoice',
    party: 'botnet (invoices)',
    sender: 'home lines',
    pool: bots(part(0.17), 'invoice', at(0.1), at(0.8)),
    volume: 3100,
    domains: ['lageland-facturen.example', 'facturen.lageland.example', 'lageland.example'],
    envelope: () => '',
    since: at(0.1),
    until: at(0.8),
  });
  add({
    id: 'botnet-random',
    party: 'botnet (random senders)',
    sender: 'home lines',
    pool: bots(part(0.16), 'random', 0, scale.days),
    volume: 2300,
    domains: targets.slice(0, 8),
    envelope: (domain) => `mail${domain.length}.randommailers.example`,
  });
  add({
    id: 'botnet-parked',
    party: 'botnet (parked names)',
    sender: 'home lines',
    pool: bots(part(0.08), 'parked', 0, scale.days),
    volume: 900,
    domains: parked.length > 0 ? parked : targets,
    envelope: same,
  });
  add({
    id: 'botnet-subdomain',
    party: 'botnet (names that do not exist)',
    sender: 'home lines',
    pool: bots(part(0.08), 'subdomain', at(0.2), scale.days),
    volume: 1100,
    envelope: same,
    since: at(0.2),
    domains: Array.from(
      { length: Math.max(6, setup.count(60)) },
      (_, i) => `${['secure', 'betaling', 'login', 'klant', 'verify'][i % 5]}${i}.${targets[i % 6]}`,
    ),
  });
  add({
    id: 'subdomain-existing',
    party: 'phishing as existing subdomains',
    sender: 'rented servers',
    pool: rented('Kwartel VPS', 'MD', part(0.01)),
    volume: 700,
    domains: ['nieuws.lageland.example', 'tickets.lageland.example'],
    envelope: (domain) => `bounce.${domain}`,
    since: at(0.35),
    until: at(0.9),
  });

  // A snowshoe network: whole neighbouring ranges, its own domains with SPF and a signature that holds, a little mail from each.
  for (let i = 0; i < (scale.pools < 0.3 ? 2 : 5); i++) {
    const network = networks.v4(`Sneeuwveld Media ${i + 1}`, ['US', 'RO', 'BG', 'SC', 'NL'][i % 5]!, 22);
    const domain = `aanbieding-${i + 1}.example`;
    const found = network
      .run(part(0.025), 4)
      .map((address, n) => sources.add(address, { reverse: `mta${n}.${domain}` }));
    setup.permit(domain, `ip4:${network.prefix.text}`);
    setup.publish({ domain, selector: 'dkim', bits: 1024 });
    add({
      id: `snowshoe-${i + 1}`,
      party: `snowshoe network ${i + 1}`,
      sender: `Sneeuwveld Media ${i + 1}`,
      pool: steadyPool(found, 0.1),
      volume: 600,
      domains: targets.slice(i, i + 3),
      envelope: () => domain,
      signatures: () => [{ domain, selector: 'dkim', intact: true }],
      since: at(0.12 * i),
      until: Math.min(scale.days, at(0.12 * i + 0.6)),
    });
  }
  function rented(name: string, country: string, count: number): Pool {
    const network = networks.v4(name, country, count > 700 ? 20 : 22);
    return steadyPool(
      network.scatter(count, dice).map((address) =>
        sources.add(address, {
          reverse: `${address.replaceAll('.', '-')}.${name.toLowerCase().replaceAll(' ', '-')}.example`,
        }),
      ),
      0.5,
    );
  }
  add({
    id: 'kit-vps',
    party: 'phishing kit on rented servers',
    sender: 'Kwartel VPS 2',
    pool: rented('Kwartel VPS 2', 'NL', part(0.02)),
    volume: 1500,
    domains: targets.slice(0, 4),
    envelope: same,
    signatures: (domain) => [{ domain, selector: 'lln2023', intact: false }],
    rhythm: { every: 'monthly', day: 5, lasts: 6 },
  });
  add({
    id: 'web-shops',
    party: 'compromised web sites',
    sender: 'shared hosting',
    pool: rented('Bazaar Webhosting', 'DE', part(0.06)),
    volume: 420,
    domains: targets.slice(0, 10),
    envelope: () => 'webserver.bazaar-webhosting.example',
  });
  // Bots in our own access network, beside customers who send from their own line; some lines do both.
  const homes = setup.origins.find(({ id }) => id === 'customer-lines')!.lanes[0]!.pool.sources;
  const infected = organisation.own.access
    .scatter(Math.max(4, setup.count(40)), dice)
    .map((address) => sources.add(address, { reverse: `${address.replaceAll('.', '-')}.glas.lageland.example` }));
  add({
    id: 'botnet-home',
    party: 'infected lines of our own customers',
    sender: 'home lines of Lageland',
    pool: steadyPool([...infected, ...homes.slice(5, 5 + Math.max(2, setup.count(12)))], 0.3),
    volume: 140,
    domains: ['lagelandmail.example', 'lageland.example'],
    envelope: same,
  });
  // The neighbour: a server at the hosting company that trainers of ours rent from.
  const next = steadyPool(
    neighbour
      .scatter(Math.max(2, setup.count(5)), dice)
      .map((address) =>
        sources.add(address, { reverse: `vps-${address.replaceAll('.', '-')}.houtkade-hosting.example` }),
      ),
  );
  add({
    id: 'neighbour',
    party: 'phishing from a neighbouring address',
    sender: 'Houtkade Hosting',
    pool: next,
    volume: 70,
    domains: ['lageland.example'],
    envelope: same,
    since: at(0.4),
  });
  // Tenants of the very services that streams of ours use: nothing in a row tells them from an unaligned stream there.
  for (const [service, id, volume] of [
    ['sendgrid', 'tenant-sendgrid', 520],
    ['ses', 'tenant-ses', 140],
    ['mailchimp', 'tenant-mailchimp', 90],
  ] as const) {
    const { name, ownSignature, bounce } = providers[service];
    add({
      id,
      party: `a tenant of ${name} who forges`,
      sender: name,
      pool: setup.shared(service),
      volume,
      domains: ['lageland.example', 'lageland-acties.example'].slice(
        service === 'ses' ? 0 : 0,
        service === 'ses' ? 1 : 2,
      ),
      envelope: () => bounce('zakenpost'),
      signatures: () => [{ ...ownSignature('zakenpost'), intact: true }],
      since: at(0.25),
      rhythm: { every: 'daily', weekend: 1 },
    });
  }
  abuse(setup, add, bots, part, at);
}

/** Abuse of what is ours: signatures replayed, a server taken over. */
function abuse(
  setup: Setup,
  add: (forgery: Forgery) => void,
  bots: (count: number, label: string, since: number, until: number) => Pool,
  part: (share: number) => number,
  at: (share: number) => number,
): void {
  const replayed: readonly Signature[] = [{ domain: 'lagelandmail.example', selector: 'lm2024', intact: true }];
  add({
    id: 'replay',
    kind: 'abused',
    party: 'a replayed message of a customer',
    sender: 'home lines',
    pool: bots(part(0.02), 'replay', at(0.45), at(0.6)),
    volume: 2600,
    domains: ['lagelandmail.example'],
    envelope: () => 'mailing-gratis.example',
    signatures: () => replayed,
    since: at(0.45),
    until: at(0.6),
  });
  const apps = setup.origins.find(({ id }) => id === 'app-servers')!;
  const taken = apps.lanes[0]!;
  // Two of our own servers, mailing as themselves and as a domain they have no business with.
  const pool = steadyPool(taken.pool.sources.slice(3, 5));
  add({
    id: 'taken-server',
    kind: 'abused',
    party: 'whoever took over two application servers',
    sender: apps.sender,
    pool,
    volume: 900,
    domains: ['lageland.example', 'mijn-lageland.example'],
    envelope: () => taken.envelope,
    signatures: (domain) => (domain === taken.authorDomain ? taken.signatures : []),
    since: at(0.66),
    until: at(0.7),
  });
}
