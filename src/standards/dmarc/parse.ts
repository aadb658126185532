// Reads DMARC Policy Records (RFC 9989 §4.7, §4.8). Two texts govern: the tag-list syntax of RFC 6376 §3.2, which DMARC follows,
// and RFC 9989's own grammar. Where they leave room, this is how it is filled:
//
// - A tag that occurs twice makes the whole list invalid (RFC 6376 §3.2). Receivers differ here; the reading that protects least
//   is the one an owner should know of.
// - Names of tags: RFC 6376 reads them as they stand, the grammars of RFC 7489 and (for `v`) of RFC 9989 in any case. They are
//   read in any case, and a capital is a problem, since not every receiver does.
// - Values: grammar literals have no case (RFC 5234 §2.3) but for `DMARC1`, which RFC 9989 sets apart.
// - Nothing may stand before `v`, not even a space: RFC 9989's grammar begins with it.
import type { Problem, Reading } from '../problem.ts';
import { trimSpace } from '../text-record.ts';
import type { DmarcRecord, FailureOption, InvalidPolicy, Policy, PolicyTag, ReportUri } from './record.ts';
import { parseReportUri, shorten } from './report-uri.ts';

/** The longest text a TXT record can hold: RDLENGTH has 16 bits (RFC 1035 §3.2.1). */
const maxLength = 65_535;
/** Problems beyond these are not listed: by then it is no record. */
const maxProblems = 50;

