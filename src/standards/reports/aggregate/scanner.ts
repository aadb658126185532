// long because: what the scan falls back to needs the same bytes and the same place in them as the scan.
import { Elements } from './elements.ts';
import { ExtensionKeeper } from './extension-keeper.ts';
import { glueAt, GlueMaker } from './glue.ts';
import { HeadBuilder } from './head-builder.ts';
import type { Limits } from './limits.ts';
import {
  after,
  incomplete,
  malformed,
  nameEnd,
  nameText,
  readClosing,
  readTag,
  skipBlank,
  specialAt,
  specials,
  Tag,
  tooMany,
} from './markup.ts';
import { repairBit, Repairs, sample } from './repairs.ts';
import { RowBuilder } from './row-builder.ts';
import { actions, kinds, schemaTree } from './schema.ts';
import type { Node } from './schema.ts';
import { charset, cleanCharacters, cook, decode, trim, utf8 } from './text.ts';
import type { Cooked } from './text.ts';
import { Texts } from './texts.ts';
import type { Window } from './texts.ts';

const [lt, gt, slash, bang, question, bracket] = [60, 62, 47, 33, 63, 91];
/** XML 1.0 §2.8, production 23. */
const declaration =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.[0-9]+\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])[A-Za-z][\w.-]*\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\3)?[ \t\r\n]*\?>$/;
/** How a processing instruction begins (§2.6), when it is none of those that call themselves xml. */
const instruction = /^<\?(?![xX][mM][lL][ \t\r\n?])[A-Za-z_:][\w:.-]*(?:[ \t\r\n]|\?>)/;
/** Tags of nobody's that may stand open in one free text. */
const mostOpened = 16;
/** Bytes of malformed markup that are shown. */
const shownMarkup = 60;

/**
 * The scan: texts and tags out of bytes that may end anywhere. What is ordinary goes the short way (`glue.ts`); everything goes
 * the long way the first time, and whenever something is out of the ordinary.
 */
export class Scanner {
  readonly repairs = new Repairs();
  readonly head: HeadBuilder;
  readonly rows: RowBuilder;
  readonly elements: Elements;
  readonly window: Window = { bytes: new Uint8Array(0), base: 0, charset: utf8 };
  /** Where the document begins: behind a byte order mark. */
  documentStart = 0;
  /** The bytes are UTF-8 whatever a declaration says, since they were made so from UTF-16. */
  recoded = false;
  /** No more bytes will come. */
  final = false;

  private readonly limits: Limits;
  private readonly nodes: readonly Node[];
  private readonly names: ReadonlySet<string>;
  private readonly texts: Texts;
  private readonly extension: ExtensionKeeper;
  private readonly glue = new GlueMaker();
  private readonly tag = new Tag();
  private declared = false;
  private sawTag = false;

  constructor(limits: Limits, batchRows: number) {
    const { root, nodes, names } = schemaTree();
    this.limits = limits;
    this.nodes = nodes;
    this.names = names;
    this.head = new HeadBuilder(limits, this.repairs);
    this.rows = new RowBuilder(limits, this.repairs, batchRows);
    this.elements = new Elements(root, limits, this.head, this.rows, this.repairs);
    this.texts = new Texts(this.window, this.elements, this.head, this.rows, this.repairs);
    this.extension = new ExtensionKeeper(this.window, this.elements, this.head, this.rows, this.repairs, limits);
  }

  reset(): void {
    this.repairs.reset();
    this.head.reset();
    this.elements.reset();
    this.extension.reset();
    this.window.charset = utf8;
    this.window.base = 0;
    this.documentStart = 0;
    this.recoded = false;
    this.final = false;
    this.declared = false;
    this.sawTag = false;
    this.texts.lang = undefined;
  }

