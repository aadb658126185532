// A second reader of aggregate reports: slow, plain, and strict, by other means than the first (saxes for the XML, ipaddr.js for
// addresses, tables of its own). It reads only what is well-formed, and says what numbers and words stand in it; against it the
// real reader is held.
import ipaddr from 'ipaddr.js';
import { SaxesParser } from 'saxes';

/** An element: local name, text of its own, elements in it. */
interface Element {
  readonly name: string;
  text: string;
  readonly children: Element[];
}

export interface OracleResult {
  readonly domain: string;
  readonly second: string;
  readonly result: string | undefined;
}

export interface OracleRow {
  readonly count: number;
  readonly source: string | undefined;
  readonly disposition: string | undefined;
  readonly dkim: string | undefined;
  readonly spf: string | undefined;
  readonly headerFrom: string;
  readonly envelopeFrom: string | undefined;
  readonly dkimResults: readonly OracleResult[];
  readonly spfResults: readonly OracleResult[];
}

export interface OracleReport {
  readonly begin: string;
  readonly end: string;
  readonly domain: string;
  readonly orgName: string;
  readonly email: string;
  readonly reportId: string;
  readonly rows: readonly OracleRow[];
}

/**
 * The text of bytes with what is wrong in single characters set right: bytes that are not UTF-8, characters and references XML does
 * not have, ampersands that begin no reference. What is wrong with tags stays wrong.
 */
function lenient(bytes: Uint8Array): string {
  return new TextDecoder('utf-8')
    .decode(bytes)
    .replace(/[^\t\n\r\x20-\uD7FF\uD800-\uDFFF\uE000-\uFFFD]/g, '\uFFFD')
    .replace(
      /&(?:#(\d{1,10})|#x([0-9a-fA-F]{1,8})|(?:amp|lt|gt|quot|apos));|&/g,
      (whole, decimal?: string, hex?: string) => {
        if (whole === '&') return '&amp;';
        const code = decimal === undefined ? (hex === undefined ? 32 : parseInt(hex, 16)) : Number(decimal);
        const allowed =
          code === 9 ||
          code === 10 ||
          code === 13 ||
          (code >= 32 && code < 0xd800) ||
          (code >= 0xe000 && code < 0xfffe) ||
          (code >= 65_536 && code < 1_114_112);
        return allowed ? whole : '\uFFFD';
      },
    )
    .replaceAll(']]>', ']]&gt;');
}

/** Whether bytes are well-formed XML as they stand. */
export function isWellFormed(bytes: Uint8Array): boolean {
  try {
    return tree(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) !== undefined;
  } catch {
    return false;
  }
}

/** The tree of a well-formed document, without elements that have a prefix of their own; `undefined` when it is not well-formed. */
function tree(text: string): Element | undefined {
  const parser = new SaxesParser({ position: false });
  const top: Element = { name: '', text: '', children: [] };
  const open = [top];
  let bad = false;
  parser.on('error', () => {
    bad = true;
  });
  parser.on('opentag', ({ name }) => {
    const element = { name, text: '', children: [] };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const add = (piece: string): void => {
    open.at(-1)!.text += piece;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  try {
    parser.write(text).close();
  } catch {
    return undefined;
  }
  return bad ? undefined : top.children[0];
}

/** What a report says whose tags are well-formed; `'other'` for XML that is no report; `undefined` for what is no XML. */
export function oracle(bytes: Uint8Array): OracleReport | 'other' | undefined {
  const root = tree(lenient(bytes));
  if (root === undefined) return undefined;
  if (root.name !== 'feedback') return 'other';
  const metadata = first(root, 'report_metadata');
  const range = first(metadata, 'date_range');
  return {
    begin: textOf(range, 'begin') ?? '',
    end: textOf(range, 'end') ?? '',
    domain: textOf(first(root, 'policy_published'), 'domain') ?? '',
    orgName: textOf(metadata, 'org_name') ?? '',
    email: textOf(metadata, 'email') ?? '',
    reportId: textOf(metadata, 'report_id') ?? '',
    rows: root.children.filter(({ name }) => name === 'record').map(rowOf),
  };
}

function rowOf(record: Element): OracleRow {
  const row = first(record, 'row');
  const evaluated = first(row, 'policy_evaluated');
  const identifiers = first(record, 'identifiers') ?? first(record, 'identities');
  const auth = first(record, 'auth_results');
  const results = (name: string, second: string): OracleResult[] =>
    (auth?.children ?? [])
      .filter((each) => each.name === name)
      .map((each) => ({
        domain: (textOf(each, 'domain') ?? '').toLowerCase(),
        second: textOf(each, second) ?? '',
        result: word(textOf(each, 'result'), name === 'dkim' ? dkimWords : spfWords),
      }));
  return {
    count: countOf(textOf(row, 'count') ?? ''),
    source: addressOf(textOf(row, 'source_ip') ?? ''),
    disposition: word(textOf(evaluated, 'disposition'), 'none pass quarantine reject'),
    dkim: alignment(textOf(evaluated, 'dkim')),
    spf: alignment(textOf(evaluated, 'spf')),
    headerFrom: (textOf(identifiers, 'header_from') ?? '').toLowerCase(),
    envelopeFrom: textOf(identifiers, 'envelope_from')?.toLowerCase(),
    dkimResults: results('dkim', 'selector'),
    spfResults: results('spf', 'scope'),
  };
}

const dkimWords = 'none pass fail policy neutral temperror permerror hardfail=fail unknown=temperror error=permerror';
const spfWords = `${dkimWords} softfail`;

/** The word of a list, `said=meant` for synonyms, in any letter case. */
function word(text: string | undefined, list: string): string | undefined {
  const said = (text ?? '').toLowerCase();
  for (const each of list.split(' ')) {
    const [name, meant] = each.split('=');
    if (name === said && said !== '') return meant ?? name;
  }
  return undefined;
}

/** pass, or fail for any other result. */
function alignment(text: string | undefined): string | undefined {
  const result = word(text, spfWords);
  return result === undefined || result === 'pass' ? result : 'fail';
}

/** Messages: what is no whole number from 0 to ten thousand million counts none. */
export function countOf(text: string): number {
  const whole = /^\+?([0-9]+)(?:\.0*)?$/.exec(text)?.[1];
  if (whole === undefined || (text.startsWith('+') && whole === '')) return 0;
  const count = Number(whole);
  return count <= 10_000_000_000 ? count : 0;
}

function addressOf(text: string): string | undefined {
  const literal = /^\[(?:ipv6:)?(.*)\]$/i.exec(text)?.[1] ?? text;
  if (literal.includes('%')) return undefined;
  if (ipaddr.IPv4.isValidFourPartDecimal(literal)) return ipaddr.IPv4.parse(literal).toString();
  if (!literal.includes(':') || !ipaddr.IPv6.isValid(literal)) return undefined;
  const address = ipaddr.IPv6.parse(literal);
  return address.isIPv4MappedAddress() ? address.toIPv4Address().toString() : address.toRFC5952String();
}

function first(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((child) => child.name === name);
}

function textOf(element: Element | undefined, name: string): string | undefined {
  const child = first(element, name);
  return child === undefined ? undefined : child.text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
}
