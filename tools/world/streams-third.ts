// Streams that others send on our behalf: at mail services, from hosting companies, through a relay.
import type { ProviderName } from './providers.ts';
import { dedicatedPool, providers } from './providers.ts';
import type { Audience, Pool } from './model.ts';
import type { Network } from './networks.ts';
import type { Rhythm } from './calendar.ts';
import { keyRecord } from './keys.ts';
import { random } from './random.ts';
import type { Setup, StreamPlan } from './setup.ts';
import { steadyPool } from './sources.ts';

/** A stream at a mail service. Legs: `both` (own return path and own signature), `dkim`, `spf` (envelope of the author domain), `neither`. */
export interface ServicePlan {
  readonly id: string;
  readonly party: string;
  readonly service: ProviderName;
  readonly tenant: string;
  readonly purpose: string;
  readonly rhythm: Rhythm;
  readonly volume: number;
  readonly audience: Audience;
  readonly domains: readonly string[];
  readonly legs: 'both' | 'dkim' | 'neither' | 'spf';
  /** Which of the service's selectors; the second where two departments sign apart. */
  readonly selector?: number;
  /** Day of the world since which it signs. */
  readonly signedSince?: number;
  readonly dedicated?: number;
  readonly since?: number;
  readonly until?: number;
  readonly declared?: boolean;
  readonly kind?: 'own' | 'third';
}

/** Sets a stream up at a service as that service does it. */
export function atService(setup: Setup, plan: ServicePlan): void {
  const service = providers[plan.service];
  const signed = plan.legs === 'both' || plan.legs === 'dkim';
  const selector = service.selectors[plan.selector ?? 0] ?? service.selectors[0]!;
  const own = service.ownSignature(plan.tenant);
  const bounce = service.bounce(plan.tenant);
  const pool = setup.shared(plan.service);
  setup.book.set(`${own.selector}._domainkey.${own.domain}`, 'TXT', [keyRecord(`service/${own.domain}`, 2048)]);
  if (service.records[bounce] === undefined) setup.book.set(bounce, 'TXT', [`v=spf1 include:${service.include} -all`]);
  const stream: StreamPlan = {
    id: plan.id,
    kind: plan.kind ?? 'third',
    party: plan.party,
    sender: service.name,
    purpose: plan.purpose,
    rhythm: plan.rhythm,
    volume: plan.volume,
    audience: plan.audience,
    domains: plan.domains,
    pool:
      plan.dedicated === undefined
        ? pool
        : dedicatedPool(setup.sources, plan.service, plan.tenant, setup.count(plan.dedicated)),
    envelope: (domain) =>
      plan.legs === 'spf' || (plan.legs === 'both' && service.returnPath === '')
        ? domain
        : plan.legs === 'both'
          ? `${service.returnPath}.${domain}`
          : bounce,
    helo: `mail.${service.include}`,
    ...(signed
      ? {
          sign: (domain: string) => [
            {
              domain,
              selector,
              alias: `${selector}.${domain.replaceAll('.', '-')}.${plan.tenant}.dkim.${service.include}`,
              ...(plan.signedSince === undefined ? {} : { since: plan.signedSince }),
            },
          ],
        }
      : {}),
    serviceSignature: own,
    spf: plan.legs === 'both' || plan.legs === 'spf' ? [`include:${service.include}`] : [],
    ...(plan.since === undefined ? {} : { since: plan.since }),
    ...(plan.until === undefined ? {} : { until: plan.until }),
    ...(plan.declared === undefined ? {} : { declared: plan.declared }),
  };
  setup.stream(stream);
}

/** Addresses rented at an invented hosting company, whose tenants do not share them. */
export function hosted(
  setup: Setup,
  company: string,
  full: number,
  zone: string,
): Pool & { readonly network: Network } {
  const network = setup.organisation.networks.v4(company, 'NL', 24);
  const addresses = network.scatter(setup.count(full), random('hosted', company));
  const sources = addresses.map((address) =>
    setup.sources.add(address, { reverse: `vps-${address.replaceAll('.', '-')}.${zone}` }),
  );
  return { ...steadyPool(sources), network };
}

