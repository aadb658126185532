import { Elements } from './elements.ts';
import { HeadBuilder } from './head-builder.ts';
import type { Interner } from './interner.ts';
import type { Limits } from './limits.ts';
import {
  after,
  begins,
  incomplete,
  nameEnd,
  nameText,
  readClosing,
  readTag,
  skipBlank,
  specialAt,
  Tag,
  tooMany,
} from './markup.ts';
import { repairBit, Repairs, sample } from './repairs.ts';
import { RowBuilder } from './row-builder.ts';
import { actions, fields, kinds, schemaTree } from './schema.ts';
import type { Glue, Node } from './schema.ts';
import { charset, cleanCharacters, cook, decode, trim, utf8 } from './text.ts';
import type { Charset, Cooked } from './text.ts';
import { countOf } from './values.ts';

// The scan. Between the texts of a report stands always the same: `</source_ip>`, a line end, so many blanks, `<count>`. So
// the bytes between one text and the next are remembered with what they set off ("glue"), and the next time they are compared
// 32 bits at a time instead of being read as tags. Reading them as tags is the other half of this file: it is what happens the
// first time, and whenever something is out of the ordinary. Both halves come to the same, since glue is only made of plain
// tags read by the second half, and only holds from the same element, with only plain elements open.

/** Longest glue, in bytes: the end of a record and the begin of the next, well indented. */
const glueLength = 512;
/** Most glues of one element: the shapes its surroundings take in one run of reports. */
const glueCount = 6;
/** The greatest count that is read digit by digit. */
const plainCountDigits = 10;
const [lt, zero, nine, slash, bang, question] = [60, 48, 57, 47, 33, 63];

export class Scanner {
  readonly repairs = new Repairs();
  readonly head: HeadBuilder;
  readonly rows: RowBuilder;
  readonly elements: Elements;
  /** How the bytes become text; an XML declaration may say. */
  charset: Charset = utf8;
  /** Where in the report the bytes at hand begin; where the document does, behind a byte order mark. */
  base = 0;
  documentStart = 0;
  /** What an XML declaration said of the charset, for whoever turns other bytes into UTF-8. */
  declared: string | undefined;
  /** The bytes are UTF-8 whatever a declaration says, since they were made so from UTF-16. */
  recoded = false;

  private readonly limits: Limits;
  private readonly nodes: readonly Node[];
  private readonly names: ReadonlySet<string>;
  private readonly tag = new Tag();
  private bytes: Uint8Array = new Uint8Array(0);
  /** The language of the text being read, as an entry of the texts, and as text. */
  private lang = 0;
  private langText: string | undefined;
  /** Where the glue being learned began, -1 for none; from which text; what it set off. */
  private glueStart = -1;
  private glueFrom: Node | undefined;
  private readonly glueEvents: number[] = [];
  private readonly glueOffsets: number[] = [];
  private extensionStart = -1;
  private extensionBytes: Uint8Array[] = [];
  private extensionLength = 0;
  private sawMarkup = false;

  constructor(limits: Limits, batchRows: number) {
    const { root, nodes, names } = schemaTree();
    this.limits = limits;
    this.nodes = nodes;
    this.names = names;
    this.head = new HeadBuilder(limits, this.repairs);
    this.rows = new RowBuilder(limits, this.repairs, batchRows);
    this.elements = new Elements(root, limits, this.head, this.rows, this.repairs);
  }

  reset(): void {
    this.repairs.reset();
    this.head.reset();
    this.elements.reset();
    this.charset = utf8;
    this.base = 0;
    this.documentStart = 0;
    this.declared = undefined;
    this.recoded = false;
    this.lang = 0;
    this.langText = undefined;
    this.extensionStart = -1;
    this.extensionBytes = [];
    this.extensionLength = 0;
    this.sawMarkup = false;
  }

