// The records a domain should have, by what it is for.
import { formatDmarcRecord, isDmarcRecord, parseDmarcRecord, parseReportUri } from '../../../standards/dmarc/index.ts';
import type { DmarcRecord, ReportUri } from '../../../standards/dmarc/index.ts';
import {
  isMtaStsRecord,
  isTlsRptRecord,
  formatMtaStsRecord,
  formatTlsRptRecord,
} from '../../../standards/transport/index.ts';
import { isSpfRecord } from '../../../standards/spf/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import { parseNetwork, networkText } from '../synthesis/address-list.ts';
import type { PlannedType } from '../formats/record-set.ts';
import { rungTags } from './wish.ts';
import type { DmarcWish, RecordKind, RecordsWish } from './wish.ts';

/** Values that are to stand at a name, and which of those that stand there they take the place of. */
export interface Wanted {
  readonly domain: string;
  readonly kind: RecordKind;
  readonly name: string;
  readonly type: PlannedType;
  /** None: what is of this kind goes. */
  readonly values: readonly string[];
  /** Whether a value that stands there is of this kind; all others stay. */
  readonly replaces: (value: string) => boolean;
  readonly why: Problem;
}

const everything = (): boolean => true;

/** Roles of domains that no legitimate mail comes from. */
export function sendsNothing({ role }: Pick<RecordsWish, 'role'>): boolean {
  return role === 'parked' || role === 'receiving' || role === 'absent';
}

/**
 * The records that a domain should have. A name that does not exist gets none: they would make it exist, and `np` of the domain above
 * would no longer speak for it.
 *
 * @param published the text of the DMARC record that stands there, when one does: what the wish leaves open stays as it says
 */
export function wantedRecords(wish: RecordsWish, published: string | undefined): Wanted[] {
  if (wish.role === 'absent') return [];
  return [
    ...spf(wish),
    ...helo(wish),
    ...dkim(wish),
    ...dmarc(wish, published),
    ...mail(wish),
    ...(wish.authorisations ?? []).map(({ policyDomain, host }) =>
      txt(wish, 'authorisation', `${policyDomain}._report._dmarc.${host}`, 'v=DMARC1', isDmarcRecord, {
        code: 'plan/why-authorisation',
        values: { domain: policyDomain, host },
        see: 'RFC 9990 §4',
      }),
    ),
  ];
}

function txt(
  { domain }: RecordsWish,
  kind: RecordKind,
  name: string,
  value: string | undefined,
  replaces: (value: string) => boolean,
  why: Problem,
): Wanted {
  return { domain, kind, name, type: 'TXT', values: value === undefined ? [] : [value], replaces, why };
}

function spf(wish: RecordsWish): Wanted[] {
  const { domain } = wish;
  const isSpf = (value: string): boolean => isSpfRecord(value) || /^v=spf1/i.test(value);
  if (sendsNothing(wish)) {
    const why = { code: 'plan/why-spf-closed', values: { domain }, see: 'RFC 7208 §10.1.1' };
    return [txt(wish, 'spf', domain, 'v=spf1 -all', isSpf, why)];
  }
  return [
    ...(wish.spf?.records ?? []).map(({ name, text }) =>
      txt(wish, name === domain ? 'spf' : 'spf-page', name, text, isSpf, {
        code: name === domain ? 'plan/why-spf' : 'plan/why-spf-page',
        values: { domain },
        see: 'RFC 7208 §3',
      }),
    ),
    ...(wish.spf?.unused ?? []).map(({ name }) =>
      txt(wish, 'spf-page', name, undefined, isSpf, {
        code: 'plan/why-spf-unused',
        values: { name },
        see: 'RFC 7208 §5.2',
      }),
    ),
  ];
}

/** A null sender's SPF identity is the HELO name (RFC 7208 §2.4): bounces have no other leg but DKIM. */
function helo(wish: RecordsWish): Wanted[] {
  return (wish.helo ?? []).map(({ name, addresses = [], record, all = '-all', isDeclared }) => {
    const terms = addresses.flatMap((text) => {
      const reading = parseNetwork(text);
      if (!reading.ok) throw new RangeError(`${text} is no address of ${name}`);
      return [`ip${reading.value.family}:${networkText(reading.value)}`];
    });
    const text = record ?? ['v=spf1', ...(terms.length === 0 ? ['a'] : terms), all].join(' ');
    const code = isDeclared === true ? 'plan/why-helo-declared' : 'plan/why-helo';
    const why = { code, values: { name }, see: 'RFC 7208 §2.3' };
    return txt(wish, 'helo', name, text, (value) => /^v=spf1/i.test(value), why);
  });
}

const revokedKey = 'v=DKIM1; p=';

