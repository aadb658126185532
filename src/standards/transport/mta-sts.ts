// MTA-STS (RFC 8461): a domain that receives mail says, by a record that changes and a file over HTTPS, that its servers speak TLS
// with certificates that can be checked, and which servers these are.
import { parseDomainName } from '../dns/index.ts';
import type { DomainName, Resolver } from '../dns/index.ts';
import type { Problem, Reading } from '../problem.ts';
import { lookupTextRecord, trimSpace } from '../text-record.ts';
import type { TextRecordFound } from '../text-record.ts';
import { maxTextLength, readFields, shorten } from './fields.ts';
import type { Extension } from './fields.ts';

/** The TXT record at `_mta-sts` (§3.1). */
export interface MtaStsRecord {
  /** 1 to 32 letters and digits; another one says that the policy has changed. */
  readonly id: string;
  readonly extensions: readonly Extension[];
}

/** The file at `https://mta-sts.<domain>/.well-known/mta-sts.txt` (§3.2). */
export interface MtaStsPolicy {
  readonly mode: 'enforce' | 'none' | 'testing';
  /** Seconds, at most 31,557,600. */
  readonly maxAge: number;
  /** Names of mail servers in lower case; `*.` in front stands for one label. */
  readonly mx: readonly string[];
  readonly extensions: readonly Extension[];
}

const see = 'RFC 8461 §3.1';
const seePolicy = 'RFC 8461 §3.2';
/** The longest lifetime a policy may have (§3.2): a year of 365.25 days. */
export const maxPolicyAge = 31_557_600;
/** The largest file a sender need read (§3.3). */
const maxPolicyLength = 65_536;

/** Whether a TXT record begins as one of MTA-STS: with `v=STSv1` and a semicolon. */
export function isMtaStsRecord(text: string): boolean {
  return /^v=STSv1[ \t]*;/.test(text);
}

/** Reads the TXT record. @returns it, or `transport/not-sts`, `transport/sts-id`. Never throws. */
export function parseMtaStsRecord(text: string): Reading<MtaStsRecord> {
  const problems: Problem[] = [];
  const fields = text.length > maxTextLength ? undefined : readFields(text, 'v=STSv1', see, problems);
  if (fields === undefined) return refused('transport/not-sts', { text: shorten(text) }, see);
  const extensions = fields.filter(({ name }) => name !== 'id').map(({ name, value }) => ({ name, value }));
  for (const { name, offset, length } of fields) {
    if (name !== 'id' && problems.length < 50)
      problems.push({ code: 'transport/unknown-field', values: { field: name }, at: { offset, length }, see });
  }
  const id = fields.find(({ name }) => name === 'id');
  if (id === undefined || !/^[a-z0-9]{1,32}$/i.test(id.value)) {
    const at = id === undefined ? {} : { at: { offset: id.offset, length: id.length } };
    return {
      ok: false,
      problems: [...problems, { code: 'transport/sts-id', values: { id: shorten(id?.value ?? '') }, ...at, see }],
    };
  }
  return { ok: true, value: { id: id.value, extensions }, problems };
}

/** Writes the TXT record as it is published. */
export function formatMtaStsRecord({ id, extensions }: MtaStsRecord): string {
  return ['v=STSv1', `id=${id}`, ...extensions.map(({ name, value }) => `${name}=${value}`)].join('; ');
}

const kind = {
  begins: isMtaStsRecord,
  near: /v\s*=\s*sts/i,
  parse: parseMtaStsRecord,
  several: { code: 'transport/sts-several', see },
};

/** Looks up the record of a domain, aliases followed (§3.1, §8.2). A domain has no use of the record of the one above it (§3.4). */
export function lookupMtaSts(domain: DomainName, resolver: Resolver): Promise<TextRecordFound<MtaStsRecord>> {
  return lookupTextRecord(`_mta-sts.${domain}`, kind, resolver);
}

/** Where the policy file of a domain lies (§3.2). */
export function mtaStsPolicyUrl(domain: DomainName): string {
  return `https://mta-sts.${domain}/.well-known/mta-sts.txt`;
}

/**
 * Reads a policy file. A field that occurs twice counts once, the first time; unknown ones are ignored; a line that is no field, or a
 * required field that is missing or wrong, means that there is no policy. An `mx` that is no name matches nothing, and is left out.
 *
 * @returns the policy, or why there is none. Never throws.
 */
