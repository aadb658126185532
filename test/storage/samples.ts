// Reports made up for the tests of the memory: rows as a reader hands them over, and arrivals to keep them under.
import { createHash } from 'node:crypto';
import type { Arrival, DocumentEntry, ReportKey } from '../../src/protection/ingestion/archive.ts';
import type { ReportSummary } from '../../src/standards/reports/aggregate/model.ts';
import { alignmentCodes, dispositionCodes } from '../../src/standards/reports/aggregate/rows.ts';
import type { AuthResults, Dictionary, RowBatch, RowDictionaries } from '../../src/standards/reports/aggregate/rows.ts';
import type { OverrideReason } from '../../src/standards/reports/aggregate/model.ts';

/** A dictionary that grows as values are put in, like a reader's. */
export class GrowingDictionary<T> implements Dictionary<T> {
  readonly #values: (T | undefined)[] = [undefined];
  readonly #numbers = new Map<string, number>();

  get size(): number {
    return this.#values.length;
  }

  value(id: number): T | undefined {
    return this.#values[id];
  }

  number(value: T | undefined): number {
    if (value === undefined) return 0;
    const text = JSON.stringify(value);
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#values.push(value) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }
}

export interface SampleDictionaries extends RowDictionaries {
  readonly addresses: GrowingDictionary<string>;
  readonly names: GrowingDictionary<string>;
  readonly auths: GrowingDictionary<AuthResults>;
  readonly reasons: GrowingDictionary<readonly OverrideReason[]>;
}

export function sampleDictionaries(): SampleDictionaries {
  return {
    addresses: new GrowingDictionary(),
    names: new GrowingDictionary(),
    auths: new GrowingDictionary(),
    reasons: new GrowingDictionary(),
  };
}

/** A row, said in words. */
export interface SampleRow {
  readonly source?: string;
  readonly headerFrom?: string;
  readonly envelopeFrom?: string;
  readonly envelopeTo?: string;
  readonly auth?: AuthResults;
  readonly reasons?: readonly OverrideReason[];
  readonly disposition?: (typeof dispositionCodes)[number];
  readonly dkim?: (typeof alignmentCodes)[number];
  readonly spf?: (typeof alignmentCodes)[number];
  readonly count: number;
}

/** Rows as a reader hands them over. */
export function asBatch(rows: readonly SampleRow[], dictionaries: SampleDictionaries, firstRow = 0): RowBatch {
  return {
    length: rows.length,
    firstRow,
    source: Int32Array.from(rows, (row) => dictionaries.addresses.number(row.source)),
    headerFrom: Int32Array.from(rows, (row) => dictionaries.names.number(row.headerFrom)),
    envelopeFrom: Int32Array.from(rows, (row) => dictionaries.names.number(row.envelopeFrom)),
    envelopeTo: Int32Array.from(rows, (row) => dictionaries.names.number(row.envelopeTo)),
    auth: Int32Array.from(rows, (row) => dictionaries.auths.number(row.auth)),
    reasons: Int32Array.from(rows, (row) =>
      (row.reasons ?? []).length === 0 ? 0 : dictionaries.reasons.number(row.reasons),
    ),
    disposition: Uint8Array.from(rows, (row) => dispositionCodes.indexOf(row.disposition)),
    dkim: Uint8Array.from(rows, (row) => alignmentCodes.indexOf(row.dkim)),
    spf: Uint8Array.from(rows, (row) => alignmentCodes.indexOf(row.spf)),
    count: Float64Array.from(rows, (row) => row.count),
  };
}

/** An arrival of a text. */
export function arrival(text: string, origin = `${text.slice(0, 20)}.xml`): Arrival {
  const bytes = Buffer.from(text, 'utf8');
  return {
    origin,
    road: 'file',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    bytes,
    async *chunks() {
      yield bytes;
    },
  };
}

export interface SampleReport {
  readonly id: string;
  readonly reporter: string;
  readonly policyDomain: string;
  readonly begin: number;
  readonly end: number;
  readonly generation?: 'rfc7489' | 'rfc9990';
  readonly rows: readonly SampleRow[];
}

/** The identity of a sample report. */
export function keyOf(report: SampleReport): ReportKey {
  const { reporter, policyDomain, id: reportId, begin, end } = report;
  return {
    reporter,
    policyDomain,
    reportId,
    begin,
    end,
    text: `${reporter}:${policyDomain}:${reportId}:${begin}-${end}`,
  };
}

/** What is filed of a sample report that counts. */
export function entryOf(report: SampleReport): DocumentEntry & { key: ReportKey; summary: ReportSummary } {
  const generation = report.generation ?? 'rfc7489';
  return {
    entry: '',
    container: '',
    kind: 'aggregate',
    state: 'counted',
    key: keyOf(report),
    summary: {
      generation,
      metadata: { reportId: report.id, errors: [], dateRange: { begin: report.begin, end: report.end } },
      policyPublished: { domain: report.policyDomain, p: 'none' },
      extensions: [],
      rows: report.rows.length,
      messages: report.rows.reduce((sum, row) => sum + row.count, 0),
      repaired: [],
    },
    problems: [],
    repaired: [],
  };
}
