// The DKIM keys of a domain, held against what mail was seen signed with: keys that are missing, too short or still being tested, keys that
// nothing signs with any more, and places for the keys of streams that have to begin to sign.
import { parseKeyRecord, readKey } from '../../../standards/dkim/index.ts';
import { ResolverError } from '../../../standards/dns/index.ts';
import type { Answer, DomainName, Resolver } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import { dayText } from '../../assessment/index.ts';
import type { Day } from '../../history.ts';
import type { MailStream } from '../../inventory/index.ts';
import type { Role } from '../../posture/index.ts';
import type { DkimWish, Slot } from '../records/wish.ts';
import type { TaskRecord } from '../tasks/index.ts';
import type { KeySeen } from './keys-seen.ts';

/** What is known of the keys of one domain. */
export interface KeyCase {
  readonly domain: DomainName;
  readonly role: Role;
  readonly asOf: Day;
  /** The first day of which reports tell of the domain's mail; `undefined` without any. */
  readonly firstDay: Day | undefined;
  /** Keys that mail was seen signed with, by selector. */
  readonly seen: ReadonlyMap<string, KeySeen>;
  /** Selectors of which a key was kept, and since which day it is known to stand there. */
  readonly kept: ReadonlyMap<string, Day>;
  readonly streams: readonly MailStream[];
  /** Records that streams need which have to begin to sign, as the work list has them. */
  readonly signing: readonly {
    readonly stream: string;
    readonly sender: string;
    readonly records: readonly TaskRecord[];
  }[];
  readonly retire: boolean;
  readonly resolver: Resolver;
}

export interface KeyWish {
  readonly dkim?: DkimWish;
  readonly slots: readonly Slot[];
  readonly notes: readonly Problem[];
}

/** A key is in use when wanted mail was signed with it in so many days. */
const inUse = 35;
/** So long nothing may have been signed with a key before it is thought idle; so long, where its streams sign with another meanwhile. */
const idle = 183;
const replaced = 35;
/** RFC 8301 §3.2: signers should use at least so many bits; verifiers must not accept fewer than 1024. */
const goodBits = 2048;

/** Wishes for the keys of a domain. */
export async function keyWish(the: KeyCase): Promise<KeyWish> {
  const { domain, seen, kept } = the;
  const publish: DkimWish['publish'][number][] = [];
  const retire: NonNullable<DkimWish['retire']>[number][] = [];
  const slots: Slot[] = [];
  const notes: Problem[] = [];
  for (const selector of [...new Set([...seen.keys(), ...kept.keys()])].sort()) {
    const name = `${selector}._domainkey.${domain}`;
    const key = seen.get(selector);
    const use = key === undefined ? -Infinity : Math.max(key.wantedPass, key.wantedFail);
    const isUsed = the.asOf - use <= inUse;
    const answer = await answerOf(name, the.resolver);
    const values = { selector, domain, stream: streamNames(key, the.streams), messages: key?.messages ?? 0 };
    if (answer === undefined) {
      if (isUsed) notes.push({ code: 'plan/key-not-known', values: { selector, domain } });
      continue;
    }
    const texts = answer.kind === 'records' ? answer.records.map((strings) => strings.join('')) : [];
    const text = texts.find((each) => readKey(each).bits !== undefined);
    if (text === undefined) {
      // A revoked key was taken away by somebody; without any the signatures of the stream fail.
      const isRevoked = texts.some((each) => isRevokedKey(each));
      if (isUsed && !isRevoked && key!.wantedFail >= key!.wantedPass)
        slots.push(slotAt(name, 'v=DKIM1; k=rsa; p=<public key>', 'plan/slot-key-missing', values));
      continue;
    }
    const { bits = 0, record } = readKey(text);
    const isRsa = record?.keyType !== 'ed25519';
    if (isUsed && isRsa && bits < goodBits)
      slots.push(
        slotAt(
          `<new selector>._domainkey.${domain}`,
          'v=DKIM1; k=rsa; p=<public key of 2048 bits or more>',
          bits < 1024 ? 'plan/slot-key-useless' : 'plan/slot-key-short',
          { ...values, bits },
        ),
      );
    if (isUsed && record?.testing === true) {
      if (answer.aliases.length > 0) notes.push({ code: 'plan/key-testing-elsewhere', values, see: 'RFC 6376 §3.6.1' });
      else publish.push({ selector, record: withoutTesting(text), isTested: true });
    }
    const quiet = quietOf(the, selector, key);
    if (quiet === undefined) continue;
    const told = { selector, domain, since: dayText(quiet), days: the.asOf - quiet };
    if (answer.aliases.length > 0)
      notes.push({ code: 'plan/key-idle-elsewhere', values: told, see: 'RFC 6376 §3.6.1' });
    else if (the.retire) retire.push({ selector, as: 'revoked' });
    else notes.push({ code: 'plan/key-idle', values: told, see: 'RFC 6376 §3.6.1' });
  }
  for (const { stream, sender, records } of the.signing) {
    for (const { name, type, value } of records) {
      if (!name.endsWith(`._domainkey.${domain}`)) continue;
      const from =
        sender === ''
          ? { code: 'plan/from-stream', values: { stream } }
          : { code: 'plan/from-sender', values: { sender, stream } };
      slots.push({
        name,
        type,
        kind: 'dkim',
        template: value,
        why: { code: 'plan/slot-key-begins', values: { stream, domain }, see: 'RFC 9989 §8' },
        from,
      });
    }
  }
  return {
    ...(publish.length + retire.length === 0 ? {} : { dkim: { publish, retire } }),
    slots,
    notes,
  };
}

