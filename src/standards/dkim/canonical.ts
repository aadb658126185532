import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { HeaderField, Message } from '../mail/index.ts';
import type { Canonicalization } from './signature.ts';

// Canonicalization (RFC 6376 §3.4), on bytes. A line ends with CRLF or with LF alone, and is hashed with CRLF either way: files
// keep LF where the wire had CRLF (§5.3 asks for network form). A carriage return that ends no line is a byte like others.

const HT = 9;
const LF = 10;
const CR = 13;
const SP = 32;

/** The canonical header fields one after the other, ready to be hashed. Grows; meant to be used again. */
export class HeaderText {
  #bytes = Buffer.allocUnsafe(8192);
  #length = 0;

  /** What was written since the last `clear`. Valid until the next write. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  /**
   * One header field of a message, without the line break at its end.
   *
   * @param leaveOut The part of the value, as offsets into it, that is treated as empty: that of `b=` (§3.7).
   */
  add(message: Message, field: HeaderField, form: Canonicalization, leaveOut?: { start: number; end: number }): void {
    const from = field.colon + 1;
    const skipFrom = leaveOut === undefined ? field.end : from + leaveOut.start;
    const skipTo = leaveOut === undefined ? field.end : from + leaveOut.end;
    this.#room(field.end - field.start + 64);
    if (form === 'relaxed') {
      // The name in lower case, no white space around the colon (§3.4.2).
      this.#length += this.#bytes.write(field.name, this.#length, 'latin1');
      this.#bytes[this.#length++] = 58;
      const start = this.#length;
      this.#relaxed(message.bytes, from, skipFrom, start);
      this.#relaxed(message.bytes, skipTo, field.end, start);
      while (this.#length > start && this.#bytes[this.#length - 1] === SP) this.#length--;
    } else {
      this.#simple(message.bytes, field.start, skipFrom);
      this.#simple(message.bytes, skipTo, field.end);
    }
  }

  /** Ends a field: every field but the last, which is the signature itself, is hashed with its line break. */
  lineBreak(): void {
    this.#room(2);
    this.#bytes[this.#length++] = CR;
    this.#bytes[this.#length++] = LF;
  }

  #relaxed(source: Buffer, from: number, to: number, start: number): void {
    const target = this.#bytes;
    let length = this.#length;
    for (let at = from; at < to; at++) {
      const byte = source[at]!;
      if (byte === SP || byte === HT) {
        if (length > start && target[length - 1] !== SP) target[length++] = SP;
      } else if (byte === LF || (byte === CR && source[at + 1] === LF)) continue;
      else target[length++] = byte;
    }
    this.#length = length;
  }

  #simple(source: Buffer, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const byte = source[at]!;
      if (byte === LF && source[at - 1] !== CR) {
        this.#room(to - at + 2);
        this.#bytes[this.#length++] = CR;
      }
      this.#bytes[this.#length++] = byte;
    }
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + more));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

/** What a body hash depends on; equal needs share one hasher. */
export interface BodyNeed {
  readonly form: Canonicalization;
  readonly hash: 'sha256';
  /** `l=`: only that many bytes of the canonical body are hashed. */
  readonly length?: number;
}

/** The hash of a body, and what was seen on the way. */
export interface BodyDigest {
  readonly digest: Buffer;
  /** Bytes of the canonical body, all of it. */
  readonly canonicalLength: number;
}

const outputSize = 16_384;

/** Canonicalizes and hashes a body that comes in pieces (RFC 6376 §3.4.3, §3.4.4, §3.7). Memory does not grow with the body. */
export class BodyHasher {
  readonly #relaxed: boolean;
  readonly #hash: Hash;
  #remaining: number;
  #length = 0;
  /** Line breaks seen and not yet written: at the end of the body they are dropped. */
  #breaks = 0;
  /** Relaxed: white space seen and not yet written. */
  #blank = false;
  /** A carriage return at the end of a piece, which may be half a line break. */
  #cr = false;
  /** Small pieces are gathered here, so that a body of one-byte edits costs few calls. */
  #output: Buffer | undefined;
  #used = 0;

  constructor(need: BodyNeed) {
    this.#relaxed = need.form === 'relaxed';
    this.#hash = createHash(need.hash);
    this.#remaining = need.length ?? Number.POSITIVE_INFINITY;
  }

