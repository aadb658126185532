// Streams that the organisation sends itself, from its own networks.
import type { Network } from './networks.ts';
import type { Pool } from './model.ts';
import { random } from './random.ts';
import type { Setup, Signing } from './setup.ts';
import { steadyPool } from './sources.ts';

/** Machines of ours: neighbours in a network, named `LABELn.SITE.lageland.example`, with host records and, mostly, an SPF record of their own. */
function machines(
  setup: Setup,
  label: string,
  site: string,
  networks: readonly Network[],
  full: number,
  spf = true,
): Pool {
  const count = setup.count(full * 1.6);
  const numbers = networks.flatMap((network) => {
    const share = network.prefix.version === 6 ? Math.ceil(count / 3) : count;
    return network.run(Math.ceil(share / networks.length)).map((address, i) => {
      const name = `${label}${i + 1}.${site}.lageland.example`;
      setup.host(name, [address], spf);
      return setup.sources.add(address, { reverse: name });
    });
  });
  return steadyPool(numbers);
}

/** A signature of the author domain itself. */
export function signAuthor(selector: string, since = 0, bits = 2048): (domain: string) => Signing[] {
  return (domain) => [{ domain, selector, since, bits }];
}

/** A short key that is replaced by a longer one on a day: the old one signs no more from then on, and goes a month later. */
function rotated(first: string, second: string, at: number): (domain: string) => Signing[] {
  return (domain) => [
    { domain, selector: first, until: at, bits: 1024 },
    { domain, selector: second, since: at },
  ];
}

