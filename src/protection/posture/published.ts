// What a look at a domain finds, as plain data: every part of what it publishes, and how the names stand that this leans on.
import type { Existence, Policy, PolicyPlace, PolicyTag, StepOutcome } from '../../standards/dmarc/index.ts';
import type { DomainName, RecordType } from '../../standards/dns/index.ts';
import type { Problem } from '../../standards/problem.ts';
import type { SpfResult } from '../../standards/spf/index.ts';
import type { CertificateFacts, DaneVerdict } from '../../standards/transport/index.ts';

/** One question to the DNS and its answer, or the code of its failure. Records as a zone file shows them, TXT as text; long ones are cut. */
export interface LookUp {
  readonly name: string;
  readonly type: RecordType;
  readonly outcome: string;
  readonly records: readonly string[];
  readonly aliases: readonly string[];
  readonly authenticated: boolean;
  /** Seconds; 0 for a failure. */
  readonly ttl: number;
}

/**
 * How a name that others lean on stands.
 * - `stands`: it exists
 * - `missing`: it does not, and only whoever owns the domain above it can make it
 * - `registrable`: the domain above it does not exist either: anyone may register it
 * - `claimable`: it lies below a service that gives its names to whoever asks first
 * - `unknown`: the DNS did not say
 */
export type Standing = 'claimable' | 'missing' | 'registrable' | 'stands' | 'unknown';

/** A name that a record leans on, and whether it is there. */
export interface Leaning {
  readonly name: string;
  /** What leans on it: an SPF term, an alias, a mail server, a name server, a report destination. */
  readonly by: 'a' | 'alias' | 'exists' | 'include' | 'mx' | 'name-server' | 'redirect' | 'report' | 'server';
  /** The name whose record leans on it, and what stands there. */
  readonly at: string;
  readonly text: string;
  readonly standing: Standing;
  /** The name that is missing: the last of a chain of aliases. */
  readonly missing?: string;
  /** What could be registered or claimed. */
  readonly claim?: string;
  readonly service?: string;
}

/** A term of an SPF tree that lets addresses pass. */
export interface SpfLet {
  /** The record it stands in, and the term. */
  readonly domain: string;
  readonly term: string;
  /** The term of the domain's own record that leads there. */
  readonly via: string;
  /** IPv4 addresses. */
  readonly v4: number;
  /** IPv6 addresses, as a power of two rounded down; -1 for none. */
  readonly v6Bits: number;
}

export interface SpfPosture {
  readonly domain: string;
  /** `none`: no record. `unknown`: the DNS did not answer. */
  readonly outcome: 'invalid' | 'no-such-name' | 'none' | 'record' | 'several' | 'unknown';
  readonly texts: readonly string[];
  readonly problems: readonly Problem[];
  readonly aliases: readonly string[];
  /** What a client that no term names gets; absent without a record. */
  readonly otherwise?: SpfResult;
  /** The most any client needs, of 10 and of 2 (RFC 7208 §4.6.4). */
  readonly lookups: number;
  readonly voidLookups: number;
  /** How many IPv4 addresses pass; IPv6 as a power of two rounded down, -1 for none. */
  readonly passes4: number;
  readonly passes6Bits: number;
  /** The terms that let most addresses in, the widest first; at most 50. */
  readonly lets: readonly SpfLet[];
  /** How check_host() can end in an error, each reason once. */
  readonly errors: readonly (Problem & { readonly result: 'permerror' | 'temperror' })[];
  /** The names that the tree leans on; at most 300. */
  readonly leanings: readonly Leaning[];
  /** Terms that no address alone answers (`ptr`, macros), as they are written. */
  readonly open: readonly string[];
  /** Providers in the tree whose servers send for all their customers. */
  readonly relays: readonly { readonly provider: string; readonly term: string }[];
  /** Terms that name addresses anyone can rent. */
  readonly rented: readonly { readonly term: string; readonly owner: string; readonly v4: number }[];
}

/** What one query at `_dmarc` came to. */
export interface DmarcStep {
  readonly domain: string;
  readonly name: string;
  readonly outcome: StepOutcome;
  readonly texts: readonly string[];
  readonly aliases: readonly string[];
  readonly problems: readonly Problem[];
}