/** @returns the hosting company that trainers rent from, where a forger has rented too */
export function thirdStreams(setup: Setup): Network {
  const { organisation, scale } = setup;
  const at = (share: number): number => Math.floor(scale.days * share);
  const daily = (weekend: number): Rhythm => ({ every: 'daily', weekend });
  const weekly = (weekday: number): Rhythm => ({ every: 'weekly', weekday });
  const staff = organisation.select('staff');

  const plans: ServicePlan[] = [
    {
      id: 'office-365',
      kind: 'own',
      party: 'Werkplek',
      service: 'microsoft',
      tenant: 'lagelandtelecom',
      purpose: 'mail of staff',
      rhythm: daily(0.15),
      volume: 4200,
      audience: 'business',
      domains: staff,
      legs: 'both',
      signedSince: at(0.2),
    },
    {
      id: 'office-365-winkel',
      party: 'Winkels',
      service: 'microsoft',
      tenant: 'lagelandwinkels',
      purpose: 'mail of the shops',
      rhythm: daily(0.8),
      volume: 380,
      audience: 'business',
      domains: ['lageland-winkel.example'],
      legs: 'dkim',
      selector: 1,
    },
    {
      id: 'dealers-google',
      party: 'Dealers',
      service: 'google',
      tenant: 'lageland-dealers',
      purpose: 'dealers who mail as a brand',
      rhythm: daily(0.5),
      volume: 240,
      audience: 'consumers',
      domains: ['dijkmobiel.example'],
      legs: 'dkim',
      declared: false,
    },
    {
      id: 'newsletter',
      party: 'Marketing',
      service: 'marketingCloud',
      tenant: 'lageland',
      purpose: 'weekly newsletter',
      rhythm: weekly(4),
      volume: 26000,
      audience: 'consumers',
      domains: ['nieuws.lageland.example', 'lageland-acties.example'],
      legs: 'both',
      dedicated: 24,
    },
    {
      id: 'poldernet-news',
      party: 'Poldernet marketing',
      service: 'mailchimp',
      tenant: 'poldernet',
      purpose: 'newsletter of Poldernet',
      rhythm: weekly(2),
      volume: 7000,
      audience: 'consumers',
      domains: ['poldernet.example'],
      legs: 'dkim',
    },
    {
      id: 'quarterly-business',
      party: 'Zakelijk',
      service: 'mailchimp',
      tenant: 'zakelijk',
      purpose: 'quarterly letter to businesses',
      rhythm: { every: 'quarterly', day: 15, lasts: 3 },
      volume: 5200,
      audience: 'business',
      domains: ['lageland-zakelijk.example'],
      legs: 'neither',
    },
    {
      id: 'tickets',
      party: 'Klantenservice',
      service: 'zendesk',
      tenant: 'lageland',
      purpose: 'answers of customer service',
      rhythm: daily(0.6),
      volume: 2600,
      audience: 'consumers',
      domains: ['tickets.lageland.example', 'lageland-service.example'],
      legs: 'both',
      signedSince: at(0.35),
    },
    {
      id: 'tickets-dijk',
      party: 'Dijkmobiel service',
      service: 'zendesk',
      tenant: 'dijkmobiel',
      purpose: 'answers of Dijkmobiel',
      rhythm: daily(0.6),
      volume: 480,
      audience: 'consumers',
      domains: ['dijkmobiel-service.example'],
      legs: 'neither',
    },
    {
      id: 'crm',
      party: 'Zakelijk',
      service: 'salesforce',
      tenant: 'lageland',
      purpose: 'offers to businesses',
      rhythm: daily(0.05),
      volume: 900,
      audience: 'business',
      domains: ['lageland-zakelijk.example', 'lageland.example'],
      legs: 'spf',
    },
    {
      id: 'orders-sendgrid',
      party: 'Winkels',
      service: 'sendgrid',
      tenant: 'winkel',
      purpose: 'order confirmations of the web shop',
      rhythm: daily(1.1),
      volume: 2300,
      audience: 'consumers',
      domains: ['lageland-winkel.example'],
      legs: 'both',
    },
    {
      id: 'campaign-sendgrid',
      party: 'Bureau Krijtwit',
      service: 'sendgrid',
      tenant: 'krijtwit',
      purpose: 'campaigns of an agency',
      rhythm: weekly(3),
      volume: 5200,
      audience: 'consumers',
      domains: ['lageland-acties.example', 'lageland.example'],
      legs: 'neither',
      declared: false,
    },
    {
      id: 'portal-ses',
      party: 'Mijn Lageland',
      service: 'ses',
      tenant: 'portal',
      purpose: 'notices of the new portal',
      rhythm: daily(0.9),
      volume: 3100,
      audience: 'consumers',
      domains: ['mijn-lageland.example'],
      legs: 'both',
      since: at(0.5),
    },
    {
      id: 'portal-mailgun',
      party: 'Mijn Lageland',
      service: 'mailgun',
      tenant: 'mijn',
      purpose: 'notices of the portal, until it moved',
      rhythm: daily(0.9),
      volume: 3100,
      audience: 'consumers',
      domains: ['mijn-lageland.example'],
      legs: 'both',
      until: at(0.52),
    },
    {
      id: 'lab-ses',
      party: 'Lageland Lab',
      service: 'ses',
      tenant: 'lab',
      purpose: 'trials of the innovation team',
      rhythm: daily(0.3),
      volume: 60,
      audience: 'everyone',
      domains: ['lageland.example'],
      legs: 'neither',
      declared: false,
    },
    {
      id: 'survey',
      party: 'Marktonderzoek Peil',
      service: 'mailjet',
      tenant: 'peil',
      purpose: 'customer surveys',
      rhythm: { every: 'monthly', day: 18, lasts: 4 },
      volume: 5800,
      audience: 'consumers',
      domains: ['lageland.example'],
      legs: 'dkim',
      signedSince: at(0.4),
    },
    {
      id: 'jobs',
      party: 'HR',
      service: 'hubspot',
      tenant: 'werkenbij',
      purpose: 'answers to applicants',
      rhythm: daily(0.1),
      volume: 150,
      audience: 'consumers',
      domains: ['werkenbij.lageland.example', 'lageland-werkt.example'],
      legs: 'dkim',
    },
    {
      id: 'dijk-news',
      party: 'Dijkmobiel marketing',
      service: 'brevo',
      tenant: 'dijkmobiel',
      purpose: 'newsletter of Dijkmobiel',
      rhythm: weekly(5),
      volume: 6100,
      audience: 'consumers',
      domains: ['dijkmobiel-acties.example', 'dijkmobiel.example'],
      legs: 'dkim',
    },
    {
      id: 'alerts-postmark',
      party: 'Zakelijk',
      service: 'postmark',
      tenant: 'zakelijkportaal',
      purpose: 'alerts of the business portal',
      rhythm: daily(0.5),
      volume: 320,
      audience: 'business',
      domains: ['lageland-zakelijk.example'],
      legs: 'both',
    },
    {
      id: 'contracts',
      party: 'Facturatie',
      service: 'flowmailer',
      tenant: 'contract',
      purpose: 'contracts and price changes',
      rhythm: { every: 'monthly', day: 24, lasts: 3 },
      volume: 14000,
      audience: 'consumers',
      domains: ['lageland-facturen.example', 'poldernet-facturen.example'],
      legs: 'both',
    },
    {
      id: 'poldernet-flow',
      party: 'Poldernet service',
      service: 'flowmailer',
      tenant: 'poldernet',
      purpose: 'service mail of Poldernet',
      rhythm: daily(0.5),
      volume: 1100,
      audience: 'consumers',
      domains: ['poldernet-service.example', 'poldernet.example'],
      legs: 'both',
      selector: 1,
    },
    {
      id: 'wadden-news',
      party: 'Waddenbel',
      service: 'mailchimp',
      tenant: 'waddenbel',
      purpose: 'newsletter of Waddenbel',
      rhythm: { every: 'monthly', day: 10, lasts: 2 },
      volume: 1900,
      audience: 'consumers',
      domains: ['waddenbel.example'],
      legs: 'neither',
      declared: false,
    },
  ];
  for (const plan of plans) atService(setup, plan);

  const simple = (
    id: string,
    party: string,
    sender: string,
    purpose: string,
    rhythm: Rhythm,
    volume: number,
    pool: Pool,
    domains: readonly string[],
    more: Partial<StreamPlan> = {},
  ): void => {
    setup.stream({
      id,
      kind: 'third',
      party,
      sender,
      purpose,
      rhythm,
      volume,
      audience: 'business',
      domains,
      pool,
      envelope: (domain) => domain,
      ...more,
    });
  };
  const houtkade = hosted(setup, 'Houtkade Hosting', 30, 'houtkade-hosting.example');
  simple(
    'trainers',
    'Opleidingshuis Vlonder',
    'Houtkade Hosting',
    'invitations to courses',
    daily(0.05),
    45,
    houtkade,
    ['lageland-academie.example', 'lageland.example'],
    { envelope: () => 'opleidingshuis-vlonder.example', declared: false },
  );
  setup.permit('opleidingshuis-vlonder.example', `ip4:${houtkade.network.prefix.text}`);
  simple(
    'agency',
    'Bureau Steiger',
    'Windvaan Hosting',
    'press releases of an agency',
    weekly(1),
    320,
    hosted(setup, 'Windvaan Hosting', 10, 'windvaan.example'),
    ['lageland.example'],
    { declared: false },
  );
  const own = hosted(setup, 'Bakboord Datacenter', 12, 'bakboord.example');
  simple(
    'collection',
    'Incasso Zoutkamp',
    'Incasso Zoutkamp',
    'reminders of a collection agency',
    daily(0.05),
    540,
    own,
    ['lageland-facturen.example'],
    {
      audience: 'consumers',
      spf: [...new Set(own.sources.map((source) => `ip4:${setup.sources.list[source]!.address}`))].slice(0, 8),
      sign: (domain) => [{ domain, selector: 'zk', since: at(0.6), bits: 1024 }],
    },
  );
  simple(
    'events',
    'Bureau Krijtwit',
    'Kadeboord Events',
    'tickets for events',
    { every: 'quarterly', day: 6, lasts: 6 },
    900,
    hosted(setup, 'Kadeboord Events', 6, 'kadeboord.example'),
    ['lageland-acties.example'],
    { audience: 'consumers', sign: (domain) => [{ domain, selector: 'kb' }] },
  );
  const payslips = hosted(setup, 'Personeelsplein', 14, 'personeelsplein.example');
  simple(
    'hr-suite',
    'HR',
    'Personeelsplein',
    'pay slips and leave',
    { every: 'monthly', day: 25, lasts: 2 },
    2100,
    payslips,
    ['lageland.example'],
    { envelope: () => 'mail.personeelsplein.example' },
  );
  setup.permit('mail.personeelsplein.example', `ip4:${payslips.network.prefix.text}`);
  simple(
    'security-awareness',
    'Security',
    'Nepvis Training',
    'phishing exercises',
    { every: 'monthly', day: 8, lasts: 5 },
    260,
    hosted(setup, 'Nepvis Training', 4, 'nepvis.example'),
    ['lageland.example'],
    { declared: false, envelope: (domain) => `oefening.${domain}`, spf: [] },
  );
  simple(
    'legal-archive',
    'Juridische zaken',
    'Notulist',
    'minutes to the board',
    { every: 'yearly', month: 4, day: 14, lasts: 2 },
    60,
    hosted(setup, 'Notulist', 2, 'notulist.example'),
    ['lageland.example'],
    { sign: (domain) => [{ domain, selector: 'nt' }] },
  );
  relay(setup, daily(0.4));
  // Streams that someone is sure of and no receiver of the world reports: declared, never seen.
  simple(
    'fax-to-mail',
    'Zakelijk',
    'Faxpoort',
    'faxes as mail',
    daily(0.1),
    25,
    hosted(setup, 'Faxpoort', 2, 'faxpoort.example'),
    ['lageland-zakelijk.example'],
    { audience: 'unreported' },
  );
  simple(
    'pager',
    'Netwerkbeheer',
    'Lageland pager',
    'alarms to the pagers of engineers',
    daily(1),
    12,
    own,
    ['lageland.example'],
    { audience: 'unreported' },
  );
  return houtkade.network;
}

