import { formatAddress } from '../../standards/dns/index.ts';
import { assertNever } from '../../standards/problem.ts';
import type { RecordData, RecordType } from '../../standards/dns/index.ts';

/** The numbers of the record types that are asked for (IANA). */
export const typeNumbers: Readonly<Record<RecordType, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  DS: 43,
  DNSKEY: 48,
  TLSA: 52,
};
const typeNames = new Map(Object.entries(typeNumbers).map(([name, number]) => [number, name as RecordType]));

/** A message that is not one: shorter than it says, or a name without end. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/** A record of an answer. Types nobody asks for are left out when a message is read. */
interface WireRecord {
  readonly name: string;
  readonly type: RecordType;
  readonly ttl: number;
  readonly data: RecordData[RecordType];
}

/** What matters of a response (RFC 1035 §4.1). */
export interface WireMessage {
  readonly id: number;
  readonly isResponse: boolean;
  readonly opcode: number;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly recursionAvailable: boolean;
  /** The AD bit (RFC 4035 §3.2.3). */
  readonly authenticated: boolean;
  /** With the upper bits of EDNS, when there are any (RFC 6891 §6.1.3). */
  readonly responseCode: number;
  /** Absent when there is none, or more than one. */
  readonly question?: { readonly name: string; readonly type: number; readonly class: number };
  readonly answers: readonly WireRecord[];
  readonly authorities: readonly WireRecord[];
}

/** Steps back that one name may take: no honest message comes near. */
const maxPointers = 64;

/**
 * Writes a query for one question, recursion desired. With `edns`, an OPT record says how large an answer over UDP may be
 * (RFC 6891), and the AD bit asks whether the answer was validated (RFC 6840 §5.7).
 *
 * @param name lower case, dots between labels; a dot inside a label as `\046`. @throws {RangeError} when it has no wire form.
 */
export function encodeQuery(id: number, name: string, type: RecordType, edns: number | undefined): Buffer {
  // A name takes at most two bytes more than it has characters: the length of its first label, and the end.
  const message = Buffer.allocUnsafe(12 + name.length + 2 + 4 + 11);
  message.fill(0, 0, 12);
  message.writeUInt16BE(id, 0);
  message.writeUInt16BE(0x0120, 2);
  message[5] = 1;
  message[11] = edns === undefined ? 0 : 1;
  const wrong = (): RangeError => new RangeError(`no name of the DNS: ${name.slice(0, 300)}`);
  let start = 12;
  let at = 13;
  if (name !== '') {
    for (let i = 0; i <= name.length; i++) {
      const code = i === name.length ? dot : name.charCodeAt(i);
      if (code === dot) {
        const length = at - start - 1;
        if (length < 1 || length > 63) throw wrong();
        message[start] = length;
        start = at;
        at += 1;
        continue;
      }
      if (code > 255) throw wrong();
      const isDotInside = code === backslash && name.startsWith('\\046', i);
      message[at] = isDotInside ? dot : code;
      at += 1;
      if (isDotInside) i += 3;
    }
  }
  message[start] = 0;
  if (at - 12 > 255) throw wrong();
  at = message.writeUInt16BE(typeNumbers[type], at);
  at = message.writeUInt16BE(1, at);
  if (edns !== undefined) {
    message.fill(0, at, at + 11);
    message.writeUInt16BE(41, at + 1);
    message.writeUInt16BE(edns, at + 3);
    at += 11;
  }
  return message.subarray(0, at);
}

const dot = 0x2e;
const backslash = 0x5c;

/** Whether a name can be asked for: labels of 1 to 63 bytes, 255 in all (RFC 1035 §2.3.4). A dot inside a label as `\046`. */
export function hasWireForm(name: string): boolean {
  if (name === '') return true;
  let size = 1;
  let label = 0;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code > 255) return false;
    size += 1;
    if (code === dot) {
      if (label === 0) return false;
      label = 0;
      continue;
    }
    label += 1;
    if (label > 63) return false;
    if (code === backslash && name.startsWith('\\046', i)) i += 3;
  }
  return label > 0 && size + 1 <= 255;
}

/** Reads a message. Nothing in it makes this take more than a time in proportion to its length. @throws {MalformedMessage} */
export function decodeMessage(bytes: Buffer): WireMessage {
  if (bytes.length < 12) throw new MalformedMessage('shorter than a header');
  const flags = bytes.readUInt16BE(2);
  const counts = [4, 6, 8, 10].map((at) => bytes.readUInt16BE(at)) as [number, number, number, number];
  const reader = new Reader(bytes);
  let question: WireMessage['question'];
  for (let i = 0; i < counts[0]; i++) {
    const name = reader.name();
    const type = reader.word();
    question = { name, type, class: reader.word() };
  }
  let responseCode = flags & 15;
  const section = (count: number): WireRecord[] => {
    const records: WireRecord[] = [];
    for (let i = 0; i < count; i++) {
      const name = reader.name();
      const number = reader.word();
      const kind = reader.word();
      const ttl = reader.long();
      const length = reader.word();
      const end = reader.at + length;
      if (end > bytes.length) throw new MalformedMessage('a record runs off the end');
      const type = typeNames.get(number);
      if (number === 41) responseCode |= (ttl >>> 24) << 4;
      else if (type !== undefined && kind === 1) {
        // RFC 2181 §8: a TTL with the high bit set is 0.
        records.push({ name, type, ttl: ttl > 0x7fff_ffff ? 0 : ttl, data: reader.data(type, end) });
      }
      reader.at = end;
    }
    return records;
  };
  // What was cut off (RFC 2181 §9) says nothing, and may end in the middle of a record.
  const truncated = (flags & 0x0200) !== 0;
  const answers = truncated ? [] : section(counts[1]);
  const authorities = truncated ? [] : section(counts[2]);
  if (!truncated) section(counts[3]);
  return {
    id: bytes.readUInt16BE(0),
    isResponse: (flags & 0x8000) !== 0,
    opcode: (flags >>> 11) & 15,
    authoritative: (flags & 0x0400) !== 0,
    truncated,
    recursionAvailable: (flags & 0x0080) !== 0,
    authenticated: (flags & 0x0020) !== 0,
    responseCode,
    ...(question === undefined || counts[0] !== 1 ? {} : { question }),
    answers,
    authorities,
  };
}

