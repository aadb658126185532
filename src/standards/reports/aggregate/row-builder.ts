import { Dictionaries, reasonWidth, resultWidth } from './dictionaries.ts';
import type { Limits } from './limits.ts';
import type { Extension } from './model.ts';
import { repairs } from './repairs.ts';
import type { RepairName, Repairs } from './repairs.ts';
import type { RowBatch, RowSink } from './rows.ts';
import { fields } from './schema.ts';

/** Why a report cannot be taken, found while a row is built: a code without its area, and what the sentence needs. */
export interface Objection {
  readonly code: string;
  readonly values?: Readonly<Record<string, number | string>>;
  readonly see?: string;
}

/** Builds rows into columns, and hands them over in batches. */
export class RowBuilder {
  dictionaries = new Dictionaries();
  /** Rows finished in this report. */
  rows = 0;
  messages = 0;
  objection: Objection | undefined;
  /** A `policy_test_mode` was seen, which only RFC 9990 has. */
  testMode = false;
  /** Header-from numbers seen in this report, the first few. */
  readonly headerFroms = new Set<number>();

  private readonly limits: Limits;
  private readonly repairs: Repairs;
  private readonly capacity: number;
  private sink: RowSink = { rows: () => undefined };
  private length = 0;
  private firstRow = 0;
  private readonly source: Int32Array;
  private readonly headerFrom: Int32Array;
  private readonly envelopeFrom: Int32Array;
  private readonly envelopeTo: Int32Array;
  private readonly auth: Int32Array;
  private readonly reasons: Int32Array;
  private readonly disposition: Uint8Array;
  private readonly dkim: Uint8Array;
  private readonly spf: Uint8Array;
  private readonly count: Float64Array;
  private extensions: Map<number, readonly Extension[]> | undefined;

  // The row being built.
  private dkimCount = 0;
  private spfCount = 0;
  private reasonCount = 0;
  private dkimList = new Int32Array(16 * resultWidth);
  private spfList = new Int32Array(4 * resultWidth);
  private reasonList = new Int32Array(4 * reasonWidth);
  private authList = new Int32Array(1 + 20 * resultWidth);
  private rowExtensions: Extension[] = [];
  private countSaid = false;
  private recordOffset = 0;
  private lastHeaderFrom = 0;

  constructor(limits: Limits, noted: Repairs, capacity: number) {
    this.limits = limits;
    this.repairs = noted;
    this.capacity = capacity;
    this.source = new Int32Array(capacity);
    this.headerFrom = new Int32Array(capacity);
    this.envelopeFrom = new Int32Array(capacity);
    this.envelopeTo = new Int32Array(capacity);
    this.auth = new Int32Array(capacity);
    this.reasons = new Int32Array(capacity);
    this.disposition = new Uint8Array(capacity);
    this.dkim = new Uint8Array(capacity);
    this.spf = new Uint8Array(capacity);
    this.count = new Float64Array(capacity);
  }

  /** Begins a report. Here, and between batches, the dictionaries may start anew. */
  start(sink: RowSink): void {
    this.sink = sink;
    this.rows = 0;
    this.messages = 0;
    this.objection = undefined;
    this.testMode = false;
    this.headerFroms.clear();
    this.lastHeaderFrom = 0;
    this.length = 0;
    this.firstRow = 0;
    this.extensions = undefined;
    this.rowExtensions = [];
    this.renew();
  }

  private renew(): void {
    if (!this.dictionaries.isFull(this.limits) && !this.dictionaries.degenerate) return;
    // The header-froms of this report are numbers of the old dictionaries: carry them over.
    const seen = [...this.headerFroms].map((id) => this.dictionaries.names.value(id)!);
    // What filled them will fill them again: room for half of it saves most of the growing.
    this.dictionaries = new Dictionaries(this.dictionaries.interner.capacity / 2);
    this.headerFroms.clear();
    this.lastHeaderFrom = 0;
    for (const name of seen) this.headerFroms.add(this.dictionaries.numberOfName(name));
  }

  openRecord(offset: number): void {
    const row = this.length;
    this.source[row] = 0;
    this.headerFrom[row] = 0;
    this.envelopeFrom[row] = 0;
    this.envelopeTo[row] = 0;
    this.disposition[row] = 0;
    this.dkim[row] = 0;
    this.spf[row] = 0;
    this.count[row] = 0;
    this.dkimCount = 0;
    this.spfCount = 0;
    this.reasonCount = 0;
    this.countSaid = false;
    this.recordOffset = offset;
  }

