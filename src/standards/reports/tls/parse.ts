import { parseDomainName } from '../../dns/index.ts';
import type { Problem, Reading } from '../../problem.ts';
import { canonicalAddress } from '../aggregate/address.ts';
import type { Repair } from '../aggregate/model.ts';
import { decode, trim, utf8 } from '../aggregate/text.ts';
import type { TlsFailure, TlsPolicyReport, TlsPolicyType, TlsReport } from './report.ts';

/** What a report may cost before it is refused. */
export interface TlsLimits {
  /** Bytes of JSON, after unpacking. */
  readonly bytes: number;
  /** Policies of a report, failures of a policy, lines of a policy string: each. */
  readonly items: number;
  /** Sessions one count may stand for. */
  readonly count: number;
}

export const defaultTlsLimits: TlsLimits = { bytes: 32 * 1024 * 1024, items: 100_000, count: 1e12 };

const see = 'RFC 8460 §4.4';
const policyTypes: readonly string[] = ['tlsa', 'sts', 'no-policy-found'] satisfies TlsPolicyType[];
const known = {
  report: ['organization-name', 'date-range', 'contact-info', 'report-id', 'policies'],
  entry: ['policy', 'summary', 'failure-details'],
  policy: ['policy-type', 'policy-string', 'policy-domain', 'mx-host'],
  summary: ['total-successful-session-count', 'total-failure-session-count'],
  failure: [
    'result-type',
    'sending-mta-ip',
    'receiving-mx-hostname',
    'receiving-mx-helo',
    'receiving-ip',
    'failed-session-count',
    'additional-information',
    'additional-info-uri',
    'failure-reason-code',
  ],
};

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads a TLS report: the JSON, unpacked.
 *
 * @returns the report with what was repaired (`problems` is the same list); or why it is refused: `reports/tls-too-large`,
 *   `reports/tls-not-json`, `reports/tls-not-a-report`, `reports/tls-bad-date`, `reports/tls-too-many`
 */
export function parseTlsReport(bytes: Uint8Array, limits: Partial<TlsLimits> = {}): Reading<TlsReport> {
  const reader = new Reader({ ...defaultTlsLimits, ...limits });
  const report = reader.read(bytes);
  if (reader.refusal !== undefined) return { ok: false, problems: [reader.refusal] };
  return { ok: true, value: report!, problems: report!.repaired };
}

class Reader {
  refusal: Problem | undefined;
  private readonly limits: TlsLimits;
  private readonly noted = new Map<string, Repair>();

  constructor(limits: TlsLimits) {
    this.limits = limits;
  }

  read(bytes: Uint8Array): TlsReport | undefined {
    if (bytes.length > this.limits.bytes) return this.refuse('reports/tls-too-large', '', { limit: this.limits.bytes });
    const { text, flags } = decode(bytes, 0, bytes.length, utf8);
    if (flags !== 0) this.note('reports/tls-bad-utf8', '');
    let json: unknown;
    try {
      json = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
    } catch {
      return this.refuse('reports/tls-not-json', '');
    }
    const report = members(json);
    const policies = report?.['policies'];
    if (report === undefined || (!Array.isArray(policies) && members(policies) === undefined)) {
      return this.refuse('reports/tls-not-a-report', '');
    }
    this.seeUnknown(report, known.report, '');
    const begin = this.date(report, 'start-datetime');
    const end = this.date(report, 'end-datetime');
    if (begin === undefined || end === undefined) return undefined;
    if (end < begin) return this.refuse('reports/tls-dates-reversed', 'date-range', { begin, end });
    const organizationName = this.text(report, 'organization-name', '', true);
    const contactInfo = this.text(report, 'contact-info', '', true);
    const reportId = this.text(report, 'report-id', '', true);
    const read = this.list(policies, 'policies').map((policy, index) => this.policy(policy, `policies/${index}`));
    if (read.length === 0) this.note('reports/tls-missing', 'policies', { element: 'policies' });
    return {
      ...(organizationName === undefined ? {} : { organizationName }),
      ...(contactInfo === undefined ? {} : { contactInfo }),
      ...(reportId === undefined ? {} : { reportId }),
      dateRange: { begin, end },
      policies: read,
      sessions: {
        successful: read.reduce((sum, { successful }) => sum + successful, 0),
        failed: read.reduce((sum, { failed }) => sum + failed, 0),
      },
      repaired: [...this.noted.values()],
    };
  }

