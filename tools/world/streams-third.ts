// Streams that others send on our behalf: at mail services, from hosting companies, through a relay.
import type { Pool } from './model.ts';
import type { Network } from './networks.ts';
import type { Rhythm } from './calendar.ts';
import { providers } from './providers.ts';
import { servicePlans } from './service-plans.ts';
import { atService, hosted } from './services.ts';
import type { Setup, StreamPlan } from './setup.ts';
import { steadyPool } from './sources.ts';

/** @returns the hosting company that trainers rent from, where a forger has rented too */
export function thirdStreams(setup: Setup): Network {
  const { organisation, scale } = setup;
  const at = (share: number): number => Math.floor(scale.days * share);
  const daily = (weekend: number): Rhythm => ({ every: 'daily', weekend });
  const weekly = (weekday: number): Rhythm => ({ every: 'weekly', weekday });

  for (const plan of servicePlans(organisation, scale)) atService(setup, plan);

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
  // Includes of services that were tried once and forgotten: more look-ups than a receiver makes, until somebody cleaned up.
  for (const service of ['sendgrid', 'mailgun', 'brevo', 'mailjet', 'zendesk', 'google', 'mailchimp', 'ses'] as const)
    setup.permit('lageland-zakelijk.example', `include:${providers[service].include}`, 0, at(0.6));
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
