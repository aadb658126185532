import { createHash, hash } from 'node:crypto';
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
    // One monstrous header is not to be paid for ever after.
    if (this.#bytes.length > 1 << 20) this.#bytes = Buffer.allocUnsafe(8192);
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

const outputSize = 32_768;
/** Buffers that hashers have done with: making one costs more than hashing a small body. */
const spare: Buffer[] = [];
const mostSpare = 8;

/** Canonicalizes and hashes a body that comes in pieces (RFC 6376 §3.4.3, §3.4.4, §3.7). Memory does not grow with the body. */
export class BodyHasher {
  readonly #relaxed: boolean;
  readonly #algorithm: BodyNeed['hash'];
  /** Made when the canonical body outgrows the gathering buffer; most do not. */
  #hash: Hash | undefined;
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
    this.#algorithm = need.hash;
    this.#remaining = need.length ?? Number.POSITIVE_INFINITY;
  }

  update(piece: Uint8Array): void {
    if (piece.length === 0) return;
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    let at = 0;
    if (this.#cr) {
      this.#cr = false;
      if (bytes[0] === LF) {
        this.#lineBreak();
        at = 1;
      } else this.#write(carriageReturn, 0, 1);
    }
    if (this.#relaxed) this.#reduce(bytes, at);
    else this.#pass(bytes, at);
  }

  /**
   * Relaxed. `from` begins a run that is canonical as it stands; the loop runs on while what it meets is text, single spaces
   * between words, and line breaks between texts, which is nearly always.
   */
  #reduce(bytes: Buffer, start: number): void {
    const end = bytes.length;
    const words = wordsOf(bytes);
    const phase = -bytes.byteOffset & 3;
    let at = start;
    let from = start;
    let before = 0;
    while (at < end) {
      if (before > SP && (at & 3) === phase) {
        const next = plainWords(words, (at - phase) >> 2) * 4 + phase;
        if (next > at) {
          at = next;
          before = bytes[at - 1]!;
          continue;
        }
      }
      const byte = bytes[at]!;
      if (byte > SP || (byte === SP && before > SP)) {
        before = byte;
        at++;
        continue;
      }
      const next = at + 1 < end ? bytes[at + 1]! : 0;
      if (byte === CR) {
        if (next === LF) {
          if (before > SP && at + 2 < end && bytes[at + 2]! > SP) {
            before = SP + 1;
            at += 3;
            continue;
          }
          this.#run(bytes, from, at);
          this.#lineBreak();
          at += 2;
        } else if (at + 1 === end) {
          this.#run(bytes, from, at);
          this.#cr = true;
          at++;
        } else {
          // A carriage return alone is a byte like others.
          before = SP + 1;
          at++;
          continue;
        }
      } else if (byte === LF) {
        this.#run(bytes, from, at);
        this.#lineBreak();
        at++;
      } else if (byte === SP || byte === HT) {
        this.#run(bytes, from, at);
        this.#blank = true;
        at++;
      } else {
        before = SP + 1;
        at++;
        continue;
      }
      before = 0;
      from = at;
    }
    this.#run(bytes, from, end);
  }

  /** Writes a run, but for a space at its end: it is held back, since white space that ends a line is dropped. */
  #run(bytes: Buffer, from: number, to: number): void {
    if (to <= from) return;
    const blank = bytes[to - 1] === SP;
    if (blank) this.#write(bytes, from, to - 1);
    else this.#write(bytes, from, to);
    this.#blank = blank;
  }

  /** Simple: only line breaks are looked at. */
  #pass(bytes: Buffer, start: number): void {
    const end = bytes.length;
    let at = start;
    let from = start;
    for (;;) {
      while (at < end && (bytes[at]! > CR || (bytes[at] !== CR && bytes[at] !== LF))) at++;
      if (at >= end) break;
      if (bytes[at] === CR) {
        const next = at + 1 < end ? bytes[at + 1]! : 0;
        if (next === LF) {
          if (at > from && at + 2 < end && bytes[at + 2]! > CR) {
            at += 3;
            continue;
          }
        } else if (at + 1 < end) {
          at++;
          continue;
        }
        if (at > from) this.#write(bytes, from, at);
        if (next === LF) this.#lineBreak();
        else this.#cr = true;
        at += next === LF ? 2 : 1;
      } else {
        if (at > from) this.#write(bytes, from, at);
        this.#lineBreak();
        at++;
      }
      from = at;
    }
    if (end > from) this.#write(bytes, from, end);
  }

  /** Ends the body. The hasher is of no use afterwards. */
  digest(): BodyDigest {
    if (this.#cr) this.#write(carriageReturn, 0, 1);
    // Simple: always exactly one line break at the end, even of an empty body. Relaxed: one if there is anything at all.
    this.#breaks = 0;
    if (!this.#relaxed || this.#length > 0) this.#emit(lineBreak, 0, 2);
    const rest = this.#output?.subarray(0, this.#used) ?? Buffer.alloc(0);
    const digest = this.#hash === undefined ? hash(this.#algorithm, rest, 'buffer') : this.#hash.update(rest).digest();
    if (this.#output !== undefined && spare.length < mostSpare) spare.push(this.#output);
    this.#output = undefined;
    return { digest, canonicalLength: this.#length };
  }

  #lineBreak(): void {
    this.#breaks++;
    this.#blank = false;
  }

  /** Content: what was held back before it is part of the body after all. */
  #write(bytes: Buffer, from: number, to: number): void {
    if (this.#breaks === 1 && !this.#blank) {
      // By far the most frequent: the next line.
      this.#breaks = 0;
      this.#emit(lineBreak, 0, 2);
    } else if (this.#breaks > 0 || this.#blank) {
      for (; this.#breaks > 0; this.#breaks--) this.#emit(lineBreak, 0, 2);
      if (this.#blank) {
        this.#emit(space, 0, 1);
        this.#blank = false;
      }
    }
    this.#emit(bytes, from, to);
  }

  #emit(bytes: Buffer, from: number, to: number): void {
    this.#length += to - from;
    if (this.#remaining <= 0) return;
    const end = Math.min(to, from + this.#remaining);
    this.#remaining -= end - from;
    if (end - from > outputSize - this.#used) {
      this.#flush();
      if (end - from > outputSize / 2) {
        this.#hash!.update(bytes.subarray(from, end));
        return;
      }
    }
    this.#output ??= spare.pop() ?? Buffer.allocUnsafe(outputSize);
    const output = this.#output;
    let used = this.#used;
    if (end - from > 32) used += bytes.copy(output, used, from, end);
    else for (let at = from; at < end; at++) output[used++] = bytes[at]!;
    this.#used = used;
  }

  #flush(): void {
    this.#hash ??= createHash(this.#algorithm);
    if (this.#used > 0) this.#hash.update(this.#output!.subarray(0, this.#used));
    this.#used = 0;
  }
}

/** The bytes as words of four, from the first that is aligned; none on a machine that stores the high byte first. */
function wordsOf(bytes: Buffer): Int32Array {
  const phase = -bytes.byteOffset & 3;
  if (!lowByteFirst || bytes.length < phase + 4) return noWords;
  return new Int32Array(bytes.buffer, bytes.byteOffset + phase, (bytes.length - phase) >> 2);
}

const lowByteFirst = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
const noWords = new Int32Array(0);
const high = 0x8080_8080 | 0;

/**
 * How far words go on in which no byte is below a space, and no two spaces stand side by side; the byte before the first is no
 * space. Four bytes are looked at together: a byte's high bit in `(word - n * 0x01010101) & ~word` is set where the byte is
 * below n. A borrow can set one too many, which only sends those four bytes to the slow road.
 */
function plainWords(words: Int32Array, from: number): number {
  let at = from;
  let spaceBefore = 0;
  for (; at < words.length; at++) {
    const word = words[at]!;
    if (((word - 0x2020_2020) & ~word & high) !== 0) break;
    const spaces = (word - 0x2121_2121) & ~word & high;
    if ((spaces & ((spaces << 8) | spaceBefore)) !== 0) break;
    spaceBefore = spaces >>> 24;
  }
  return at;
}

const carriageReturn = Buffer.of(CR);
const lineBreak = Buffer.of(CR, LF);
const space = Buffer.of(SP);

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
