import { networkOf, parseAddress } from '../dns/index.ts';
import { parseMacroString } from './macro.ts';
import type { MacroString } from './macro.ts';
import type { Directive, Modifier, Qualifier, SpfRecord, Term } from './record.ts';
import type { Problem, Reading } from '../problem.ts';

/** Problems told of one record; a record of 64 kB can have thousands, and nobody reads them all. */
const maxProblems = 50;

/** What people write for the mechanisms they mean. */
const meant: Readonly<Record<string, string>> = {
  ip: 'ip4',
  ipv4: 'ip4',
  ip4s: 'ip4',
  ipv6: 'ip6',
  includes: 'include',
  inc: 'include',
  incude: 'include',
  inlcude: 'include',
  txt: 'include',
  spf: 'include',
  aaaa: 'a',
  redirect: 'redirect=',
  exp: 'exp=',
  exist: 'exists',
};

/**
 * Whether a TXT record is one of SPF: `v=spf1`, in any case, and then a space or nothing (RFC 7208 §4.5).
 *
 * @param text the strings of the record put together.
 */
export function isSpfRecord(text: string): boolean {
  return (
    text.length >= 6 &&
    (text.length === 6 || text.charCodeAt(6) === 32) &&
    (text.startsWith('v=spf1') || text.slice(0, 6).toLowerCase() === 'v=spf1')
  );
}

/**
 * Reads an SPF record by the grammar of RFC 7208 §12.
 *
 * @param text the strings of the TXT record put together, one character a byte.
 * @returns the record, with problems that do not stop it from working (`spf/term-after-all`, `spf/ptr-used`, …); or the
 *   syntax errors that make it a `permerror`, all of them, each with its place.
 */
export function parse(text: string): Reading<SpfRecord> {
  const errors: Problem[] = [];
  const remarks: Problem[] = [];
  const note = (
    list: Problem[],
    code: string,
    offset: number,
    length: number,
    values: Record<string, string | number>,
    see: string,
  ): void => {
    if (list.length < maxProblems) list.push({ code, values, at: { offset, length }, see: `RFC 7208 §${see}` });
  };
  if (!isSpfRecord(text)) {
    note(errors, 'spf/no-version', 0, Math.min(text.length, 6), { text: text.slice(0, 40) }, '4.5');
    return { ok: false, problems: errors };
  }

  const terms: Term[] = [];
  const directives: Directive[] = [];
  const modifiers = new Map<string, Modifier>();
  let all: Directive | undefined;
  const seen = new Set<string>();
  let position = 6;
  while (position < text.length) {
    if (text.charCodeAt(position) === 32) {
      position += 1;
      continue;
    }
    let end = text.indexOf(' ', position);
    if (end < 0) end = text.length;
    const written = text.slice(position, end);
    const offset = position;
    position = end;
    const fault = readTerm(written, offset, terms.length);
    if ('code' in fault) {
      const { code, values, at, length, see } = fault;
      note(errors, code, offset + at, length, { term: written.slice(0, 100), ...values }, see);
      continue;
    }
    const term = fault;
    terms.push(term);
    const remark = (code: string, values: Record<string, string | number>, see: string): void =>
      note(remarks, code, offset, written.length, { term: written.slice(0, 100), ...values }, see);
    if ('value' in term) {
      if (term.kind === 'unknown') remark('spf/unknown-modifier', { name: term.name }, '6');
      else if (modifiers.has(term.kind)) {
        note(errors, 'spf/duplicate-modifier', offset, written.length, { term: written, name: term.kind }, '6');
      } else modifiers.set(term.kind, term);
      continue;
    }
    if (all !== undefined) remark('spf/term-after-all', {}, '5.1');
    const same = written.toLowerCase().replace(/^\+/, '');
    if (seen.has(same)) remark('spf/duplicate-term', {}, '4.6.2');
    seen.add(same);
    if (term.kind === 'all') {
      all ??= term;
      if (term === all && term.qualifier === '+') remark('spf/passes-all', {}, '5.1');
    }
    if (term.kind === 'ptr') remark('spf/ptr-used', {}, '5.5');
    if (term.kind === 'ip4' || term.kind === 'ip6') {
      const address = parseAddress(written.slice(written.indexOf(':') + 1).replace(/\/.*$/s, ''));
      const { network } = term;
      if (
        address !== undefined &&
        (address.a !== network.a || address.b !== network.b || address.c !== network.c || address.d !== network.d)
      ) {
        remark('spf/host-bits', { prefix: network.prefix }, '5.6');
      }
    }
    directives.push(term);
  }
  if (errors.length > 0) return { ok: false, problems: errors };
  const redirect = modifiers.get('redirect');
  const exp = modifiers.get('exp');
  if (all !== undefined && redirect !== undefined) {
    note(remarks, 'spf/redirect-ignored', redirect.offset, redirect.text.length, { term: redirect.text }, '6.1');
  }
  if (all === undefined && redirect === undefined) note(remarks, 'spf/no-final-term', text.length, 0, {}, '4.7');
  return {
    ok: true,
    problems: remarks,
    value: {
      text,
      terms,
      directives,
      ...(all === undefined && redirect !== undefined ? { redirect } : {}),
      ...(exp === undefined ? {} : { exp }),
    },
  };
}

/** A syntax error: where in the term, and the clause. */
interface Fault {
  readonly code: string;
  readonly values: Record<string, string | number>;
  readonly at: number;
  readonly length: number;
  readonly see: string;
}