/** What receivers are asked to do with a forged message. `nothing`: no policy governs. */
export interface PolicyView {
  readonly asks: Policy | 'nothing' | 'unknown';
  /** The policy before `t` and `pct` soften it, the tag that speaks, and whose record it is. */
  readonly policy?: Policy;
  readonly tag?: PolicyTag;
  readonly from?: string;
  readonly place?: PolicyPlace;
  readonly testing: boolean;
  /** Of an older receiver: for this part of the messages; the others meet one step milder. */
  readonly percent?: number;
}

/** The policy in force for one kind of name, for receivers of RFC 9989 and for those that still follow RFC 7489 (the milder of both lists). */
export interface InForce {
  readonly current: PolicyView;
  readonly older: PolicyView;
}

export interface ReportDestinationView {
  readonly tag: 'rua' | 'ruf';
  readonly uri: string;
  readonly host: string;
  readonly outcome: 'authorised' | 'no-host' | 'not-authorised' | 'own' | 'unknown';
  /** The record that would agree. */
  readonly queryName?: string;
  /** Whether mail can be delivered there. */
  readonly mail: 'nowhere' | 'servers' | 'unknown';
  readonly leaning: Leaning;
  readonly problems: readonly Problem[];
}

export interface DmarcPosture {
  /** The whole walk from the domain upwards. */
  readonly steps: readonly DmarcStep[];
  readonly organizationalDomain?: string;
  /** The tags of the record that governs. */
  readonly record?: {
    readonly domain: string;
    readonly place: PolicyPlace;
    readonly text: string;
    readonly p?: Policy;
    readonly sp?: Policy;
    readonly np?: Policy;
    readonly t?: 'n' | 'y';
    readonly pct?: number;
    readonly psd?: 'n' | 'u' | 'y';
    readonly adkim: 'r' | 's';
    readonly aspf: 'r' | 's';
    readonly rua: readonly string[];
    readonly ruf: readonly string[];
    /** The record asks for nothing that has effect; or it acts as `p=none` for the sake of its reports. */
    readonly effect: 'acts-as-none' | 'none' | 'yes';
  };
  readonly domain: InForce;
  /** A name below that exists and has no record of its own. */
  readonly subdomain: InForce;
  /** A name below that does not exist, where there can be one; with a wildcard there is none, and this is what such a name meets. */
  readonly nonexistent: InForce;
  /** The name has an alias and text, which cannot be (RFC 1034 §3.6.2). */
  readonly aliasAndText: boolean;
  /** What is odd about where the record stands. */
  readonly place: readonly Problem[];
  readonly differences: readonly Problem[];
  readonly destinations: readonly ReportDestinationView[];
  readonly leanings: readonly Leaning[];
}

export interface DkimSelector {
  readonly selector: string;
  readonly name: string;
  readonly origin: 'common' | 'given' | 'seen';
  /** `none`: no key there. `wildcard`: the answer any selector gets. `unusable`: a record, and no key in it that can be used. */
  readonly outcome: 'key' | 'none' | 'revoked' | 'unknown' | 'unusable' | 'wildcard';
  readonly keyType?: 'ed25519' | 'rsa';
  readonly bits?: number;
  readonly testing: boolean;
  /** Only SHA-1 is allowed, which no receiver takes (RFC 8301 §3.1). */
  readonly sha1Only: boolean;
  readonly records: number;
  readonly leaning?: Leaning;
  readonly problems: readonly Problem[];
}

export interface DkimPosture {
  /** What `_domainkey` itself is: without it there is no key at all (RFC 8020). */
  readonly domainkey: Existence;
  /** What any selector gets: nothing, a key, a revoked one, or another text. */
  readonly wildcard: 'key' | 'none' | 'other' | 'revoked' | 'unknown';
  /** Those that were given or seen, and the common ones that are there. */
  readonly selectors: readonly DkimSelector[];
  /** How many were asked for, and of how many the DNS did not tell. */
  readonly asked: number;
  readonly unanswered: number;
}

