// Reads and writes BIMI Assertion Records. The draft forbids to mend them: "capitalization errors" too make a record wrong, and a tag that is
// required and missing, or not well formed, is an error.
import { parseDomainName } from '../dns/index.ts';
import type { Problem, Reading } from '../problem.ts';
import { trimSpace } from '../text-record.ts';
import { hostOf, isUri, schemeOf } from '../uri.ts';
import type { BimiRecord } from './record.ts';

const see = 'BIMI draft, Assertion Record Definition';
/** The longest text a TXT record can hold (RFC 1035 §3.2.1). */
const maxLength = 65_535;
const maxProblems = 50;

/** Whether a TXT record says that it is one of BIMI: those that do not are discarded before they are counted. */
export function isBimiRecord(text: string): boolean {
  return /^v[ \t]*=[ \t]*BIMI1[ \t]*(?:;|$)/.test(text);
}

/**
 * Reads one record.
 * @returns the record and what is odd about it, or why it is none: `bimi/not-bimi`, `bimi/duplicate-tag`, `bimi/missing-location`,
 *   `bimi/bad-uri`, `bimi/format`, `bimi/too-long`. Never throws.
 */
export function parseBimiRecord(text: string): Reading<BimiRecord> {
  if (text.length > maxLength) return refused('bimi/too-long', { length: text.length });
  if (!isBimiRecord(text)) return refused('bimi/not-bimi', { text: shorten(text) });
  const problems: Problem[] = [];
  const values = new Map<string, string>();
  let offset = text.indexOf(';');
  while (offset >= 0 && offset < text.length) {
    const start = offset + 1;
    const semicolon = text.indexOf(';', start);
    offset = semicolon < 0 ? text.length : semicolon;
    const spec = trimSpace(text.slice(start, offset));
    const at = { offset: start, length: offset - start };
    const equals = spec.indexOf('=');
    const name = equals < 0 ? '' : trimSpace(spec.slice(0, equals));
    if (!/^[a-z][a-z0-9_]*$/i.test(name)) {
      // Nothing at all may stand behind the last semicolon.
      if ((spec !== '' || semicolon >= 0) && problems.length < maxProblems) {
        problems.push({ code: 'bimi/not-a-tag', values: { text: shorten(spec) }, at, see });
      }
      continue;
    }
    if (name === 'v' || values.has(name)) return refused('bimi/duplicate-tag', { tag: shorten(name) }, at);
    values.set(name, trimSpace(spec.slice(equals + 1)));
  }
  return judge(values, problems);
}

function judge(values: ReadonlyMap<string, string>, problems: Problem[]): Reading<BimiRecord> {
  const l = values.get('l');
  const a = values.get('a') ?? '';
  if (l === undefined) return refused('bimi/missing-location', {});
  for (const [tag, uri] of [
    ['l', l],
    ['a', a],
  ] as const) {
    if (uri !== '' && !isHttps(uri)) return refused('bimi/bad-uri', { tag, uri: shorten(uri) });
  }
  if (l !== '') {
    const suffix = /\.([a-z0-9]+)$/i.exec(new URL(l).pathname)?.[1]?.toLowerCase();
    if (suffix === undefined) problems.push({ code: 'bimi/format-unknown', values: { uri: shorten(l) }, see });
    else if (suffix !== 'svg' && suffix !== 'svgz') {
      return refused('bimi/format', { uri: shorten(l), format: shorten(suffix) });
    }
  }
  if (l === '' && a !== '') problems.push({ code: 'bimi/evidence-alone', values: { uri: shorten(a) }, see });
  if (l !== '' && a === '') problems.push({ code: 'bimi/no-evidence', see });

  const lps = values.get('lps');
  const prefixes = lps === undefined ? undefined : readPrefixes(lps, problems);
  const avp = values.get('avp');
  const preference = avp === 'brand' || avp === 'personal' ? avp : undefined;
  if (avp !== undefined && preference === undefined)
    problems.push({ code: 'bimi/preference', values: { value: shorten(avp) }, see });
  const others = [...values]
    .filter(([name]) => !['a', 'avp', 'l', 'lps'].includes(name))
    .map(([name, value]) => ({ name, value }));
  for (const { name } of others) {
    const code = ['A', 'AVP', 'L', 'LPS', 'V'].includes(name.toUpperCase()) ? 'bimi/tag-case' : 'bimi/unknown-tag';
    if (problems.length < maxProblems) problems.push({ code, values: { tag: shorten(name) }, see });
  }
  return {
    ok: true,
    value: { l, a, ...(prefixes && { lps: prefixes }), ...(preference && { avp: preference }), others },
    problems,
  };
}

/** A URI over HTTPS at a name that has a dot in it; commas stand encoded. */
function isHttps(uri: string): boolean {
  if (!isUri(uri) || uri.includes(',') || schemeOf(uri) !== 'https' || !URL.canParse(uri)) return false;
  const host = parseDomainName(hostOf(uri) ?? '');
  return host.ok && host.value.includes('.');
}

function readPrefixes(text: string, problems: Problem[]): string[] {
  if (text === '') return [];
  return text.split(',').flatMap((part) => {
    const prefix = trimSpace(part);
    if (/^[a-z0-9-]{1,63}$/i.test(prefix)) return [prefix];
    if (problems.length < maxProblems) problems.push({ code: 'bimi/prefix', values: { prefix: shorten(prefix) }, see });
    return [];
  });
}

/** Writes a record as it is published. */
export function formatBimiRecord({ l, a, lps, avp, others }: BimiRecord): string {
  const tags = ['v=BIMI1', `l=${l}`, `a=${a}`];
  if (lps !== undefined) tags.push(`lps=${lps.join(',')}`);
  if (avp !== undefined) tags.push(`avp=${avp}`);
  return [...tags, ...others.map(({ name, value }) => `${name}=${value}`)].join('; ');
}

/** Whether a record declines to take part: the explicit refusal, distinct from having no record. */
export function isDeclined({ l, a }: BimiRecord): boolean {
  return l === '' && a === '';
}

function refused(
  code: string,
  values: Record<string, string | number>,
  at?: Problem['at'],
): { ok: false; problems: Problem[] } {
  return { ok: false, problems: [{ code, values, ...(at && { at }), see }] };
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