  /**
   * Reads as far as whole units go: a text with its closing tag, or one piece of markup.
   * @param bytes the next of the report, beginning with what the last scan left
   * @returns how many bytes are done with. When `elements.problem` is set, the report is refused.
   */
  scan(bytes: Uint8Array): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const elements = this.elements;
    this.bytes = bytes;
    this.glueStart = -1;
    this.extensionStart = elements.extension === undefined ? -1 : 0;
    let pos = 0;
    while (elements.problem === undefined) {
      const leaf = elements.leaf;
      const next = leaf === undefined ? this.readMarkup(pos) : this.readText(leaf, view, pos);
      if (next < 0) break;
      pos = next;
    }
    if (this.extensionStart >= 0) this.keepExtension(pos);
    return pos;
  }

  /** Reads texts, one after the other, as long as the glue between them is known; then the end of the last as tags. */
  private readText(first: Node, view: DataView, from: number): number {
    const { bytes, elements } = this;
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
      if (at - pos > this.limits.textLength) return this.tooLong(pos);
      if (at === end) {
        elements.leaf = leaf;
        return pos === from ? incomplete : pos;
      }
      const glue = elements.special === 0 ? this.glueAt(leaf, view, at) : undefined;
      if (glue === undefined) {
        elements.leaf = leaf;
        const next = this.endText(leaf, view, pos, at, hash);
        return next === incomplete && pos !== from ? pos : next;
      }
      if (!this.take(leaf, view, pos, at, hash)) return incomplete;
      const { events, offsets } = glue;
      for (let i = 0; i < events.length; i++) {
        const event = events[i]!;
        if (event < 0) elements.close(this.nodes[-1 - event]!);
        else elements.open(this.nodes[event]!, this.base + at + offsets[i]!);
      }
      leaf = glue.next;
      pos = at + glue.length;
      elements.leaf = leaf;
      if (elements.problem !== undefined) return pos;
      if (this.rows.objection !== undefined) return this.object(pos);
    }
  }

  private glueAt(leaf: Node, view: DataView, at: number): Glue | undefined {
    const { glues } = leaf;
    const room = view.byteLength - at;
    for (let k = 0; k < glues.length; k++) {
      const glue = glues[k]!;
      const { words, length } = glue;
      if (length > room) continue;
      const last = words.length - 1;
      let i = 0;
      while (i < last && view.getInt32(at + i * 4, true) === words[i]) i++;
      if (i !== last || view.getInt32(at + length - 4, true) !== words[last]) continue;
      if (k > 0) {
        glues[k] = glues[k - 1]!;
        glues[k - 1] = glue;
      }
      return glue;
    }
    return undefined;
  }

  /** Remembers the bytes from the end of one text to the begin of the next. */
  private learnGlue(next: Node, end: number): void {
    const from = this.glueFrom;
    const start = this.glueStart;
    this.glueStart = -1;
    if (start < 0 || from === undefined || this.elements.special !== 0) return;
    const length = end - start;
    if (length > glueLength || length < 4) return;
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + start, length);
    const words = new Int32Array(Math.ceil(length / 4));
    for (let i = 0; i < words.length - 1; i++) words[i] = view.getInt32(i * 4, true);
    words[words.length - 1] = view.getInt32(length - 4, true);
    const events = Int32Array.from(this.glueEvents);
    const offsets = Int32Array.from(this.glueOffsets);
    from.glues.unshift({ length, words, events, offsets, next });
    if (from.glues.length > glueCount) from.glues.pop();
  }

  /** Takes the text of an element, when there is no markup in it. Returns false when the report is refused for it. */
  private take(leaf: Node, view: DataView, start: number, end: number, hash: number): boolean {
    const { bytes } = this;
    const repeated = this.elements.isRepeated(leaf);
    if (leaf.field === fields.count && end - start <= plainCountDigits && end > start) {
      let count = 0;
      let at = start;
      for (; at < end; at++) {
        const byte = bytes[at]!;
        if (byte < zero || byte > nine) break;
        count = count * 10 + byte - zero;
      }
      if (at === end) return this.takeCount(leaf, count, repeated, start);
    }
    if (leaf.kind === kinds.none) return this.takeText(leaf, cook(bytes, start, end, this.charset), repeated, start);
    const interner: Interner = this.rows.dictionaries.interner;
    const entry = interner.find(leaf.kind, this.charset, bytes, view, start, end, hash);
    const flags = interner.flags[entry]!;
    if (flags !== 0) this.noteFlags(flags, leaf, start, () => decode(bytes, start, end, this.charset).text);
    return this.set(leaf, interner.meanings[entry]!, repeated, start);
  }

  /** Takes a text that is no run of plain bytes, or that is not kept in a table. */
  private takeText(leaf: Node, cooked: Cooked, repeated: boolean, start: number): boolean {
    const text = trim(cooked.text);
    let { flags } = cooked;
    if (text.length !== cooked.text.length) flags |= repairBit('white-space');
    if (leaf.field === fields.count) {
      this.noteFlags(flags, leaf, start, () => text);
      const said = countOf(text);
      if (said.count !== undefined) {
        if (said.repair !== undefined) this.repairs.note(said.repair, this.at(leaf, start), { text: sample(text) });
        return this.takeCount(leaf, said.count, repeated, start);
      }
      this.rows.setNoCount(said.repair, sample(text), this.base + start);
      return this.agree(leaf, repeated && this.rows.currentCount !== 0, false, start);
    }
    if (leaf.field === fields.head) {
      this.noteFlags(flags, leaf, start, () => text);
      this.head.set(leaf.path().slice('feedback/'.length), text, this.langText, this.at(leaf, start));
      if (repeated) this.repairs.note('repeated-element', this.at(leaf, start));
      this.langText = undefined;
      this.lang = 0;
      const { objection } = this.head;
      if (objection === undefined) return true;
      return this.elements.refuse(objection.code, this.at(leaf, start), objection.values, objection.see);
    }
    const meant = this.rows.dictionaries.interner.mean(leaf.kind, text, flags);
    flags |= meant.flags;
    this.noteFlags(flags, leaf, start, () => text);
    return this.set(leaf, meant.meaning, repeated, start);
  }

  private set(leaf: Node, meaning: number, repeated: boolean, start: number): boolean {
    const same = this.rows.set(leaf.field, meaning, this.lang, repeated);
    this.lang = 0;
    return repeated ? this.agree(leaf, repeated, same, start) : true;
  }

  private takeCount(leaf: Node, count: number, repeated: boolean, start: number): boolean {
    this.lang = 0;
    if (repeated) return this.agree(leaf, true, this.rows.currentCount === count, start);
    this.rows.setCount(count, this.base + start);
    return true;
  }

  /** Of an element that is there twice: both must say the same, or one of them is wrong and nobody knows which. */
  private agree(leaf: Node, repeated: boolean, same: boolean, start: number): boolean {
    if (!repeated) return true;
    if (same) {
      this.repairs.note('repeated-element', this.at(leaf, start));
      return true;
    }
    return this.elements.refuse(
      'reports/contradiction',
      this.at(leaf, start),
      { element: leaf.name },
      'RFC 9990 Appendix A',
    );
  }

  /** The end of a text, from the `<` behind it, read as a tag. */
  private endText(leaf: Node, view: DataView, start: number, at: number, hash: number): number {
    const { bytes, elements } = this;
    if (at + 1 >= bytes.length) return incomplete;
    if (bytes[at + 1] === slash) {
      const stop = readClosing(bytes, at);
      if (stop === incomplete) return this.wait(start, this.limits.textLength);
      if (stop > 0 && nameText(bytes, at + 2, stop) === elements.writtenName(leaf)) {
        if (!this.take(leaf, view, start, at, hash)) return incomplete;
        return this.closeText(leaf, at, bytes.indexOf(62, stop) + 1);
      }
    }
    return this.readMixedText(leaf, start);
  }

  private closeText(leaf: Node, at: number, next: number): number {
    const { elements } = this;
    elements.leaf = undefined;
    this.glueStart = elements.special === 0 ? at : -1;
    this.glueFrom = leaf;
    this.glueEvents.length = 0;
    this.glueOffsets.length = 0;
    elements.end(leaf);
    return next;
  }

  /** A text with markup in it: CDATA sections, comments, or `<` that begins no tag. */
  private readMixedText(leaf: Node, start: number): number {
    const { bytes, elements, charset: from } = this;
    let text = '';
    let flags = 0;
    let run = start;
    let at = bytes.indexOf(lt, start);
    const add = (cooked: Cooked): void => {
      text += cooked.text;
      flags |= cooked.flags;
    };
    for (; at >= 0; at = bytes.indexOf(lt, at)) {
      if (at + 1 >= bytes.length) break;
      const next = bytes[at + 1]!;
      if (next === slash) {
        const stop = readClosing(bytes, at);
        if (stop === incomplete) break;
        if (stop > 0 && nameText(bytes, at + 2, stop) === elements.writtenName(leaf)) {
          if (at - start > this.limits.textLength) return this.tooLong(start);
          add(cook(bytes, run, at, from));
          if (!this.takeText(leaf, { text, flags }, elements.isRepeated(leaf), start)) return incomplete;
          const close = this.closeText(leaf, at, bytes.indexOf(62, stop) + 1);
          this.glueStart = -1;
          return close;
        }
      } else if (next === bang || next === question) {
        const special = specialAt(bytes, at);
        if (special === undefined) break;
        if (special === 'cdata' || special === 'comment' || special === 'instruction') {
          const stop = after(bytes, at + (special === 'cdata' ? 9 : special === 'comment' ? 4 : 2), closers[special]);
          if (stop === incomplete) break;
          add(cook(bytes, run, at, from));
          if (special === 'cdata') {
            const raw = decode(bytes, at + 9, stop - 3, from);
            const clean = cleanCharacters(raw.text);
            add({ text: clean.text, flags: raw.flags | clean.flags });
          }
          run = stop;
          at = stop;
          continue;
        }
      }
      // A `<` that closes nothing and opens nothing we know is text, where text is free; a tag we know says that the end of this text got lost.
      const begin = next === slash ? at + 2 : at + 1;
      const stop = nameEnd(bytes, begin);
      if (stop >= bytes.length) break;
      const name = nameText(bytes, begin, stop);
      if (!leaf.freeText || this.names.has(name.slice(name.indexOf(':') + 1).toLowerCase())) {
        elements.refuse('reports/unclosed-element', this.at(leaf, at), { element: leaf.name, found: sample(name) });
        return incomplete;
      }
      flags |= repairBit('unescaped-markup');
      at++;
    }
    return this.wait(start, this.limits.textLength);
  }

  /** One piece of markup between texts, with the text before it, which should be white space. */
  private readMarkup(from: number): number {
    const { bytes, elements } = this;
    const skipping = elements.skipped.length > 0;
    const pos = skipping ? from : skipBlank(bytes, from);
    if (pos === bytes.length) return pos === from ? incomplete : pos;
    const at = bytes.indexOf(lt, pos);
    if (at < 0) {
      if (!skipping) return this.progress(from, pos, this.wait(pos, this.limits.textLength));
      return bytes.length;
    }
    if (at > pos && !skipping) {
      // The text may be as long as what is held for a text, and is noted once.
      if (at - pos > this.limits.textLength) return this.tooLong(pos);
      this.noteStray(pos, at);
      return at;
    }
    if (at + 1 >= bytes.length) return this.progress(from, at, incomplete);
    const next = bytes[at + 1]!;
    if (next === slash) return this.progress(from, at, this.readClosingTag(at));
    if (next === bang || next === question) return this.progress(from, at, this.readSpecial(at));
    return this.progress(from, at, this.readOpeningTag(at));
  }

  /** What was skipped on the way counts as done even when the markup behind it has to wait. */
  private progress(from: number, at: number, result: number): number {
    return result < 0 && at > from ? at : result;
  }

  private readClosingTag(at: number): number {
    const { bytes, elements } = this;
    const stop = readClosing(bytes, at);
    if (stop === incomplete) return this.wait(at, this.limits.tagLength);
    if (stop < 0) return this.badMarkup(at);
    const name = nameText(bytes, at + 2, stop);
    const end = bytes.indexOf(62, stop) + 1;
    const wasSkipped = elements.skipped.length > 0;
    const closed = elements.closeTag(name, this.base + at);
    if (elements.problem !== undefined) return incomplete;
    if (wasSkipped) {
      this.glueStart = -1;
      if (elements.skipped.length === 0) this.endExtension(end);
    } else if (closed !== undefined) {
      this.glueEvents.push(-1 - closed.index);
      this.glueOffsets.push(at - this.glueStart);
      if (this.rows.objection !== undefined) return this.object(at);
    }
    return end;
  }

  private readOpeningTag(at: number): number {
    const { bytes, elements, tag } = this;
    const end = readTag(bytes, at, tag, this.limits.attributes);
    if (end === incomplete) return this.wait(at, this.limits.tagLength);
    if (end === tooMany) {
      elements.refuse('reports/too-many-attributes', { offset: this.base + at }, { limit: this.limits.attributes });
      return incomplete;
    }
    if (end < 0) return this.badMarkup(at);
    if (end - at > this.limits.tagLength) return this.tooLong(at);
    this.sawMarkup = true;
    const inExtension = elements.extension !== undefined;
    const node = elements.openTag(tag, this.base + at, (index) => this.attribute(index));
    if (elements.problem !== undefined) return incomplete;
    if (!elements.plain) this.glueStart = -1;
    if (node === undefined) {
      if (elements.extension !== undefined && !inExtension) {
        this.extensionStart = at;
        if (tag.selfClosing) this.endExtension(end);
      }
      return end;
    }
    if (node.isLeaf) {
      this.setLang();
      if (tag.selfClosing) {
        if (!this.takeText(node, { text: '', flags: 0 }, elements.isRepeated(node), at)) return incomplete;
        elements.end(node);
      } else {
        this.learnGlue(node, end);
        elements.leaf = node;
      }
      return end;
    }
    if (node.action !== actions.root && !elements.open(node, this.base + at)) return incomplete;
    if (this.rows.objection !== undefined) return this.object(at);
    this.glueEvents.push(node.index);
    this.glueOffsets.push(at - this.glueStart);
    if (tag.selfClosing) {
      elements.end(node);
      elements.close(node);
    }
    return end;
  }

  private setLang(): void {
    this.lang = 0;
    this.langText = undefined;
    const index = this.tag.attributes.findIndex(({ name }) => name === 'lang' || name === 'xml:lang');
    if (index < 0) return;
    const lang = trim(this.attribute(index));
    if (lang === '') return;
    this.langText = lang;
    this.lang = this.rows.dictionaries.interner.mean(kinds.text, lang).meaning;
  }

  private attribute(index: number): string {
    const { start, end } = this.tag.attributes[index]!;
    return cook(this.bytes, start, end, this.charset).text;
  }

  private readSpecial(at: number): number {
    const { bytes, elements } = this;
    const special = specialAt(bytes, at);
    if (special === undefined) return this.wait(at, this.limits.tagLength);
    if (special === 'malformed') return this.badMarkup(at);
    this.glueStart = -1;
    if (special === 'doctype') return this.readDoctype(at);
    if (special === 'instruction' && begins(bytes, at, '<?xml') !== false) return this.readDeclaration(at);
    const end = after(bytes, at + (special === 'cdata' ? 9 : special === 'comment' ? 4 : 2), closers[special]);
    if (end === incomplete) return this.wait(at, this.limits.textLength);
    if (end - at > this.limits.textLength) return this.tooLong(at);
    if (special === 'cdata' && elements.skipped.length === 0) {
      if (trim(decode(bytes, at + 9, end - 3, this.charset).text) !== '') this.noteStray(at, end);
    }
    return end;
  }

  /** `<?xml …?>`, or an instruction whose name begins so (`<?xml-stylesheet …?>`). Some end it with `>` alone. */
  private readDeclaration(at: number): number {
    const { bytes } = this;
    const end = after(bytes, at, '>');
    if (end === incomplete) return this.wait(at, this.limits.tagLength);
    const text = nameText(bytes, at, end);
    if (!/^<\?xml[ \t\r\n?>]/.test(text)) {
      const stop = after(bytes, at + 2, '?>');
      return stop === incomplete ? this.wait(at, this.limits.textLength) : stop;
    }
    const first = this.base + at === this.documentStart;
    if (!first || !text.endsWith('?>')) this.repairs.note('bad-declaration', { offset: this.base + at });
    const label = /\sencoding\s*=\s*["']?([A-Za-z0-9._:-]{1,40})/.exec(text)?.[1];
    if (label === undefined || this.declared !== undefined || this.elements.phase !== 'before') return end;
    this.declared = label;
    if (this.recoded) return end;
    const named = charset(label);
    if (named === undefined) this.repairs.note('encoding', { offset: this.base + at }, { encoding: sample(label) });
    else this.charset = named;
    return end;
  }

  /** A document type without a subset of its own defines nothing, and what it points to is never fetched: it is stepped over. */
  private readDoctype(at: number): number {
    const { bytes, elements } = this;
    const end = after(bytes, at, '>');
    const subset = bytes.indexOf(91, at);
    if (subset >= 0 && (end === incomplete || subset < end)) {
      elements.refuse('reports/dtd', { offset: this.base + at }, {}, 'XML 1.0 §2.8');
      return incomplete;
    }
    if (end === incomplete) return this.wait(at, this.limits.tagLength);
    if (elements.phase !== 'before') return this.badMarkup(at);
    this.repairs.note('doctype', { offset: this.base + at });
    return end;
  }

  private noteStray(start: number, end: number): void {
    const { phase, current } = this.elements;
    const name = phase === 'before' ? 'text-before-root' : phase === 'after' ? 'text-after-root' : 'stray-text';
    const path = current === undefined ? {} : { path: current.path() };
    const text = sample(trim(decode(this.bytes, start, Math.min(end, start + 400), this.charset).text));
    this.glueStart = -1;
    this.repairs.note(name, { offset: this.base + start, ...path }, { text });
  }

  private noteFlags(flags: number, leaf: Node, start: number, text: () => string): void {
    for (let rest = flags; rest !== 0; rest &= rest - 1) {
      const repair = 31 - Math.clz32(rest & -rest);
      if (this.repairs.count(repair)) this.repairs.place(repair, this.at(leaf, start), { text: sample(text()) });
    }
  }

  private keepExtension(end: number): void {
    const part = this.bytes.slice(this.extensionStart, end);
    this.extensionBytes.push(part);
    this.extensionLength += part.length;
    this.extensionStart = -1;
    if (this.extensionLength > this.limits.textLength) this.tooLong(end);
  }

  private endExtension(end: number): void {
    const open = this.elements.extension;
    if (open === undefined) return;
    this.keepExtension(end);
    const bytes = new Uint8Array(this.extensionLength);
    let at = 0;
    for (const part of this.extensionBytes) {
      bytes.set(part, at);
      at += part.length;
    }
    this.extensionBytes = [];
    this.extensionLength = 0;
    this.elements.extension = undefined;
    const decoded = decode(bytes, 0, bytes.length, this.charset);
    if (decoded.flags !== 0) this.repairs.note('bad-utf8', { offset: this.base + end - bytes.length });
    const { name, namespace, ofRow } = open;
    const extension = {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      xml: cleanCharacters(decoded.text).text,
    };
    if (ofRow) this.rows.addExtension(extension);
    else this.head.addExtension(extension);
    const objection = this.rows.objection ?? this.head.objection;
    if (objection !== undefined)
      this.elements.refuse(objection.code, { offset: this.base + end }, objection.values, objection.see);
  }

  private at(leaf: Node, pos: number): { offset: number; path: string } {
    return { offset: this.base + pos, path: leaf.path() };
  }

  /** More bytes are needed, unless too many are held already. */
  private wait(start: number, limit: number): number {
    return this.bytes.length - start > limit ? this.tooLong(start) : incomplete;
  }

  private tooLong(at: number): number {
    const { leaf, current, phase } = this.elements;
    const path = (leaf ?? current)?.path();
    const code = phase === 'before' && !this.sawMarkup ? 'reports/not-xml' : 'reports/text-too-long';
    this.elements.refuse(
      code,
      { offset: this.base + at, ...(path === undefined ? {} : { path }) },
      { limit: this.limits.textLength },
    );
    return incomplete;
  }

  private badMarkup(at: number): number {
    const text = sample(nameText(this.bytes, at, Math.min(at + 60, this.bytes.length)));
    this.elements.refuse('reports/bad-markup', { offset: this.base + at }, { text });
    return incomplete;
  }

  private object(at: number): number {
    const { code, values, see } = this.rows.objection!;
    this.elements.refuse(code, { offset: this.base + at }, values, see ?? 'RFC 9990 Appendix A');
    return incomplete;
  }
}

const closers = { cdata: ']]>', comment: '-->', instruction: '?>' } as const;
