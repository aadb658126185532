import type { Problem } from '../problem.ts';
import { parseDateTime } from './date.ts';
import { fieldsNamed, fieldValue } from './message.ts';
import type { HeaderField, Message } from './message.ts';
import { tokenize } from './tokens.ts';
import type { Token } from './tokens.ts';

/** What one Received field says (RFC 5321 §4.4), in the forms in which MTAs really write it. All of it is claims of whoever wrote it. */
export interface Received {
  /** What the client called itself in HELO or EHLO. */
  readonly helo?: string;
  /** The name the server found for the address of the client, as far as it says so; never what sendmail marks as forged. */
  readonly reverseName?: string;
  /** The address of the client, canonical (RFC 5952; IPv4-mapped as IPv4). */
  readonly address?: string;
  /** The server that wrote the field. */
  readonly by?: string;
  readonly with?: string;
  readonly id?: string;
  /** The recipient, without angle brackets. */
  readonly for?: string;
  /** Seconds since 1970. */
  readonly date?: number;
}

/** One step of the way of a message. */
export interface Hop extends Received {
  readonly field: HeaderField;
  /** Written by a server that is trusted. All below the first that is not may be invented. */
  readonly trusted: boolean;
}

/** The way a message came, from the last server back to the first. */
export interface Trail {
  readonly hops: readonly Hop[];
  /**
   * The trusted hop at which the message came from outside: its `address` and `helo` are those of the foreign client, on the
   * word of a trusted server. Absent when nothing is trusted, or the message never came from outside.
   */
  readonly handover?: Hop;
  readonly problems: readonly Problem[];
}

/**
 * Whom to believe: the topmost `hops` fields; or servers by name (these names and those below them), and clients by address
 * where a server of ours takes mail from another of ours that names do not tell.
 */
export type Trust =
  | { readonly hops: number }
  | { readonly names: readonly string[]; readonly addresses?: (address: string) => boolean };

const clauses = new Set(['from', 'by', 'via', 'with', 'id', 'for']);
/** MTAs bounce what has gone through 30 to 100 servers (RFC 5321 §6.3); more is an attack. */
const maxHops = 500;

/** Reads the value of a Received field. Whatever is not there, or not to be made out, is absent; nothing is refused. */
export function parseReceived(value: string): Received {
  const { tokens } = tokenize(value.slice(0, 20_000));
  const semicolon = tokens.findLastIndex((token) => token.kind === 'special' && token.text === ';');
  const date = semicolon < 0 ? undefined : parseDateTime(value.slice(tokens[semicolon]!.at + 1));
  const parts = new Map<string, { words: Token[]; comments: string[] }>();
  let part: { words: Token[]; comments: string[] } | undefined;
  const end = semicolon < 0 ? tokens.length : semicolon;
  for (let at = 0; at < end; at++) {
    const token = tokens[at]!;
    const word = token.kind === 'atom' ? token.text.toLowerCase() : '';
    if (clauses.has(word) && (at === 0 || token.spaced || tokens[at - 1]!.kind === 'comment') && !parts.has(word)) {
      part = { words: [], comments: [] };
      parts.set(word, part);
    } else if (token.kind === 'comment') part?.comments.push(token.text);
    else part?.words.push(token);
  }
  const by = firstWord(parts.get('by')?.words);
  const protocol = text(parts.get('with')?.words);
  const id = firstWord(parts.get('id')?.words);
  const recipient = firstWord(parts.get('for')?.words)?.replace(/^<|>$/g, '');
  return {
    ...clientOf(parts.get('from')),
    ...(by === undefined ? {} : { by: by.replace(/\.$/, '').toLowerCase() }),
    ...(protocol === undefined ? {} : { with: protocol }),
    ...(id === undefined ? {} : { id }),
    ...(recipient === undefined ? {} : { for: recipient }),
    ...(date === undefined ? {} : { date }),
  };
}

