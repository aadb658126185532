// What is known of a mail service: how its mail is recognised, and what a customer does there to make it align. Written from public
// facts, each entry with where they can be read.

/** What an organisation that mails mainly uses a service for; `organisation`: no service, somebody's own servers. */
export const senderCategories = [
  'bulk',
  'transactional',
  'crm',
  'ticketing',
  'hr',
  'office',
  'survey',
  'events',
  'signing',
  'finance',
  'commerce',
  'learning',
  'software',
  'hosting',
  'cloud',
  'access',
  'security-gateway',
  'forwarder',
  'mailing-list',
  'mailbox',
  'organisation',
] as const;
export type SenderCategory = (typeof senderCategories)[number];

/** A sentence or three in the languages Zegel speaks. */
export interface Advice {
  readonly en: string;
  readonly nl: string;
}

/**
 * By what a service is recognised. Every domain stands for itself and for what lies below it, in lower-case A-labels; the most
 * specific entry wins. Empty where nothing certain is known.
 */
export interface Recognition {
  /** Domains it signs with as itself (`d=`). */
  readonly dkim: readonly string[];
  /**
   * Selectors customers use with it under their own domain, `*` for one character or more, `#` for a digit, `?` for a character of
   * base 32 (`a`–`z`, `2`–`7`): only where the name is telling.
   */
  readonly selectors?: readonly string[];
  /** Names that customers include in their SPF record, or redirect to. */
  readonly spf: readonly string[];
  /** Domains of its own that it puts in the envelope. */
  readonly returnPath: readonly string[];
  /** First labels of envelope names under the customer's own domain, `*` as above: `pm-bounces`. Only where telling. */
  readonly envelopeLabels?: readonly string[];
  /** What the CNAMEs of its customers point to, for DKIM keys or the return path. */
  readonly cname?: readonly string[];
  /** Suffixes of the forward-confirmed reverse names of servers that send for it. */
  readonly reverse: readonly string[];
  /** Suffixes of the reverse names of machines and lines that anyone may rent there: they say where a machine stands, not who mails. */
  readonly rented?: readonly string[];
  /** Autonomous systems that are its alone. Of hosting, cloud and access they too only say where a machine stands. */
  readonly asns?: readonly number[];
  /** Networks it publishes as its own and that are known to stay. */
  readonly networks?: readonly string[];
}

/**
 * Whether the SPF leg can align, and how:
 * - `no`: the envelope is always the service's
 * - `custom-return-path`: a name of one's own, by a CNAME or by MX and SPF records, becomes the envelope domain
 * - `own-envelope`: the envelope is what the customer's own system or address says; the service's addresses must be let in by SPF
 * - `include`: once its include stands in the SPF record of the domain, the envelope is that domain
 * - `dedicated-only`: only with a dedicated address, or as a paid extra
 * - `unknown`: nothing public says so; ask the service
 */
export const spfAlignments = [
  'no',
  'custom-return-path',
  'own-envelope',
  'include',
  'dedicated-only',
  'unknown',
] as const;
export type SpfAlignment = (typeof spfAlignments)[number];

/**
 * Whether the DKIM leg can align, and how:
 * - `no`: it signs as itself or not at all
 * - `cname-selectors`: CNAMEs under `_domainkey`; the service keeps the keys
 * - `txt-selectors`: the public key as a TXT record
 * - `delegated-subdomain`: NS records hand a subdomain over
 * - `own-key`: the customer signs, before the mail goes there
 * - `unknown`: nothing public says so; ask the service
 */
export const dkimAlignments = [
  'no',
  'cname-selectors',
  'txt-selectors',
  'delegated-subdomain',
  'own-key',
  'unknown',
] as const;
export type DkimAlignment = (typeof dkimAlignments)[number];

/** What passing through does to a message that somebody else signed. */
export const passings = ['keeps-dkim', 'breaks-dkim', 'rewrites-from', 'either'] as const;
export type PassesOn = (typeof passings)[number];

export interface Sender {
  /** Kebab-case and stable: `'sendgrid'`. */
  readonly id: string;
  /** As the service calls itself: `'Twilio SendGrid'`. */
  readonly name: string;
  readonly category: SenderCategory;
  readonly website: string;
  readonly recognise: Recognition;
  /** Whether customers send from the same addresses; `'both'`: a dedicated one can be had. */
  readonly shared: boolean | 'both';
  /** Of forwarders, lists and gateways: what becomes of the signature of the mail they pass on. */
  readonly passesOn?: PassesOn;
  readonly align: {
    readonly spf: SpfAlignment;
    readonly dkim: DkimAlignment;
    /** What to do there, in plain words. */
    readonly how: Advice;
  };
  /** Where the facts can be read. */
  readonly sources: readonly string[];
}

/**
 * How much a match says:
 * - `service`: the service itself signed, wrote the envelope, or owns the server
 * - `place`: a machine or line that anyone may rent there; who mails from it is open
 * - `habit`: a selector or label that its customers usually have under their own domain
 */
export type MatchStrength = 'habit' | 'place' | 'service';

/** A sender that was recognised, and by what. */
export interface SenderMatch {
  readonly sender: Sender;
  readonly strength: MatchStrength;
  /** The entry of the catalogue that matched: `'sendgrid.net'`, `'selector*'`, `'AS11377'`. */
  readonly entry: string;
}

/**
 * An entry of one's own. With the `id` of a shipped sender it adds to it: what recognises is added, whatever else is said counts
 * instead. With an `id` of its own it is a sender more, and needs a `name`.
 */
export interface OwnSender {
  readonly id: string;
  readonly name?: string;
  readonly category?: SenderCategory;
  readonly website?: string;
  readonly recognise: Partial<Recognition>;
  readonly shared?: boolean | 'both';
  readonly passesOn?: PassesOn;
  readonly align?: Partial<Sender['align']>;
  readonly sources?: readonly string[];
}