class Reader {
  readonly #bytes: Buffer;
  /** Names read so far, by where they begin: a pointer to one costs nothing. */
  readonly #names = new Map<number, string>();
  at = 12;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  #need(count: number): void {
    if (this.at + count > this.#bytes.length) throw new MalformedMessage('ends too early');
  }

  byte(): number {
    this.#need(1);
    return this.#bytes[this.at++]!;
  }

  word(): number {
    this.#need(2);
    this.at += 2;
    return this.#bytes.readUInt16BE(this.at - 2);
  }

  long(): number {
    this.#need(4);
    this.at += 4;
    return this.#bytes.readUInt32BE(this.at - 4);
  }

  /** A name, perhaps compressed (RFC 1035 §4.1.4): pointers only lead back. */
  name(): string {
    const start = this.at;
    const labels: string[] = [];
    let length = 1;
    let pointers = 0;
    let at = start;
    let after = -1;
    for (;;) {
      const size = this.#bytes[at];
      if (size === undefined) throw new MalformedMessage('a name runs off the end');
      if (size === 0) break;
      if (size < 64) {
        if (at + 1 + size > this.#bytes.length) throw new MalformedMessage('a label runs off the end');
        length += size + 1;
        if (length > 255) throw new MalformedMessage('a name is too long');
        labels.push(labelText(this.#bytes.toString('latin1', at + 1, at + 1 + size)));
        at += size + 1;
      } else if (size >= 192) {
        const low = this.#bytes[at + 1];
        if (low === undefined) throw new MalformedMessage('a pointer runs off the end');
        if (after < 0) after = at + 2;
        const target = ((size & 63) << 8) | low;
        if (target >= at || ++pointers > maxPointers) throw new MalformedMessage('a name without end');
        const known = this.#names.get(target);
        if (known !== undefined) {
          if (known !== '') labels.push(known);
          break;
        }
        at = target;
      } else throw new MalformedMessage('a label of no known kind');
    }
    this.at = after < 0 ? at + 1 : after;
    const name = labels.join('.');
    if (name.length > 255 * 4) throw new MalformedMessage('a name is too long');
    this.#names.set(start, name);
    return name;
  }

  data(type: RecordType, end: number): RecordData[RecordType] {
    const bytes = this.#bytes;
    const whole = (value: RecordData[RecordType]): RecordData[RecordType] => {
      if (this.at !== end) throw new MalformedMessage('a record is not as long as it says');
      return value;
    };
    const rest = (): Uint8Array => {
      if (this.at > end) throw new MalformedMessage('a record is too short');
      const part = Uint8Array.from(bytes.subarray(this.at, end));
      this.at = end;
      return part;
    };
    switch (type) {
      case 'A':
        return whole(formatAddress({ family: 4, a: this.long(), b: 0, c: 0, d: 0 }));
      case 'AAAA':
        return whole(formatAddress({ family: 6, a: this.long(), b: this.long(), c: this.long(), d: this.long() }));
      case 'CNAME':
      case 'NS':
      case 'PTR':
        return whole(this.name());
      case 'MX':
        return whole({ preference: this.word(), exchange: this.name() });
      case 'SOA': {
        const [mname, rname, serial] = [this.name(), this.name(), this.long()];
        for (let i = 0; i < 3; i++) this.long();
        return whole({ mname, rname, serial, minimum: this.long() });
      }
      case 'TXT': {
        const strings: string[] = [];
        while (this.at < end) {
          const length = this.byte();
          if (this.at + length > end) throw new MalformedMessage('a string runs off its record');
          strings.push(bytes.toString('latin1', this.at, this.at + length));
          this.at += length;
        }
        return whole(strings);
      }
      case 'DS':
        return whole({ keyTag: this.word(), algorithm: this.byte(), digestType: this.byte(), digest: rest() });
      case 'DNSKEY': {
        const flags = this.word();
        this.byte();
        return whole({ flags, algorithm: this.byte(), key: rest() });
      }
      case 'TLSA':
        return whole({ usage: this.byte(), selector: this.byte(), matchingType: this.byte(), data: rest() });
      default:
        return assertNever(type);
    }
  }
}

/** A label as the rest of Zegel has it: ASCII in lower case, a dot inside it as `\046`. */
function labelText(label: string): string {
  const text = /[A-Z]/.test(label) ? label.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : label;
  return text.includes('.') ? text.replaceAll('.', '\\046') : text;
}