  private policy(json: unknown, path: string): TlsPolicyReport {
    const entry = members(json) ?? {};
    this.seeUnknown(entry, known.entry, path);
    const policy = members(entry['policy']) ?? {};
    const summary = members(entry['summary']) ?? {};
    this.seeUnknown(policy, known.policy, `${path}/policy`);
    this.seeUnknown(summary, known.summary, `${path}/summary`);
    const type = this.text(policy, 'policy-type', `${path}/policy`, true)?.toLowerCase();
    const isKnown = type !== undefined && policyTypes.includes(type);
    if (type !== undefined && !isKnown) {
      this.note('reports/tls-unknown-policy-type', `${path}/policy/policy-type`, { text: shown(type) });
    }
    const domain = this.domain(policy, `${path}/policy`);
    return {
      ...(isKnown ? { type: type as TlsPolicyType } : type === undefined ? {} : { typeText: type }),
      policyString: this.texts(policy['policy-string'], `${path}/policy/policy-string`),
      ...(domain === undefined ? {} : { domain }),
      mxHosts: this.texts(policy['mx-host'], `${path}/policy/mx-host`).map((host) => host.toLowerCase()),
      successful: this.count(summary, 'total-successful-session-count', `${path}/summary`),
      failed: this.count(summary, 'total-failure-session-count', `${path}/summary`),
      failures: this.list(entry['failure-details'], `${path}/failure-details`).map((failure, index) =>
        this.failure(failure, `${path}/failure-details/${index}`),
      ),
    };
  }

  private failure(json: unknown, path: string): TlsFailure {
    const failure = members(json) ?? {};
    this.seeUnknown(failure, known.failure, path);
    const resultType = this.text(failure, 'result-type', path, true);
    const sendingMtaIp = this.address(failure, 'sending-mta-ip', path);
    const receivingIp = this.address(failure, 'receiving-ip', path);
    const receivingMxHostname = this.text(failure, 'receiving-mx-hostname', path, false);
    const receivingMxHelo = this.text(failure, 'receiving-mx-helo', path, false);
    // The schema and the list of fields in RFC 8460 give it two names.
    const uri = failure['additional-information'] === undefined ? 'additional-info-uri' : 'additional-information';
    const additionalInformation = this.text(failure, uri, path, false);
    const failureReasonCode = this.text(failure, 'failure-reason-code', path, false);
    return {
      ...(resultType === undefined ? {} : { resultType: resultType.toLowerCase() }),
      ...(sendingMtaIp === undefined ? {} : { sendingMtaIp }),
      ...(receivingIp === undefined ? {} : { receivingIp }),
      ...(receivingMxHostname === undefined ? {} : { receivingMxHostname: receivingMxHostname.toLowerCase() }),
      ...(receivingMxHelo === undefined ? {} : { receivingMxHelo }),
      count: this.count(failure, 'failed-session-count', path),
      ...(additionalInformation === undefined ? {} : { additionalInformation }),
      ...(failureReasonCode === undefined ? {} : { failureReasonCode }),
    };
  }

  /** A text; `null` and white space say nothing. */
  private text(from: Members, name: string, path: string, needed: boolean): string | undefined {
    const value = from[name];
    const place = path === '' ? name : `${path}/${name}`;
    if (typeof value === 'string' && trim(value) !== '') return trim(value);
    // A number where a text belongs is the text of the number.
    if (typeof value === 'number' || typeof value === 'boolean') {
      this.note('reports/tls-notation', place, { element: name });
      return String(value);
    }
    if (value !== undefined && value !== null && typeof value !== 'string')
      this.note('reports/tls-bad-value', place, { element: name });
    else if (needed) this.note('reports/tls-missing', place, { element: name });
    return undefined;
  }

  /** Texts: a list of them, or, as in the example of RFC 8460 Appendix B, one by itself. */
  private texts(value: unknown, path: string): string[] {
    const list = typeof value === 'string' ? [value] : this.list(value, path);
    return list.filter((each): each is string => {
      if (typeof each === 'string') return true;
      this.note('reports/tls-bad-value', path, { element: path.slice(path.lastIndexOf('/') + 1) });
      return false;
    });
  }