function slotAt(name: string, template: string, code: string, values: Record<string, string | number>): Slot {
  return {
    name,
    type: 'TXT',
    kind: 'dkim',
    template,
    why: { code, values, see: code === 'plan/slot-key-missing' ? 'RFC 6376 §6.1.2' : 'RFC 8301 §3.2' },
    // The private half never leaves who signs: the public half comes from there.
    from: { code: 'plan/from-stream', values: { stream: values['stream'] ?? '' } },
  };
}

function streamNames(key: KeySeen | undefined, streams: readonly MailStream[]): string {
  const names = [...(key?.streams ?? [])].flatMap((at) => streams[at]?.name ?? []);
  return names.slice(0, 2).join(', ') + (names.length > 2 ? ` +${names.length - 2}` : '');
}

/** Since when nothing is signed with a key that is published, where that is long enough to ask whether it is still wanted. */
function quietOf(
  { asOf, firstDay, kept, streams, seen }: KeyCase,
  selector: string,
  key: KeySeen | undefined,
): Day | undefined {
  const since = kept.get(selector);
  // A key that somebody has just put there waits for its first signature; of mail that nobody reports nothing is known.
  if (since === undefined || firstDay === undefined) return undefined;
  const last = key?.lastPass ?? -Infinity;
  if (last === -Infinity) {
    const quiet = Math.max(since, firstDay);
    return asOf - quiet >= idle ? quiet : undefined;
  }
  if (asOf - last >= idle) return last;
  if (asOf - last < replaced || key === undefined || key.streams.size === 0) return undefined;
  // Its streams go on, and sign with another key of the domain.
  const others = [...seen].filter(([other]) => other !== selector).map(([, each]) => each);
  const isReplaced = [...key.streams].every(
    (stream) =>
      (streams[stream]?.last ?? -Infinity) > last + 7 &&
      others.some(
        (other) => other.streams.has(stream) && asOf - other.wantedPass <= replaced && other.wantedPass > last,
      ),
  );
  return isReplaced ? last : undefined;
}

async function answerOf(name: string, resolver: Resolver): Promise<Answer<'TXT'> | undefined> {
  try {
    return await resolver(name, 'TXT');
  } catch (error) {
    if (error instanceof ResolverError) return undefined;
    throw error;
  }
}

function isRevokedKey(text: string): boolean {
  const reading = parseKeyRecord(text);
  return reading.ok && reading.value.publicKey === undefined;
}

/** A key record without `y` in its `t=` (RFC 6376 §3.6.1), and everything else as it was. */
export function withoutTesting(text: string): string {
  const parts = text.split(';').flatMap((part) => {
    const [, value] = /^\s*t\s*=(.*)$/s.exec(part) ?? [];
    if (value === undefined) return [part];
    const flags = value
      .split(':')
      .map((flag) => flag.trim())
      .filter((flag) => flag !== 'y' && flag !== '');
    return flags.length === 0 ? [] : [` t=${flags.join(':')}`];
  });
  return parts.join(';').trim();
}
