// Short tables of public facts about who else may send from addresses that an SPF record lets in. The catalogue of senders completes them.
import { isAtOrBelow, networkOf, parseIpv4 } from '../../standards/dns/index.ts';
import type { IpNetwork } from '../../standards/dns/index.ts';

/**
 * Providers whose servers send for all their customers, and whether they make sure that a customer sends only in the name of domains that
 * are his own.
 * - `yes`: says so, and an aligned forgery through it is not known
 * - `set-up`: only when the customer has set it up so, which the DNS does not show
 * - `no`: mail of one customer in the name of another has been sent through it
 */
export interface SharedRelay {
  /** SPF records at or below this name are the provider's. */
  readonly suffix: string;
  readonly provider: string;
  readonly checksSender: 'no' | 'set-up' | 'yes';
  /** Where that can be read. */
  readonly source: string;
}

export const sharedRelays: readonly SharedRelay[] = [
  // Any tenant could relay through the gateway as any of its customers that let in all of Microsoft 365, until they narrowed that down.
  {
    suffix: 'pphosted.com',
    provider: 'Proofpoint',
    checksSender: 'set-up',
    source: 'Guardio Labs, EchoSpoofing, July 2024',
  },
  {
    suffix: 'ppe-hosted.com',
    provider: 'Proofpoint Essentials',
    checksSender: 'set-up',
    source: 'Guardio Labs, EchoSpoofing, July 2024',
  },
  // Sent for whoever could reach it, until a domain publishes which accounts may (_mailchannels, "Domain Lockdown").
  {
    suffix: 'mailchannels.net',
    provider: 'MailChannels',
    checksSender: 'no',
    source: 'DEF CON 31, SpamChannel, August 2023; docs.mailchannels.com/outbound/domain-lockdown',
  },
  // A connector relays mail in any name; what it signs and lets pass depends on the tenant.
  {
    suffix: 'protection.outlook.com',
    provider: 'Microsoft 365',
    checksSender: 'set-up',
    source: 'Guardio Labs, EchoSpoofing, July 2024; Microsoft, Set up connectors to route mail',
  },
  // Shared hosting: the customers of one server share its addresses, and scripts of any of them may send. BreakSPF measured what comes of
  // shared addresses in general; that these are records of shared hosting is what the companies themselves tell their customers to include.
  {
    suffix: 'secureserver.net',
    provider: 'GoDaddy hosting',
    checksSender: 'set-up',
    source: 'GoDaddy, Add an SPF record; BreakSPF, NDSS 2024',
  },
  {
    suffix: 'websitewelcome.com',
    provider: 'HostGator hosting',
    checksSender: 'set-up',
    source: 'HostGator, SPF records; BreakSPF, NDSS 2024',
  },
  {
    suffix: 'web-hosting.com',
    provider: 'Namecheap hosting',
    checksSender: 'set-up',
    source: 'Namecheap, SPF for shared hosting; BreakSPF, NDSS 2024',
  },
  {
    suffix: 'mx.ovh.com',
    provider: 'OVH',
    checksSender: 'set-up',
    source: 'OVHcloud, Configure an SPF record; BreakSPF, NDSS 2024',
  },
  // These let an account send only in the name of addresses or domains it has proved to hold.
  {
    suffix: '_spf.google.com',
    provider: 'Google Workspace',
    checksSender: 'yes',
    source: 'Google, Send as; SMTP relay',
  },
  { suffix: 'amazonses.com', provider: 'Amazon SES', checksSender: 'yes', source: 'Amazon SES, Verified identities' },
  { suffix: 'mailgun.org', provider: 'Mailgun', checksSender: 'yes', source: 'Mailgun, Domain verification' },
  { suffix: 'mcsv.net', provider: 'Mailchimp', checksSender: 'yes', source: 'Mailchimp, Verify a domain' },
  { suffix: 'mandrillapp.com', provider: 'Mandrill', checksSender: 'yes', source: 'Mandrill, Sending domains' },
  { suffix: 'mtasv.net', provider: 'Postmark', checksSender: 'yes', source: 'Postmark, Sender signatures' },
];

/** The provider an SPF record belongs to, when it is one of the table. */
export function sharedRelayOf(domain: string): SharedRelay | undefined {
  return sharedRelays.find(({ suffix }) => isAtOrBelow(domain, suffix));
}

/**
 * Blocks in which anyone can rent a server, by their owner: large allocations of public clouds and hosting companies as the regional
 * registries and the companies' own lists show them; each was held against the routing tables that ship with Zegel (a network of the owner
 * announces every part of it). A term that lets in a large part of one lets in the servers of strangers.
 */
const rentedBlocks: readonly (readonly [owner: string, ...blocks: string[]])[] = [
  ['Amazon Web Services', '3.0.0.0/9', '18.128.0.0/9', '34.192.0.0/10', '52.0.0.0/11', '54.64.0.0/11', '54.144.0.0/12'],
  ['Google Cloud', '34.64.0.0/10', '35.184.0.0/13', '35.192.0.0/12', '35.208.0.0/12', '35.224.0.0/12'],
  ['Microsoft Azure', '20.33.0.0/16', '20.64.0.0/10', '13.64.0.0/11', '104.40.0.0/13', '52.224.0.0/11'],
  ['DigitalOcean', '138.68.0.0/16', '157.230.0.0/16', '159.65.0.0/16', '167.99.0.0/16'],
  ['Hetzner', '65.108.0.0/15', '88.198.0.0/16', '95.216.0.0/15', '135.181.0.0/16'],
  ['OVH', '51.38.0.0/16', '51.68.0.0/16', '54.36.0.0/16'],
  ['Akamai (Linode)', '139.162.0.0/16', '172.104.0.0/15'],
  ['Vultr', '45.32.0.0/16', '45.76.0.0/16', '108.61.0.0/16'],
];

const rented: readonly { readonly owner: string; readonly network: IpNetwork }[] = rentedBlocks.flatMap(
  ([owner, ...blocks]) =>
    blocks.map((block) => {
      const [address = '', length = ''] = block.split('/');
      return {
        owner,
        network: networkOf({ family: 4, a: parseIpv4(address), b: 0, c: 0, d: 0 }, Number(length)),
      };
    }),
);

/** From this many addresses on a part of a block is more than the servers of one customer: a /20. */
const rentedLeast = 4_096;

/** Whose servers a network lets in that anyone can rent, and how many addresses of them; nothing when it is few. */
export function rentedIn(network: IpNetwork): { readonly owner: string; readonly v4: number } | undefined {
  if (network.family !== 4) return undefined;
  let best: { owner: string; v4: number } | undefined;
  for (const block of rented) {
    const [wide, narrow] = network.prefix <= block.network.prefix ? [network, block.network] : [block.network, network];
    if (((wide.a ^ narrow.a) & wide.maskA) !== 0) continue;
    const v4 = 2 ** (32 - narrow.prefix);
    if (v4 >= rentedLeast && v4 > (best?.v4 ?? 0)) best = { owner: block.owner, v4 };
  }
  return best;
}