function fault(
  code: string,
  see: string,
  at: number,
  length: number,
  values: Record<string, string | number> = {},
): Fault {
  return { code, values, at, length, see };
}

function readTerm(text: string, offset: number, index: number): Term | Fault {
  const strange = /[^\x21-\x7E]/.exec(text);
  if (strange !== null) {
    const character = strange[0].charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
    return fault('spf/bad-character', '4.6.1', strange.index, 1, { character });
  }
  const head = /^([-+~?]?)([a-z][a-z0-9_.-]*)/i.exec(text);
  if (head === null) return fault('spf/unknown-mechanism', '4.6.1', 0, text.length, { name: text.slice(0, 40) });
  const [whole, sign, name] = head as unknown as [string, string, string];
  const rest = text.slice(whole.length);
  const base = { text, offset, index };
  if (rest.startsWith('=')) {
    // A modifier has no qualifier (RFC 7208 §4.6.1).
    if (sign !== '') return fault('spf/qualified-modifier', '4.6.1', 0, whole.length + 1, { name });
    const lower = name.toLowerCase();
    const kind = lower === 'redirect' || lower === 'exp' ? lower : 'unknown';
    const value = macroString(rest.slice(1), whole.length + 1, kind === 'unknown' ? 'value' : 'domain', name);
    return 'code' in value ? value : { ...base, kind, name, value };
  }
  const qualifier = (sign === '' ? '+' : sign) as Qualifier;
  const lower = name.toLowerCase();
  switch (lower) {
    case 'all':
      if (rest !== '') return fault('spf/unexpected-argument', '5.1', whole.length, rest.length, { name: lower });
      return { ...base, kind: 'all', qualifier };
    case 'include':
    case 'exists': {
      if (!rest.startsWith(':'))
        return fault('spf/missing-domain', lower === 'include' ? '5.2' : '5.7', 0, text.length, { name: lower });
      const domain = macroString(rest.slice(1), whole.length + 1, 'domain', lower);
      return 'code' in domain ? domain : { ...base, kind: lower, qualifier, domain };
    }
    case 'ptr': {
      if (rest === '') return { ...base, kind: 'ptr', qualifier };
      if (!rest.startsWith(':'))
        return fault('spf/unexpected-argument', '5.5', whole.length, rest.length, { name: lower });
      const domain = macroString(rest.slice(1), whole.length + 1, 'domain', lower);
      return 'code' in domain ? domain : { ...base, kind: 'ptr', qualifier, domain };
    }
    case 'a':
    case 'mx': {
      const lengths = /(?:\/(\d*))?(?:\/\/(\d*))?$/.exec(rest)!;
      const prefix4 = prefixLength(lengths[1], 32);
      const prefix6 = prefixLength(lengths[2], 128);
      if (prefix4 < 0 || prefix6 < 0) {
        return fault('spf/bad-prefix-length', '5.6', whole.length + lengths.index, lengths[0].length, {
          text: lengths[0].slice(0, 40),
        });
      }
      const argument = rest.slice(0, lengths.index);
      if (argument === '') return { ...base, kind: lower, qualifier, prefix4, prefix6 };
      if (!argument.startsWith(':'))
        return fault('spf/unexpected-argument', lower === 'a' ? '5.3' : '5.4', whole.length, argument.length, {
          name: lower,
        });
      const domain = macroString(argument.slice(1), whole.length + 1, 'domain', lower);
      return 'code' in domain ? domain : { ...base, kind: lower, qualifier, domain, prefix4, prefix6 };
    }
    case 'ip4':
    case 'ip6': {
      const slash = rest.indexOf('/');
      const network = slash < 0 ? rest.slice(1) : rest.slice(1, slash);
      const address = rest.startsWith(':') ? parseAddress(network) : undefined;
      const family = lower === 'ip4' ? 4 : 6;
      if (address?.family !== family) {
        return fault('spf/bad-network', '5.6', whole.length, rest.length, { name: lower, text: network.slice(0, 60) });
      }
      const prefix = prefixLength(slash < 0 ? undefined : rest.slice(slash + 1), family === 4 ? 32 : 128);
      if (prefix < 0) {
        return fault('spf/bad-prefix-length', '5.6', whole.length + slash, rest.length - slash, {
          text: rest.slice(slash, slash + 40),
        });
      }
      return { ...base, kind: lower, qualifier, network: networkOf(address, prefix) };
    }
    default:
      return meant[lower] === undefined
        ? fault('spf/unknown-mechanism', '4.6.1', sign.length, name.length, { name: name.slice(0, 40) })
        : fault('spf/misspelt-mechanism', '4.6.1', sign.length, name.length, { name, meant: meant[lower] });
  }
}

/** A prefix length as the grammar has it: no leading zeros, at most `most`; `undefined` is the most. @returns -1 when it is none. */
function prefixLength(digits: string | undefined, most: number): number {
  if (digits === undefined) return most;
  return /^(?:0|[1-9]\d{0,2})$/.test(digits) && Number(digits) <= most ? Number(digits) : -1;
}

function macroString(text: string, at: number, place: 'domain' | 'value', name: string): MacroString | Fault {
  if (text === '' && place === 'domain') return fault('spf/missing-domain', '4.8', 0, at, { name });
  const string = parseMacroString(text, place);
  if (!('code' in string)) return string;
  return fault(
    string.code,
    string.code === 'spf/bad-domain-spec' ? '4.8' : '7.1',
    at + string.offset,
    string.text.length,
    {
      text: string.text,
    },
  );
}
