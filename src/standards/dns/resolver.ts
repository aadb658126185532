import type { DomainName } from './domain-name.ts';

/** The record types Zegel asks for. */
export type RecordType = 'A' | 'AAAA' | 'CNAME' | 'DNSKEY' | 'DS' | 'MX' | 'NS' | 'PTR' | 'SOA' | 'TLSA' | 'TXT';

/** What a record says, by type. Names are A-labels in lower case without a final dot, as they came: not every name a zone holds is a `DomainName`. */
export interface RecordData {
  /** A dotted quad. */
  readonly A: string;
  /** As RFC 5952 writes it: `2001:db8::1`. */
  readonly AAAA: string;
  readonly CNAME: string;
  readonly DNSKEY: { readonly flags: number; readonly algorithm: number; readonly key: Uint8Array };
  readonly DS: {
    readonly keyTag: number;
    readonly algorithm: number;
    readonly digestType: number;
    readonly digest: Uint8Array;
  };
  readonly MX: { readonly preference: number; readonly exchange: string };
  readonly NS: string;
  readonly PTR: string;
  readonly SOA: { readonly mname: string; readonly rname: string; readonly serial: number; readonly minimum: number };
  readonly TLSA: {
    readonly usage: number;
    readonly selector: number;
    readonly matchingType: number;
    readonly data: Uint8Array;
  };
  /** The character-strings of one TXT record, each at most 255 bytes, as Latin-1 text (one character a byte). */
  readonly TXT: readonly string[];
}

/**
 * An answer of the DNS. The three are different things, and the difference decides verdicts: RFC 9989's `np` turns on it,
 * and so do the void lookups of SPF (RFC 7208 §4.6.4). No answer at all is a `ResolverError`, never one of these.
 */
export type Answer<T extends RecordType = RecordType> =
  | {
      readonly kind: 'records';
      readonly records: readonly RecordData[T][];
      /** Seconds the answer may be kept; the least along the chain. */
      readonly ttl: number;
      /** The aliases followed, in order: the first is the target of the name asked for. */
      readonly aliases: readonly string[];
      /** The resolver says it has validated the answer (AD bit, RFC 4035 §3.2.3). */
      readonly authenticated: boolean;
    }
  /** The name exists (or an alias of it does), but has no record of this type (NODATA, RFC 2308 §2.2). */
  | {
      readonly kind: 'no-data';
      readonly ttl: number;
      readonly aliases: readonly string[];
      readonly authenticated: boolean;
    }
  /** The name does not exist, and nothing below it does (NXDOMAIN, RFC 8020). */
  | {
      readonly kind: 'no-such-name';
      readonly ttl: number;
      readonly aliases: readonly string[];
      readonly authenticated: boolean;
    };

/**
 * Asks the DNS, or something that stands in for it: a zone told by a text, or the world after a plan. A name is given as
 * plain text, since SPF macros and DKIM selectors make names that are no host names; it has no final dot.
 *
 * @throws {ResolverError} when no answer could be had.
 */
export type Resolver = <T extends RecordType>(name: DomainName | string, type: T) => Promise<Answer<T>>;

/** The world did not answer: a time-out, SERVFAIL, REFUSED, a broken packet. Becomes `temperror` in one place per standard. */
export class ResolverError extends Error {
  override readonly name = 'ResolverError';
  readonly code:
    | 'dns/timeout'
    | 'dns/servfail'
    | 'dns/refused'
    | 'dns/malformed'
    | 'dns/unreachable'
    | 'dns/unknown-name'
    | 'dns/alias-loop';
  readonly retryable: boolean;
  constructor(code: ResolverError['code'], message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? true;
  }
}