  /** The row is whole. */
  closeRecord(): void {
    const row = this.length;
    if (this.rows >= this.limits.rows) {
      this.object({ code: 'reports/too-many-rows', values: { limit: this.limits.rows } });
      return;
    }
    const header = this.headerFrom[row]!;
    if (this.source[row] === 0) this.missingSource(row);
    if (!this.countSaid) this.note('missing-count', 'row/count');
    if (header === 0) this.note('missing-header-from', 'identifiers/header_from');
    else if (header !== this.lastHeaderFrom) {
      this.lastHeaderFrom = header;
      if (this.headerFroms.size < 1_000) this.headerFroms.add(header);
    }
    this.auth[row] = this.authNumber();
    this.reasons[row] =
      this.reasonCount === 0 ? 0 : this.dictionaries.reasons.find(this.reasonList, this.reasonCount * reasonWidth);
    this.messages += this.count[row]!;
    if (this.messages > Number.MAX_SAFE_INTEGER)
      this.object({ code: 'reports/too-many-messages', see: 'RFC 9990 §3.1.1.8' });
    if (this.rowExtensions.length > 0) {
      this.extensions ??= new Map<number, readonly Extension[]>();
      this.extensions.set(row, this.rowExtensions);
      this.rowExtensions = [];
    }
    this.rows++;
    this.length++;
    if (this.length === this.capacity) this.flush();
  }

  /** Hands over what is finished. */
  flush(): void {
    if (this.length > 0) {
      const batch: RowBatch = {
        length: this.length,
        firstRow: this.firstRow,
        source: this.source,
        headerFrom: this.headerFrom,
        envelopeFrom: this.envelopeFrom,
        envelopeTo: this.envelopeTo,
        auth: this.auth,
        reasons: this.reasons,
        disposition: this.disposition,
        dkim: this.dkim,
        spf: this.spf,
        count: this.count,
        ...(this.extensions === undefined ? {} : { extensions: this.extensions }),
      };
      this.sink.rows(batch, this.dictionaries);
    }
    this.firstRow += this.length;
    this.length = 0;
    this.extensions = undefined;
    this.renew();
  }

  openReason(): void {
    if (this.reasonCount === this.limits.listItems) {
      this.object({
        code: 'reports/too-many-reasons',
        values: { limit: this.limits.listItems },
        see: 'RFC 9990 §3.1.6',
      });
      return;
    }
    this.reasonList = room(this.reasonList, (this.reasonCount + 1) * reasonWidth);
    this.reasonList.fill(0, this.reasonCount * reasonWidth, (this.reasonCount + 1) * reasonWidth);
    this.reasonCount++;
  }

  closeReason(): void {
    const at = (this.reasonCount - 1) * reasonWidth;
    if (this.reasonList[at] !== 0 || this.reasonList[at + 1] !== 0) return;
    this.reasonCount--;
    this.note('empty-reason', 'row/policy_evaluated/reason');
  }

  openDkim(): void {
    if (this.dkimCount === this.limits.dkimResults) {
      this.object({
        code: 'reports/too-many-dkim-results',
        values: { limit: this.limits.dkimResults },
        see: 'RFC 9990 §3.1.3',
      });
      return;
    }
    this.dkimList = room(this.dkimList, (this.dkimCount + 1) * resultWidth);
    this.dkimList.fill(0, this.dkimCount * resultWidth, (this.dkimCount + 1) * resultWidth);
    this.dkimCount++;
  }

  closeDkim(): void {
    if (isEmpty(this.dkimList, (this.dkimCount - 1) * resultWidth)) {
      this.dkimCount--;
      this.note('empty-result', 'auth_results/dkim');
    }
  }

  openSpf(): void {
    if (this.spfCount === this.limits.listItems) {
      this.object({
        code: 'reports/too-many-spf-results',
        values: { limit: this.limits.listItems },
        see: 'RFC 9990 §3.1.1.11',
      });
      return;
    }
    this.spfList = room(this.spfList, (this.spfCount + 1) * resultWidth);
    this.spfList.fill(0, this.spfCount * resultWidth, (this.spfCount + 1) * resultWidth);
    this.spfCount++;
  }

  closeSpf(): void {
    if (isEmpty(this.spfList, (this.spfCount - 1) * resultWidth)) {
      this.spfCount--;
      this.note('empty-result', 'auth_results/spf');
    }
  }

  addExtension(extension: Extension): void {
    if (this.rowExtensions.length === this.limits.listItems) {
      this.object({
        code: 'reports/too-many-extensions',
        values: { limit: this.limits.listItems },
        see: 'RFC 9990 §5',
      });
    } else this.rowExtensions.push(extension);
  }

