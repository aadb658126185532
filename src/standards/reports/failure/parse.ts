import { parseAuthenticationResults } from '../../authentication-results/index.ts';
import type { AuthenticationResults } from '../../authentication-results/index.ts';
import { fieldValue, parseDateTime, parseMessage } from '../../mail/index.ts';
import type { Message } from '../../mail/index.ts';
import type { Problem, Reading } from '../../problem.ts';
import { canonicalAddress } from '../aggregate/address.ts';
import { readIdentityAlignment } from './identity-alignment.ts';
import { readEximText } from './exim.ts';
import type { FailureReport, ReportedDkim, ReportPart } from './report.ts';

/** A message has a dozen parts at most that matter; more only cost time. */
const maxParts = 100;

/**
 * Reads a failure or abuse report from the parts of its message.
 *
 * Refuses with `failure-report/no-report-part` when no part is a report, and `failure-report/no-feedback-type`
 * (RFC 5965 §3.1). Notes what it had to leave out: `failure-report/bad-date`, `failure-report/bad-address`,
 * `failure-report/bad-count`, `failure-report/bad-alignment`, `failure-report/bad-base64`,
 * `failure-report/no-original`, and the problems of the Authentication-Results.
 */
export function parseFailureReport(parts: readonly ReportPart[]): Reading<FailureReport> {
  const read = parts
    .slice(0, maxParts)
    .map((part) => ({ type: mediaType(part.contentType), bytes: bytesOf(part.content) }));
  const machine = read.find((part) => part.type === 'message/feedback-report');
  const human = read.find((part) => part.type.startsWith('text/plain'));
  const copy = read.find((part) => originalTypes.has(part.type));
  const original =
    copy === undefined
      ? undefined
      : { headerOnly: copy.type !== 'message/rfc822' && copy.type !== 'message/global', bytes: copy.bytes };
  const text = human?.bytes.toString('utf8');
  if (machine === undefined) {
    const report = text === undefined ? undefined : readEximText(text, original);
    if (report !== undefined) return { ok: true, value: report.value, problems: report.problems };
    return { ok: false, problems: [{ code: 'failure-report/no-report-part', see: 'RFC 5965 §2' }] };
  }
  const fields = new ReportFields(machine.bytes);
  const feedbackType = fields.word('feedback-type')?.toLowerCase();
  if (feedbackType === undefined || feedbackType === '') {
    return { ok: false, problems: [{ code: 'failure-report/no-feedback-type', see: 'RFC 5965 §3.1' }] };
  }
  const problems = fields.problems;
  if (original === undefined) problems.push({ code: 'failure-report/no-original', see: 'RFC 5965 §2' });
  const authenticationResults: AuthenticationResults[] = [];
  for (const value of fields.all('authentication-results')) {
    const reading = parseAuthenticationResults(value);
    problems.push(...reading.problems);
    if (reading.ok) authenticationResults.push(reading.value);
  }
  const authFailures = fields
    .all('auth-failure')
    .flatMap((value) =>
      withoutComments(value)
        .toLowerCase()
        .split(/[\s,]+/),
    )
    .filter((value) => value !== '');
  const listed = fields.first('identity-alignment');
  const identity =
    listed === undefined
      ? undefined
      : readIdentityAlignment(listed, authenticationResults, feedbackType === 'auth-failure');
  if (listed !== undefined && identity === undefined) {
    problems.push({
      code: 'failure-report/bad-alignment',
      values: { value: listed.slice(0, 100) },
      see: 'RFC 9991 §4',
    });
  }
  const dkim = readDkim(fields);
  const spfDns = fields.all('spf-dns');
  return {
    ok: true,
    problems,
    value: {
      form: 'arf',
      feedbackType,
      ...present('userAgent', fields.first('user-agent')),
      ...present('version', fields.word('version')),
      ...present('arrival', fields.date('arrival-date') ?? fields.date('received-date')),
      incidents: fields.count('incidents') ?? 1,
      ...present('originalEnvelopeId', fields.first('original-envelope-id')),
      ...present('originalMailFrom', unbracketed(fields.first('original-mail-from'))),
      originalRcptTo: fields.all('original-rcpt-to').map((value) => unbracketed(value) ?? ''),
      ...present('reportingMta', fields.first('reporting-mta')?.replace(/^[^;]*;\s*/, '')),
      ...present('sourceAddress', fields.address('source-ip')),
      ...present('sourcePort', fields.count('source-port')),
      reportedDomains: fields.all('reported-domain').map((value) => withoutComments(value).toLowerCase()),
      reportedUris: fields.all('reported-uri'),
      authenticationResults,
      authFailures,
      ...present('deliveryResult', fields.word('delivery-result')?.toLowerCase()),
      ...(dkim === undefined ? {} : { dkim }),
      spfDns,
      ...(identity === undefined ? {} : { identityAlignment: identity.listed }),
      ...present('alignment', identity?.alignment),
      ...present('text', text),
      ...present('original', original),
      otherFields: fields.others(),
    },
  };
}

