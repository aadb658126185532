// The records of MTA-STS (RFC 8461 §3.1) and TLSRPT (RFC 8460 §3) have one grammar: a version, and then fields `name=value` between
// semicolons. It is stricter than DMARC's: no space around `=`, and names have a case.
import type { Problem } from '../problem.ts';
import { trimSpace } from '../text-record.ts';

export interface Field {
  readonly name: string;
  readonly value: string;
  readonly offset: number;
  readonly length: number;
}

/** The longest text a TXT record can hold (RFC 1035 §3.2.1). */
export const maxTextLength = 65_535;
const maxProblems = 50;

/** A field that neither standard knows (RFC 8461 §3.2, RFC 8460 §3: it is ignored). */
export interface Extension {
  readonly name: string;
  readonly value: string;
}

/**
 * The fields behind the version, each name once: of several the first counts (RFC 8461 §3.2). `undefined` when the text does not begin
 * with this version.
 */
export function readFields(text: string, version: string, see: string, problems: Problem[]): Field[] | undefined {
  if (!text.startsWith(version) || !/^[ \t]*(?:;|$)/.test(text.slice(version.length, version.length + 1000)))
    return undefined;
  const fields: Field[] = [];
  const seen = new Set<string>();
  const report = (code: string, values: Problem['values'], offset: number, length: number): void => {
    if (problems.length < maxProblems) problems.push({ code, ...(values && { values }), at: { offset, length }, see });
  };
  let end = text.indexOf(';');
  while (end >= 0 && end < text.length) {
    const start = end + 1;
    const semicolon = text.indexOf(';', start);
    end = semicolon < 0 ? text.length : semicolon;
    const raw = text.slice(start, end);
    const spec = trimSpace(raw);
    const offset = start + raw.indexOf(spec);
    if (spec === '') {
      if (semicolon >= 0) report('transport/empty-field', undefined, start, 0);
      continue;
    }
    const equals = spec.indexOf('=');
    const name = equals < 0 ? '' : spec.slice(0, equals);
    if (!/^[a-z0-9][a-z0-9_.-]{0,31}$/i.test(name)) {
      report('transport/not-a-field', { text: shorten(spec) }, offset, spec.length);
    } else if (seen.has(name)) {
      report('transport/repeated-field', { field: name }, offset, spec.length);
    } else {
      seen.add(name);
      fields.push({ name, value: spec.slice(equals + 1), offset, length: spec.length });
    }
  }
  return fields;
}

/** A text from outside, short enough to be shown. */
export function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