function dkim(wish: RecordsWish): Wanted[] {
  const at = (selector: string): string => `${selector}._domainkey.${wish.domain}`;
  const see = 'RFC 6376 §3.6';
  const closed = { code: 'plan/why-dkim-closed', values: { domain: wish.domain }, see: 'RFC 6376 §3.6.1' };
  return [
    // No signature of a domain that nobody mails from is good: whatever the selector, the key is revoked.
    ...(wish.role === 'parked' ? [txt(wish, 'dkim', at('*'), revokedKey, everything, closed)] : []),
    ...(wish.dkim?.publish ?? []).map(({ selector, record, isTested }) =>
      txt(wish, 'dkim', at(selector), record, everything, {
        code: isTested === true ? 'plan/why-dkim-tested' : 'plan/why-dkim',
        values: { selector },
        see: isTested === true ? 'RFC 6376 §3.6.1' : see,
      }),
    ),
    ...(wish.dkim?.retire ?? []).map(({ selector, as = 'removed' }) =>
      txt(wish, 'dkim', at(selector), as === 'revoked' ? revokedKey : undefined, everything, {
        code: 'plan/why-dkim-retired',
        values: { selector },
        see,
      }),
    ),
  ];
}

function dmarc(wish: RecordsWish, published: string | undefined): Wanted[] {
  const { domain } = wish;
  const rua = wish.reportTo === undefined ? {} : { rua: [wish.reportTo] };
  // Nothing legitimate comes from a domain that does not send; one that sends begins by listening.
  const wanted: DmarcWish | undefined =
    wish.dmarc ??
    (sendsNothing(wish) ? { rung: 'reject', ...rua } : published === undefined ? { rung: 'none', ...rua } : undefined);
  if (wanted === undefined) return [];
  const why = { code: 'plan/why-dmarc', values: { domain, rung: wanted.rung }, see: 'RFC 9989 §4.7' };
  return [txt(wish, 'dmarc', `_dmarc.${domain}`, dmarcText(wanted, published), isDmarcRecord, why)];
}

/**
 * The text of a DMARC record. What the wish leaves open is taken over from the record that is published.
 *
 * @throws {RangeError} for a destination that is no URI
 */
export function dmarcText(wish: DmarcWish, published?: string): string {
  const reading = published === undefined ? undefined : parseDmarcRecord(published);
  const {
    p: _p,
    t: _t,
    pct: _pct,
    invalidPolicies: _invalid,
    ...before
  } = reading?.ok === true ? reading.value : blank;
  const { p, isSoft } = rungTags[wish.rung];
  const { rung: _rung, rua, ruf, ...tags } = wish;
  return formatDmarcRecord({
    ...before,
    ...tags,
    p,
    ...(isSoft ? { t: 'y' as const, pct: 0 } : {}),
    rua: rua?.map(reportUri) ?? before.rua,
    ruf: ruf?.map(reportUri) ?? before.ruf,
    invalidPolicies: [],
  });
}

const blank: DmarcRecord = { rua: [], ruf: [], invalidPolicies: [], others: [] };

function reportUri(text: string): ReportUri {
  const reading = parseReportUri(text);
  if (!reading.ok) throw new RangeError(`${text} is no URI for reports`);
  return reading.value;
}

function mail(wish: RecordsWish): Wanted[] {
  const { domain, role, mtaSts, tlsRpt } = wish;
  const wanted: Wanted[] = [];
  // A null MX says that mail from here is not to be believed either (RFC 7505 §4.2): a domain that sends does not have one.
  if (role === 'parked') {
    wanted.push({
      domain,
      kind: 'mx',
      name: domain,
      type: 'MX',
      values: ['0 .'],
      replaces: everything,
      why: { code: 'plan/why-null-mx', values: { domain }, see: 'RFC 7505 §3' },
    });
  }
  if (tlsRpt !== undefined) {
    const text = formatTlsRptRecord({ rua: tlsRpt, extensions: [] });
    const why = { code: 'plan/why-tls-rpt', values: { domain }, see: 'RFC 8460 §3' };
    wanted.push(txt(wish, 'tls-rpt', `_smtp._tls.${domain}`, text, isTlsRptRecord, why));
  }
  if (mtaSts !== undefined) {
    const text = formatMtaStsRecord({ id: mtaSts.id, extensions: [] });
    const why =
      mtaSts.seen === undefined
        ? { code: 'plan/why-mta-sts', values: { domain, mode: mtaSts.mode }, see: 'RFC 8461 §3.1' }
        : { code: 'plan/why-mta-sts-seen', values: { domain, ...mtaSts.seen }, see: 'RFC 8461 §5' };
    wanted.push(txt(wish, 'mta-sts', `_mta-sts.${domain}`, text, isMtaStsRecord, why));
    if (mtaSts.alias !== undefined) {
      wanted.push({
        domain,
        kind: 'mta-sts-host',
        name: `mta-sts.${domain}`,
        type: 'CNAME',
        values: [`${mtaSts.alias}.`],
        replaces: everything,
        why: { code: 'plan/why-mta-sts-host', values: { domain }, see: 'RFC 8461 §3.3' },
      });
    }
  }
  for (const { host, publish } of wish.tlsa ?? []) {
    wanted.push({
      domain,
      kind: 'tlsa',
      name: `_25._tcp.${host}`,
      type: 'TLSA',
      values: publish,
      replaces: everything,
      why: { code: 'plan/why-tlsa', values: { host }, see: 'RFC 7672 §3.1' },
    });
  }
  return wanted;
}