const originalTypes = new Set([
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global-headers',
]);

function mediaType(contentType: string): string {
  return contentType.split(';', 1)[0]!.trim().toLowerCase();
}

function bytesOf(content: Uint8Array | string): Buffer {
  if (typeof content === 'string') return Buffer.from(content, 'utf8');
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
}

/** A property that is there only when it has a value. */
function present<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

function unbracketed(value: string | undefined): string | undefined {
  return value === undefined ? undefined : withoutComments(value).replace(/^<(.*)>$/s, '$1');
}

/** A value without comments, as far as they are simple: these fields hold words, not prose. */
function withoutComments(value: string): string {
  return value.includes('(') ? value.replace(/\([^()]*\)/g, ' ').trim() : value;
}

const known = new Set([
  'arrival-date',
  'auth-failure',
  'authentication-results',
  'delivery-result',
  'dkim-canonicalized-body',
  'dkim-canonicalized-header',
  'dkim-domain',
  'dkim-identity',
  'dkim-selector',
  'feedback-type',
  'identity-alignment',
  'incidents',
  'original-envelope-id',
  'original-mail-from',
  'original-rcpt-to',
  'received-date',
  'reported-domain',
  'reported-uri',
  'reporting-mta',
  'source-ip',
  'source-port',
  'spf-dns',
  'user-agent',
  'version',
]);

/** The fields of the machine-readable part, read with the tolerance they need. */
class ReportFields {
  readonly #message: Message;
  readonly problems: Problem[] = [];

  constructor(bytes: Buffer) {
    // Base64 parts often begin with an empty line, which would end the header before it began.
    let start = 0;
    while (start < bytes.length && (bytes[start] === 13 || bytes[start] === 10)) start++;
    this.#message = parseMessage(bytes.subarray(start), { headerBytes: 1 << 20, fields: 1000 });
  }

  all(name: string): string[] {
    return this.#message.fields.filter((field) => field.name === name).map((field) => fieldValue(this.#message, field));
  }

  first(name: string): string | undefined {
    const field = this.#message.fields.find((each) => each.name === name);
    return field === undefined ? undefined : fieldValue(this.#message, field);
  }

  /** The first word of a value. */
  word(name: string): string | undefined {
    const value = this.first(name);
    return value === undefined ? undefined : withoutComments(value).split(/[\s;]/, 1)[0];
  }

  date(name: string): number | undefined {
    const value = this.first(name);
    if (value === undefined) return undefined;
    const date = parseDateTime(value);
    if (date === undefined) this.#note('failure-report/bad-date', name, value);
    return date;
  }

  count(name: string): number | undefined {
    const value = this.word(name);
    if (value === undefined) return undefined;
    if (/^[0-9]{1,10}$/.test(value)) return Number(value);
    this.#note('failure-report/bad-count', name, value);
    return undefined;
  }

  address(name: string): string | undefined {
    const value = this.first(name);
    if (value === undefined) return undefined;
    const address = canonicalAddress(
      withoutComments(value)
        .split(/\s/, 1)[0]!
        .replace(/^\[?(?:ipv6:)?|\]$/gi, ''),
    );
    if (address === undefined) this.#note('failure-report/bad-address', name, value);
    return address;
  }

  bytes(name: string): Buffer | undefined {
    const value = this.first(name)?.replace(/\s+/g, '');
    if (value === undefined) return undefined;
    if (/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return Buffer.from(value, 'base64');
    this.#note('failure-report/bad-base64', name, value);
    return undefined;
  }

  others(): { name: string; value: string }[] {
    return this.#message.fields
      .filter((field) => field.name !== '' && !known.has(field.name))
      .map((field) => ({ name: field.name, value: fieldValue(this.#message, field) }));
  }

  #note(code: string, field: string, value: string): void {
    this.problems.push({ code, values: { field, value: value.slice(0, 100) }, see: 'RFC 5965 §3' });
  }
}

function readDkim(fields: ReportFields): ReportedDkim | undefined {
  const dkim: ReportedDkim = {
    ...present('domain', fields.first('dkim-domain')?.toLowerCase()),
    ...present('identity', fields.first('dkim-identity')),
    ...present('selector', fields.first('dkim-selector')),
    ...present('canonicalizedHeader', fields.bytes('dkim-canonicalized-header')),
    ...present('canonicalizedBody', fields.bytes('dkim-canonicalized-body')),
  };
  return Object.keys(dkim).length === 0 ? undefined : dkim;
}