  setCount(count: number, offset: number): void {
    this.countSaid = true;
    if (count > this.limits.count) {
      this.noteAt('absurd-count', 'row/count', offset, { count });
      return;
    }
    if (count === 0) this.noteAt('zero-count', 'row/count', offset);
    this.count[this.length] = count;
  }

  /** A count that says no number: it counts nothing. */
  setNoCount(repair: RepairName, text: string, offset: number): void {
    this.countSaid = true;
    this.noteAt(repair, 'row/count', offset, { text });
  }

  /**
   * Sets a field from what its text means (see `Interner`).
   * @param repeated the element was there before in this place: then the two have to say the same
   * @returns whether they do
   */
  set(field: number, meaning: number, lang: number, repeated: boolean): boolean {
    const row = this.length;
    switch (field) {
      case fields.source:
        return put(this.source, row, this.dictionaries.addresses.number(meaning), repeated);
      case fields.disposition:
        return put(this.disposition, row, meaning, repeated);
      case fields.evaluatedDkim:
        return put(this.dkim, row, meaning, repeated);
      case fields.evaluatedSpf:
        return put(this.spf, row, meaning, repeated);
      case fields.headerFrom:
        return put(this.headerFrom, row, this.dictionaries.names.number(meaning), repeated);
      case fields.envelopeFrom:
        return put(this.envelopeFrom, row, this.dictionaries.names.number(meaning), repeated);
      case fields.envelopeTo:
        return put(this.envelopeTo, row, this.dictionaries.names.number(meaning), repeated);
      case fields.dkimDomain:
      case fields.dkimSelector:
      case fields.dkimResult:
      case fields.dkimHuman: {
        const at = (this.dkimCount - 1) * resultWidth;
        if (field === fields.dkimHuman) this.dkimList[at + 4] = lang;
        return put(this.dkimList, at + field - fields.dkimDomain, meaning, repeated);
      }
      case fields.spfDomain:
      case fields.spfScope:
      case fields.spfResult:
      case fields.spfHuman: {
        const at = (this.spfCount - 1) * resultWidth;
        if (field === fields.spfHuman) this.spfList[at + 4] = lang;
        return put(this.spfList, at + field - fields.spfDomain, meaning, repeated);
      }
      case fields.reasonType:
        if (meaning === policyTestMode) this.testMode = true;
        return put(this.reasonList, (this.reasonCount - 1) * reasonWidth, meaning, repeated);
      case fields.reasonComment:
        this.reasonList[(this.reasonCount - 1) * reasonWidth + 2] = lang;
        return put(this.reasonList, (this.reasonCount - 1) * reasonWidth + 1, meaning, repeated);
      default:
        throw new Error(`no field of a row: ${field}`);
    }
  }

  /** The count of the row being built, for a `<count>` that is there twice. */
  get currentCount(): number {
    return this.count[this.length]!;
  }

  private authNumber(): number {
    if (this.dkimCount + this.spfCount === 0) return 0;
    const dkim = this.dkimCount * resultWidth;
    const length = 1 + dkim + this.spfCount * resultWidth;
    this.authList = room(this.authList, length);
    const list = this.authList;
    list[0] = this.dkimCount;
    for (let i = 0; i < dkim; i++) list[1 + i] = this.dkimList[i]!;
    for (let i = 0; i < this.spfCount * resultWidth; i++) list[1 + dkim + i] = this.spfList[i]!;
    return this.dictionaries.auths.find(list, length);
  }

  private missingSource(row: number): void {
    const nothing = !this.countSaid && this.headerFrom[row] === 0 && this.dkimCount + this.spfCount === 0;
    this.note(nothing ? 'empty-record' : 'missing-source', nothing ? '' : 'row/source_ip');
  }

  private note(name: RepairName, path: string): void {
    this.noteAt(name, path, this.recordOffset);
  }

  private noteAt(name: RepairName, path: string, offset: number, values: Record<string, number | string> = {}): void {
    const repair = repairs[name];
    if (!this.repairs.count(repair)) return;
    const at = { offset, path: path === '' ? 'feedback/record' : `feedback/record/${path}` };
    this.repairs.place(repair, at, { row: this.rows + 1, ...values });
  }

  private object(objection: Objection): void {
    this.objection ??= objection;
  }
}

const policyTestMode = 5;

function put(column: Int32Array | Uint8Array, at: number, value: number, repeated: boolean): boolean {
  if (repeated) return column[at] === value;
  column[at] = value;
  return true;
}

function isEmpty(list: Int32Array, at: number): boolean {
  for (let i = 0; i < resultWidth; i++) if (list[at + i] !== 0) return false;
  return true;
}

function room(list: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= list.length) return list;
  const larger = new Int32Array(length * 2);
  larger.set(list);
  return larger;
}