  /**
   * Reads as far as whole units go: a text with its closing tag, or one piece of markup.
   * @param bytes the next of the report, beginning with what the last scan left
   * @returns how many bytes are done with. When `elements.problem` is set, the report is refused.
   */
  scan(bytes: Uint8Array): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const { elements } = this;
    this.window.bytes = bytes;
    this.glue.drop();
    this.extension.resume();
    let pos = 0;
    while (elements.problem === undefined) {
      const leaf = elements.leaf;
      const next = leaf === undefined ? this.readMarkup(pos) : this.readText(leaf, view, pos);
      if (next < 0) break;
      pos = next;
    }
    this.extension.keep(pos);
    this.window.base += pos;
    return pos;
  }

  /** Reads texts, one after the other, as long as the glue between them is known; then the end of the last as tags. */
  private readText(first: Node, view: DataView, from: number): number {
    const { elements, limits } = this;
    const { bytes } = this.window;
    const end = bytes.length;
    let leaf = first;
    let pos = from;
    for (;;) {
      // Find the `<`, and hash what is before it (as `hashBytes`), four bytes at a time.
      let at = pos;
      let hash = 0;
      while (at + 4 <= end) {
        const word = view.getInt32(at, true);
        const zeroed = word ^ 0x3c3c3c3c;
        if (((zeroed - 0x01010101) & ~zeroed & 0x80808080) !== 0) break;
        hash = Math.imul(hash ^ word, 0x9e3779b1);
        hash = (hash << 15) | (hash >>> 17);
        at += 4;
      }
      while (at < end && bytes[at] !== lt) hash = Math.imul(hash ^ bytes[at++]!, 0x01000193);
      if (at - pos > limits.textLength) return this.tooLong(pos);
      const glue = at < end && elements.special === 0 ? glueAt(leaf, view, at) : undefined;
      if (glue === undefined) {
        const next = at === end ? incomplete : this.endText(leaf, view, pos, at, hash);
        return next === incomplete && pos !== from ? pos : next;
      }
      if (!this.texts.take(leaf, view, pos, at, hash)) return incomplete;
      const { events, offsets } = glue;
      for (let i = 0; i < events.length; i++) {
        const event = events[i]!;
        if (event < 0) elements.close(this.nodes[-1 - event]!);
        else this.openOrTake(this.nodes[event]!, at + offsets[i]!);
      }
      leaf = glue.next;
      pos = at + glue.length;
      elements.leaf = leaf;
      if (elements.problem !== undefined) return incomplete;
      if (this.rows.objection !== undefined) return this.object(pos);
    }
  }

  /** What a plain tag does: it opens an element with elements in it, or is an empty one that has a text (`<human_result/>`). */
  private openOrTake(node: Node, at: number): boolean {
    if (node.isLeaf) return this.texts.takeCooked(node, { text: '', flags: 0 }, at);
    return this.elements.open(node, this.window.base + at);
  }

  /** The end of a text, from the `<` behind it, read as a tag. */
  private endText(leaf: Node, view: DataView, start: number, at: number, hash: number): number {
    const { bytes } = this.window;
    if (at + 1 >= bytes.length) return incomplete;
    if (bytes[at + 1] === slash) {
      const stop = readClosing(bytes, at);
      if (stop === incomplete) return this.wait(start, this.limits.textLength);
      if (this.closes(leaf, at, stop)) {
        if (!this.texts.take(leaf, view, start, at, hash)) return incomplete;
        const plain = this.elements.special === 0;
        this.closeText(leaf);
        if (plain) this.glue.begin(leaf, at);
        return bytes.indexOf(gt, stop) + 1;
      }
    }
    return this.readMixedText(leaf, start);
  }

  /** Whether the closing tag at a place, whose name ends at `stop`, is that of the open text. */
  private closes(leaf: Node, at: number, stop: number): boolean {
    return stop > 0 && nameText(this.window.bytes, at + 2, stop) === this.elements.writtenName(leaf);
  }

  private closeText(leaf: Node): void {
    this.glue.drop();
    this.elements.leaf = undefined;
    this.elements.end(leaf);
  }

  /** A text with markup in it: CDATA sections, comments, or `<` that begins no tag. */
  private readMixedText(leaf: Node, start: number): number {
    const { bytes, charset: from } = this.window;
    const whole = { text: '', flags: 0 };
    const add = (cooked: Cooked): void => {
      whole.text += cooked.text;
      whole.flags |= cooked.flags;
    };
    const opened = new Set<string>();
    let run = start;
    let at = bytes.indexOf(lt, start);
    for (; at >= 0; at = bytes.indexOf(lt, at)) {
      if (at + 1 >= bytes.length) break;
      const next = bytes[at + 1]!;
      if (next === slash) {
        const stop = readClosing(bytes, at);
        if (stop === incomplete) break;
        if (this.closes(leaf, at, stop)) {
          if (at - start > this.limits.textLength) return this.tooLong(start);
          add(cook(bytes, run, at, from));
          if (!this.texts.takeCooked(leaf, whole, start)) return incomplete;
          this.closeText(leaf);
          return bytes.indexOf(gt, stop) + 1;
        }
      } else if (next === bang || next === question) {
        const kind = specialAt(bytes, at);
        if (kind === undefined) break;
        if (kind !== 'malformed' && kind !== 'doctype') {
          const { opening, closing } = specials[kind === 'declaration' ? 'instruction' : kind];
          const stop = after(bytes, at + opening.length, closing);
          if (stop === incomplete) break;
          if (!this.isHarmless(kind, at, stop)) return this.badMarkup(at);
          add(cook(bytes, run, at, from));
          if (kind === 'cdata') add(this.section(at + opening.length, stop - closing.length));
          run = stop;
          at = stop;
          continue;
        }
      }
      // A `<` that closes nothing and opens nothing we know is text, where text is free. A tag we know says that the end of this text got lost.
      const stop = nameEnd(bytes, next === slash ? at + 2 : at + 1);
      const bracket = this.bracketed(leaf, start, at);
      if (stop >= bytes.length || bracket === incomplete) break;
      const name = nameText(bytes, next === slash ? at + 2 : at + 1, stop);
      if (this.names.has(name.slice(name.indexOf(':') + 1).toLowerCase())) {
        this.elements.refuse('reports/unclosed-element', this.place(leaf, at), {
          element: leaf.name,
          found: sample(name),
        });
        return incomplete;
      }
      // A closing tag of nothing may be our own, broken.
      const broken = next === slash && !opened.has(name);
      if (next !== slash && opened.size < mostOpened) opened.add(name);
      if (bracket < 0 && (!leaf.freeText || broken)) {
        this.elements.refuse('reports/markup-in-value', this.place(leaf, at), { element: leaf.name });
        return incomplete;
      }
      whole.flags |= repairBit('unescaped-markup');
      at = Math.max(at + 1, bracket);
    }
    return this.wait(start, this.limits.textLength);
  }

  /**
   * In a name of a row only one thing with a `<` in it is text: an address in its brackets, or empty brackets for the null sender,
   * that is the whole of it.
   * @returns the place behind the brackets; `incomplete`; or `malformed` when it is something else
   */
  private bracketed(leaf: Node, start: number, at: number): number {
    if (leaf.kind !== kinds.name && leaf.kind !== kinds.sender) return malformed;
    const { bytes } = this.window;
    const close = bytes.indexOf(gt, at);
    if (close < 0) return incomplete;
    const inside = nameText(bytes, at + 1, Math.min(close, at + 320));
    return skipBlank(bytes, start) === at && /^(?:[^\s<>]+@[^\s<>]+)?$/.test(inside) ? close + 1 : malformed;
  }

  private place(leaf: Node, at: number): { offset: number; path: string } {
    return { offset: this.window.base + at, path: leaf.path() };
  }

  /** The text of a CDATA section: no references are resolved. */
  private section(start: number, end: number): Cooked {
    const raw = decode(this.window.bytes, start, end, this.window.charset);
    const clean = cleanCharacters(raw.text);
    return { text: clean.text, flags: raw.flags | clean.flags };
  }

  /** One piece of markup between texts, with the text before it, which should be white space. */
  private readMarkup(from: number): number {
    const { bytes } = this.window;
    const skipping = this.elements.skipped.length > 0;
    const pos = skipping ? from : skipBlank(bytes, from);
    if (pos === bytes.length) return pos === from ? incomplete : pos;
    let at = bytes.indexOf(lt, pos);
    if (at < 0 && skipping) return bytes.length;
    if (at < 0) return pos > from ? pos : this.wait(pos, this.limits.textLength);
    if (at > pos && !skipping) {
      if (at - pos > this.limits.textLength) return this.tooLong(pos);
      this.noteStray(pos, at);
      return at;
    }
    // What was skipped on the way is done with, even when the markup behind it has to wait.
    if (at > from) return at;
    at = from;
    if (at + 1 >= bytes.length) return incomplete;
    const next = bytes[at + 1]!;
    if (next === slash) return this.readClosingTag(at);
    if (next === bang || next === question) return this.readSpecial(at);
    return this.readOpeningTag(at);
  }

  private readClosingTag(at: number): number {
    const { elements } = this;
    const { bytes } = this.window;
    const stop = readClosing(bytes, at);
    if (stop === incomplete) return this.wait(at, this.limits.tagLength, 'reports/tag-too-long');
    if (stop < 0) return this.badMarkup(at);
    const end = bytes.indexOf(gt, stop) + 1;
    const wasSkipping = elements.skipped.length > 0;
    const closed = elements.closeTag(nameText(bytes, at + 2, stop), this.window.base + at);
    if (elements.problem !== undefined) return incomplete;
    if (wasSkipping) {
      this.glue.drop();
      if (elements.skipped.length === 0) this.extension.end(end);
    } else if (closed !== undefined) {
      this.glue.add(-1 - closed.index, at);
      if (this.rows.objection !== undefined) return this.object(at);
    }
    return end;
  }

  private readOpeningTag(at: number): number {
    const { elements, tag } = this;
    const offset = this.window.base + at;
    const end = readTag(this.window.bytes, at, tag, this.limits.attributes);
    if (end === incomplete) return this.wait(at, this.limits.tagLength, 'reports/tag-too-long');
    if (end === tooMany) {
      elements.refuse('reports/too-many-attributes', { offset }, { limit: this.limits.attributes });
      return incomplete;
    }
    if (end < 0) return this.badMarkup(at);
    if (end - at > this.limits.tagLength) return this.tooLong(at, 'reports/tag-too-long');
    this.sawTag = true;
    const wasOpen = elements.extension !== undefined;
    const node = elements.openTag(tag, offset, this.attributeValues());
    if (elements.problem !== undefined) return incomplete;
    if (!elements.plain) this.glue.drop();
    if (node === undefined) {
      if (elements.extension === undefined || wasOpen) return end;
      this.extension.begin(at);
      if (tag.selfClosing) this.extension.end(end);
      return end;
    }
    if (node.isLeaf) return this.openText(node, at, end);
    if (node.action !== actions.root && !elements.open(node, offset)) return incomplete;
    if (this.rows.objection !== undefined) return this.object(at);
    this.glue.add(node.index, at);
    if (tag.selfClosing) {
      elements.end(node);
      elements.close(node);
    }
    return end;
  }

  private openText(leaf: Node, at: number, end: number): number {
    const index = this.tag.attributes.findIndex(({ name }) => name === 'lang' || name === 'xml:lang');
    const lang = index < 0 ? '' : trim(this.attributeValues()[index]!);
    this.texts.lang = lang === '' ? undefined : lang;
    if (!this.tag.selfClosing) {
      this.glue.finish(leaf, this.window.bytes, end);
      this.elements.leaf = leaf;
      return end;
    }
    if (!this.openOrTake(leaf, at)) return incomplete;
    this.glue.add(leaf.index, at);
    this.elements.end(leaf);
    return end;
  }

  /** The values of the attributes of the tag at hand. */
  private attributeValues(): string[] {
    const { bytes, base, charset: from } = this.window;
    return this.tag.attributes.map(({ name, start, end }) => {
      const cooked = cook(bytes, start, end, from);
      const { text } = cooked;
      const named = /[\x80-\xff]/.test(name)
        ? decode(
            Uint8Array.from(name, (each) => each.charCodeAt(0)),
            0,
            name.length,
            from,
          ).flags
        : 0;
      const flags = cooked.flags | named;
      if (flags !== 0) this.repairs.noteFlags(flags, { offset: base + start }, { text: sample(text) });
      return text;
    });
  }

  private readSpecial(at: number): number {
    const { bytes } = this.window;
    const kind = specialAt(bytes, at);
    if (kind === undefined) return incomplete;
    if (kind === 'malformed') return this.badMarkup(at);
    this.glue.drop();
    if (kind === 'doctype') return this.readDoctype(at);
    if (kind === 'declaration') return this.readDeclaration(at);
    const { opening, closing } = specials[kind];
    const end = after(bytes, at + opening.length, closing);
    if (end === incomplete) return this.wait(at, this.limits.textLength);
    if (end - at > this.limits.textLength) return this.tooLong(at);
    if (!this.isHarmless(kind, at, end)) return this.badMarkup(at);
    if (kind === 'cdata' && this.elements.skipped.length === 0) {
      if (trim(this.section(at + opening.length, end - closing.length).text) !== '') this.noteStray(at, end);
    }
    return end;
  }

  /**
   * Nothing of a comment or an instruction is read; what is wrong with one is said all the same. One that is malformed and has a
   * `<` in it may have begun where it should not, and hide rows: with that, it is not harmless.
   */
  private isHarmless(kind: keyof typeof specials | 'declaration', at: number, end: number): boolean {
    if (kind === 'cdata') return true;
    const { bytes, base } = this.window;
    const { opening, closing } = specials[kind === 'comment' ? 'comment' : 'instruction'];
    const start = at + opening.length;
    const stop = end - closing.length;
    const { flags } = this.section(start, stop);
    if (flags !== 0) this.repairs.noteFlags(flags, { offset: base + at }, { text: opening });
    // XML 1.0 §2.5: no two hyphens in a comment, the one before its end included.
    const good =
      kind === 'comment'
        ? after(bytes, start, '--') > stop + 1
        : instruction.test(nameText(bytes, at, Math.min(end, at + shownMarkup)));
    if (good) return true;
    const hiding = bytes.indexOf(lt, start);
    if (hiding >= 0 && hiding < stop) return false;
    this.repairs.note(kind === 'comment' ? 'bad-comment' : 'bad-declaration', { offset: base + at });
    return true;
  }

  /** `<?xml …?>`. Some end it with `>` alone. */
  private readDeclaration(at: number): number {
    const { bytes, base } = this.window;
    const end = after(bytes, at, '>');
    if (end === incomplete) return this.wait(at, this.limits.tagLength, 'reports/tag-too-long');
    const text = nameText(bytes, at, Math.min(end, at + this.limits.tagLength));
    if (text.includes('<', 1)) return this.badMarkup(at);
    if (base + at !== this.documentStart || !declaration.test(text))
      this.repairs.note('bad-declaration', { offset: base + at });
    const label = /\sencoding\s*=\s*["']?([A-Za-z0-9._:-]{1,40})/.exec(text)?.[1];
    if (label === undefined || this.declared || this.elements.phase !== 'before') return end;
    this.declared = true;
    if (this.recoded) return end;
    const named = charset(label);
    if (named === undefined) this.repairs.note('encoding', { offset: base + at }, { encoding: label });
    else this.window.charset = named;
    return end;
  }

  /** A document type without a subset of its own defines nothing, and what it points to is never fetched: it is stepped over. */
  private readDoctype(at: number): number {
    const { bytes, base } = this.window;
    const end = after(bytes, at, '>');
    const subset = bytes.indexOf(bracket, at);
    if (subset >= 0 && (end === incomplete || subset < end)) {
      this.elements.refuse('reports/dtd', { offset: base + at }, {}, 'XML 1.0 §2.8');
      return incomplete;
    }
    if (end === incomplete) return this.wait(at, this.limits.tagLength, 'reports/tag-too-long');
    if (this.elements.phase !== 'before') return this.badMarkup(at);
    this.repairs.note('doctype', { offset: base + at });
    return end;
  }

  private noteStray(start: number, end: number): void {
    const { phase, current } = this.elements;
    const { bytes, base } = this.window;
    const name = phase === 'before' ? 'text-before-root' : phase === 'after' ? 'text-after-root' : 'stray-text';
    const path = current === undefined ? {} : { path: current.path() };
    const text = sample(trim(decode(bytes, start, Math.min(end, start + 400), this.window.charset).text));
    this.glue.drop();
    this.repairs.note(name, { offset: base + start, ...path }, { text });
  }

  /** More bytes are needed, unless too many are held already. */
  private wait(start: number, limit: number, code = 'reports/text-too-long'): number {
    return this.window.bytes.length - start > limit ? this.tooLong(start, code) : incomplete;
  }

  private tooLong(at: number, code = 'reports/text-too-long'): number {
    const { leaf, current, phase } = this.elements;
    const path = (leaf ?? current)?.path();
    const place = { offset: this.window.base + at, ...(path === undefined ? {} : { path }) };
    const limit = code === 'reports/tag-too-long' ? this.limits.tagLength : this.limits.textLength;
    const text = phase === 'before' && !this.sawTag && this.window.bytes[at] !== lt;
    this.elements.refuse(text ? 'reports/not-xml' : code, place, { limit });
    return incomplete;
  }

  private badMarkup(at: number): number {
    const { bytes } = this.window;
    // As much of it as is shown, however the bytes came.
    if (bytes.length - at < shownMarkup && !this.final) return incomplete;
    const text = nameText(bytes, at, Math.min(at + shownMarkup, bytes.length));
    this.elements.refuse('reports/bad-markup', { offset: this.window.base + at }, { text });
    return incomplete;
  }

  private object(at: number): number {
    const { code, values, see } = this.rows.objection!;
    this.elements.refuse(code, { offset: this.window.base + at }, values, see ?? 'RFC 9990 Appendix A');
    return incomplete;
  }
}
