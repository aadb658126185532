import type { Elements } from './elements.ts';
import type { HeadBuilder } from './head-builder.ts';
import { repairBit, sample } from './repairs.ts';
import type { Repairs } from './repairs.ts';
import type { RowBuilder } from './row-builder.ts';
import { fields, kinds } from './schema.ts';
import type { Node } from './schema.ts';
import { cook, decode, trim } from './text.ts';
import type { Charset, Cooked } from './text.ts';
import { countOf } from './values.ts';

/** The bytes at hand: where in the report they begin, and how they become text. */
export interface Window {
  bytes: Uint8Array;
  base: number;
  charset: Charset;
}

/** A count of more digits than this is not read digit by digit. */
const plainCountDigits = 10;
const [zero, nine] = [48, 57];

/** Takes the texts of elements to where they belong: the row, or the head. */
export class Texts {
  /** The `lang` of the text being read. */
  lang: string | undefined;

  private readonly window: Window;
  private readonly elements: Elements;
  private readonly head: HeadBuilder;
  private readonly rows: RowBuilder;
  private readonly repairs: Repairs;

  constructor(window: Window, elements: Elements, head: HeadBuilder, rows: RowBuilder, noted: Repairs) {
    this.window = window;
    this.elements = elements;
    this.head = head;
    this.rows = rows;
    this.repairs = noted;
  }

  /**
   * Takes a text that has no markup in it.
   * @param hash of its bytes, as `hashBytes` has it
   * @returns false when the report is refused for it
   */
  take(leaf: Node, view: DataView, start: number, end: number, hash: number): boolean {
    const { bytes, charset } = this.window;
    if (leaf.field === fields.count && end - start <= plainCountDigits && end > start) {
      let count = 0;
      let at = start;
      for (; at < end; at++) {
        const byte = bytes[at]!;
        if (byte < zero || byte > nine) break;
        count = count * 10 + byte - zero;
      }
      if (at === end) return this.takeCount(leaf, count, this.elements.isRepeated(leaf), start);
    }
    if (leaf.kind === kinds.none) return this.takeCooked(leaf, cook(bytes, start, end, charset), start);
    const { interner } = this.rows.dictionaries;
    const entry = interner.find(leaf.kind, charset, bytes, view, start, end, hash);
    const flags = interner.flags[entry]!;
    if (flags !== 0) this.noteFlags(flags, leaf, start, () => decode(bytes, start, end, charset).text);
    return this.set(leaf, interner.meanings[entry]!, start);
  }

  /** Takes a text that was put together from pieces, or that is not kept in a table. */
  takeCooked(leaf: Node, cooked: Cooked, start: number): boolean {
    const text = trim(cooked.text);
    let { flags } = cooked;
    if (text.length !== cooked.text.length) flags |= repairBit('white-space');
    if (leaf.kind !== kinds.none) {
      const meant = this.rows.dictionaries.interner.mean(leaf.kind, text, flags);
      this.noteFlags(flags | meant.flags, leaf, start, () => text);
      return this.set(leaf, meant.meaning, start);
    }
    this.noteFlags(flags, leaf, start, () => text);
    const repeated = this.elements.isRepeated(leaf);
    if (leaf.field === fields.count) return this.takeOddCount(leaf, text, repeated, start);
    const at = this.at(leaf, start);
    this.head.set(leaf.path().slice('feedback/'.length), text, this.lang, at);
    this.lang = undefined;
    if (repeated) this.repairs.note('repeated-element', at, { element: leaf.name });
    const { objection } = this.head;
    return objection === undefined || this.elements.refuse(objection.code, at, objection.values, objection.see);
  }

  private takeOddCount(leaf: Node, text: string, repeated: boolean, start: number): boolean {
    const said = countOf(text);
    if (said.count === undefined) {
      this.rows.setNoCount(said.repair, sample(text), this.window.base + start);
      return this.agree(leaf, repeated, this.rows.currentCount === 0, start);
    }
    if (said.repair !== undefined) this.repairs.note(said.repair, this.at(leaf, start), { text: sample(text) });
    return this.takeCount(leaf, said.count, repeated, start);
  }

  private takeCount(leaf: Node, count: number, repeated: boolean, start: number): boolean {
    this.lang = undefined;
    if (repeated) return this.agree(leaf, true, this.rows.currentCount === count, start);
    this.rows.setCount(count, this.window.base + start);
    return true;
  }

  private set(leaf: Node, meaning: number, start: number): boolean {
    let lang = 0;
    if (this.lang !== undefined) {
      lang = this.rows.dictionaries.interner.mean(kinds.text, this.lang).meaning;
      this.lang = undefined;
    }
    const repeated = this.elements.isRepeated(leaf);
    const same = this.rows.set(leaf.field, meaning, lang, repeated);
    return repeated ? this.agree(leaf, true, same, start) : true;
  }

  /** Of an element that is there twice: both must say the same, or one of them is wrong and nobody knows which. */
  private agree(leaf: Node, repeated: boolean, same: boolean, start: number): boolean {
    if (!repeated) return true;
    const at = this.at(leaf, start);
    if (!same) return this.elements.refuse('reports/contradiction', at, { element: leaf.name }, 'RFC 9990 Appendix A');
    this.repairs.note('repeated-element', at, { element: leaf.name });
    return true;
  }

  private noteFlags(flags: number, leaf: Node, start: number, text: () => string): void {
    for (let rest = flags; rest !== 0; rest &= rest - 1) {
      const repair = 31 - Math.clz32(rest & -rest);
      if (this.repairs.count(repair)) this.repairs.place(repair, this.at(leaf, start), { text: sample(text()) });
    }
  }

  private at(leaf: Node, pos: number): { offset: number; path: string } {
    return { offset: this.window.base + pos, path: leaf.path() };
  }
}
