import { assertNever } from '../../standards/problem.ts';
import type { Message, MessagePart } from './mail.ts';
import { headBytes, recognise } from './recognise.ts';

/** Whether a message is a failure or abuse report (RFC 9991, 5965), or Exim's plain text in place of one, which has no part that says so. */
export function isFailureReport(message: Message): boolean {
  return (
    message.reportType === 'feedback-report' ||
    message.parts.some(
      (part) =>
        part.type === 'message/feedback-report' ||
        (part.type === 'text/plain' &&
          asText(part.bytes, 1024).includes(' has failed the published DMARC policy for ')),
    )
  );
}

/**
 * Whether a part of a message may hold a report: by its content, and where that says nothing, by what it is said to be, so that an
 * attachment which cannot be read is refused and not passed over.
 */
export function isOfInterest(part: MessagePart): boolean {
  const { what } = recognise(part.bytes.length > headBytes ? part.bytes.subarray(0, headBytes) : part.bytes);
  const said = /\.(?:xml|gz|gzip|zip|json)$/i.test(part.name) || /[/+](?:gzip|x-gzip|zip|xml|tlsrpt)/.test(part.type);
  switch (what) {
    case 'aggregate':
    case 'base64':
    case 'gzip':
    case 'tls':
    case 'zip':
    case 'zlib':
      return true;
    case 'mail':
    case 'mbox':
      return part.attached || part.type.startsWith('message/');
    case 'empty':
    case 'foreign':
    case 'html':
    case 'other-json':
    case 'other-xml':
    case 'unknown':
      return said;
    default:
      return assertNever(what);
  }
}

/** The beginning of bytes as text, one character a byte, without a byte order mark. */
export function asText(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.length))
    .toString('latin1')
    .replace(/^\xEF\xBB\xBF/, '');
}