  update(bytes: Uint8Array): void {
    let at = 0;
    const end = bytes.length;
    if (end === 0) return;
    if (this.#cr) {
      this.#cr = false;
      if (bytes[0] === LF) {
        this.#lineBreak();
        at = 1;
      } else this.#write(carriageReturn, 0, 1);
    }
    // `from` begins a run that stands in the canonical body as it stands here.
    let from = at;
    const relaxed = this.#relaxed;
    while (at < end) {
      const byte = bytes[at]!;
      if (byte > SP || (byte !== CR && byte !== LF && !(relaxed && (byte === SP || byte === HT)))) {
        at++;
        continue;
      }
      const next = bytes[at + 1];
      if (byte === SP) {
        // A single space between two words stays, unless white space before it is still held back.
        if (next !== undefined && next > SP && (at > from || !this.#blank)) {
          at += 2;
          continue;
        }
        if (at > from) this.#write(bytes, from, at);
        this.#blank = true;
        from = ++at;
      } else if (byte === HT) {
        if (at > from) this.#write(bytes, from, at);
        this.#blank = true;
        from = ++at;
      } else if (byte === CR) {
        if (next === LF) {
          const after = bytes[at + 2];
          if (after !== undefined && after > SP) {
            at += 3;
            continue;
          }
          if (at > from) this.#write(bytes, from, at);
          this.#lineBreak();
          at += 2;
          from = at;
        } else if (next === undefined) {
          if (at > from) this.#write(bytes, from, at);
          this.#cr = true;
          from = ++at;
        } else at++;
      } else {
        // A line feed alone.
        if (at > from) this.#write(bytes, from, at);
        this.#lineBreak();
        from = ++at;
      }
    }
    if (end > from) this.#write(bytes, from, end);
  }

  /** Ends the body. The hasher is of no use afterwards. */
  digest(): BodyDigest {
    if (this.#cr) this.#write(carriageReturn, 0, 1);
    // Simple: always exactly one line break at the end, even of an empty body. Relaxed: one if there is anything at all.
    this.#breaks = 0;
    if (!this.#relaxed || this.#length > 0) this.#emit(lineBreak, 0, 2);
    this.#flush();
    return { digest: this.#hash.digest(), canonicalLength: this.#length };
  }

  #lineBreak(): void {
    this.#breaks++;
    this.#blank = false;
  }

  /** Content: what was held back before it is part of the body after all. */
  #write(bytes: Uint8Array, from: number, to: number): void {
    for (; this.#breaks > 0; this.#breaks--) this.#emit(lineBreak, 0, 2);
    if (this.#blank) {
      this.#emit(space, 0, 1);
      this.#blank = false;
    }
    this.#emit(bytes, from, to);
  }

  #emit(bytes: Uint8Array, from: number, to: number): void {
    this.#length += to - from;
    if (this.#remaining <= 0) return;
    const end = Math.min(to, from + this.#remaining);
    this.#remaining -= end - from;
    if (end - from >= 1024) {
      this.#flush();
      this.#hash.update(bytes.subarray(from, end));
      return;
    }
    this.#output ??= Buffer.allocUnsafe(outputSize);
    if (this.#used + end - from > outputSize) this.#flush();
    const output = this.#output;
    let used = this.#used;
    if (end - from > 48) {
      output.set(bytes.subarray(from, end), used);
      used += end - from;
    } else for (let at = from; at < end; at++) output[used++] = bytes[at]!;
    this.#used = used;
  }

  #flush(): void {
    if (this.#used === 0) return;
    this.#hash.update(this.#output!.subarray(0, this.#used));
    this.#used = 0;
  }
}

const carriageReturn = Uint8Array.of(CR);
const lineBreak = Uint8Array.of(CR, LF);
const space = Uint8Array.of(SP);

/** The body hashes that some signatures need, computed together in one pass over the body, however it arrives. */
export class BodyHashes {
  readonly #hashers = new Map<string, BodyHasher>();
  readonly #digests = new Map<string, BodyDigest>();

  /** Asks for a hash; to be called before the body comes. Equal needs cost once. */
  need(need: BodyNeed): string {
    const key = `${need.form} ${need.hash} ${need.length ?? ''}`;
    if (!this.#hashers.has(key)) this.#hashers.set(key, new BodyHasher(need));
    return key;
  }

  update(bytes: Uint8Array): void {
    for (const hasher of this.#hashers.values()) hasher.update(bytes);
  }

  /** The hash asked for as `key`, once the whole body has come. */
  digest(key: string): BodyDigest {
    const known = this.#digests.get(key);
    if (known !== undefined) return known;
    const digest = this.#hashers.get(key)!.digest();
    this.#digests.set(key, digest);
    return digest;
  }
}
