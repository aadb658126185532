import type { Position } from '../../problem.ts';
import type { Repair } from './model.ts';

// The tolerances of the reader. Each has a number, since a million rows may use one and what is counted per row must cost
// nothing; the numbers below 31 are also bits, which a text in the dictionaries carries with it.

/** Code and clause of each tolerance, by number. */
const table = [
  // Of a text, kept with it in the dictionaries.
  ['reports/white-space', 'RFC 9990 Appendix A'],
  ['reports/letter-case', 'RFC 9990 Appendix A'],
  ['reports/bad-character', 'XML 1.0 §2.2'],
  ['reports/replacement-character', 'XML 1.0 §4.3.3'],
  ['reports/bad-utf8', 'XML 1.0 §4.3.3'],
  ['reports/bare-ampersand', 'XML 1.0 §2.4'],
  ['reports/unescaped-markup', 'XML 1.0 §2.4'],
  ['reports/unknown-value', 'RFC 9990 Appendix A'],
  ['reports/empty-value', 'RFC 9990 Appendix A'],
  ['reports/synonym', 'RFC 7489 Appendix C'],
  ['reports/raw-result', 'RFC 9990 §3.1.1.9'],
  ['reports/bad-source', 'RFC 9990 §3.1.1.8'],
  ['reports/address-notation', 'RFC 9990 §3.1.1.8'],
  ['reports/bad-name', 'RFC 9990 Appendix A'],
  ['reports/address-for-domain', 'RFC 9990 §3.1.1.10'],
  ['reports/null-sender-notation', 'RFC 9990 §3.1.1.10'],
  // Of a row.
  ['reports/missing-source', 'RFC 9990 §3.1.1.8'],
  ['reports/missing-count', 'RFC 9990 §3.1.1.8'],
  ['reports/bad-count', 'RFC 9990 §3.1.1.8'],
  ['reports/zero-count', 'RFC 9990 §3.1.1.8'],
  ['reports/negative-count', 'RFC 9990 §3.1.1.8'],
  ['reports/absurd-count', 'RFC 9990 §3.1.1.8'],
  ['reports/count-notation', 'RFC 9990 §3.1.1.8'],
  ['reports/missing-header-from', 'RFC 9990 §3.1.1.10'],
  ['reports/empty-record', 'RFC 9990 §3.1.1.7'],
  ['reports/empty-reason', 'RFC 9990 §3.1.1.14'],
  ['reports/empty-result', 'RFC 9990 §3.1.1.11'],
  // Of the head.
  ['reports/missing-policy-domain', 'RFC 9990 §3.1.1.5'],
  ['reports/missing-report-id', 'RFC 9990 §3.1.1.3'],
  ['reports/missing-reporter', 'RFC 9990 §3.1.1.3'],
  ['reports/bad-pct', 'RFC 7489 Appendix C'],
  ['reports/date-fraction', 'RFC 9990 §3.1.1.4'],
  ['reports/date-unit', 'RFC 9990 §3.1.1.4'],
  ['reports/unlikely-date', 'RFC 9990 §3.1.1.4'],
  ['reports/other-domain', 'RFC 9990 §3.1.2'],
  ['reports/no-records', 'RFC 9990 §3.1.1.2'],
  // Of the document.
  ['reports/text-before-root', 'XML 1.0 §2.1'],
  ['reports/text-after-root', 'XML 1.0 §2.1'],
  ['reports/stray-text', 'RFC 9990 Appendix A'],
  ['reports/unclosed-schema', 'XML 1.0 §3.1'],
  ['reports/unfinished-root', 'XML 1.0 §3.1'],
  ['reports/doctype', 'XML 1.0 §2.8'],
  ['reports/bad-declaration', 'XML 1.0 §2.8'],
  ['reports/bad-comment', 'XML 1.0 §2.5'],
  ['reports/unbound-prefix', 'Namespaces in XML 1.0 §5'],
  ['reports/identities', 'RFC 9990 §3.1.1.10'],
  ['reports/repeated-element', 'RFC 9990 Appendix A'],
  ['reports/unknown-element', 'RFC 9990 Appendix A'],
  ['reports/draft-extensions', 'RFC 9990 §5'],
  ['reports/encoding', 'XML 1.0 §4.3.3'],
] as const;

type Code = (typeof table)[number][0];
/** `'white-space'` for `'reports/white-space'`. */
export type RepairName = Code extends `reports/${infer Name}` ? Name : never;

/** The number of each tolerance. */
export const repairs = Object.fromEntries(
  table.map(([code], index) => [code.slice('reports/'.length), index]),
) as Readonly<Record<RepairName, number>>;

/** The bit of a tolerance that belongs to a text. */
export const repairBit = (name: RepairName): number => 1 << repairs[name];

/** Most distinct elements named in one repair. */
const namesShown = 10;
const sampleLength = 120;

/** The tolerances one report used: how often each, and where first. */
export class Repairs {
  private readonly times = new Float64Array(table.length);
  private readonly first: (Omit<Repair, 'times'> | undefined)[] = [];
  private readonly unknown = new Set<string>();

  reset(): void {
    this.times.fill(0);
    this.first.length = 0;
    this.unknown.clear();
  }

  /** Counts one more use; returns whether it is the first, which then wants its place: `place`. */
  count(repair: number): boolean {
    return this.times[repair]!++ === 0;
  }

  /** Says where a tolerance was used first, and on what. */
  place(repair: number, at: Position, values: Readonly<Record<string, string | number>> = {}): void {
    const [code, see] = table[repair]!;
    this.first[repair] = { code, values, at, see };
  }

  note(name: RepairName, at: Position, values?: Readonly<Record<string, string | number>>): void {
    const repair = repairs[name];
    if (this.count(repair)) this.place(repair, at, values);
  }

  /** Notes the tolerances whose bits are set. */
  noteFlags(flags: number, at: Position, values: Readonly<Record<string, string | number>>): void {
    for (let rest = flags; rest !== 0; rest &= rest - 1) {
      const repair = 31 - Math.clz32(rest & -rest);
      if (this.count(repair)) this.place(repair, at, values);
    }
  }

  /** An element that no schema knows: the first few are kept by name. */
  noteElement(path: string, at: Position): void {
    if (this.unknown.size < namesShown) this.unknown.add(sample(path));
    this.note('unknown-element', at);
  }

  list(): Repair[] {
    const list: Repair[] = [];
    for (let repair = 0; repair < table.length; repair++) {
      const first = this.first[repair];
      if (first === undefined) continue;
      const values = repair === repairs['unknown-element'] ? { elements: [...this.unknown].join(', ') } : first.values;
      list.push({ ...first, ...(values === undefined ? {} : { values }), times: this.times[repair]! });
    }
    return list;
  }
}

/** As much of a text from outside as is shown with a problem. */
export function sample(text: string): string {
  return text.length > sampleLength ? `${text.slice(0, sampleLength)}…` : text;
}
