// Who brought a message: as given, else as the trusted Received field says, and the Return-Path that our own side wrote.
import { parseClientAddress } from '../../standards/dns/index.ts';
import { fieldsNamed, fieldValue, parseAddressList, receivedTrail } from '../../standards/mail/index.ts';
import type { Hop, Message, Trust } from '../../standards/mail/index.ts';
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
  const { hops, handover } = receivedTrail(message, trust);
  // Where the client is told, the Received field below may be of another connection, and lends nothing but its Return-Path.
  const hop = given.ip === undefined ? handover : undefined;
  const ip = said(given.ip, hop?.address, 'received');
  const helo = said(given.helo, hop?.helo, 'received');
  const mailFrom = said(unbracketed(given.mailFrom), returnPath(message, handover, trust), 'return-path');
  if (given.ip === undefined) {
    if (hops.length === 0) problems.push({ code: 'verification/no-received', see: 'RFC 5321 §4.4' });
    else if (hop?.address === undefined) {
      problems.push({ code: 'verification/no-client', values: { hops: hops.length }, see: 'RFC 5321 §4.4' });
    } else if (isInside(hop.address)) {
      problems.push({
        code: 'verification/inside-client',
        values: { ip: hop.address, by: hop.by ?? '?' },
        see: 'RFC 8601 §7.1',
      });
    }
  }
  return {
    ...(ip === undefined ? {} : { ip }),
    ...(helo === undefined ? {} : { helo }),
    ...(mailFrom === undefined ? {} : { mailFrom }),
    ...(hop?.by === undefined ? {} : { by: hop.by }),
    ...(handover?.date === undefined ? {} : { receivedAt: handover.date }),
    problems,
  };
}

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
function returnPath(message: Message, handover: Hop | undefined, trust: Trust): string | undefined {
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

/** An address that no foreign client has: this machine, or a private network (RFC 1918, RFC 4193, RFC 3927, RFC 4291 §2.5.6). */
function isInside(text: string): boolean {
  if (parseClientAddress(text) === undefined) return false;
  return /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i.test(
    text,
  );
}