/** What the `from` clause says of the client. What the server saw stands in comments; what stands before them the client said. */
function clientOf(
  from: { words: Token[]; comments: string[] } | undefined,
): Pick<Received, 'address' | 'helo' | 'reverseName'> {
  if (from === undefined) return {};
  const said = firstWord(from.words);
  let helo = said;
  let reverseName: string | undefined;
  let address: string | undefined;
  for (const comment of from.comments) {
    const spoken = /(?:^|[\s(])(?:helo|ehlo)[= ]([^\s()]{1,300})/i.exec(comment);
    if (spoken !== null) {
      // Exim: `rdns ([address] helo=said)`, or `[address] (helo=said)`; qmail: `rdns (HELO said) (address)`.
      helo = spoken[1]!;
      if (said !== undefined && !said.startsWith('[') && said.toLowerCase() !== 'unknown') reverseName = said;
    }
    if (address !== undefined) continue;
    const seen = /(?:^|[\s@:])?([^\s()[\]@:]{0,255})\s{0,8}\[(?:ipv6:)?([0-9a-f.:]{2,45})\]/i.exec(comment);
    address = seen === null ? bareAddress(comment) : canonical(seen[2]!);
    if (seen !== null && address !== undefined && spoken === null) {
      const name = seen[1]!.replace(/\.$/, '').toLowerCase();
      if (/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(name) && name !== 'unknown' && !/may be forged/i.test(comment)) {
        reverseName = name;
      }
    }
  }
  address ??= said === undefined ? undefined : canonical(said.replace(/^\[(?:ipv6:)?/i, '').replace(/\]$/, ''));
  return {
    ...(helo === undefined ? {} : { helo }),
    ...(reverseName === undefined ? {} : { reverseName: reverseName.replace(/\.$/, '').toLowerCase() }),
    ...(address === undefined ? {} : { address }),
  };
}

/** An address that is a whole word of a comment: `(192.0.2.1)`, `(EHLO x 192.0.2.1)`. */
function bareAddress(comment: string): string | undefined {
  for (const word of comment.slice(0, 2000).split(/[\s,;()]+/)) {
    if (!/^[0-9a-f.:]{3,45}$/i.test(word)) continue;
    const address = canonical(word);
    if (address !== undefined) return address;
  }
  return undefined;
}

const quad = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

/** The canonical text of an address (RFC 5952; an IPv4-mapped one as the IPv4 address it is), or `undefined`. */
function canonical(text: string): string | undefined {
  if (quad.test(text)) return text;
  if (!/^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text)) return undefined;
  // A URL's host is parsed and written by the same rules (RFC 3986 §3.2.2, RFC 5952).
  const host = URL.parse(`http://[${text}]/`)?.hostname.slice(1, -1);
  if (host === undefined) return undefined;
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
  if (mapped === null) return host;
  const [high, low] = [Number.parseInt(mapped[1]!, 16), Number.parseInt(mapped[2]!, 16)];
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

function text(words: readonly Token[] | undefined): string | undefined {
  if (words === undefined || words.length === 0) return undefined;
  let joined = '';
  for (const token of words) joined += token.spaced && joined !== '' ? ` ${token.text}` : token.text;
  return joined;
}

function firstWord(words: readonly Token[] | undefined): string | undefined {
  return text(words)?.split(' ')[0];
}

/**
 * The way a message came, and up to where it can be believed (RFC 5321 §4.4, RFC 8601 §7.1): fields are put on top, so trust
 * runs from the top down and never starts again. With names, a hop is trusted when a server of those names wrote it and every hop
 * above it took the message from a client of ours; the first that took it from another is the handover.
 */
export function receivedTrail(message: Message, trust: Trust): Trail {
  const fields = fieldsNamed(message, 'received');
  const problems: Problem[] = [];
  if (fields.length > maxHops) {
    problems.push({
      code: 'mail/too-many-hops',
      values: { count: fields.length, most: maxHops },
      see: 'RFC 5321 §6.3',
    });
  }
  const read = fields.slice(0, maxHops).map((field) => ({ field, ...parseReceived(fieldValue(message, field)) }));
  if ('hops' in trust) {
    const hops = read.map((each, at) => ({ ...each, trusted: at < trust.hops }));
    const handover = hops[Math.min(trust.hops, hops.length) - 1];
    return { hops, ...(handover === undefined ? {} : { handover }), problems };
  }
  const ours = (name: string | undefined): boolean =>
    name !== undefined &&
    trust.names.some((each) => {
      const known = each.toLowerCase();
      return name === known || name.endsWith(`.${known}`);
    });
  let believing = true;
  let handover: Hop | undefined;
  const hops = read.map((each): Hop => {
    const trusted = believing && ours(each.by);
    if (!trusted) believing = false;
    const hop: Hop = { ...each, trusted };
    if (trusted) {
      const { address, helo, reverseName } = each;
      // A field without a client was written inside. One whose client cannot be made out may be of anybody.
      const inside =
        address === undefined
          ? helo === undefined
          : ours(reverseName) || isLoopback(address) || trust.addresses?.(address) === true;
      if (!inside) {
        handover = hop;
        believing = false;
      }
    }
    return hop;
  });
  return { hops, ...(handover === undefined ? {} : { handover }), problems };
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
