import { kinds } from './schema.ts';
import { addressOf, nameOf, senderOf, wordCode } from './values.ts';
import type { Meaning } from './values.ts';
import { repairBit } from './repairs.ts';
import { cook, trim } from './text.ts';
import type { Charset } from './text.ts';

// The texts of rows, each kept once: an open-addressed table from the bytes as they stand in the report to what they mean, so
// that a text is decoded, checked and made canonical the first time it is seen and never again. A report of a million rows
// says a few thousand different things.

/** Texts in the form they are compared in carry this bit in their kind when that form is not how a report would write them. */
const canonicalKind = 64;
/** So many steps from its place a text is never found by chance: somebody made texts that collide. */
export const mostProbes = 2_048;

/** Mixes one 32-bit word into a hash; the scan does the same with the bytes it reads. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash = (hash << 15) | (hash >>> 17);
  }
  for (; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash;
}

export class Interner {
  /** Texts were chosen so that the table degenerates: what goes on with it costs more and more, so the report is refused. */
  degenerate = false;
  /** Entries in use; 0 is none. */
  size = 1;
  private slots: Int32Array<ArrayBuffer>;
  private hashes: Int32Array<ArrayBuffer>;
  private starts: Int32Array<ArrayBuffer>;
  private lengths: Int32Array<ArrayBuffer>;
  private kindsOf: Int32Array<ArrayBuffer>;
  /** What a text means: the code of a word, or the entry of the canonical text (0: not said). */
  meanings: Int32Array<ArrayBuffer>;
  /** Tolerances that reading the text took, as bits. */
  flags: Int32Array<ArrayBuffer>;
  /** The number a canonical text has in the public dictionary of its kind; 0 when it has none yet. */
  numbers: Int32Array<ArrayBuffer>;
  private bytes: Uint8Array<ArrayBuffer>;
  private view: DataView<ArrayBuffer>;
  private used = 0;

  /** @param capacity a power of two: entries there is room for at first */
  constructor(capacity = 2_048) {
    this.slots = new Int32Array(capacity * 2);
    this.hashes = new Int32Array(capacity);
    this.starts = new Int32Array(capacity);
    this.lengths = new Int32Array(capacity);
    this.kindsOf = new Int32Array(capacity);
    this.meanings = new Int32Array(capacity);
    this.flags = new Int32Array(capacity);
    this.numbers = new Int32Array(capacity);
    this.bytes = new Uint8Array(capacity * 32);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Entries there is room for. */
  get capacity(): number {
    return this.hashes.length;
  }

  /** Bytes of text held. */
  get held(): number {
    return this.used;
  }

  /**
   * The entry of a text as it stands in a report.
   * @param hash of the bytes, as `hashBytes` has it
   */
  find(
    kind: number,
    from: Charset,
    bytes: Uint8Array,
    view: DataView,
    start: number,
    end: number,
    hash: number,
  ): number {
    const key = kind | (from.id << 8);
    const entry = this.lookup(key, bytes, view, start, end, hash);
    if (entry !== 0) return entry;
    return this.learn(kind, key, from, bytes, start, end, hash);
  }

  private lookup(key: number, bytes: Uint8Array, view: DataView, start: number, end: number, hash: number): number {
    const mask = this.slots.length - 1;
    const length = end - start;
    let slot = spread(hash, key, length) & mask;
    for (let probes = 0; ; probes++) {
      const entry = this.slots[slot]!;
      if (entry === 0) return 0;
      if (
        this.hashes[entry] === hash &&
        this.lengths[entry] === length &&
        this.kindsOf[entry] === key &&
        this.same(this.starts[entry]!, bytes, view, start, end)
      ) {
        return entry;
      }
      if (probes > mostProbes) {
        this.degenerate = true;
        return 0;
      }
      slot = (slot + 1) & mask;
    }
  }

  private same(held: number, bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    const mine = this.view;
    let at = start;
    let my = held;
    for (; at + 4 <= end; at += 4, my += 4) if (mine.getInt32(my, true) !== view.getInt32(at, true)) return false;
    for (; at < end; at++, my++) if (this.bytes[my] !== bytes[at]) return false;
    return true;
  }

  private add(key: number, bytes: Uint8Array, start: number, end: number, hash: number): number {
    const length = end - start;
    if (this.used + length > this.bytes.length) this.growBytes(length);
    const held = this.bytes;
    const at = this.used;
    if (length > 48) held.set(bytes.subarray(start, end), at);
    else for (let i = 0; i < length; i++) held[at + i] = bytes[start + i]!;
    this.used += length;
    return this.addHeld(key, at, length, hash);
  }

  /** An entry whose bytes are held already. */
  private addHeld(key: number, start: number, length: number, hash: number): number {
    if (this.size === this.hashes.length) this.growEntries();
    if (this.size * 2 > this.slots.length) this.growSlots();
    const entry = this.size++;
    this.hashes[entry] = hash;
    this.starts[entry] = start;
    this.lengths[entry] = length;
    this.kindsOf[entry] = key;
    this.place(entry);
    return entry;
  }

  private place(entry: number): void {
    const mask = this.slots.length - 1;
    let slot = spread(this.hashes[entry]!, this.kindsOf[entry]!, this.lengths[entry]!) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = entry;
  }

  /** A text seen for the first time. */
  private learn(
    kind: number,
    key: number,
    from: Charset,
    bytes: Uint8Array,
    start: number,
    end: number,
    hash: number,
  ): number {
    if (from.id === 0 && isPlain(kind, bytes, start, end)) {
      const entry = this.add(key, bytes, start, end, hash);
      this.meanings[entry] = entry;
      return entry;
    }
    if (from.id === 0 && kind === kinds.sender && isPlainName(bytes, start, end)) {
      const name = this.findName(bytes, start, end, hash);
      const entry = this.addHeld(key, this.starts[name]!, end - start, hash);
      this.meanings[entry] = name;
      return entry;
    }
    const cooked = cook(bytes, start, end, from);
    const text = trim(cooked.text);
    const { meaning, flags } = this.mean(kind, text, cooked.flags);
    const entry = this.add(key, bytes, start, end, hash);
    this.meanings[entry] = meaning;
    this.flags[entry] = flags | cooked.flags | (text.length === cooked.text.length ? 0 : repairBit('white-space'));
    return entry;
  }

  /** The entry of a name whose bytes are its canonical text. */
  private findName(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const known = this.lookup(kinds.name, bytes, view, start, end, hash);
    if (known !== 0) return known;
    const entry = this.add(kinds.name, bytes, start, end, hash);
    this.meanings[entry] = entry;
    return entry;
  }

  /**
   * What a decoded and trimmed text of a kind means.
   * @param cookedFlags tolerances that decoding it took: a name whose charset was guessed is kept as a text, not taken for a domain
   */
  mean(kind: number, text: string, cookedFlags = 0): { readonly meaning: number; readonly flags: number } {
    let meant: Meaning;
    const guessed = (cookedFlags & repairBit('bad-utf8')) !== 0;
    if (guessed && (kind === kinds.name || kind === kinds.sender)) meant = { text, flags: repairBit('bad-name') };
    else if (kind === kinds.address) meant = addressOf(text);
    else if (kind === kinds.name) meant = nameOf(text);
    else if (kind === kinds.sender) meant = senderOf(text);
    else if (kind === kinds.text) meant = { text: text === '' ? undefined : text, flags: 0 };
    else {
      const { code, flags } = wordCode(kind, text);
      return { meaning: code, flags };
    }
    return { meaning: meant.text === undefined ? 0 : this.canonical(kind, meant.text), flags: meant.flags };
  }

  /** The entry of a canonical text. Names and senders share theirs. */
  private canonical(kind: number, text: string): number {
    const shared = kind === kinds.sender ? kinds.name : kind;
    const bytes = encoder.encode(text);
    const key = isPlain(shared, bytes, 0, bytes.length) ? shared : shared | canonicalKind;
    const hash = hashBytes(bytes, 0, bytes.length);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const known = this.lookup(key, bytes, view, 0, bytes.length, hash);
    if (known !== 0) return known;
    const entry = this.add(key, bytes, 0, bytes.length, hash);
    this.meanings[entry] = entry;
    return entry;
  }

  /** The text of a canonical entry. */
  text(entry: number): string {
    const start = this.starts[entry]!;
    return textDecoder.decode(this.bytes.subarray(start, start + this.lengths[entry]!));
  }

  private growEntries(): void {
    const size = this.hashes.length * 2;
    this.hashes = grown(this.hashes, size);
    this.starts = grown(this.starts, size);
    this.lengths = grown(this.lengths, size);
    this.kindsOf = grown(this.kindsOf, size);
    this.meanings = grown(this.meanings, size);
    this.flags = grown(this.flags, size);
    this.numbers = grown(this.numbers, size);
  }

  private growSlots(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    for (let entry = 1; entry < this.size; entry++) this.place(entry);
  }

  private growBytes(more: number): void {
    const bytes = new Uint8Array(Math.max(this.bytes.length * 2, this.used + more));
    bytes.set(this.bytes.subarray(0, this.used));
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }
}

