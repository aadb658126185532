import PostalMime from 'postal-mime';
import type { Problem } from '../../standards/problem.ts';
import type { IngestionLimits } from './limits.ts';
import type { Message } from './message.ts';
import { readPlainMessage } from './plain-message.ts';

/** `ContentType:` for `Content-Type:` is a known fault of one reporter; without it a part has no type at all. */
const misspelledField = /^Content(?=Type[ \t]*:)/gim;
const misspellings = ['\nContentType', '\nContenttype', '\ncontenttype', '\ncontentType', '\nCONTENTTYPE'];

/**
 * Takes a message apart. The shape nearly all report mail has is read by `readPlainMessage`, which declines whatever is unusual;
 * then postal-mime reads it.
 */
export async function readMessage(bytes: Uint8Array, limits: IngestionLimits): Promise<Message | { problem: Problem }> {
  return (isMisspelled(bytes) ? undefined : readPlainMessage(bytes, limits)) ?? readAnyMessage(bytes, limits);
}

/** `readMessage` by postal-mime alone. */
export async function readAnyMessage(
  bytes: Uint8Array,
  limits: IngestionLimits,
): Promise<Message | { problem: Problem }> {
  if (linesOf(bytes) > limits.messageLines) {
    return { problem: { code: 'ingestion/message-lines', values: { limit: limits.messageLines } } };
  }
  const parser = new WholeMessage({
    forceRfc822Attachments: true,
    maxNestingDepth: limits.messageDepth,
    maxHeadersSize: limits.headerBytes,
  });
  let email;
  try {
    email = await parser.parse(spelled(bytes));
  } catch (error) {
    // It has no codes: its two limits throw, and so would a bug in it. All of them concern this message alone.
    const reason = error instanceof Error ? error.message : String(error);
    if (/header size/i.test(reason)) {
      return { problem: { code: 'ingestion/message-header', values: { limit: limits.headerBytes } } };
    }
    if (/nesting depth/i.test(reason)) {
      return { problem: { code: 'ingestion/message-depth', values: { limit: limits.messageDepth } } };
    }
    return { problem: { code: 'ingestion/message-broken', values: { reason: reason.slice(0, 200) } } };
  }
  if (email.attachments.length > limits.messageParts) {
    return { problem: { code: 'ingestion/message-parts', values: { limit: limits.messageParts } } };
  }
  const contentType = email.headers.find((header) => header.key === 'content-type')?.value ?? '';
  return {
    type: mediaType(contentType) || 'text/plain',
    reportType: (/;\s*report-type\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1] ?? '').toLowerCase(),
    parts: email.attachments.map((attachment) => ({
      name: (attachment.filename ?? '').slice(0, limits.nameLength),
      type: attachment.mimeType,
      attached: attachment.disposition === 'attachment',
      bytes: new Uint8Array(attachment.content as ArrayBuffer),
    })),
  };
}

function linesOf(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}

/** postal-mime makes text of text parts; a report in one would lose its bytes to a guess at its characters, so none is text here. */
class WholeMessage extends PostalMime {
  isInlineTextNode(): boolean {
    return false;
  }
}

/** The media type at the beginning of a Content-Type field, in lower case. */
function mediaType(field: string): string {
  return (/^\s*([^\s;,()"]+)/.exec(field)?.[1] ?? '').toLowerCase();
}

/** Whether a line begins with a Content-Type field whose dash is missing. */
export function isMisspelled(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return misspellings.some((name) => buffer.indexOf(name, 0, 'latin1') >= 0);
}

function spelled(bytes: Uint8Array): Uint8Array {
  if (!isMisspelled(bytes)) return bytes;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return Buffer.from(text.replace(misspelledField, 'Content-'), 'latin1');
}