const beginsAsDmarc = /^[vV][ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/;
/** All tags ever registered (RFC 9989 §9.3), to find one that follows without a semicolon. */
const tagWithin = /[ \t](adkim|aspf|fo|np|pct|psd|p|rf|ri|rua|ruf|sp|t)[ \t]*=/i;

/**
 * Whether a TXT record says that it is a DMARC Policy Record: the test that discovery makes before it counts records (RFC 9989
 * §4.10 steps 2 and 6).
 */
export function isDmarcRecord(text: string): boolean {
  return beginsAsDmarc.test(text);
}

/** A tag as it stands in the text. */
interface Tag {
  readonly name: string;
  readonly value: string;
  readonly offset: number;
  readonly length: number;
}

/** Takes problems, each with the place of the tag it is about. */
type Report = (code: string, values: Problem['values'], see: string, at: Tag) => void;

type Draft = { -readonly [K in keyof DmarcRecord]: DmarcRecord[K] };

/**
 * Reads one record: the character-strings of the TXT record joined without anything between them. Tags that are wrong are left
 * out in favour of their defaults (RFC 9989 §4.8); what that makes of the policy, `effectivePolicies` tells.
 *
 * @returns the record and what is odd about it; or why it is none: `dmarc/no-version`, `dmarc/version-not-first`,
 *   `dmarc/wrong-version`, `dmarc/duplicate-tag`, `dmarc/too-long`. Never throws.
 */
export function parseDmarcRecord(text: string): Reading<DmarcRecord> {
  if (text.length > maxLength) {
    return refused({ code: 'dmarc/too-long', values: { length: text.length }, see: 'RFC 1035 §3.2.1' });
  }
  if (!isDmarcRecord(text)) return refused(whyNone(text));
  const problems: Problem[] = [];
  const report: Report = (code, values, see, { offset, length }) => {
    if (problems.length < maxProblems) problems.push({ code, ...(values && { values }), at: { offset, length }, see });
  };
  const tags = splitTags(text, report);
  const seen = new Set<string>(['v']);
  for (const tag of tags) {
    const name = tag.name.toLowerCase();
    if (seen.has(name)) {
      const { offset, length } = tag;
      const values = { tag: shorten(name) };
      return refused({ code: 'dmarc/duplicate-tag', values, at: { offset, length }, see: 'RFC 6376 §3.2' });
    }
    seen.add(name);
  }

  if (text.startsWith('V')) {
    report('dmarc/tag-case', { tag: 'V' }, 'RFC 6376 §3.2', { name: 'v', value: '', offset: 0, length: 1 });
  }
  const record: Draft = { rua: [], ruf: [], invalidPolicies: [], others: [] };
  const invalidPolicies: InvalidPolicy[] = [];
  const others: { name: string; value: string }[] = [];
  for (const tag of tags) {
    if (tag.name !== tag.name.toLowerCase()) {
      report('dmarc/tag-case', { tag: shorten(tag.name) }, 'RFC 6376 §3.2', tag);
    }
    readTag(tag, record, invalidPolicies, others, report);
  }
  Object.assign(record, { invalidPolicies, others });
  // What the record comes to is said however much is wrong with it.
  judgeWhole(tags, record, (code, values, see, { offset, length }) => {
    problems.push({ code, ...(values && { values }), at: { offset, length }, see });
  });
  return { ok: true, value: record, problems };
}

function refused(problem: Problem): { ok: false; problems: Problem[] } {
  return { ok: false, problems: [problem] };
}

/** Why a text is no DMARC record: the nearest thing to what was meant. */
function whyNone(text: string): Problem {
  const see = 'RFC 9989 §4.7';
  const version = /^[ \t]*v[ \t]*=([^;]*)/i.exec(text);
  if (version?.[1] === undefined) {
    const later = /;\s*v\s*=\s*DMARC1/i.exec(text.slice(0, 4096));
    if (later === null) return { code: 'dmarc/no-version', values: { text: shorten(text) }, at: { offset: 0 }, see };
    return { code: 'dmarc/version-not-first', values: { text: shorten(text) }, at: { offset: later.index + 1 }, see };
  }
  const value = trimSpace(version[1]);
  const at = { offset: text.indexOf('=') + 1, length: version[1].length };
  if (value === 'DMARC1') return { code: 'dmarc/space-before-version', at: { offset: 0 }, see: 'RFC 9989 §4.8' };
  const next = tagWithin.exec(value);
  if (/^DMARC1\s/.test(value) && next?.[1] !== undefined) {
    return { code: 'dmarc/missing-semicolon', values: { tag: 'v', next: next[1] }, at, see };
  }
  return { code: 'dmarc/wrong-version', values: { version: shorten(value) }, at, see };
}

/** The tags of the list, `v` left out. What is no tag is reported and skipped (RFC 9989 §4.8). */
function splitTags(text: string, report: Report): Tag[] {
  const tags: Tag[] = [];
  let offset = text.indexOf(';');
  if (offset < 0) return tags;
  while (offset < text.length) {
    const start = offset + 1;
    const semicolon = text.indexOf(';', start);
    offset = semicolon < 0 ? text.length : semicolon;
    const raw = text.slice(start, offset);
    const spec = trimSpace(raw);
    const place = { name: '', value: '', offset: start + raw.indexOf(spec), length: spec.length };
    if (spec === '') {
      // One semicolon may stand at the end; two in a row enclose a tag that is not there.
      if (semicolon >= 0) report('dmarc/empty-tag', undefined, 'RFC 9989 §4.8', { ...place, offset: start });
      continue;
    }
    const equals = spec.indexOf('=');
    const name = equals < 0 ? '' : trimSpace(spec.slice(0, equals));
    if (!/^[a-z][a-z0-9_]*$/i.test(name)) {
      report('dmarc/not-a-tag', { text: shorten(spec) }, 'RFC 9989 §4.8', place);
      continue;
    }
    tags.push({ ...place, name, value: trimSpace(spec.slice(equals + 1)) });
  }
  return tags;
}

function readTag(
  tag: Tag,
  record: Draft,
  invalidPolicies: InvalidPolicy[],
  others: { name: string; value: string }[],
  report: Report,
): void {
  const name = tag.name.toLowerCase();
  const value = tag.value.toLowerCase();
  if (!/^[\t\x20-\x7e]*$/.test(tag.value)) report('dmarc/bad-character', { tag: shorten(name) }, 'RFC 9989 §4.8', tag);
  const next = tagWithin.exec(tag.value);
  if (next?.[1] !== undefined) {
    report('dmarc/missing-semicolon', { tag: shorten(name), next: next[1] }, 'RFC 9989 §4.8', tag);
  }
  const invalid = (see = 'RFC 9989 §4.7'): void =>
    report('dmarc/invalid-value', { tag: name, value: shorten(tag.value) }, see, tag);
  switch (name) {
    case 'p':
    case 'sp':
    case 'np': {
      if (isPolicy(value)) record[name] = value;
      else {
        invalidPolicies.push({ tag: name satisfies PolicyTag, value: tag.value });
        report('dmarc/invalid-policy', { tag: name, value: shorten(tag.value) }, 'RFC 9989 §4.10.1', tag);
      }
      break;
    }
    case 'adkim':
    case 'aspf':
      if (value === 'r' || value === 's') record[name] = value;
      else invalid();
      break;
    case 't':
      if (value === 'y' || value === 'n') record.t = value;
      else invalid();
      break;
    case 'psd':
      if (value === 'y' || value === 'n' || value === 'u') record.psd = value;
      else invalid();
      break;
    case 'fo': {
      const options = readFailureOptions(value);
      if (typeof options !== 'string') record.fo = options;
      else if (options === 'exclusive') report('dmarc/fo-exclusive', { value: shorten(value) }, 'RFC 9989 §4.7', tag);
      else invalid();
      break;
    }
    case 'rua':
    case 'ruf':
      record[name] = readUris(name, tag, report);
      break;
    case 'pct':
      if (/^[0-9]{1,3}$/.test(value) && Number(value) <= 100) record.pct = Number(value);
      else invalid('RFC 7489 §6.3');
      break;
    case 'ri':
      if (/^[0-9]{1,10}$/.test(value) && Number(value) < 2 ** 32) record.ri = Number(value);
      else invalid('RFC 7489 §6.3');
      break;
    case 'rf':
      if (/^[a-z0-9:-]+$/.test(value)) record.rf = tag.value;
      else invalid('RFC 7489 §6.3');
      break;
    default:
      others.push({ name: tag.name, value: tag.value });
      report('dmarc/unknown-tag', { tag: shorten(tag.name) }, 'RFC 9989 §4.7', tag);
  }
}

function isPolicy(value: string): value is Policy {
  return value === 'none' || value === 'quarantine' || value === 'reject';
}

/** `fo`: options with colons between them, in any order, each once, not both 0 and 1 (RFC 9989 §4.8). */
function readFailureOptions(value: string): FailureOption[] | 'exclusive' | 'invalid' {
  const options = value.split(':', 5).map(trimSpace);
  const valid = (option: string): option is FailureOption => /^[01ds]$/.test(option);
  if (!options.every(valid) || new Set(options).size !== options.length) return 'invalid';
  return options.includes('0') && options.includes('1') ? 'exclusive' : options;
}

function readUris(name: string, tag: Tag, report: Report): ReportUri[] {
  const uris: ReportUri[] = [];
  const seen = new Set<string>();
  let offset = tag.offset + tag.length - tag.value.length;
  for (const part of tag.value.split(',')) {
    const text = trimSpace(part);
    const place = { ...tag, offset: offset + part.indexOf(text), length: text.length };
    offset += part.length + 1;
    const reading = parseReportUri(text);
    for (const { code, values, see } of reading.problems) report(code, { tag: name, ...values }, see ?? '', place);
    if (!reading.ok) continue;
    uris.push(reading.value);
    if (seen.has(reading.value.uri)) {
      report('dmarc/repeated-report-uri', { tag: name, uri: shorten(text) }, 'RFC 9989 §4.7', place);
    }
    seen.add(reading.value.uri);
  }
  if (uris.length === 0) report('dmarc/no-report-uri', { tag: name }, 'RFC 9989 §4.7', tag);
  return uris;
}

/** What only shows in the whole: tags that depend on each other, and what the record comes to. */
function judgeWhole(tags: readonly Tag[], record: DmarcRecord, report: Report): void {
  const find = (name: string): Tag | undefined => tags.find((tag) => tag.name.toLowerCase() === name);
  const whole: Tag = { name: 'v', value: '', offset: 0, length: 8 };
  // A soft rung says `t=y` to receivers of RFC 9989 and `pct=0` to those of RFC 7489: in that pair `pct` has a purpose.
  const softRung = record.t === 'y' && record.pct === 0;
  for (const name of ['pct', 'rf', 'ri']) {
    const tag = find(name);
    if (tag !== undefined && !(name === 'pct' && softRung)) {
      report('dmarc/obsolete-tag', { tag: name }, 'RFC 9989 §C.5.2', tag);
    }
  }
  const p = find('p');
  if (record.p === undefined || record.invalidPolicies.length > 0) {
    if (p === undefined) report('dmarc/missing-policy', undefined, 'RFC 9989 §4.10.1', whole);
    const code = record.rua.length > 0 ? 'dmarc/read-as-none' : 'dmarc/read-as-nothing';
    report(code, undefined, 'RFC 9989 §4.10.1', p ?? whole);
  }
  if (p !== undefined && tags[0] !== p) report('dmarc/policy-not-second', undefined, 'RFC 7489 §6.3', p);
  const fo = find('fo');
  if (fo !== undefined && find('ruf') === undefined) report('dmarc/fo-without-ruf', undefined, 'RFC 9989 §4.7', fo);
  const t = find('t');
  if (
    t !== undefined &&
    record.t === 'y' &&
    [record.p, record.sp, record.np].every((policy) => (policy ?? 'none') === 'none')
  ) {
    report('dmarc/testing-without-effect', undefined, 'RFC 9989 §4.7', t);
  }
}
