// Mail services that exist, as anyone can see them in DNS: the networks their SPF records name, how they name their machines, which
// domain signs when a customer has set up nothing. A world's tenants of them are invented; the services are not, so that what is
// known of them can be put to the test. Each record here is an excerpt: enough for the addresses the world uses.
import { addressAt, parsePrefix } from './addresses.ts';
import type { Pool } from './model.ts';
import { random } from './random.ts';
import { steadyPool, type Sources } from './sources.ts';

export interface Provider {
  /** The service's own name. */
  readonly name: string;
  /** The name whose SPF record a customer includes. */
  readonly include: string;
  /** The SPF record (and others the include needs), by name. */
  readonly records: Readonly<Record<string, string>>;
  /** Where the world takes addresses from, inside those records. */
  readonly networks: readonly string[];
  readonly reverse: (address: string, index: number) => string;
  /** The signature of the service itself, beside or instead of a customer's. */
  readonly ownSignature: (tenant: string) => { domain: string; selector: string };
  /** The domain of MAIL FROM as long as a customer has no return path of his own. */
  readonly bounce: (tenant: string) => string;
  /** Selectors of a customer's own signature. */
  readonly selectors: readonly string[];
  /** The label below the author domain of a return path of his own. */
  readonly returnPath: string;
}

const dashed = (address: string): string => address.replaceAll('.', '-').replaceAll(':', '-');
const lastOctet = (address: string): string => address.split('.').at(-1) ?? '0';

export type ProviderName =
  | 'brevo'
  | 'flowmailer'
  | 'google'
  | 'hubspot'
  | 'mailchimp'
  | 'mailgun'
  | 'mailjet'
  | 'marketingCloud'
  | 'microsoft'
  | 'postmark'
  | 'salesforce'
  | 'sendgrid'
  | 'ses'
  | 'zendesk';

