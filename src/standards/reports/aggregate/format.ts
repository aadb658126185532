import type { Problem, Reading } from '../../problem.ts';
import { dmarc2Namespace } from './head-builder.ts';
import type { DkimAuthResult, Extension, OverrideReason, ReportHead, Row, SpfAuthResult } from './model.ts';
import { cleanCharacters } from './text.ts';

/** What a report to be written says. `generation` decides the form; a `namespace` of its own is not written. */
export type NewReport = ReportHead & { readonly records: readonly Row[] };

/** Writes XML with an indent of two, and keeps what is wrong with what it is given. */
class Writer {
  readonly problems: Problem[] = [];
  private readonly lines: string[] = [];
  private depth = 0;
  private readonly report: NewReport;

  constructor(report: NewReport) {
    this.report = report;
  }

  /** An element with elements in it. */
  group(name: string, inside: () => void, attributes = ''): void {
    this.line(`<${name}${attributes}>`);
    this.depth++;
    inside();
    this.depth--;
    this.line(`</${name}>`);
  }

  /** An element that has to be there. */
  required(name: string, text: number | string | undefined): void {
    if (text === undefined) this.object('reports/missing-element', { element: name });
    else this.optional(name, text);
  }

  optional(name: string, text: number | string | undefined, lang?: string): void {
    if (text === undefined) return;
    const attribute = lang === undefined ? '' : ` lang="${escape(lang)}"`;
    this.line(`<${name}${attribute}>${escape(String(text))}</${name}>`);
  }

  /** An element or a value that the generation does not have: it may not be there. */
  foreign(element: string, value: unknown): void {
    if (value === undefined) return;
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    this.object('reports/not-of-generation', { element, text, generation: this.report.generation });
  }

  /** XML that is written as it stands. */
  raw(extensions: readonly Extension[]): void {
    for (const { xml } of extensions) this.line(xml);
  }

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  private line(text: string): void {
    this.lines.push('  '.repeat(this.depth) + text);
  }

  private object(code: string, values: Problem['values'] = {}): void {
    const see = this.report.generation === 'rfc9990' ? 'RFC 9990 Appendix A' : 'RFC 7489 Appendix C';
    if (!this.problems.some((problem) => problem.code === code && problem.values?.['element'] === values['element'])) {
      this.problems.push({ code, values, see });
    }
  }
}

/**
 * Writes a report that is valid against the schema of its generation. RFC 7489 is written without a namespace, as everybody
 * does: the published schema cannot be applied as it stands. Where it requires what RFC 9990 does not, the defaults of the
 * DMARC record are written: `sp` as `p`, `pct` 100, `fo` 0.
 *
 * @returns the XML; or what is missing (`reports/missing-element`), or has no place in this generation (`reports/not-of-generation`):
 *   nothing is left out in silence
 */
export function formatAggregateReport(report: NewReport): Reading<string> {
  const writer = new Writer(report);
  const modern = report.generation === 'rfc9990';
  writer.group(
    'feedback',
    () => {
      writer.optional('version', report.version ?? '1.0');
      writer.group('report_metadata', () => writeMetadata(writer, report, modern));
      writer.group('policy_published', () => writePolicy(writer, report, modern));
      if (report.extensions.length > 0) {
        if (modern) writer.group('extension', () => writer.raw(report.extensions));
        else writer.foreign('extension', '');
      }
      if (report.records.length === 0) writer.required('record', undefined);
      for (const row of report.records) writer.group('record', () => writeRecord(writer, row, modern));
    },
    modern ? ` xmlns="${dmarc2Namespace}"` : '',
  );
  if (writer.problems.length > 0) return { ok: false, problems: writer.problems };
  return { ok: true, value: `<?xml version="1.0" encoding="UTF-8"?>\n${writer.text()}`, problems: [] };
}

function writeMetadata(writer: Writer, { metadata }: NewReport, modern: boolean): void {
  writer.required('org_name', metadata.orgName);
  writer.required('email', metadata.email);
  writer.optional('extra_contact_info', metadata.extraContactInfo, metadata.extraContactInfoLang);
  writer.required('report_id', metadata.reportId);
  const { dateRange } = metadata;
  if (dateRange === undefined) writer.required('date_range', undefined);
  else {
    writer.group('date_range', () => {
      writer.required('begin', dateRange.begin);
      writer.required('end', dateRange.end);
    });
  }
  const [first, ...others] = metadata.errors;
  writer.optional('error', first, metadata.errorLang);
  if (modern && others.length > 0) writer.foreign('error', others[0]);
  for (const error of others) writer.optional('error', error);
  if (modern) writer.optional('generator', metadata.generator);
  else writer.foreign('generator', metadata.generator);
}

