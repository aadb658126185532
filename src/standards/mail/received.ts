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
  /** MAIL FROM, where the server notes it; `''` for the null sender. */
  readonly envelopeFrom?: string;
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

/** `envelope-from` is Haraka's; others write it as a comment. */
const clauses = new Set(['from', 'by', 'via', 'with', 'id', 'for', 'envelope-from']);
/** MTAs bounce what has gone through 30 to 100 servers (RFC 5321 §6.3); more is an attack. */
const maxHops = 500;

interface Clause {
  readonly words: Token[];
  readonly comments: string[];
}

/** Reads the value of a Received field. Whatever is not there, or not to be made out, is absent; nothing is refused. */
export function parseReceived(value: string): Received {
  const { tokens } = tokenize(value.slice(0, 20_000));
  const semicolon = tokens.findLastIndex((token) => token.kind === 'special' && token.text === ';');
  const date = semicolon < 0 ? undefined : parseDateTime(value.slice(tokens[semicolon]!.at + 1));
  const parts = new Map<string, Clause>();
  let part: Clause | undefined;
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
  const client = clientOf(parts.get('from'));
  const envelopeFrom = senderOf(parts, client.after);
  return {
    ...client.found,
    ...(by === undefined ? {} : { by: by.replace(/\.$/, '').toLowerCase() }),
    ...(protocol === undefined ? {} : { with: protocol }),
    ...(id === undefined ? {} : { id }),
    ...(recipient === undefined ? {} : { for: recipient }),
    ...(envelopeFrom === undefined ? {} : { envelopeFrom }),
    ...(date === undefined ? {} : { date }),
  };
}

// What a client said of itself within a comment: Exim's `helo=said`, qmail's `HELO said`.
const spokenForm = /(?:^|[\s(])(?:helo|ehlo)[= ]([^\s()]{1,300})/i;

/**
 * What the `from` clause says of the client. What the server saw stands in comments; what stands before them the client said, and
 * what a comment quotes of it (`helo=…`) too: an address in there is a claim, and never taken. `after`: the comments behind the one
 * with the address, which no client can have put there.
 */
function clientOf(from: Clause | undefined): {
  readonly found: Pick<Received, 'address' | 'helo' | 'reverseName'>;
  readonly after: readonly string[];
} {
  if (from === undefined) return { found: {}, after: [] };
  const said = firstWord(from.words);
  let helo = said;
  let reverseName: string | undefined;
  const addresses = new Set<string>();
  let after = from.comments.length;
  for (const [at, comment] of from.comments.entries()) {
    const spoken = spokenForm.exec(comment);
    if (spoken !== null) {
      // Exim: `rdns ([address] helo=said)`, or `[address] (helo=said)`; qmail: `rdns (HELO said) (address)`.
      helo = spoken[1]!;
      if (said !== undefined && !said.startsWith('[') && said.toLowerCase() !== 'unknown') reverseName = said;
    }
    const rest = spoken === null ? comment : comment.replace(spokenForm, ' ');
    const seen = /(?:^|[\s@:])?([^\s()[\]@:]{0,255})\s{0,8}\[(?:ipv6:)?([0-9a-f.:]{2,45})\]/i.exec(rest);
    const address = seen === null ? bareAddress(rest) : canonical(seen[2]!);
    if (address === undefined) continue;
    if (addresses.size === 0) after = at + 1;
    addresses.add(address);
    if (seen !== null && addresses.size === 1 && spoken === null) {
      const name = seen[1]!.replace(/\.$/, '').toLowerCase();
      if (/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(name) && name !== 'unknown' && !/may be forged/i.test(rest)) {
        reverseName = name;
      }
    }
  }
  let [address] = addresses;
  // Two that differ: a client whose HELO looks like a comment wrote one of them, and nobody can say which.
  if (addresses.size > 1) return { found: helo === undefined ? {} : { helo }, after: [] };
  if (address === undefined) {
    // `host [address]` (the example of RFC 6376 §A.2), `[address]`, `address`.
    const literal = from.words.find((each) => each.kind === 'literal')?.text ?? said;
    address = literal === undefined ? undefined : canonical(literal.replace(/^\[(?:ipv6:)?/i, '').replace(/\]$/, ''));
  }
  const found = {
    ...(helo === undefined ? {} : { helo }),
    ...(reverseName === undefined ? {} : { reverseName: reverseName.replace(/\.$/, '').toLowerCase() }),
    ...(address === undefined ? {} : { address }),
  };
  return { found, after: from.comments.slice(after) };
}

/** MAIL FROM, where a server notes it down: Exim's `(envelope-from <a@b>)`, qmail's `(envelope-sender <a@b>)`, Haraka's clause. */
function senderOf(parts: ReadonlyMap<string, Clause>, afterAddress: readonly string[]): string | undefined {
  const own = firstWord(parts.get('envelope-from')?.words);
  if (own !== undefined) return own.replace(/^<|>$/g, '');
  const noted = [...afterAddress];
  for (const [name, clause] of parts) if (name !== 'from') noted.push(...clause.comments);
  for (const comment of noted) {
    const match = /^\s*envelope[- ](?:from|sender)[ :=]\s{0,8}<?([^<>\s()]{0,320})>?/i.exec(comment);
    if (match !== null) return match[1]!;
  }
  return undefined;
}

/** An address that is a whole word of a comment: `(192.0.2.1)`, `(EHLO x 192.0.2.1)`, `(user@192.0.2.1)`. */
function bareAddress(comment: string): string | undefined {
  for (const word of comment.slice(0, 2000).split(/[\s,;()@]+/)) {
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