export function parseMtaStsPolicy(text: string): Reading<MtaStsPolicy> {
  if (text.length > maxPolicyLength)
    return refused('transport/sts-policy-too-long', { length: text.length }, 'RFC 8461 §3.3');
  const problems: Problem[] = [];
  const once = new Map<string, { value: string; line: number }>();
  const mx: string[] = [];
  const extensions: Extension[] = [];
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (lines.at(-1) === '') lines.pop();
  const report = (code: string, values: Record<string, string | number>, line: number): void => {
    if (problems.length < 50) problems.push({ code, values, at: { line }, see: seePolicy });
  };
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    if (trimSpace(raw) === '') {
      report('transport/sts-policy-empty-line', { line }, line);
      continue;
    }
    const colon = raw.indexOf(':');
    const name = colon < 0 ? '' : raw.slice(0, colon);
    const value = colon < 0 ? '' : trimSpace(raw.slice(colon + 1));
    if (value === '' || !/^[a-z0-9][a-z0-9_.-]{0,31}$/i.test(name)) {
      return refused('transport/sts-policy-line', { text: shorten(raw), line }, seePolicy, { line });
    }
    if (name === 'mx') {
      const pattern = readPattern(value);
      if (pattern === undefined) report('transport/sts-policy-mx', { pattern: shorten(value) }, line);
      else mx.push(pattern);
    } else if (once.has(name)) {
      report('transport/sts-policy-repeated', { field: name }, line);
    } else {
      once.set(name, { value, line });
      if (!['max_age', 'mode', 'version'].includes(name)) {
        extensions.push({ name, value });
        report('transport/unknown-field', { field: name }, line);
      }
    }
  }
  return judgePolicy(once, mx, extensions, problems);
}

function judgePolicy(
  once: ReadonlyMap<string, { readonly value: string; readonly line: number }>,
  mx: readonly string[],
  extensions: readonly Extension[],
  problems: Problem[],
): Reading<MtaStsPolicy> {
  const wrong = (field: string): Reading<MtaStsPolicy> => {
    const found = once.get(field);
    return found === undefined
      ? refused('transport/sts-policy-missing', { field }, seePolicy)
      : refused('transport/sts-policy-invalid', { field, value: shorten(found.value) }, seePolicy, {
          line: found.line,
        });
  };
  if (once.get('version')?.value !== 'STSv1') return wrong('version');
  const mode = once.get('mode')?.value;
  if (mode !== 'enforce' && mode !== 'testing' && mode !== 'none') return wrong('mode');
  const age = once.get('max_age')?.value ?? '';
  if (!/^[0-9]{1,10}$/.test(age) || Number(age) > maxPolicyAge) return wrong('max_age');
  if (mx.length === 0 && mode !== 'none') return refused('transport/sts-policy-missing', { field: 'mx' }, seePolicy);
  const maxAge = Number(age);
  // "Weeks or greater" is what §3.2 expects; who can keep the policy from being fetched need only wait this long (§10.2).
  if (mode === 'enforce' && maxAge < 7 * 86_400) {
    problems.push({ code: 'transport/sts-policy-short', values: { seconds: maxAge }, see: seePolicy });
  }
  return { ok: true, value: { mode, maxAge, mx, extensions }, problems };
}

function readPattern(text: string): string | undefined {
  const wildcard = text.startsWith('*.');
  const rest = wildcard ? text.slice(2) : text;
  // Names stand as A-labels (§3.2); a name that must be converted first is none.
  if (!/^[\x21-\x7e]+$/.test(rest)) return undefined;
  const name = parseDomainName(rest);
  return name.ok ? `${wildcard ? '*.' : ''}${name.value}` : undefined;
}

/** Writes a policy file, its lines ended with CRLF (§3.2). */
export function formatMtaStsPolicy({ mode, maxAge, mx, extensions }: MtaStsPolicy): string {
  const lines = ['version: STSv1', `mode: ${mode}`, ...mx.map((pattern) => `mx: ${pattern}`), `max_age: ${maxAge}`];
  return [...lines, ...extensions.map(({ name, value }) => `${name}: ${value}`), ''].join('\r\n');
}

/** Whether a policy lets mail go to this server (§4.1): `*` is exactly one label, the left-most. */
export function policyAllows({ mx }: Pick<MtaStsPolicy, 'mx'>, host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return mx.some((pattern) =>
    pattern.startsWith('*.')
      ? name.includes('.') && name.slice(name.indexOf('.') + 1) === pattern.slice(2)
      : name === pattern,
  );
}

/** What is amiss between a policy and the mail servers that the domain has: servers that no pattern allows, patterns without a server. */
export function mtaStsMxProblems(policy: MtaStsPolicy, hosts: readonly string[]): Problem[] {
  if (policy.mode === 'none') return [];
  const refusedHosts = hosts.filter((host) => !policyAllows(policy, host));
  const unused = policy.mx.filter((pattern) => !hosts.some((host) => policyAllows({ mx: [pattern] }, host)));
  const code = policy.mode === 'enforce' ? 'transport/sts-mx-refused' : 'transport/sts-mx-reported';
  return [
    ...refusedHosts.map((host) => ({ code, values: { host }, see: 'RFC 8461 §4.1' })),
    ...unused.map((pattern) => ({ code: 'transport/sts-mx-unused', values: { pattern }, see: 'RFC 8461 §4.1' })),
  ];
}

function refused(
  code: string,
  values: Record<string, string | number>,
  clause: string,
  at?: Problem['at'],
): { ok: false; problems: Problem[] } {
  return { ok: false, problems: [{ code, values, ...(at && { at }), see: clause }] };
}
