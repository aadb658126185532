import { parseDateTime } from '../../mail/index.ts';
import type { Problem } from '../../problem.ts';
import { canonicalAddress } from '../aggregate/address.ts';
import type { FailureReport } from './report.ts';

// The failure report that Exim's DMARC support sends: indented `name: value` lines in plain text, then the header of the message.

const line = /^[ \t]{1,20}([A-Za-z][A-Za-z ]{0,40}):(.*)$/gm;
const copyOfHeader = /^-{2,}[^\n]{0,200}\bcopy of the headers\b[^\n]{0,200}\n/im;

/** Reads the text; `undefined` when it is no such report. What is no address or date is left out, and told. */
export function readEximText(
  text: string,
  original: FailureReport['original'],
): { readonly value: FailureReport; readonly problems: readonly Problem[] } | undefined {
  const copy = copyOfHeader.exec(text);
  const told = text.slice(0, Math.min(copy?.index ?? text.length, 20_000));
  const lines = new Map<string, string>();
  for (const [, name, value] of told.matchAll(line)) {
    const key = name!.toLowerCase();
    if (!lines.has(key)) lines.set(key, value!.trim());
  }
  const domain = lines.get('sender domain');
  const source = lines.get('sender ip address');
  // Two lines that no ordinary letter has together.
  if (domain === undefined || source === undefined) return undefined;
  const problems: Problem[] = [];
  const see = 'RFC 9991 §4';
  const address = canonicalAddress(source);
  if (address === undefined)
    problems.push({
      code: 'failure-report/bad-address',
      values: { field: 'Sender IP Address', value: source.slice(0, 100) },
      see,
    });
  const received = lines.get('received date');
  const arrival = received === undefined ? undefined : parseDateTime(received);
  if (received !== undefined && arrival === undefined) {
    problems.push({
      code: 'failure-report/bad-date',
      values: { field: 'Received date', value: received.slice(0, 100) },
      see,
    });
  }
  problems.push({ code: 'failure-report/plain-text', see: 'RFC 6591 §3.1' });
  const dkim = verdict(lines.get('dkim alignment'));
  const spf = verdict(lines.get('spf alignment'));
  const header = copy === null ? undefined : text.slice(copy.index + copy[0].length).replace(/^(?:\r?\n)+/, '');
  const result = lines.get('dmarc results');
  return {
    problems,
    value: {
      form: 'text',
      feedbackType: 'auth-failure',
      ...(arrival === undefined ? {} : { arrival }),
      incidents: 1,
      originalRcptTo: [],
      ...(address === undefined ? {} : { sourceAddress: address }),
      reportedDomains: [domain.toLowerCase()],
      reportedUris: [],
      authenticationResults: [],
      authFailures: ['dmarc'],
      spfDns: [],
      ...(dkim === undefined && spf === undefined
        ? {}
        : {
            alignment: {
              ...(dkim === undefined ? {} : { dkim }),
              ...(spf === undefined ? {} : { spf }),
              from: 'text' as const,
            },
          }),
      text,
      ...(header === undefined
        ? original === undefined
          ? {}
          : { original }
        : { original: { headerOnly: true, bytes: Buffer.from(header, 'utf8') } }),
      otherFields: result === undefined ? [] : [{ name: 'dmarc results', value: result }],
    },
  };
}

function verdict(word: string | undefined): 'fail' | 'pass' | undefined {
  return word === 'yes' ? 'pass' : word === 'no' ? 'fail' : undefined;
}