/** A relay that any of its tenants may send through, and that our SPF records let in: the stream, and the tenant who abuses it. */
function relay(setup: Setup, rhythm: Rhythm): void {
  const network = setup.organisation.networks.v4('Poldersluis Relay', 'NL', 24);
  const pool = steadyPool(
    network
      .run(setup.count(40))
      .map((address, i) =>
        setup.sources.add(address, { shared: 'Poldersluis Relay', reverse: `out${i + 1}.poldersluis-relay.example` }),
      ),
  );
  setup.book.set('spf.poldersluis-relay.example', 'TXT', [`v=spf1 ip4:${network.prefix.text} -all`]);
  const domains = ['lageland-service.example', 'dijkmobiel.example', 'waddenbel.example'];
  setup.stream({
    id: 'relay-appointments',
    kind: 'third',
    party: 'Installatiebedrijf Kabelmans',
    sender: 'Poldersluis Relay',
    purpose: 'appointments of engineers',
    rhythm,
    volume: 820,
    audience: 'consumers',
    domains,
    pool,
    envelope: (domain) => domain,
    sign: (domain) => [{ domain, selector: 'psr1' }],
    spf: ['include:spf.poldersluis-relay.example'],
  });
  setup.stream({
    id: 'relay-abuse',
    kind: 'abused',
    party: 'another tenant of Poldersluis Relay',
    sender: 'Poldersluis Relay',
    purpose: 'phishing through a relay that our SPF lets in',
    rhythm,
    volume: 150,
    audience: 'consumers',
    domains: domains.slice(0, 2),
    pool,
    envelope: (domain) => domain,
    since: Math.floor(setup.scale.days * 0.3),
    until: Math.floor(setup.scale.days * 0.75),
  });
}
