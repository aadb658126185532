import { parseAuthenticationResults } from '../authentication-results/index.ts';
import type { AuthenticationResults } from '../authentication-results/index.ts';
import { base64Value, isAlgorithm, parseSignature, parseTagList, readName } from '../dkim/index.ts';
import type { DkimSignature, SigningAlgorithm, TagList } from '../dkim/index.ts';
import type { DomainName } from '../dns/index.ts';
import { rawValue } from '../mail/index.ts';
import type { HeaderField, Message } from '../mail/index.ts';
import type { Problem, Reading } from '../problem.ts';

/** The state of a chain, as a seal says it in `cv=` (RFC 8617 §4.4). */
export type ChainStatus = 'fail' | 'none' | 'pass';

/** What an ARC-Seal says (RFC 8617 §4.1.3). */
export interface ArcSeal {
  readonly algorithm: SigningAlgorithm;
  readonly signingDomain: DomainName;
  readonly selector: DomainName;
  readonly chainStatus: ChainStatus;
  readonly signedAt?: number;
  readonly signature: Buffer;
  readonly signatureStart: number;
  readonly signatureEnd: number;
}

/** The three fields of one instance (RFC 8617 §4.2). Each is there exactly once, and can be read. */
export interface ArcSet {
  readonly instance: number;
  readonly resultsField: HeaderField;
  readonly messageSignatureField: HeaderField;
  readonly sealField: HeaderField;
  /** What the sealer found when the message came to it, as far as that can be read: it does not decide over the chain. */
  readonly results?: AuthenticationResults;
  readonly messageSignature: DkimSignature;
  readonly seal: ArcSeal;
}

/** RFC 8617 §4.2.1. */
export const maxInstances = 50;
const names = ['arc-authentication-results', 'arc-message-signature', 'arc-seal'] as const;

/**
 * Collects the ARC Sets of a message and checks the structure of the chain (RFC 8617 §5.2 steps 1 to 3).
 *
 * @returns the sets, the first instance first (none when the message has no chain), or the first thing wrong with the chain.
 */
export function collectSets(message: Message): Reading<readonly ArcSet[]> {
  const fields = message.fields.filter((field) => (names as readonly string[]).includes(field.name));
  if (fields.length === 0) return { ok: true, value: [], problems: [] };
  if (!message.complete) return refused({ code: 'mail/header-cut-short', see: 'RFC 8617 §5.2' });
  if (fields.length > maxInstances * names.length) {
    return refused({ code: 'arc/too-many-sets', values: { most: maxInstances }, see: 'RFC 8617 §5.2' });
  }
  const byInstance = new Map<number, Partial<SetFields>>();
  for (const field of fields) {
    const placed = placeOf(message, field);
    if ('code' in placed) return refused(placed);
    const { instance } = placed;
    const set = byInstance.get(instance) ?? {};
    const name = field.name as (typeof names)[number];
    if (set[name] !== undefined) {
      return refused({
        code: 'arc/duplicate-field',
        values: { field: name, instance },
        at: { offset: field.start },
        see: 'RFC 8617 §4.2.1',
      });
    }
    set[name] = placed;
    byInstance.set(instance, set);
  }
  const sets: ArcSet[] = [];
  const last = Math.max(...byInstance.keys());
  for (let instance = last; instance >= 1; instance--) {
    const set = byInstance.get(instance);
    const missing = names.find((name) => set?.[name] === undefined);
    if (set === undefined || missing !== undefined) {
      return refused({
        code: 'arc/incomplete-set',
        values: { instance, field: missing ?? names[0] },
        see: 'RFC 8617 §5.2',
      });
    }
    const read = readSet(message, instance, set as SetFields);
    if (!read.ok) return read;
    // The newest seal decides first: once failed, a chain stays failed (§5.2 step 2); then each must fit its place (step 3C).
    const { chainStatus } = read.value.seal;
    if (chainStatus === 'fail')
      return refused({ code: 'arc/chain-already-failed', values: { instance }, see: 'RFC 8617 §5.2' });
    if (chainStatus !== (instance === 1 ? 'none' : 'pass')) {
      return refused({
        code: 'arc/wrong-chain-status',
        values: { instance, status: chainStatus },
        see: 'RFC 8617 §5.2',
      });
    }
    sets.unshift(read.value);
  }
  return { ok: true, value: sets, problems: [] };
}

/** A field of a set, and its tags where it has any. */
interface Placed {
  readonly field: HeaderField;
  readonly instance: number;
  readonly tags?: TagList;
}

type SetFields = Record<(typeof names)[number], Placed>;

/** `i=` of a field: the first thing in an ARC-Authentication-Results, a tag like others in the two signatures (§4.1, §4.2.1). */
export function instanceOf(message: Message, field: HeaderField): Problem | number {
  const placed = placeOf(message, field);
  return 'code' in placed ? placed : placed.instance;
}