/** What connecting to one address of a mail server found, when it was connected to. */
export interface ServerConnection {
  readonly address: string;
  readonly outcome:
    | 'no-address'
    | 'no-starttls'
    | 'not-smtp'
    | 'private-address'
    | 'tls'
    | 'tls-failed'
    | 'unreachable'
    | 'unwilling';
  readonly said?: string;
  /** `TLSv1.3` */
  readonly protocol?: string;
  readonly cipher?: string;
  readonly certificate?: CertificateFacts & {
    /** The server's name is among its names. */
    readonly named: boolean;
    readonly trusted: boolean;
    /** OpenSSL's word for why it is not. */
    readonly distrust?: string;
    readonly endsSoon: boolean;
  };
  /** What the server's TLSA records say of it, where these are vouched for. */
  readonly dane?: DaneVerdict;
}

/** A mail server. */
export interface ServerPosture {
  readonly host: string;
  readonly preference: number;
  readonly v4: 'no' | 'unknown' | 'yes';
  readonly v6: 'no' | 'unknown' | 'yes';
  /** The resolver vouches for its addresses. */
  readonly authenticated: boolean;
  readonly dane: 'insecure' | 'none' | 'secure' | 'unknown' | 'unusable';
  readonly daneProblems: readonly Problem[];
  readonly leaning: Leaning;
  /** By address; absent when nobody connected. */
  readonly connections?: readonly ServerConnection[];
}

/** A record told by text at a name of its own. */
export interface TextPosture {
  readonly name: string;
  readonly outcome: 'invalid' | 'none' | 'record' | 'several' | 'unknown';
  readonly texts: readonly string[];
  readonly problems: readonly Problem[];
}

export interface MailPosture {
  readonly outcome: 'implicit' | 'no-such-name' | 'nowhere' | 'null-mx' | 'servers' | 'unknown';
  readonly authenticated: boolean;
  readonly problems: readonly Problem[];
  readonly servers: readonly ServerPosture[];
  readonly mtaSts: TextPosture;
  /** The policy file, when it was asked for. */
  readonly mtaStsPolicy?: {
    readonly mode: 'enforce' | 'none' | 'testing' | 'unreadable';
    readonly maxAge: number;
    readonly mx: readonly string[];
    readonly problems: readonly Problem[];
  };
  readonly tlsRpt: TextPosture;
}

/** Another name of the domain: a subdomain that was given, or a name of its own that its records show. */
export interface NamePosture {
  readonly name: DomainName;
  /** `helo`: a mail server, which greets with this name. */
  readonly origin: 'given' | 'helo' | 'seen';
  readonly exists: Existence;
  readonly leaning?: Leaning;
  readonly spf: SpfPosture;
  readonly dmarc: DmarcStep;
  readonly inForce: InForce;
  /** What is odd about where its own DMARC record stands. */
  readonly place: readonly Problem[];
}

/** What a name gets that nobody has made. */
export interface WildcardPosture {
  readonly probe: string;
  /** The name exists because a wildcard answers: `np` has no effect. `no`: it does not exist. */
  readonly exists: 'no' | 'unknown' | 'yes';
  readonly types: readonly ('A' | 'AAAA' | 'MX' | 'TXT')[];
  readonly spf: SpfPosture;
  readonly leaning?: Leaning;
}

/** What a domain publishes, as it was found. */
export interface Published {
  readonly domain: DomainName;
  readonly exists: Existence;
  /** What the domain is an alias of, when it is one. */
  readonly leaning?: Leaning;
  readonly lookups: readonly LookUp[];
  /** Look-ups that were made and are not listed, because they were too many. */
  readonly lookupsLeftOut: number;
  /** `secure`: the resolver vouches. `unvalidated`: signed, but this resolver does not check. `insecure`: not signed. */
  readonly dnssec: 'insecure' | 'secure' | 'unknown' | 'unvalidated';
  readonly nameServers: readonly Leaning[];
  readonly spf: SpfPosture;
  readonly dmarc: DmarcPosture;
  readonly dkim: DkimPosture;
  readonly mail: MailPosture;
  readonly bimi: TextPosture & {
    readonly obstacles: readonly Problem[];
    /** What is amiss with the logo and the certificate the record names, when these were fetched. */
    readonly files?: readonly Problem[];
  };
  readonly wildcard: WildcardPosture;
  readonly names: readonly NamePosture[];
}
