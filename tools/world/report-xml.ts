// The text of a report, as its reporter writes it. What repeats is made once: the tail of a record (identifiers and results) for
// each shape of mail, the judgement for each verdict.
import type {
  DkimResult,
  Disposition,
  Generation,
  OverrideType,
  SpfResult,
} from '../../src/standards/reports/aggregate/model.ts';
import type { DmarcRecord } from './dmarc.ts';
import type { Reporter } from './reporters.ts';

/** What a receiver saw of some mail, but for the address and the count. */
export interface Shape {
  readonly authorDomain: string;
  readonly envelope: string;
  readonly dkim: readonly { readonly domain: string; readonly selector: string; readonly result: DkimResult }[];
  readonly spf: { readonly domain: string; readonly helo: boolean; readonly result: SpfResult };
}

export interface Verdict {
  readonly disposition: Disposition;
  readonly dkim: boolean;
  readonly spf: boolean;
  readonly reason?: { readonly type: OverrideType; readonly comment: string };
}

export interface Head {
  readonly reporter: Reporter;
  readonly generation: Generation;
  readonly reportId: string;
  /** Seconds. */
  readonly begin: number;
  readonly end: number;
  readonly policy: DmarcRecord;
}

/** An observable class as this reporter's rows show it: what `truth/classes.jsonl` says, but for the address. */
export interface Seen {
  readonly authorDomain: string;
  readonly envelopeDomain: string | null;
  readonly dkim: readonly (readonly [string, string | null, DkimResult])[];
  readonly spf: readonly [string, 'helo' | 'mfrom' | null, SpfResult] | null;
}

/** What is left of a shape in the rows of a reporter of a generation. */
export function seenBy(shape: Shape, reporter: Reporter, generation: Generation): Seen {
  const { quirks } = reporter;
  const { envelope, spf } = shape;
  const modern = generation === 'rfc9990';
  const dkim = shape.dkim.filter(({ result }) => quirks.failedSignatures !== 'missing' || result === 'pass');
  return {
    authorDomain: shape.authorDomain,
    envelopeDomain: quirks.envelopeFrom === 'missing' ? null : envelope,
    // RFC 9990 wants the selector; before that it was optional.
    dkim: dkim.map(({ domain, selector, result }) => [
      domain,
      quirks.selector === 'missing' && !modern ? null : selector,
      result,
    ]),
    // RFC 9990 has no scope but `mfrom`, and none for an identity taken from HELO.
    spf: [
      spf.domain,
      quirks.scope === 'missing' || (modern && spf.helo) ? null : spf.helo ? 'helo' : 'mfrom',
      spf.result,
    ],
  };
}

/** Whitespace of a style: pretty or none. */
const pads = { pretty: ['\n', '\n  ', '\n    ', '\n      ', '\n        '], dense: ['', '', '', '', ''] } as const;

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Everything before the records. */
export function headXml({ reporter, generation, reportId, begin, end, policy }: Head): string {
  const [, p1, p2] = reporter.pretty ? pads.pretty : pads.dense;
  const { quirks } = reporter;
  const modern = generation === 'rfc9990';
  const seconds = (at: number): string => (quirks.microseconds ? `${at}.000000` : String(at));
  const encoding = quirks.latin1 ? 'ISO-8859-1' : 'UTF-8';
  const namespace =
    reporter.namespace === 'lacking' || (!modern && reporter.namespace === 'modern')
      ? ''
      : ` xmlns="${modern ? 'urn:ietf:params:xml:ns:dmarc-2.0' : 'http://dmarc.org/dmarc-xml/0.1'}"`;
  // A schema that is opened around the report and never closed: a real reporter wrote so for years.
  const schema = quirks.unclosedSchema
    ? '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://dmarc.org/dmarc-xml/0.1">\n'
    : '';
  const start = `${quirks.byteOrderMark ? '\uFEFF' : ''}<?xml version="1.0" encoding="${encoding}" ?>`;
  let text = `${start}${quirks.headerWithoutNewline ? '' : '\n'}${schema}<feedback${namespace}>`;
  text += `${p1}<version>1.0</version>${p1}<report_metadata>${p2}<org_name>${escape(reporter.name)}</org_name>${p2}<email>${reporter.email}</email>`;
  if (reporter.contact !== undefined)
    text += `${p2}<extra_contact_info>${escape(reporter.contact)}</extra_contact_info>`;
  text += `${p2}<report_id>${escape(reportId)}</report_id>${p2}<date_range><begin>${seconds(begin)}</begin><end>${seconds(end)}</end></date_range>`;
  if (modern && reporter.generator !== undefined) text += `${p2}<generator>${escape(reporter.generator)}</generator>`;
  text += `${p1}</report_metadata>${p1}<policy_published>${p2}<domain>${policy.domain}</domain>${p2}<adkim>${policy.adkim}</adkim>${p2}<aspf>${policy.aspf}</aspf>${p2}<p>${policy.p}</p>`;
  if (quirks.sp === 'empty' && policy.sp === undefined && !modern) text += `${p2}<sp></sp>`;
  else if (quirks.sp !== 'missing' || policy.sp !== undefined) text += `${p2}<sp>${policy.sp ?? policy.p}</sp>`;
  if (modern) {
    if (policy.np !== undefined) text += `${p2}<np>${policy.np}</np>`;
    text += `${p2}<discovery_method>treewalk</discovery_method>${p2}<fo>0</fo>${p2}<testing>${policy.testing ? 'y' : 'n'}</testing>`;
  } else text += `${p2}<pct>${policy.pct}</pct>${p2}<fo>0</fo>`;
  text += `${p1}</policy_published>`;
  if (modern && quirks.extension) text += `${p1}<extension><queue xmlns="urn:snelpost:queue">eu-2</queue></extension>`;
  return text;
}