function placeOf(message: Message, field: HeaderField): Placed | Problem {
  const value = rawValue(message, field);
  const bad: Problem = {
    code: 'arc/bad-instance',
    values: { field: field.name },
    at: { offset: field.start },
    see: 'RFC 8617 §4.2.1',
  };
  let text: string | undefined;
  let tags: TagList | undefined;
  if (field.name === 'arc-authentication-results') text = resultsInstance.exec(value)?.[1];
  else {
    const list = parseTagList(value);
    if (!list.ok) return { ...list.problems[0]!, at: { offset: field.start } };
    tags = list.value;
    text = tags.get('i')?.value;
  }
  const instance = text !== undefined && /^[0-9]{1,3}$/.test(text) ? Number(text) : 0;
  if (instance < 1 || instance > maxInstances) return bad;
  return { field, instance, ...(tags === undefined ? {} : { tags }) };
}

const resultsInstance = /^\s*i\s*=\s*([0-9]{1,3})\s*;/;

function readSet(message: Message, instance: number, fields: SetFields): Reading<ArcSet> {
  const { field: resultsField } = fields['arc-authentication-results'];
  const { field: messageSignatureField, tags: signatureTags } = fields['arc-message-signature'];
  const { field: sealField, tags: sealTags } = fields['arc-seal'];
  const within = (problem: Problem, field: HeaderField): Reading<ArcSet> =>
    refused({ ...problem, values: { ...problem.values, instance }, at: { offset: field.start } });
  const signature = parseSignature(signatureTags!, 'arc');
  if (!signature.ok) return within(signature.problems[0]!, messageSignatureField);
  const forbidden = signature.value.signedFields.find((name) => name === 'arc-seal');
  if (forbidden !== undefined) {
    // §4.1.2 forbids all three ARC fields; only a seal cannot be there when the signature is made, so only it is refused.
    return within({ code: 'arc/signs-seal', see: 'RFC 8617 §4.1.2' }, messageSignatureField);
  }
  const seal = parseSeal(sealTags!);
  if (!seal.ok) return within(seal.problems[0]!, sealField);
  const results = parseAuthenticationResults(rawValue(message, resultsField).replace(resultsInstance, ''));
  return {
    ok: true,
    problems: results.problems,
    value: {
      instance,
      resultsField,
      messageSignatureField,
      sealField,
      ...(results.ok ? { results: results.value } : {}),
      messageSignature: signature.value,
      seal: seal.value,
    },
  };
}

/** Reads the value of an ARC-Seal (RFC 8617 §4.1.3), or the tags in it. */
export function parseSeal(value: TagList | string): Reading<ArcSeal> {
  const list = typeof value === 'string' ? parseTagList(value) : undefined;
  if (list?.ok === false) return list;
  const tags = list?.value ?? (value as TagList);
  const see = 'RFC 8617 §4.1.3';
  for (const tag of ['a', 'b', 'cv', 'd', 's']) {
    if (!tags.has(tag)) return refused({ code: 'dkim/missing-tag', values: { tag }, see });
  }
  // §4.1.3: `h` MUST fail the chain; a body hash or canonicalization has no meaning here, and is ignored like any unknown tag.
  if (tags.has('h')) return refused({ code: 'arc/seal-with-h', see });
  const algorithm = tags.get('a')!.value.toLowerCase();
  if (!isAlgorithm(algorithm)) {
    return refused({
      code: 'dkim/unknown-algorithm',
      values: { algorithm: algorithm.slice(0, 60) },
      see: 'RFC 6376 §3.3.4',
    });
  }
  const chainStatus = tags.get('cv')!.value.toLowerCase();
  if (chainStatus !== 'none' && chainStatus !== 'pass' && chainStatus !== 'fail') {
    return refused({
      code: 'arc/unknown-chain-status',
      values: { status: chainStatus.slice(0, 60) },
      see: 'RFC 8617 §4.4',
    });
  }
  const signingDomain = readName(tags.get('d')!.value, 2);
  if (signingDomain === undefined) {
    return refused({ code: 'dkim/bad-signing-domain', values: { domain: tags.get('d')!.value.slice(0, 200) }, see });
  }
  const selector = readName(tags.get('s')!.value, 1);
  if (selector === undefined)
    return refused({ code: 'dkim/bad-selector', values: { selector: tags.get('s')!.value.slice(0, 200) }, see });
  const b = tags.get('b')!;
  const signature = base64Value(b.value);
  if (signature === undefined) return refused({ code: 'dkim/bad-base64', values: { tag: 'b' }, see });
  const t = tags.get('t');
  if (t !== undefined && !/^[0-9]{1,12}$/.test(t.value)) {
    return refused({ code: 'dkim/bad-number', values: { tag: 't', value: t.value.slice(0, 60) }, see });
  }
  return {
    ok: true,
    problems: [],
    value: {
      algorithm,
      signingDomain,
      selector,
      chainStatus,
      ...(t === undefined ? {} : { signedAt: Number(t.value) }),
      signature,
      signatureStart: b.valueStart,
      signatureEnd: b.valueEnd,
    },
  };
}

function refused<T>(problem: Problem): Reading<T> {
  return { ok: false, problems: [problem] };
}
