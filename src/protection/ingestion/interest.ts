import { assertNever } from '../../standards/problem.ts';
import type { Message, MessagePart } from './message.ts';
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

/** What letters have attached that never held a report. */
const pictures = new Set(['GIF', 'JPEG', 'PDF', 'PNG']);

/**
 * Whether a part of a message may hold a report: by its content, and where that says nothing, by what it is said to be, so that an
 * attachment which cannot be read is refused and not passed over.
 */
export function isOfInterest(part: MessagePart): boolean {
  const found = recognise(part.bytes.length > headBytes ? part.bytes.subarray(0, headBytes) : part.bytes);
  const said = /\.(?:xml|gz|gzip|zip|json)$/i.test(part.name) || /[/+](?:gzip|x-gzip|zip|xml|tlsrpt)/.test(part.type);
  switch (found.what) {
    case 'aggregate':
      // A letter may speak of `<feedback>`; a report begins with it.
      return part.attached || !part.type.startsWith('text/') || /^[\s\xff\xfe\0]*</.test(asText(part.bytes, 64));
    case 'base64':
    case 'gzip':
    case 'tls':
    case 'zip':
    case 'zlib':
      return true;
    case 'mail':
    case 'mbox':
      return part.attached || part.type.startsWith('message/');
    case 'foreign':
      return said || !pictures.has(found.format);
    case 'empty':
    case 'html':
    case 'other-json':
    case 'other-xml':
    case 'unknown':
      return said;
    default:
      return assertNever(found);
  }
}

/** The beginning of bytes as text, one character a byte, without a byte order mark. */
export function asText(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.length))
    .toString('latin1')
    .replace(/^\xEF\xBB\xBF/, '');
}