  private list(value: unknown, path: string): readonly unknown[] {
    if (value === undefined || value === null) return [];
    const element = path.slice(path.lastIndexOf('/') + 1);
    if (!Array.isArray(value)) {
      if (members(value) === undefined) {
        this.note('reports/tls-bad-value', path, { element });
        return [];
      }
      this.note('reports/tls-notation', path, { element });
      return [value];
    }
    if (value.length > this.limits.items) {
      this.refuse('reports/tls-too-many', path, { element, limit: this.limits.items });
      return [];
    }
    return value as unknown[];
  }

  private count(from: Members, name: string, path: string): number {
    const value = from[name];
    const place = `${path}/${name}`;
    if (value === undefined || value === null || value === '') {
      this.note('reports/tls-missing-count', place, { element: name });
      return 0;
    }
    const digits = typeof value === 'string' && /^\s*\d{1,15}\s*$/.test(value);
    const count = typeof value === 'number' ? value : digits ? Number(value) : Number.NaN;
    if (!Number.isSafeInteger(count) || count < 0 || count > this.limits.count) {
      this.note('reports/tls-bad-count', place, { element: name, text: shown(JSON.stringify(value)) });
      return 0;
    }
    if (digits) this.note('reports/tls-notation', place, { element: name });
    return count;
  }

  private address(from: Members, name: string, path: string): string | undefined {
    const text = this.text(from, name, path, false);
    if (text === undefined) return undefined;
    const address = canonicalAddress(text.replace(/^\[(?:IPv6:)?(.*)\]$/i, '$1'));
    if (address === undefined) this.note('reports/tls-bad-address', `${path}/${name}`, { text: shown(text) });
    return address;
  }

  private domain(from: Members, path: string): string | undefined {
    const text = this.text(from, 'policy-domain', path, true);
    if (text === undefined) return undefined;
    const name = parseDomainName(text);
    if (name.ok) return name.value;
    this.note('reports/tls-bad-name', `${path}/policy-domain`, { text: shown(text) });
    return text;
  }

  /** RFC 3339 §5.6, in seconds since 1970. Without its offset it is no time. */
  private date(report: Members, name: string): number | undefined {
    const value = (members(report['date-range']) ?? {})[name];
    const seconds = typeof value === 'string' ? timeOf(trim(value)) : undefined;
    if (seconds !== undefined) return seconds;
    this.refuse('reports/tls-bad-date', `date-range/${name}`, {
      element: name,
      text: shown(JSON.stringify(value) ?? ''),
    });
    return undefined;
  }

  private seeUnknown(from: Members, names: readonly string[], path: string): void {
    for (const name of Object.keys(from)) {
      if (!names.includes(name)) this.note('reports/tls-unknown-member', path, { element: shown(name) });
    }
  }

  private note(code: string, path: string, values: Problem['values'] = {}): void {
    const before = this.noted.get(code);
    const repair: Repair = before ?? { code, values, at: { path }, see, times: 0 };
    this.noted.set(code, { ...repair, times: repair.times + 1 });
  }

  private refuse(code: string, path: string, values: Problem['values'] = {}): undefined {
    this.refusal ??= { code, values, at: path === '' ? { offset: 0 } : { path }, see };
  }
}

function members(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
}

function shown(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

function timeOf(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:[Zz]|([+-])(\d\d):?(\d\d))$/.exec(
    text,
  );
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number) as [number, ...number[]];
  const date = new Date(Date.UTC(year!, month! - 1, day!));
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day!) return undefined;
  // 24:00:00 is how some end a day, and 60 a leap second.
  const endOfDay = hour === 24 && minute === 0 && second === 0;
  if ((hour! > 23 && !endOfDay) || minute! > 59 || second! > 60) return undefined;
  const offset = match[7] === undefined ? 0 : (match[7] === '-' ? -1 : 1) * (Number(match[8]) * 60 + Number(match[9]));
  return date.getTime() / 1000 + hour! * 3_600 + minute! * 60 + second! - offset * 60;
}