function writePolicy(writer: Writer, { policyPublished: policy }: NewReport, modern: boolean): void {
  writer.required('domain', policy.domain);
  writer.required('p', policy.p);
  writer.optional('adkim', policy.adkim);
  writer.optional('aspf', policy.aspf);
  writer.foreign('version_published', policy.versionPublished);
  if (modern) {
    writer.optional('sp', policy.sp);
    writer.optional('np', policy.np);
    writer.optional('fo', policy.fo);
    writer.optional('testing', policy.testing);
    writer.optional('discovery_method', policy.discoveryMethod);
    writer.foreign('pct', policy.pct);
  } else {
    writer.optional('sp', policy.sp ?? policy.p);
    writer.optional('pct', policy.pct ?? 100);
    writer.optional('fo', policy.fo ?? '0');
    writer.foreign('np', policy.np);
    writer.foreign('testing', policy.testing);
    writer.foreign('discovery_method', policy.discoveryMethod);
  }
}

function writeRecord(writer: Writer, row: Row, modern: boolean): void {
  writer.group('row', () => {
    writer.required('source_ip', row.source);
    writer.required('count', row.count);
    writer.group('policy_evaluated', () => {
      if (!modern && row.disposition === 'pass') writer.foreign('disposition', 'pass');
      else writer.required('disposition', row.disposition);
      writer.required('dkim', row.dkim);
      writer.required('spf', row.spf);
      for (const reason of row.reasons) writer.group('reason', () => writeReason(writer, reason, modern));
    });
  });
  writer.group('identifiers', () => {
    writer.required('header_from', row.headerFrom);
    if (modern) writer.optional('envelope_from', row.envelopeFrom);
    else writer.required('envelope_from', row.envelopeFrom);
    writer.optional('envelope_to', row.envelopeTo);
  });
  writer.group('auth_results', () => {
    const { dkim, spf } = row.authResults;
    for (const result of dkim) writer.group('dkim', () => writeDkim(writer, result, modern));
    if (!modern && spf.length === 0) writer.required('auth_results/spf', undefined);
    if (modern && spf.length > 1) writer.foreign('auth_results/spf', spf[1]?.domain ?? '');
    for (const result of spf) writer.group('spf', () => writeSpf(writer, result, modern));
  });
  if (modern) writer.raw(row.extensions ?? []);
  else if (row.extensions !== undefined && row.extensions.length > 0) writer.foreign('extension', '');
}

function writeReason(writer: Writer, reason: OverrideReason, modern: boolean): void {
  const { type } = reason;
  const foreign = modern ? type === 'forwarded' || type === 'sampled_out' : type === 'policy_test_mode';
  if (foreign) writer.foreign('reason/type', type);
  else writer.required('type', type);
  writer.optional('comment', reason.comment, modern ? reason.commentLang : undefined);
  if (!modern) writer.foreign('comment/lang', reason.commentLang);
}

function writeDkim(writer: Writer, result: DkimAuthResult, modern: boolean): void {
  writer.required('domain', result.domain);
  if (modern) writer.required('selector', result.selector);
  else writer.optional('selector', result.selector);
  writer.required('result', result.result);
  // RFC 7489 has a human result of DKIM only, and languages nowhere.
  writer.optional('human_result', result.humanResult, modern ? result.humanResultLang : undefined);
  if (!modern) writer.foreign('human_result/lang', result.humanResultLang);
}

function writeSpf(writer: Writer, result: SpfAuthResult, modern: boolean): void {
  writer.required('domain', result.domain);
  if (modern && result.scope === 'helo') writer.foreign('scope', 'helo');
  else if (modern) writer.optional('scope', result.scope);
  else writer.required('scope', result.scope);
  if (!modern && result.result === 'policy') writer.foreign('result', 'policy');
  else writer.required('result', result.result);
  if (modern) writer.optional('human_result', result.humanResult, result.humanResultLang);
  else writer.foreign('human_result', result.humanResult);
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** Text for an element or an attribute. What XML cannot say becomes U+FFFD. */
function escape(text: string): string {
  return cleanCharacters(text.replace(/[&<>"\r]/g, (character) => escapes[character]!)).text;
}