export function ownStreams(setup: Setup): void {
  const { organisation, scale } = setup;
  const { own } = organisation;
  const at = (share: number): number => Math.floor(scale.days * share);
  const same = (domain: string): string => domain;
  const daily = (weekend: number): { every: 'daily'; weekend: number } => ({ every: 'daily', weekend });
  const party = 'Lageland IT';
  const senderOf = (site: string): string => `Lageland ${site}`;
  const staff = organisation.select('staff');
  const sending = organisation.select('sending');

  const gateways = machines(setup, 'gw', 'noord', [own.noord, own.noord6], 90);
  setup.stream({
    id: 'gateways-noord',
    kind: 'own',
    party,
    sender: senderOf('gateways Noord'),
    purpose: 'all mail of applications through the gateways',
    rhythm: daily(0.4),
    volume: 9000,
    audience: 'everyone',
    domains: [...sending, ...staff],
    pool: gateways,
    envelope: same,
    sign: rotated('lln2023', 'lln2026', at(0.45)),
    spf: [`ip4:${own.noord.prefix.text}`, `ip6:${own.noord6.prefix.text}`],
    networks: [own.noord.prefix.text, own.noord6.prefix.text],
  });
  setup.stream({
    id: 'gateways-zuid',
    kind: 'own',
    party,
    sender: senderOf('gateways Zuid'),
    purpose: 'mail of applications in the south',
    rhythm: daily(0.5),
    volume: 5200,
    audience: 'everyone',
    domains: sending,
    pool: machines(setup, 'gw', 'zuid', [own.zuid, own.zuid6], 70),
    envelope: same,
    sign: (domain) => (domain.length % 5 === 0 ? [] : [{ domain, selector: 'llz1' }]),
    spf: [`ip4:${own.zuid.prefix.text}`, `ip6:${own.zuid6.prefix.text}`],
    networks: [own.zuid.prefix.text],
  });
  setup.stream({
    id: 'billing',
    kind: 'own',
    party: 'Facturatie',
    sender: senderOf('billing'),
    purpose: 'monthly invoices',
    rhythm: { every: 'monthly', day: 3, lasts: 5 },
    volume: 60000,
    audience: 'consumers',
    domains: [
      ...organisation.select('sending').filter((name) => name.includes('facturen')),
      'facturen.lageland.example',
    ],
    pool: machines(setup, 'fact', 'west', [own.west], 40),
    envelope: same,
    sign: signAuthor('fact1'),
    spf: [`ip4:${own.west.prefix.text}`],
    networks: [own.west.prefix.text],
  });
  setup.stream({
    id: 'customer-mail',
    kind: 'own',
    party: 'Consumentenmail',
    sender: senderOf('customer mail'),
    purpose: 'mail of customers with a mailbox',
    rhythm: daily(0.9),
    volume: 7000,
    audience: 'everyone',
    domains: ['lagelandmail.example'],
    pool: machines(setup, 'smtp', 'klant', [own.noord], 120),
    envelope: same,
    sign: signAuthor('lm2024'),
    spf: [`ip4:${own.noord.prefix.text}`],
  });
  // Home lines whose users send with their own program straight to the world: ours by right, though nothing shows it.
  const lines = own.access.scatter(setup.count(260), random('customer-lines'));
  setup.stream({
    id: 'customer-lines',
    kind: 'own',
    party: 'Consumentenmail',
    sender: senderOf('home lines'),
    purpose: 'customers who send from their own line',
    rhythm: daily(1),
    volume: 130,
    audience: 'everyone',
    domains: ['lagelandmail.example'],
    pool: steadyPool(
      lines.map((address) =>
        setup.sources.add(address, { reverse: `${address.replaceAll('.', '-')}.glas.lageland.example` }),
      ),
      0.4,
    ),
    envelope: same,
    spf: [],
    declared: false,
  });
  setup.stream({
    id: 'bounces',
    kind: 'own',
    party,
    sender: senderOf('gateways Noord'),
    purpose: 'bounces and auto-replies with a null sender',
    rhythm: daily(0.7),
    volume: 420,
    audience: 'everyone',
    domains: staff,
    pool: gateways,
    envelope: () => '',
    helo: 'mx1.lageland.example',
    declared: false,
    spf: ['a', `ip4:${own.noord.prefix.text}`],
  });
  setup.stream({
    id: 'office-exchange',
    kind: 'own',
    party: 'Werkplek',
    sender: senderOf('office servers'),
    purpose: 'mail of staff from the old office servers',
    rhythm: daily(0.1),
    volume: 900,
    audience: 'business',
    domains: staff,
    pool: machines(setup, 'ex', 'kantoor', [own.offices], 60),
    envelope: same,
    until: at(0.6),
    spf: [`ip4:${own.offices.prefix.text}`],
    sign: signAuthor('ex1', 0, 1024),
    networks: [own.offices.prefix.text],
  });
  setup.stream({
    id: 'app-servers',
    kind: 'own',
    party: 'Mijn Lageland',
    sender: senderOf('application servers'),
    purpose: 'confirmations and password resets of the portal',
    rhythm: daily(0.8),
    volume: 3800,
    audience: 'consumers',
    domains: ['mijn-lageland.example', 'lageland-winkel.example'],
    pool: machines(setup, 'app', 'noord', [own.noord], 160),
    envelope: (domain) => `bounce.${domain}`,
    sign: signAuthor('app2'),
    spf: [`ip4:${own.noord.prefix.text}`],
  });
  setup.stream({
    id: 'monitoring',
    kind: 'own',
    party: 'Netwerkbeheer',
    sender: senderOf('monitoring'),
    purpose: 'alerts of the network to suppliers',
    rhythm: daily(1),
    volume: 75,
    audience: 'business',
    domains: ['lageland.example'],
    pool: machines(setup, 'mon', 'west', [own.west], 16, false),
    envelope: (domain) => `noc.${domain}`,
    spf: [`ip4:${own.west.prefix.text}`],
    declared: false,
  });
  setup.stream({
    id: 'cron',
    kind: 'own',
    party,
    sender: senderOf('forgotten hosts'),
    purpose: 'cron jobs that mail as their host',
    rhythm: daily(1),
    volume: 40,
    audience: 'business',
    domains: Array.from({ length: setup.count(30) }, (_, i) => `srv-${i + 3}.beheer.lageland.example`),
    pool: machines(setup, 'nat', 'beheer', [own.zuid], 8, false),
    envelope: same,
    declared: false,
  });
  setup.stream({
    id: 'printers',
    kind: 'own',
    party: 'Werkplek',
    sender: senderOf('printers'),
    purpose: 'scans that printers mail',
    rhythm: daily(0.05),
    volume: 30,
    audience: 'business',
    domains: Array.from({ length: setup.count(24) }, (_, i) => `prn-${i + 1}.kantoor.lageland.example`),
    pool: machines(setup, 'out', 'kantoor', [own.offices], 12, false),
    envelope: same,
    declared: false,
  });
  setup.stream({
    id: 'payroll',
    kind: 'own',
    party: 'HR',
    sender: senderOf('payroll'),
    purpose: 'yearly payroll statements',
    rhythm: { every: 'yearly', month: 1, day: 21, lasts: 4 },
    volume: 1600,
    audience: 'consumers',
    domains: ['werkenbij.lageland.example'],
    pool: machines(setup, 'hr', 'zuid', [own.zuid], 4),
    envelope: same,
    spf: [`ip4:${own.zuid.prefix.text}`],
  });
  setup.stream({
    id: 'outage-notice',
    kind: 'own',
    party: 'Netwerkbeheer',
    sender: senderOf('outage notices'),
    purpose: 'a notice of a great outage',
    rhythm: { every: 'once', at: 0.37, lasts: 2 },
    volume: 21000,
    audience: 'consumers',
    domains: ['lageland-storing.example'],
    pool: machines(setup, 'alert', 'noord', [own.noord], 6),
    envelope: same,
    sign: signAuthor('alert'),
    spf: [`ip4:${own.noord.prefix.text}`],
  });
  setup.stream({
    id: 'wholesale',
    kind: 'own',
    party: 'Wholesale',
    sender: senderOf('wholesale'),
    purpose: 'orders between operators',
    rhythm: daily(0.2),
    volume: 260,
    audience: 'business',
    domains: ['lageland-zakelijk.example'],
    pool: machines(setup, 'edi', 'west', [own.west], 10),
    envelope: same,
    sign: signAuthor('edi', at(0.3)),
    spf: [`ip4:${own.west.prefix.text}`],
  });
  if (organisation.select('staff', 'terpconnect').length > 0) mergedStreams(setup, at(0.8));
}

