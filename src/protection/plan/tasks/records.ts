// The records that a task wants, as exactly as they are known: what can only be had from the sender stands in angle brackets.
import type { MailStream } from '../../inventory/index.ts';
import type { Sender } from '../../inventory/senders/index.ts';
import type { Need } from './needs.ts';
import type { TaskRecord } from './task.ts';

/** What stands in the DNS, as far as it was kept. */
export interface KnownRecords {
  /** What the CNAME at a name points to. */
  alias(name: string): string | undefined;
  /** The SPF record of a name. */
  spf(name: string): string | undefined;
  /** Addresses of a stream. */
  addresses(stream: number): readonly string[];
}

/** At most so many addresses are written into a record by hand; more are networks to be synthesised. */
const mostAddresses = 10;

/** @returns those of the domains where the need is open */
export function recordsOf(
  need: Need,
  stream: MailStream,
  sender: Sender | undefined,
  known: KnownRecords,
): TaskRecord[] {
  const domains = need.domains.filter(({ state }) => state !== 'closed').map(({ domain }) => domain);
  switch (need.action) {
    case 'sign':
      return domains.flatMap((domain) => keys(domain, stream, sender, known));
    case 'align-spf':
      return domains.flatMap((domain) => envelopes(domain, need.stream, sender, known));
    default:
      return [];
  }
}

/** Selectors under which this set-up, or any customer of the sender, signs. */
function keys(domain: string, stream: MailStream, sender: Sender | undefined, known: KnownRecords): TaskRecord[] {
  const elsewhere = stream.setUp.signing.find((each) => each.domain !== domain && each.selectors.length > 0);
  const selectors = [
    ...new Set([
      ...(elsewhere?.selectors ?? []).filter((selector) => !/[*#?]/.test(selector)),
      ...(sender?.recognise.selectors ?? []).filter((selector) => !/[*#?]/.test(selector)),
    ]),
  ].slice(0, 3);
  const names = selectors.length === 0 ? ['<selector>'] : selectors;
  const isCname = sender?.align.dkim === 'cname-selectors';
  return names.map((selector): TaskRecord => {
    const name = `${selector}._domainkey.${domain}`;
    if (!isCname) return { name, type: 'TXT', value: 'v=DKIM1; k=rsa; p=<public key>', isTemplate: true };
    const there = elsewhere === undefined ? undefined : `${selector}._domainkey.${elsewhere.domain}`;
    const target = there === undefined ? undefined : known.alias(there);
    return target === undefined
      ? { name, type: 'CNAME', value: '<name that the sender gives>', isTemplate: true }
      : {
          name,
          type: 'CNAME',
          value: `${target}.`,
          isTemplate: target.includes('.') && isOf(target, elsewhere!.domain),
          as: there!,
        };
  });
}

/** A target that bears the name of another domain of ours is made for that one. */
function isOf(target: string, domain: string): boolean {
  return target.includes(domain) || target.includes(domain.replaceAll('.', '-'));
}

function envelopes(domain: string, stream: number, sender: Sender | undefined, known: KnownRecords): TaskRecord[] {
  const can = sender?.align.spf ?? 'own-envelope';
  if (can === 'custom-return-path') {
    const label = sender?.recognise.envelopeLabels?.find((each) => !each.includes('*')) ?? '<label>';
    return [{ name: `${label}.${domain}`, type: 'CNAME', value: '<name that the sender gives>', isTemplate: true }];
  }
  const record = known.spf(domain);
  const include = can === 'include' ? sender?.recognise.spf[0] : undefined;
  const addresses = sender === undefined ? known.addresses(stream) : [];
  const terms =
    include !== undefined
      ? [`include:${include}`]
      : addresses.length > 0 && addresses.length <= mostAddresses
        ? addresses.map((address) => `${address.includes(':') ? 'ip6' : 'ip4'}:${address}`)
        : [];
  if (terms.length === 0) return [];
  return [{ name: domain, type: 'TXT', value: withTerms(record ?? 'v=spf1 ~all', terms), isTemplate: false }];
}

/** An SPF record with terms more, before what ends it. */
export function withTerms(record: string, terms: readonly string[]): string {
  const words = record.split(/\s+/).filter((word) => word !== '');
  const missing = terms.filter((term) => !words.some((word) => word.toLowerCase() === term.toLowerCase()));
  const end = words.findIndex((word) => /^(?:[-+~?]?all|redirect=.*)$/i.test(word));
  const at = end === -1 ? words.length : end;
  return [...words.slice(0, at), ...missing, ...words.slice(at)].join(' ');
}
