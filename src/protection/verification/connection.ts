// Who brought a message: as given, else as the trusted Received field says, and the Received-SPF and Return-Path that our own side
// wrote above it.
import { formatAddress, parseClientAddress } from '../../standards/dns/index.ts';
import {
  fieldsNamed,
  fieldValue,
  parseAddressList,
  parseReceived,
  parseReceivedSpf,
  receivedTrail,
} from '../../standards/mail/index.ts';
import type { HeaderField, Hop, Message, ReceivedSpf, Trust } from '../../standards/mail/index.ts';
import type { Problem } from '../../standards/problem.ts';
import type { Connection, Sourced } from './verification.ts';

/** What is known of the connection from elsewhere, and whom to believe for the rest. */
export interface GivenConnection {
  /** The client's address. */
  readonly ip?: string;
  /** What the client said after HELO or EHLO. */
  readonly helo?: string;
  /** MAIL FROM; `''` or `<>` for the null sender. */
  readonly mailFrom?: string;
  /** Whose Received fields are believed; the topmost one when not given. */
  readonly trust?: Trust;
}

/** The connection over which a message came, as far as it is known, each part with whose word it is. */
export function connectionOf(message: Message, given: GivenConnection = {}): Connection {
  const problems: Problem[] = [];
  const trust = given.trust ?? { hops: 1 };
  const fields = fieldsNamed(message, 'received');
  const handover = handoverOf(message, fields, trust);
  // Where the client is told, the Received field below may be of another connection, and lends nothing but its Return-Path.
  const hop = given.ip === undefined ? handover : undefined;
  const noted = hop === undefined ? undefined : notedBeside(message, fields, hop);
  const ip = said(given.ip, hop?.address, 'received') ?? said(undefined, noted?.clientIp, 'received-spf');
  const helo = said(given.helo, hop?.helo, 'received') ?? said(undefined, noted?.helo, 'received-spf');
  const mailFrom =
    said(unbracketed(given.mailFrom), hop?.envelopeFrom, 'received') ??
    said(undefined, noted?.envelopeFrom, 'received-spf') ??
    said(undefined, returnPath(message, handover, trust), 'return-path');
  if (given.ip === undefined) {
    if (fields.length === 0) problems.push({ code: 'verification/no-received', see: 'RFC 5321 §4.4' });
    else if (ip === undefined) {
      problems.push({ code: 'verification/no-client', values: { hops: fields.length }, see: 'RFC 5321 §4.4' });
    } else if (isInside(ip.value)) {
      const values = { ip: ip.value, by: hop?.by ?? '?' };
      problems.push({ code: 'verification/inside-client', values, see: 'RFC 8601 §7.1' });
    }
    if (ip === undefined || isInside(ip.value)) problems.push(...clientBelow(message, fields, hop));
  }
  return {
    ...(ip === undefined ? {} : { ip }),
    ...(helo === undefined ? {} : { helo }),
    ...(mailFrom === undefined ? {} : { mailFrom }),
    ...(hop?.by === undefined ? {} : { by: hop.by }),
    // Nor a time: a gateway judges before it writes a field of its own, and the topmost is then the sender's.
    ...(hop?.date === undefined ? {} : { receivedAt: hop.date }),
    problems,
  };
}

/** A Received field that is believed, and what it says. */
type Handover = Omit<Hop, 'trusted'>;

/** The field at which the message came from outside. Of a count only that one field is read. */
function handoverOf(message: Message, fields: readonly HeaderField[], trust: Trust): Handover | undefined {
  if (!('hops' in trust)) return receivedTrail(message, trust).handover;
  const field = fields[Math.min(trust.hops, fields.length) - 1];
  return field === undefined ? undefined : { field, ...parseReceived(fieldValue(message, field)) };
}

/**
 * What the server of the handover wrote down of its SPF check: in a Received-SPF field that it put on top of its Received field (RFC
 * 7208 §9.1), beneath those of the servers after it. One that speaks of another client is of another connection.
 */
function notedBeside(message: Message, fields: readonly HeaderField[], hop: Handover): ReceivedSpf | undefined {
  const above = fields[fields.indexOf(hop.field) - 1]?.start ?? -1;
  const field = fieldsNamed(message, 'received-spf').findLast(({ start }) => start > above && start < hop.field.start);
  if (field === undefined) return undefined;
  const found = parseReceivedSpf(fieldValue(message, field));
  const reading = found.clientIp === undefined ? undefined : parseClientAddress(found.clientIp);
  if (reading === undefined) return undefined;
  const clientIp = formatAddress(reading);
  return hop.address === undefined || hop.address === clientIp ? { ...found, clientIp } : undefined;
}

/** The first field below the trusted one that names a foreign client: to be believed only by somebody who knows the servers above it. */
function clientBelow(message: Message, fields: readonly HeaderField[], hop: Handover | undefined): Problem[] {
  const from = hop === undefined ? 0 : fields.indexOf(hop.field) + 1;
  for (const [at, field] of fields.slice(from, from + mostLookedAt).entries()) {
    const { address, by } = parseReceived(fieldValue(message, field));
    if (address === undefined || isInside(address)) continue;
    const values = { hops: from + at + 1, ip: address, by: by ?? '?' };
    return [{ code: 'verification/client-below', values, see: 'RFC 8601 §7.1' }];
  }
  return [];
}

const mostLookedAt = 20;

function said(given: string | undefined, found: string | undefined, from: Sourced['from']): Sourced | undefined {
  if (given !== undefined) return { value: given, from: 'given' };
  return found === undefined ? undefined : { value: found, from };
}

function unbracketed(text: string | undefined): string | undefined {
  return text === undefined ? undefined : (/^\s*<?([^<>]*)>?\s*$/.exec(text)?.[1]?.trim() ?? text);
}

/**
 * The reverse-path that the last server wrote on top of the message (RFC 5321 §4.4). Only one that stands above the trusted
 * Received field is ours: below it everything may be the sender's.
 */
function returnPath(message: Message, handover: Handover | undefined, trust: Trust): string | undefined {
  const [field] = fieldsNamed(message, 'return-path');
  if (field === undefined) return undefined;
  if (handover === undefined) {
    // Without any Received field, the one on top of all others was put there at delivery; unless nothing is to be believed.
    if (('hops' in trust && trust.hops === 0) || message.fields[0] !== field) return undefined;
  } else if (field.start > handover.field.start) return undefined;
  const value = fieldValue(message, field);
  if (/^\s*<\s*>/.test(value)) return '';
  const list = parseAddressList(value);
  const mailbox = list.ok && list.value.length === 1 ? list.value[0] : undefined;
  return mailbox === undefined || mailbox.domain === '' ? undefined : `${mailbox.localPart}@${mailbox.domain}`;
}

/** An address that no foreign client has: this machine, or a private network (RFC 1918, 4193, 3927, 6598, 4291 §2.5.6). */
export function isInside(text: string): boolean {
  if (parseClientAddress(text) === undefined) return false;
  return /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i.test(
    text,
  );
}
