import type { Reading } from '../../problem.ts';
import { isAtOrBelow } from '../../dns/index.ts';
import { defaultLimits } from './limits.ts';
import type { Limits } from './limits.ts';
import type { ReportHead, ReportSummary, Row } from './model.ts';
import { rowAt } from './row.ts';
import type { RowDictionaries, RowSink } from './rows.ts';
import { Scanner } from './scanner.ts';
import { trim } from './text.ts';

/** Rows a batch holds: as many as a vector of the history's engine. */
const defaultBatchRows = 2_048;
/** So much of a new chunk is put behind what was left of the last one; the rest of the chunk is read where it lies. */
const seamLength = 4_096;

export interface ReaderOptions {
  readonly limits?: Partial<Limits>;
  /** Rows handed over at a time. */
  readonly batchRows?: number;
}

/**
 * Reads aggregate reports, one after the other, as their bytes come. Made once and used for many: it keeps what it learned of
 * how reporters write, and the dictionaries of what they said.
 *
 * `start`, then `push` for each chunk of XML (already unpacked, cut anywhere), then `finish`. Rows go to the sink on the way;
 * they count only when `finish` says that the report is whole. Two readings at once need two readers.
 */
export class AggregateReader {
  private readonly limits: Limits;
  private readonly scanner: Scanner;
  private readonly encoder = new TextEncoder();
  /** What the last scan left: the begin of a unit whose end is still to come. */
  private held = new Uint8Array(2 * seamLength);
  private heldLength = 0;
  /** With fewer bytes than this it is not tried again: twice what did not do, so that tiny chunks cost no more than large ones. */
  private wanted = 0;
  private total = 0;
  private sniffed = false;
  private wide: InstanceType<typeof TextDecoder> | undefined;
  private open = false;

  constructor(options: ReaderOptions = {}) {
    this.limits = { ...defaultLimits, ...options.limits };
    this.scanner = new Scanner(this.limits, options.batchRows ?? defaultBatchRows);
  }

  /** The dictionaries in use now. Another object after the reader has started them anew: see `RowDictionaries`. */
  get dictionaries(): RowDictionaries {
    return this.scanner.rows.dictionaries;
  }

  /** Begins a report; one that was not finished is forgotten. */
  start(sink: RowSink): void {
    this.scanner.reset();
    this.scanner.rows.start(sink);
    this.heldLength = 0;
    this.wanted = 0;
    this.total = 0;
    this.sniffed = false;
    this.wide = undefined;
    this.open = true;
  }

  /**
   * Takes the next bytes. They are not kept: the caller may use the chunk again.
   * @returns false when the report is refused already, so that the rest need not be read; `finish` says why
   */
  push(chunk: Uint8Array): boolean {
    if (!this.open) throw new Error('push before start, or after finish');
    if (this.refused) return false;
    const room = this.limits.bytes - this.total;
    this.total += chunk.length;
    this.take(chunk.length > room ? chunk.subarray(0, room) : chunk);
    if (chunk.length > room) {
      this.scanner.elements.refuse('reports/too-large', { offset: this.limits.bytes }, { limit: this.limits.bytes });
    }
    return !this.refused;
  }

  /**
   * Ends the report.
   * @returns its head and sums, with what was repaired (`problems` is the same list); or why it is refused, and then none of its
   *   rows count
   */
  finish(): Reading<ReportSummary> {
    if (!this.open) throw new Error('finish before start');
    this.open = false;
    this.scanner.final = true;
    if (!this.refused && !this.sniffed) this.sniff(true);
    if (!this.refused && this.wide !== undefined) this.feed(this.encoder.encode(this.wide.decode()));
    if (!this.refused && this.heldLength > 0) this.scanHeld();
    if (!this.refused) this.end();
    const { objection } = this.scanner.rows;
    if (objection !== undefined) {
      const at = { offset: this.scanner.window.base };
      this.scanner.elements.refuse(objection.code, at, objection.values, objection.see);
    }
    if (!this.refused) {
      const head = this.scanner.head.finish(this.scanner.rows.testMode, this.scanner.window.base);
      if ('code' in head) this.scanner.elements.problem = head;
      else return this.summary(head);
    }
    return { ok: false, problems: [this.scanner.elements.problem!] };
  }

  private get refused(): boolean {
    return this.scanner.elements.problem !== undefined;
  }

  private summary(head: ReportHead): Reading<ReportSummary> {
    const { rows, repairs } = this.scanner;
    if (rows.rows === 0) repairs.note('no-records', { offset: this.scanner.window.base });
    const domain = head.policyPublished.domain;
    for (const id of rows.headerFroms) {
      const name = rows.dictionaries.names.value(id)!;
      if (domain === undefined || isAtOrBelow(name, domain)) continue;
      repairs.note('other-domain', { path: 'feedback/record/identifiers/header_from' }, { name, domain });
    }
    rows.flush();
    const repaired = repairs.list();
    return { ok: true, value: { ...head, rows: rows.rows, messages: rows.messages, repaired }, problems: repaired };
  }

  private take(chunk: Uint8Array): void {
    if (!this.sniffed) {
      this.hold(chunk);
      if (this.heldLength >= 4) this.sniff(false);
      return;
    }
    this.feed(this.wide === undefined ? chunk : this.encoder.encode(this.wide.decode(chunk, { stream: true })));
  }

