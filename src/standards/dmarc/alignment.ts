// Identifier Alignment (RFC 9989 §4.4, §4.10.2): whether a domain that SPF or DKIM vouches for speaks for the Author Domain.
// What the Organizational Domain of a name is comes in as an argument: the tree walk and the Public Suffix List are two makers
// of the same function.
import { isAtOrBelow, parseDomainName, ResolverError } from '../dns/index.ts';
import type { DomainName } from '../dns/index.ts';
import type { DkimResult, SpfResult } from '../reports/index.ts';
import type { AuthResults } from '../reports/index.ts';
import type { OrganizationalDomainOf } from './organizational-domain.ts';
import type { AlignmentMode } from './record.ts';

/** How near an identifier is to the Author Domain: `strict` is the same name, `relaxed` the same Organizational Domain only. */
export type Alignment = 'none' | 'relaxed' | 'strict';

/** The bits in which the alignment of a whole row fits. A strict bit never stands without its relaxed one. */
export const alignmentBits = { dkimRelaxed: 1, dkimStrict: 2, spfRelaxed: 4, spfStrict: 8 } as const;

/**
 * Why nothing can be said about alignment. `unknown`: the DNS did not answer the tree walk that would have told. `not-asked`: no walk
 * was made, since it could not have changed the verdict.
 */
export type Untold = 'not-asked' | 'unknown';

/** Something SPF or DKIM said about a message, and how near its domain is to the Author Domain. */
export interface IdentifierFinding {
  readonly mechanism: 'dkim' | 'spf';
  /** The DKIM Signing Domain, or the SPF Domain, as a name; as it came when it is none. */
  readonly domain: string;
  readonly selector?: string;
  readonly result: DkimResult | SpfResult;
  readonly alignment: Alignment | Untold;
}

/**
 * How near `identifier` is to the Author Domain.
 * @throws {ResolverError} when the Organizational Domain of one of them cannot be told now
 */
export function alignmentOf(
  authorDomain: DomainName,
  identifier: DomainName,
  organizationalDomainOf: OrganizationalDomainOf,
): Alignment {
  if (authorDomain === identifier) return 'strict';
  const organizationalDomain = organizationalDomainOf(authorDomain);
  // An Organizational Domain is the name itself or above it, so a name elsewhere needs no walk of its own.
  if (!isAtOrBelow(identifier, organizationalDomain)) return 'none';
  return organizationalDomainOf(identifier) === organizationalDomain ? 'relaxed' : 'none';
}

/**
 * Whether `identifier` is aligned with the Author Domain in this mode (RFC 9989 §3.2.10).
 * @throws {ResolverError} when the mode is relaxed and the Organizational Domain of one of them cannot be told now
 */
export function isAligned(
  authorDomain: DomainName,
  identifier: DomainName,
  mode: AlignmentMode,
  organizationalDomainOf: OrganizationalDomainOf,
): boolean {
  return (
    authorDomain === identifier ||
    (mode === 'r' && alignmentOf(authorDomain, identifier, organizationalDomainOf) !== 'none')
  );
}

/**
 * The identifiers of a message or a report row, each with its nearness to the Author Domain. Results other than `pass` are kept:
 * a temporary error on a domain that would have been aligned leaves the verdict open (RFC 9989 §5.3.6).
 *
 * @param envelopeFrom the domain of MAIL FROM where it is known, `''` for the null sender; see `spfIdentifiers`
 */
export function identifiersOf(
  authorDomain: string,
  auth: AuthResults,
  organizationalDomainOf: OrganizationalDomainOf,
  envelopeFrom?: string,
): IdentifierFinding[] {
  const tell = (author: DomainName, identifier: DomainName): Alignment | Untold => {
    try {
      return alignmentOf(author, identifier, organizationalDomainOf);
    } catch (error) {
      if (error instanceof ResolverError) return 'unknown';
      throw error;
    }
  };
  return identifiersBy(authorDomain, auth, tell, envelopeFrom);
}