export const providers: Readonly<Record<ProviderName, Provider>> = {
  microsoft: {
    name: 'Microsoft 365',
    include: 'spf.protection.outlook.com',
    records: {
      'spf.protection.outlook.com':
        'v=spf1 ip4:40.92.0.0/15 ip4:40.107.0.0/16 ip4:52.100.0.0/15 ip4:52.102.0.0/16 ip4:52.103.0.0/17 ip4:104.47.0.0/17 ip6:2a01:111:f400::/48 ip6:2a01:111:f403::/48 -all',
    },
    networks: ['40.107.0.0/19', '52.101.64.0/20', '2a01:111:f403:2600::/64'],
    reverse: (_, i) => `mail-am${6 + (i % 4)}eur0${1 + (i % 5)}on${2000 + (i % 900)}.outbound.protection.outlook.com`,
    ownSignature: (tenant) => ({
      domain: `${tenant}.onmicrosoft.com`,
      selector: `selector1-${tenant}-onmicrosoft-com`,
    }),
    bounce: (tenant) => `${tenant}.onmicrosoft.com`,
    selectors: ['selector1', 'selector2'],
    returnPath: '',
  },
  google: {
    name: 'Google',
    include: '_spf.google.com',
    records: {
      '_spf.google.com': 'v=spf1 include:_netblocks.google.com include:_netblocks2.google.com ~all',
      '_netblocks.google.com':
        'v=spf1 ip4:35.190.247.0/24 ip4:64.233.160.0/19 ip4:66.102.0.0/20 ip4:66.249.80.0/20 ip4:72.14.192.0/18 ip4:74.125.0.0/16 ip4:108.177.8.0/21 ip4:173.194.0.0/16 ip4:209.85.128.0/17 ip4:216.58.192.0/19 ip4:216.239.32.0/19 ~all',
      '_netblocks2.google.com':
        'v=spf1 ip6:2001:4860:4000::/36 ip6:2404:6800:4000::/36 ip6:2607:f8b0:4000::/36 ip6:2a00:1450:4000::/36 ~all',
    },
    networks: ['209.85.208.0/21', '209.85.218.0/24', '209.85.220.0/24', '2a00:1450:4864:20::/64'],
    reverse: (_, i) => `mail-${['ej', 'wm', 'lf', 'ed', 'wr'][i % 5]}1-f${10 + (i % 89)}.google.com`,
    ownSignature: (tenant) => ({ domain: `${tenant}.20230601.gappssmtp.com`, selector: '20230601' }),
    bounce: (tenant) => `${tenant}.example`,
    selectors: ['google'],
    returnPath: '',
  },
  ses: {
    name: 'Amazon SES',
    include: 'amazonses.com',
    records: {
      'amazonses.com':
        'v=spf1 ip4:199.255.192.0/22 ip4:199.127.232.0/22 ip4:54.240.0.0/18 ip4:69.169.224.0/20 ip4:23.249.208.0/20 ip4:23.251.224.0/19 ip4:76.223.176.0/20 -all',
      'eu-west-1.amazonses.com': 'v=spf1 include:amazonses.com -all',
    },
    networks: ['54.240.1.0/24', '54.240.3.0/24', '54.240.7.0/24', '69.169.237.0/24'],
    reverse: (address, i) => `a${i % 2 === 0 ? 7 : 4}-${lastOctet(address)}.smtp-out.eu-west-1.amazonses.com`,
    ownSignature: () => ({ domain: 'amazonses.com', selector: 'ihchhvubuqgjsxyuhssfvqohv7z3u4hn' }),
    bounce: () => 'eu-west-1.amazonses.com',
    selectors: ['hn4kfkzq3tsb2xw7ivr5dme6uqnyoacl', 'p2xv7lkr5cbtq3ndz6whse4jmguyoafi'],
    returnPath: 'ses',
  },
  sendgrid: {
    name: 'SendGrid',
    include: 'sendgrid.net',
    records: {
      'sendgrid.net':
        'v=spf1 ip4:167.89.0.0/17 ip4:208.117.48.0/20 ip4:50.31.32.0/19 ip4:198.37.144.0/20 ip4:198.21.0.0/21 ip4:192.254.112.0/20 ip4:168.245.0.0/17 ip4:149.72.0.0/16 ip4:159.183.0.0/16 ~all',
    },
    networks: ['167.89.64.0/20', '149.72.120.0/21', '168.245.32.0/20'],
    reverse: (address) =>
      `o${1 + (Number(lastOctet(address)) % 9)}.ptr${Number(lastOctet(address)) + 1000}.outbound-mail.sendgrid.net`,
    ownSignature: () => ({ domain: 'sendgrid.net', selector: 'smtpapi' }),
    bounce: () => 'sendgrid.net',
    selectors: ['s1', 's2'],
    returnPath: 'em4021',
  },
  mailchimp: {
    name: 'Mailchimp',
    include: 'servers.mcsv.net',
    records: { 'servers.mcsv.net': 'v=spf1 ip4:205.201.128.0/20 ip4:198.2.128.0/18 ip4:148.105.8.0/21 ?all' },
    networks: ['198.2.136.0/22', '205.201.132.0/22', '148.105.8.0/23'],
    reverse: (address, i) => `mail${lastOctet(address)}.atl${31 + (i % 180)}.mcsv.net`,
    ownSignature: () => ({ domain: 'mailchimpapp.net', selector: 'k2' }),
    bounce: (tenant) => `mail${tenant.length + 20}.atl${31 + tenant.length}.mcsv.net`,
    selectors: ['k2', 'k3'],
    returnPath: '',
  },
  brevo: {
    name: 'Brevo',
    include: 'spf.brevo.com',
    records: {
      'spf.brevo.com':
        'v=spf1 ip4:185.41.28.0/22 ip4:94.143.16.0/21 ip4:77.32.128.0/18 ip4:212.146.192.0/18 ip4:1.179.112.0/20 -all',
    },
    networks: ['185.41.28.0/23', '77.32.148.0/23'],
    reverse: (address) => `${dashed(address).split('-').slice(2).join('-')}.mta.sender-sib.com`,
    ownSignature: () => ({ domain: 'brevosend.com', selector: 'mail' }),
    bounce: () => 'bounces.brevosend.com',
    selectors: ['brevo1', 'brevo2'],
    returnPath: 'br',
  },
  mailjet: {
    name: 'Mailjet',
    include: 'spf.mailjet.com',
    records: {
      'spf.mailjet.com':
        'v=spf1 ip4:87.253.232.0/21 ip4:185.189.236.0/22 ip4:185.211.120.0/22 ip4:185.250.236.0/22 ~all',
    },
    networks: ['87.253.233.0/24', '185.189.236.0/24'],
    reverse: (address) => `o${lastOctet(address)}.p${8 + (Number(lastOctet(address)) % 4)}.mailjet.com`,
    ownSignature: () => ({ domain: 'bnc3.mailjet.com', selector: 'mailjet' }),
    bounce: () => 'bnc3.mailjet.com',
    selectors: ['mailjet'],
    returnPath: 'bnc3',
  },
  zendesk: {
    name: 'Zendesk',
    include: 'mail.zendesk.com',
    records: {
      'mail.zendesk.com': 'v=spf1 ip4:192.161.144.0/20 ip4:185.12.80.0/22 ip4:188.172.128.0/20 ip4:216.198.0.0/18 ~all',
    },
    networks: ['188.172.138.0/24', '192.161.148.0/24'],
    reverse: (address) => `outbyoip${lastOctet(address)}.pod27.euw1.zdsys.com`,
    ownSignature: () => ({ domain: 'zendesk.com', selector: 'zendesk1' }),
    bounce: (tenant) => `${tenant}.zendesk.com`,
    selectors: ['zendesk1', 'zendesk2'],
    returnPath: '',
  },
  salesforce: {
    name: 'Salesforce',
    include: '_spf.salesforce.com',
    records: {
      '_spf.salesforce.com':
        'v=spf1 ip4:85.222.128.0/19 ip4:96.43.144.0/20 ip4:136.146.208.0/20 ip4:13.110.192.0/18 ~all',
    },
    networks: ['85.222.130.0/24', '13.110.208.0/23'],
    reverse: (_, i) => `smtp${1 + (i % 16)}-lo2-sp${1 + (i % 6)}.mta.salesforce.com`,
    ownSignature: () => ({ domain: 'salesforce.com', selector: 'sf12021' }),
    bounce: () => 'bounce.eu43.salesforce.com',
    selectors: ['sfdc1', 'sfdc2'],
    returnPath: '',
  },
  marketingCloud: {
    name: 'Salesforce Marketing Cloud',
    include: 'cust-spf.exacttarget.com',
    records: {
      'cust-spf.exacttarget.com':
        'v=spf1 ip4:66.231.80.0/20 ip4:68.232.192.0/20 ip4:199.122.120.0/21 ip4:198.245.80.0/20 ip4:136.147.128.0/20 ip4:136.147.176.0/20 ip4:13.111.0.0/16 -all',
    },
    networks: ['13.111.4.0/24', '136.147.135.0/24'],
    reverse: (address, i) => `mta${lastOctet(address)}.s${7 + (i % 4)}.exacttarget.com`,
    ownSignature: () => ({ domain: 's7.y.mc.salesforce.com', selector: 'fbldkim7' }),
    bounce: () => 'bounce.s7.exacttarget.com',
    selectors: ['200608', '50dkim1'],
    returnPath: 'bounce',
  },
  hubspot: {
    name: 'HubSpot',
    include: 'spf.hubspotemail.net',
    records: {
      'spf.hubspotemail.net':
        'v=spf1 ip4:158.247.16.0/20 ip4:143.244.80.0/20 ip4:3.93.157.0/24 ip4:54.174.52.0/22 -all',
    },
    networks: ['158.247.18.0/23'],
    reverse: (address) => `bid${lastOctet(address)}.bf07.hubspotemail.net`,
    ownSignature: () => ({ domain: 'bf07.hubspotemail.net', selector: 'hs1' }),
    bounce: () => 'bf07.hubspotemail.net',
    selectors: ['hs1', 'hs2'],
    returnPath: '',
  },
  mailgun: {
    name: 'Mailgun',
    include: 'mailgun.org',
    records: {
      'mailgun.org':
        'v=spf1 ip4:159.135.224.0/20 ip4:69.72.32.0/20 ip4:143.55.224.0/21 ip4:159.112.240.0/20 ip4:161.38.192.0/20 ~all',
    },
    networks: ['143.55.225.0/24', '159.135.228.0/24'],
    reverse: (address) => `m${dashed(address).split('-').slice(2).join('-')}.mailgun.net`,
    ownSignature: () => ({ domain: 'mailgun.org', selector: 'mg' }),
    bounce: (tenant) => `${tenant}.mailgun.org`,
    selectors: ['mta', 'pic'],
    returnPath: 'mg',
  },
  postmark: {
    name: 'Postmark',
    include: 'spf.mtasv.net',
    records: { 'spf.mtasv.net': 'v=spf1 ip4:50.31.156.96/27 ip4:104.245.209.192/26 ip4:50.31.205.0/24 ~all' },
    networks: ['104.245.209.192/26'],
    reverse: (address) => `mta${lastOctet(address)}a-ord.mtasv.net`,
    bounce: () => 'pm.mtasv.net',
    ownSignature: () => ({ domain: 'pm.mtasv.net', selector: 'pm20250601' }),
    selectors: ['20250601pm'],
    returnPath: 'pm-bounces',
  },
  flowmailer: {
    name: 'Flowmailer',
    include: 'spf.flowmailer.net',
    records: { 'spf.flowmailer.net': 'v=spf1 ip4:185.136.64.0/22 -all' },
    networks: ['185.136.64.0/23'],
    reverse: (address) => `mta${lastOctet(address)}.flowmailer.net`,
    ownSignature: () => ({ domain: 'flowmailer.net', selector: 's1024' }),
    bounce: () => 'return.flowmailer.net',
    selectors: ['fm1', 'fm2'],
    returnPath: 'rtrn',
  },
};

