// What attribution may know beside the rows: each piece with where it comes from. All of it may be absent.
import type { OrganizationalDomainOf } from '../../standards/dmarc/index.ts';
import type { Day } from '../history.ts';
import type { SenderCatalogue } from './senders/index.ts';

/** Whose network an address lies in. */
export interface NetworkFacts {
  readonly asn: number;
  readonly name: string;
  readonly country: string;
}

/** The name of an address, and whether the name leads back to it. */
export interface ReverseFact {
  readonly name: string | null;
  readonly confirmed: boolean | 'unknown';
  readonly day: Day;
}

/** A sender as the organisation says it has it. */
export interface DeclaredSender {
  readonly party: string;
  readonly sender: string;
  readonly domains: readonly string[];
  /** Prefixes. */
  readonly networks: readonly string[];
  readonly purpose: string;
  readonly rhythm: string;
  /** Whether only the organisation mails from these networks. */
  readonly exclusive: boolean;
}

/** What was published, as far as it was kept: `undefined` is "unknown", never "nothing". */
export interface PublishedFacts {
  /** The names an SPF record includes or redirects to, over all the days it was seen. */
  includes(domain: string): readonly string[] | undefined;
  /** What the CNAME of a DKIM key or a return path points to. */
  alias(name: string): string | undefined;
  /** The selectors under a domain of which a key was seen. */
  selectors(domain: string): readonly string[];
  /** Whether a name does not exist on any day of which something is known: no record, and none below it. */
  isAbsent(name: string): boolean;
  /** Whether all that its SPF record ever said is that nobody mails as it (`v=spf1 -all`). */
  neverMails(domain: string): boolean;
}

/** All that is known beside the rows. */
export interface AttributionEvidence {
  readonly networks: (address: string) => NetworkFacts | undefined;
  readonly reverse: (address: string) => ReverseFact | undefined;
  readonly senders: SenderCatalogue;
  readonly declared: readonly DeclaredSender[];
  readonly published: PublishedFacts;
  /** Domains of ours beside those that reports were about. */
  readonly ownDomains: readonly string[];
  readonly organizationalDomainOf?: OrganizationalDomainOf;
}