  /** Looks at the first four bytes: byte order marks, and UTF-16 without one (XML 1.0 Appendix F). */
  private sniff(final: boolean): void {
    this.sniffed = true;
    const first = this.held.slice(0, this.heldLength);
    this.heldLength = 0;
    const [a, b, c, d] = first;
    const little = (a === 0xff && b === 0xfe) || (a === 60 && b === 0 && c !== 0 && d === 0);
    const big = (a === 0xfe && b === 0xff) || (a === 0 && b === 60 && c === 0 && d !== 0);
    if (little || big) {
      this.wide = new TextDecoder(little ? 'utf-16le' : 'utf-16be', { ignoreBOM: false });
      this.scanner.recoded = true;
      if (a === 60 || a === 0) this.scanner.repairs.note('encoding', { offset: 0 }, { encoding: 'UTF-16' });
      this.feed(this.encoder.encode(this.wide.decode(first, { stream: !final })));
      if (final) this.wide = undefined;
      return;
    }
    const mark = a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
    this.scanner.window.base = mark;
    this.scanner.documentStart = mark;
    this.feed(first.subarray(mark));
  }

  private feed(chunk: Uint8Array): void {
    let rest = chunk;
    while (this.heldLength > 0 && rest.length > 0) {
      const before = this.heldLength;
      const take = Math.min(rest.length, Math.max(seamLength, this.wanted - before));
      this.hold(rest.subarray(0, take));
      if (this.heldLength < this.wanted && take === rest.length) return;
      const done = this.scanHeld();
      if (this.refused) return;
      if (done < before) {
        rest = rest.subarray(take);
        continue;
      }
      this.heldLength = 0;
      rest = rest.subarray(done - before);
    }
    if (rest.length === 0) return;
    const done = this.scan(rest);
    if (this.refused) return;
    this.hold(rest.subarray(done));
    this.wanted = this.heldLength * 2;
  }

  private hold(bytes: Uint8Array): void {
    const length = this.heldLength + bytes.length;
    if (length > this.held.length) {
      const larger = new Uint8Array(Math.max(length, this.held.length * 2));
      larger.set(this.held.subarray(0, this.heldLength));
      this.held = larger;
    }
    this.held.set(bytes, this.heldLength);
    this.heldLength = length;
  }

  /** Scans what is held, and keeps what is left of it. Returns how many bytes are done with. */
  private scanHeld(): number {
    const done = this.scan(this.held.subarray(0, this.heldLength));
    this.held.copyWithin(0, done, this.heldLength);
    this.heldLength -= done;
    this.wanted = this.heldLength * 2;
    return done;
  }

  private scan(bytes: Uint8Array): number {
    const { scanner } = this;
    const done = scanner.scan(bytes);
    if (scanner.rows.dictionaries.degenerate) {
      scanner.elements.refuse('reports/colliding-texts', { offset: scanner.window.base });
    }
    return done;
  }

  /** Judges what is left when no bytes come any more: whether the report is whole. */
  private end(): void {
    const { elements, repairs } = this.scanner;
    const left = new TextDecoder('latin1').decode(this.held.subarray(0, this.heldLength));
    const at = { offset: this.scanner.window.base };
    const refuse = (code: string): void => {
      elements.refuse(code, at, { rows: this.scanner.rows.rows }, 'RFC 9990 Appendix A');
    };
    if (elements.phase === 'before') {
      const text = trim(left);
      const nothing = !elements.wrapped && (text === '' || text === 'unused');
      refuse(
        nothing ? 'reports/empty' : text.startsWith('<') || elements.wrapped ? 'reports/truncated' : 'reports/not-xml',
      );
      return;
    }
    if (elements.phase === 'inside') {
      const { current } = elements;
      const outermost = current?.parent === undefined && elements.leaf === undefined && elements.skipped.length === 0;
      // Directly in <feedback>, `</` can begin nothing but its own end: whoever wrote that far wrote all records.
      if (
        current === undefined ||
        !outermost ||
        left.length < 2 ||
        !`</${elements.writtenName(current)}>`.startsWith(trim(left))
      ) {
        refuse('reports/truncated');
        return;
      }
      elements.close(current);
      repairs.note('unfinished-root', at);
    } else if (left !== '') {
      if (/^<[^!?/]/.test(left)) {
        refuse('reports/truncated');
        return;
      }
      repairs.note('text-after-root', at, { text: left.slice(0, 120) });
    }
    if (elements.wrapped) repairs.note('unclosed-schema', at);
  }
}

/**
 * Reads one report that is at hand whole.
 * @returns the reading, and the rows, which are empty when the report is refused
 */
export function readAggregateReport(
  bytes: Uint8Array,
  options: ReaderOptions = {},
): { readonly reading: Reading<ReportSummary>; readonly rows: readonly Row[] } {
  const rows: Row[] = [];
  const reader = new AggregateReader({ batchRows: 64, ...options });
  reader.start({
    rows: (batch, dictionaries) => {
      for (let i = 0; i < batch.length; i++) rows.push(rowAt(batch, i, dictionaries));
    },
  });
  reader.push(bytes);
  const reading = reader.finish();
  return { reading, rows: reading.ok ? rows : [] };
}