/** Addresses of services that forward or screen mail for others: their networks, and how they name their machines. */
export const gateways = {
  mimecast: {
    name: 'Mimecast',
    networks: ['195.130.217.0/24', '91.220.42.0/24'],
    reverse: (address: string) => `eu-smtp-delivery-${Number(lastOctet(address)) + 100}.mimecast.com`,
  },
  proofpoint: {
    name: 'Proofpoint',
    networks: ['148.163.135.0/24', '205.220.165.0/24'],
    reverse: (address: string) => `mx0a-00${dashed(address).replaceAll('-', '').slice(0, 6)}.pphosted.com`,
  },
  cloudflare: {
    name: 'Cloudflare Email Routing',
    networks: ['104.30.8.0/24'],
    reverse: (address: string) => `${dashed(address).split('-').at(-1)}.email.cloudflare.net`,
  },
} as const;

/** Addresses in use at a service: the same for every tenant that shares them, so that the world's tenants meet on them. */
export function sharedAddresses(sources: Sources, name: ProviderName | keyof typeof gateways, count: number): number[] {
  const service = name in providers ? providers[name as ProviderName] : gateways[name as keyof typeof gateways];
  return spread(service.networks, count, `shared/${name}`).map((address, i) =>
    sources.add(address, { shared: service.name, reverse: service.reverse(address, i) }),
  );
}

/** Addresses that a service keeps for one tenant. */
export function dedicatedPool(sources: Sources, name: ProviderName, tenant: string, count: number): Pool {
  const service = providers[name];
  const found = spread(
    service.networks.filter((network) => !network.includes(':')),
    count,
    `dedicated/${name}/${tenant}`,
  );
  return steadyPool(
    found.map((address, i) => sources.add(address, { reverse: service.reverse(address, i) })),
    0.2,
  );
}

/** Addresses over several networks, the same for the same label. */
function spread(networks: readonly string[], count: number, label: string): string[] {
  const dice = random(label);
  const prefixes = networks.map(parsePrefix);
  const found = new Set<string>();
  for (let tries = 0; found.size < count && tries < count * 20; tries++) {
    const prefix = prefixes[found.size % prefixes.length]!;
    const size = prefix.version === 6 ? 0x800 : 2 ** (32 - prefix.bits);
    found.add(addressAt(prefix, 1 + dice.below(size - 2)));
  }
  return [...found];
}