/** `identifiersOf`, by any way to tell how near two names are. */
export function identifiersBy(
  authorDomain: string,
  auth: AuthResults,
  tell: (author: DomainName, identifier: DomainName) => Alignment | Untold,
  envelopeFrom?: string,
): IdentifierFinding[] {
  const author = parseDomainName(authorDomain);
  const findings: IdentifierFinding[] = [];
  const add = (
    mechanism: 'dkim' | 'spf',
    said: { readonly domain?: string; readonly selector?: string; readonly result?: DkimResult | SpfResult },
  ): void => {
    const name = parseDomainName(said.domain ?? '');
    findings.push({
      mechanism,
      domain: name.ok ? name.value : (said.domain ?? ''),
      ...(said.selector === undefined ? {} : { selector: said.selector }),
      result: said.result ?? 'none',
      alignment: author.ok && name.ok ? tell(author.value, name.value) : 'none',
    });
  };
  for (const dkim of auth.dkim) add('dkim', dkim);
  for (const spf of spfIdentifiers(auth, envelopeFrom)) add('spf', spf);
  return findings;
}

/**
 * The alignment of a row as `alignmentBits`, from its authentication results: only `pass` counts, and any one signature will do
 * (RFC 9989 §4.4.1). A row that has both a strict and a relaxed signature has both bits. An Author Domain that is no domain name
 * aligns with nothing.
 *
 * @param envelopeFrom the domain of MAIL FROM where it is known, `''` for the null sender; see `spfIdentifiers`
 * @throws {ResolverError} when an Organizational Domain it needs cannot be told now
 */
export function alignmentBitsOf(
  authorDomain: string,
  auth: AuthResults,
  organizationalDomainOf: OrganizationalDomainOf,
  envelopeFrom?: string,
): number {
  const author = parseDomainName(authorDomain);
  if (!author.ok) return 0;
  let bits = 0;
  for (const dkim of auth.dkim) {
    if (dkim.result === 'pass') bits |= bitsOf(author.value, dkim.domain, organizationalDomainOf);
  }
  let spfBits = 0;
  for (const spf of spfIdentifiers(auth, envelopeFrom)) {
    if (spf.result === 'pass') spfBits |= bitsOf(author.value, spf.domain, organizationalDomainOf);
  }
  return bits | (spfBits << 2);
}

/** 1 relaxed, 2 strict: those of DKIM. SPF's are the same two places further. */
function bitsOf(author: DomainName, identifier: string | undefined, organizationalDomainOf: OrganizationalDomainOf) {
  const name = parseDomainName(identifier ?? '');
  if (!name.ok) return 0;
  const alignment = alignmentOf(author, name.value, organizationalDomainOf);
  return alignment === 'strict' ? 3 : alignment === 'relaxed' ? 1 : 0;
}

/**
 * The SPF results that can be an SPF Domain of DMARC. It relies on the MAIL FROM identity alone (RFC 9989 §3.2.4), and when
 * the reverse-path is null that identity is postmaster at the HELO name (RFC 7208 §2.4). So a result of scope `helo` (RFC 7489
 * only; RFC 9990 has no such scope, since there the one result is that of MAIL FROM, however it was formed) counts when MAIL
 * FROM was null. A row says so in one of two ways: its envelope-from is empty; or it does not tell its envelope-from, and
 * there is no result for a MAIL FROM domain beside the one for HELO, since a MAIL FROM that was there would have been checked.
 */
export function spfIdentifiers(auth: AuthResults, envelopeFrom?: string): AuthResults['spf'] {
  if (!auth.spf.some((spf) => spf.scope === 'helo')) return auth.spf;
  const mailFrom = auth.spf.filter((spf) => spf.scope !== 'helo');
  const nullSender =
    envelopeFrom === undefined ? mailFrom.every((spf) => (spf.domain ?? '') === '') : envelopeFrom === '';
  return nullSender ? auth.spf : mailFrom;
}