/** Everything after the records. */
export function footXml(reporter: Reporter): string {
  return reporter.pretty ? '\n</feedback>\n' : '</feedback>';
}

/** A record up to its count: `source_ip` and `count` go between `recordOpen`, `recordMiddle` and the judgement. */
export function recordOpen(reporter: Reporter): string {
  const [, p1, p2, p3] = reporter.pretty ? pads.pretty : pads.dense;
  return `${p1}<record>${p2}<row>${p3}<source_ip>`;
}

export function recordMiddle(reporter: Reporter): string {
  return `</source_ip>${reporter.pretty ? pads.pretty[3] : ''}<count>`;
}

/** What follows the count: the judgement and the end of the row. */
export function verdictXml(verdict: Verdict, reporter: Reporter): string {
  const [, , p2, p3, p4] = reporter.pretty ? pads.pretty : pads.dense;
  const word = (pass: boolean): string =>
    pass ? (reporter.quirks.capitals ? 'Pass' : 'pass') : reporter.quirks.capitals ? 'Fail' : 'fail';
  let text = `</count>${p3}<policy_evaluated>${p4}<disposition>${verdict.disposition}</disposition>${p4}<dkim>${word(verdict.dkim)}</dkim>${p4}<spf>${word(verdict.spf)}</spf>`;
  if (verdict.reason !== undefined)
    text += `${p4}<reason><type>${verdict.reason.type}</type>${verdict.reason.comment === '' ? '' : `<comment>${escape(verdict.reason.comment)}</comment>`}</reason>`;
  return `${text}${p3}</policy_evaluated>${p2}</row>`;
}

/** Identifiers and results: the rest of the record. */
export function tailXml(seen: Seen, reporter: Reporter, generation: Generation): string {
  const [, p1, p2, p3, p4] = reporter.pretty ? pads.pretty : pads.dense;
  const { quirks } = reporter;
  let text = `${p2}<identifiers>`;
  if (quirks.envelopeTo) text += `${p3}<envelope_to>${reporter.domain}</envelope_to>`;
  if (seen.envelopeDomain !== null) text += `${p3}<envelope_from>${seen.envelopeDomain}</envelope_from>`;
  text += `${p3}<header_from>${seen.authorDomain}</header_from>${p2}</identifiers>${p2}<auth_results>`;
  for (const [domain, selector, result] of seen.dkim) {
    const human =
      quirks.humanResult && generation === 'rfc9990' && result === 'permerror'
        ? `${p4}<human_result>no key for signature</human_result>`
        : '';
    text += `${p3}<dkim>${p4}<domain>${domain}</domain>${selector === null ? '' : `${p4}<selector>${selector}</selector>`}${p4}<result>${result}</result>${human}${p3}</dkim>`;
  }
  if (seen.spf !== null) {
    const [domain, scope, result] = seen.spf;
    const word = quirks.hardfail && result === 'fail' ? 'hardfail' : result;
    text += `${p3}<spf>${p4}<domain>${domain}</domain>${scope === null ? '' : `${p4}<scope>${scope}</scope>`}${p4}<result>${word}</result>${p3}</spf>`;
  }
  return `${text}${p2}</auth_results>${p1}</record>`;
}

/** An address as the reporter writes it: some show IPv4 as IPv4-mapped IPv6. */
export function sourceText(address: string, reporter: Reporter): string {
  return reporter.quirks.mapped && !address.includes(':') ? `::ffff:${address}` : address;
}
