// Attribution finds clusters of set-ups anew every day; a person has decided on streams. Here each cluster finds the stream it
// was yesterday: by the keys of its set-ups, so that addresses may come and go, and a key may appear or fall silent.
import { mergedTarget } from './model.ts';
import type { StreamIdentity } from './model.ts';

/** What attribution found to be one stream: the keys of its set-ups with their messages. */
export interface Cluster {
  readonly keys: readonly (readonly [key: string, messages: number])[];
  /** What its id may begin with: a sender, a domain. */
  readonly label?: string;
}

/**
 * Gives every cluster the identity that it shares the most messages with, the greatest overlaps first, each identity once. A cluster
 * that is left takes the identity its keys had before they were put together with another's, else a new id. The order of clusters
 * and of known identities does not matter.
 *
 * @param known every identity that was ever given, those merged into others too: they still recognise their own clusters, which
 *   then have the id they were merged into. So two clusters may have one id: then they are one stream, because a person said so
 * @param isTaken whether an id is used besides
 * @returns the ids, in the order of `clusters`
 */
export function assignIdentities(
  clusters: readonly Cluster[],
  known: readonly Pick<StreamIdentity, 'id' | 'keys' | 'lostKeys' | 'mergedInto' | 'pin'>[],
  isTaken: (id: string) => boolean = () => false,
): string[] {
  const byId = new Map(known.map((each) => [each.id, each]));
  const given = new Set<string>();
  const answer: (string | undefined)[] = Array.from(clusters, () => undefined);
  // Streams made of a part of another's addresses or author domains own no keys, and are given by their pins.
  const recognised = known.filter(({ pin }) => pin === null || ownsKeys(pin));
  for (const keysOf of [({ keys }: Recognised) => keys, ({ lostKeys }: Recognised) => lostKeys]) {
    const owner = new Map(recognised.flatMap((each) => keysOf(each).map((key) => [key, each.id])));
    const pairs: { readonly cluster: number; readonly id: string; readonly messages: number }[] = [];
    for (const [cluster, { keys }] of clusters.entries()) {
      if (answer[cluster] !== undefined) continue;
      const shared = new Map<string, number>();
      for (const [key, messages] of keys) {
        const id = owner.get(key);
        if (id !== undefined) shared.set(id, (shared.get(id) ?? 0) + messages);
      }
      for (const [id, messages] of shared) pairs.push({ cluster, id, messages });
    }
    const order = new Map<number, string>();
    const orderOf = (cluster: number): string => {
      let text = order.get(cluster);
      if (text === undefined) order.set(cluster, (text = canonical(clusters[cluster]!)));
      return text;
    };
    pairs.sort(
      (one, other) =>
        other.messages - one.messages ||
        compareTexts(one.id, other.id) ||
        compareTexts(orderOf(one.cluster), orderOf(other.cluster)),
    );
    for (const { cluster, id } of pairs) {
      if (answer[cluster] !== undefined || given.has(id)) continue;
      answer[cluster] = id;
      given.add(id);
    }
  }
  const fresh = clusters
    .flatMap((cluster, at) => (answer[at] === undefined ? [{ at, cluster, order: canonical(cluster) }] : []))
    .sort((one, other) => compareTexts(one.order, other.order));
  for (const { at, cluster } of fresh) {
    const id = newStreamId(cluster, (each) => given.has(each) || byId.has(each) || isTaken(each));
    given.add(id);
    answer[at] = id;
  }
  return answer.map((id) => mergedTarget(id!, byId));
}

type Recognised = Pick<StreamIdentity, 'id' | 'keys' | 'lostKeys'>;

/** Whether a stream split off is told by its keys alone. */
export function ownsKeys({ sources, authorDomains }: NonNullable<StreamIdentity['pin']>): boolean {
  return sources.length === 0 && authorDomains.length === 0;
}

/** Of the words that an id begins with: letters at most. */
const longestWord = 18;

/** An id for a cluster that has none: what it is called, and a few characters of its heaviest key; the same for the same cluster. */
export function newStreamId(cluster: Cluster, isTaken: (id: string) => boolean): string {
  const key = heaviestKey(cluster);
  const words = (cluster.label ?? key)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const word = shortWord(words) || 'stream';
  for (let attempt = 0; ; attempt++) {
    // A few more characters on every collision; past seven, other ones.
    const id = `${word}-${shortHash(attempt < 4 ? key : `${key} ${attempt}`).slice(0, Math.min(4 + attempt, 7))}`;
    if (!isTaken(id)) return id;
  }
}

/** Short enough to type: whole words of it, of a long first word its beginning. */
function shortWord(words: string): string {
  if (words.length <= longestWord) return words;
  const head = words.slice(0, longestWord + 1);
  const end = head.lastIndexOf('-');
  return head.slice(0, end > 3 ? end : longestWord).replace(/-+$/, '');
}

function heaviestKey({ keys }: Cluster): string {
  let heaviest: readonly [string, number] = ['', -1];
  for (const each of keys) {
    if (each[1] > heaviest[1] || (each[1] === heaviest[1] && each[0] < heaviest[0])) heaviest = each;
  }
  return heaviest[0];
}

/** The same text for the same cluster, whatever the order of its keys; of two clusters that differ, different ones. */
function canonical(cluster: Cluster): string {
  const keys = cluster.keys.map(([key, messages]) => `${key}\u0000${messages}`).sort();
  return [heaviestKey(cluster), ...keys, cluster.label ?? ''].join('\u0001');
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Digits and letters that are not taken for one another when read aloud or typed. */
const alphabet = '23456789abcdefghjkmnpqrstvwxyz';

/** Seven characters of a text: FNV-1a of 32 bits over its UTF-16 units, stirred once more. For names, not for secrets. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  let rest = (hash ^ (hash >>> 16)) >>> 0;
  let word = '';
  for (let at = 0; at < 7; at++) {
    word += alphabet[rest % alphabet.length]!;
    rest = Math.floor(rest / alphabet.length);
  }
  return word;
}