/** What came with the merger: its own servers, signing from some months later on. */
function mergedStreams(setup: Setup, signedSince: number): void {
  const { organisation } = setup;
  const network = organisation.networks.v4('Terpconnect', 'NL', 23);
  const names = organisation.domains
    .filter(({ brand, role }) => brand === 'terpconnect' && role !== 'parked')
    .map(({ name }) => name);
  const pool = (label: string, full: number): Pool =>
    steadyPool(
      network.run(setup.count(full)).map((address, i) => {
        const name = `${label}${i + 1}.terpconnect.example`;
        setup.host(name, [address], i % 2 === 0);
        return setup.sources.add(address, { reverse: name });
      }),
    );
  setup.stream({
    id: 'terp-relay',
    kind: 'own',
    party: 'Terpconnect IT',
    sender: 'Terpconnect servers',
    purpose: 'all mail of the company that was bought',
    rhythm: { every: 'daily', weekend: 0.3 },
    volume: 1900,
    audience: 'everyone',
    domains: names,
    pool: pool('mail', 30),
    envelope: (domain) => domain,
    sign: (domain) => [{ domain, selector: 'terp', since: signedSince }],
    spf: [`ip4:${network.prefix.text}`],
    since: organisation.merger,
    networks: [network.prefix.text],
  });
  setup.stream({
    id: 'terp-billing',
    kind: 'own',
    party: 'Terpconnect IT',
    sender: 'Terpconnect billing',
    purpose: 'invoices of the company that was bought',
    rhythm: { every: 'monthly', day: 12, lasts: 3 },
    volume: 4200,
    audience: 'consumers',
    domains: names.slice(0, 2),
    pool: pool('inv', 6),
    envelope: (domain) => `inv.${domain}`,
    since: organisation.merger,
    declared: false,
  });
}
