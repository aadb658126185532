import type { Problem, Reading } from '../problem.ts';
import type { KeyType } from './signature.ts';
import { base64Value, colonList, parseTagList } from './tag-list.ts';

/** What a key record says (RFC 6376 §3.6.1, RFC 8463 §4.2). */
export interface KeyRecord {
  readonly keyType: KeyType;
  /** `p=`, decoded; absent when the key is revoked (an empty `p=`). */
  readonly publicKey?: Buffer;
  /** `h=`, when the record has it: the hash algorithms allowed. */
  readonly hashes?: readonly string[];
  /** `s=`: `*`, `email` or what others invent. */
  readonly services: readonly string[];
  /** `t=y`: the domain is testing DKIM. */
  readonly testing: boolean;
  /** `t=s`: `i=` must have the very domain of `d=`. */
  readonly strict: boolean;
  /** `n=`: for people. */
  readonly notes?: string;
}

const see = 'RFC 6376 §3.6.1';

/**
 * Reads a key record. The strings of a TXT record are joined without anything between them first (§3.6.2.2).
 *
 * Refuses with `dkim/not-a-key-record` (what a wildcard TXT answers), `dkim/key-version`, `dkim/key-missing-p`,
 * `dkim/key-bad-base64`, `dkim/key-unknown-type`, and the codes of `parseTagList`. Notes `dkim/key-revoked`,
 * `dkim/key-without-version`, `dkim/key-obsolete-tag` on a record that is of use.
 */
export function parseKeyRecord(text: string): Reading<KeyRecord> {
  const problems: Problem[] = [];
  // Some zones keep the line breaks of the file they were made from; the tag list would refuse them, base64 ignores them.
  const list = parseTagList(text.includes('\n') ? text.replace(/[\r\n]+/g, ' ') : text);
  if (!list.ok) {
    // Only a record that means to be a key is told what is wrong with it.
    const meant = /(?:^|;)\s*p\s*=/.test(text) || /^\s*v\s*=\s*DKIM1/.test(text);
    return { ok: false, problems: meant ? list.problems : [{ code: 'dkim/not-a-key-record', see }] };
  }
  const tags = list.value;
  const version = tags.get('v');
  if (version !== undefined && version.value !== 'DKIM1' && !tags.has('p')) {
    // A record of another standard, which a wildcard or a mistake put here.
    return refused({ code: 'dkim/not-a-key-record', see });
  }
  if (version !== undefined) {
    // §3.6.1: the first tag, and this very string.
    const first: string | undefined = tags.keys().next().value;
    if (version.value !== 'DKIM1' || first !== 'v') {
      return refused({ code: 'dkim/key-version', values: { version: version.value.slice(0, 60) }, see });
    }
  }
  const p = tags.get('p');
  if (p === undefined)
    return refused({ code: version === undefined ? 'dkim/not-a-key-record' : 'dkim/key-missing-p', see });
  if (version === undefined) problems.push({ code: 'dkim/key-without-version', see });
  const keyType = (tags.get('k')?.value ?? 'rsa').toLowerCase();
  if (keyType !== 'rsa' && keyType !== 'ed25519') {
    return refused({ code: 'dkim/key-unknown-type', values: { type: keyType.slice(0, 60) }, see });
  }
  const publicKey = p.value === '' ? undefined : base64Value(p.value);
  if (p.value === '') problems.push({ code: 'dkim/key-revoked', see });
  else if (publicKey === undefined) return refused({ code: 'dkim/key-bad-base64', see });
  if (tags.has('g')) problems.push({ code: 'dkim/key-obsolete-tag', values: { tag: 'g' }, see: 'RFC 6376 Appendix C' });
  const flags = colonList((tags.get('t')?.value ?? '').toLowerCase());
  const hashes = tags.get('h');
  const services = tags.get('s');
  const notes = tags.get('n');
  return {
    ok: true,
    problems,
    value: {
      keyType,
      ...(publicKey === undefined ? {} : { publicKey }),
      ...(hashes === undefined ? {} : { hashes: colonList(hashes.value.toLowerCase()) }),
      services: services === undefined ? ['*'] : colonList(services.value.toLowerCase()),
      testing: flags.includes('y'),
      strict: flags.includes('s'),
      ...(notes === undefined ? {} : { notes: notes.value }),
    },
  };
}

function refused(problem: Problem): Reading<KeyRecord> {
  return { ok: false, problems: [problem] };
}

/**
 * Writes a key record, `v=` first. Defaults are left out but for `k=`, which people look for.
 *
 * @throws RangeError when a note holds what a tag value may not.
 */
export function formatKeyRecord(record: KeyRecord): string {
  const tags = ['v=DKIM1', `k=${record.keyType}`];
  if (record.hashes !== undefined) tags.push(`h=${record.hashes.join(':')}`);
  if (record.services.length > 0 && !record.services.includes('*')) tags.push(`s=${record.services.join(':')}`);
  const flags = [...(record.testing ? ['y'] : []), ...(record.strict ? ['s'] : [])];
  if (flags.length > 0) tags.push(`t=${flags.join(':')}`);
  if (record.notes !== undefined) {
    if (!/^[ -:<-~]*$/.test(record.notes))
      throw new RangeError('a note of a key record is printable ASCII without semicolons');
    tags.push(`n=${record.notes.trim()}`);
  }
  tags.push(`p=${record.publicKey?.toString('base64') ?? ''}`);
  return tags.join('; ');
}

/** Splits the text of a TXT record into character-strings of at most 255 bytes (RFC 1035 §3.3.14, RFC 6376 §3.6.2.2). */
export function splitTxt(text: string): string[] {
  const strings: string[] = [];
  for (let at = 0; at < text.length; at += 255) strings.push(text.slice(at, at + 255));
  return strings.length === 0 ? [''] : strings;
}