const encoder = new TextEncoder();
const textDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

function spread(hash: number, key: number, length: number): number {
  let mixed = hash ^ Math.imul(key, 0x85ebca6b) ^ length;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  return mixed ^ (mixed >>> 15);
}

function grown(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size);
  larger.set(array);
  return larger;
}

const [dot, hyphen, zero, nine, a, z] = [46, 45, 48, 57, 97, 122];

/** Whether bytes are already the canonical text of their kind: what nearly all are. Says no when in doubt. */
function isPlain(kind: number, bytes: Uint8Array, start: number, end: number): boolean {
  if (kind === kinds.name) return isPlainName(bytes, start, end);
  if (kind === kinds.address) return isPlainIpv4(bytes, start, end);
  if (kind !== kinds.text || end === start) return false;
  // Printable ASCII without white space at the ends, `&` and `]`.
  if (bytes[start] === 32 || bytes[end - 1] === 32) return false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte < 32 || byte > 126 || byte === 38 || byte === 93 || byte === 60) return false;
  }
  return true;
}

function isPlainName(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 253 || end === start) return false;
  let label = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === dot) {
      if (label === 0) return false;
      label = 0;
      continue;
    }
    const letter = byte >= a && byte <= z;
    if (!letter && (byte < zero || byte > nine) && byte !== hyphen && byte !== 95) return false;
    // `xn--`: an A-label, which may be no good.
    if (byte === hyphen && at > start && bytes[at - 1] === hyphen) return false;
    if (++label > 63) return false;
  }
  return label > 0;
}

function isPlainIpv4(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 15) return false;
  let parts = 1;
  let value = -1;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === dot) {
      if (value < 0) return false;
      parts++;
      value = -1;
    } else if (byte >= zero && byte <= nine) {
      if (value === 0) return false;
      value = value < 0 ? byte - zero : value * 10 + byte - zero;
      if (value > 255) return false;
    } else return false;
  }
  return parts === 4 && value >= 0;
}
