// What makes a group of companies a large one: every brand has a few streams of its own, set up by whoever needed them at the time.
import type { Rhythm } from './calendar.ts';
import type { ProviderName } from './providers.ts';
import { random } from './random.ts';
import type { Setup } from './setup.ts';
import { signAuthor } from './streams-own.ts';
import { atService, hosted } from './services.ts';
import { steadyPool } from './sources.ts';

interface Need {
  readonly purpose: string;
  readonly rhythm: Rhythm;
  readonly volume: number;
  readonly services: readonly ProviderName[];
}

const needs: readonly Need[] = [
  {
    purpose: 'newsletter',
    rhythm: { every: 'weekly', weekday: 3 },
    volume: 2600,
    services: ['mailchimp', 'brevo', 'marketingCloud', 'mailjet'],
  },
  {
    purpose: 'service tickets',
    rhythm: { every: 'daily', weekend: 0.4 },
    volume: 260,
    services: ['zendesk', 'flowmailer', 'hubspot'],
  },
  {
    purpose: 'confirmations',
    rhythm: { every: 'daily', weekend: 0.9 },
    volume: 420,
    services: ['sendgrid', 'ses', 'mailgun', 'postmark', 'flowmailer'],
  },
  {
    purpose: 'offers',
    rhythm: { every: 'daily', weekend: 0.05 },
    volume: 160,
    services: ['salesforce', 'hubspot', 'microsoft'],
  },
  {
    purpose: 'survey',
    rhythm: { every: 'quarterly', day: 20, lasts: 3 },
    volume: 1900,
    services: ['mailjet', 'sendgrid', 'mailchimp'],
  },
];

/** So many streams more, over the brands of the organisation. */
export function brandStreams(setup: Setup, wanted: number): void {
  const dice = random('brand-streams', wanted);
  const { domains } = setup.organisation;
  const brands = [...new Set(domains.map(({ brand }) => brand))].filter(
    (brand) => brand !== 'lageland' && brand !== 'terpconnect',
  );
  const legs = ['both', 'dkim', 'spf', 'neither', 'both', 'dkim'] as const;
  const taken = new Set<string>();
  let made = 0;
  for (let round = 0; made < wanted && round < 12; round++) {
    for (const brand of brands) {
      if (made >= wanted) break;
      const names = domains
        .filter(
          (domain) =>
            domain.brand === brand &&
            (domain.role === 'sending' || domain.role === 'staff' || domain.role === 'subdomain'),
        )
        .map(({ name }) => name);
      if (names.length === 0) continue;
      const domain = names[(round + brand.length) % names.length]!;
      const since = dice.chance(0.2) ? Math.floor(setup.scale.days * (0.2 + dice.next() * 0.5)) : 0;
      if (round % 3 === 2) {
        ownServer(setup, brand, domain, made, since);
        made += 1;
        continue;
      }
      const need = needs[(round + made) % needs.length]!;
      const service = dice.pick(need.services);
      const leg = dice.pick(legs);
      // Two tenants of one service are told apart by their author domain, signature or envelope: the same set-up twice would be one stream.
      const key = `${service} ${domain}`;
      if (taken.has(key)) continue;
      taken.add(key);
      atService(setup, {
        id: `${brand}-${need.purpose.replaceAll(' ', '-')}-${service}`,
        party: `${brand} ${need.purpose === 'newsletter' ? 'marketing' : 'service'}`,
        service,
        tenant: `${brand}${round}`,
        purpose: `${need.purpose} of ${brand}`,
        rhythm: need.rhythm,
        volume: Math.round(need.volume * (0.3 + dice.next())),
        audience: dice.chance(0.7) ? 'consumers' : 'business',
        domains: [domain],
        legs: leg,
        ...(since > 0 ? { since } : {}),
        ...(dice.chance(0.3) && leg !== 'neither' && leg !== 'spf'
          ? { signedSince: Math.floor(setup.scale.days * (0.3 + dice.next() * 0.3)) }
          : {}),
        declared: dice.chance(0.75),
      });
      made += 1;
    }
  }
}

/** A server of a brand, in our own network or rented, that mails for one domain. */
function ownServer(setup: Setup, brand: string, domain: string, n: number, since: number): void {
  const rented = n % 2 === 0;
  const label = `${brand}-server-${n}`;
  const pool = rented
    ? hosted(setup, `${brand} bij Torenvalk ${n}`, 6, `torenvalk-${n}.example`)
    : (() => {
        const addresses = setup.organisation.own.west.run(setup.count(8), 80);
        return steadyPool(
          addresses.map((address, i) => {
            const name = `${brand}${n}-${i + 1}.west.lageland.example`;
            setup.host(name, [address], i % 2 === 0);
            return setup.sources.add(address, { reverse: name });
          }),
        );
      })();
  const terms = rented
    ? pool.sources.slice(0, 4).map((source) => `ip4:${setup.sources.list[source]!.address}`)
    : [`ip4:${setup.organisation.own.west.prefix.text}`];
  setup.stream({
    id: label,
    kind: rented ? 'third' : 'own',
    party: `${brand} techniek`,
    sender: rented ? 'Torenvalk Hosting' : 'Lageland brand servers',
    purpose: `mail of an application of ${brand}`,
    rhythm: { every: 'daily', weekend: 0.5 },
    volume: 60 + ((n * 37) % 400),
    audience: 'consumers',
    domains: [domain],
    pool,
    envelope: (name) => name,
    ...(n % 3 === 0 ? {} : { sign: signAuthor(`${brand.slice(0, 4)}${n}`) }),
    spf: n % 5 === 0 ? [] : terms,
    since,
    declared: n % 4 !== 0,
  });
}
