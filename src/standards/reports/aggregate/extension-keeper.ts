import type { Elements } from './elements.ts';
import type { HeadBuilder } from './head-builder.ts';
import type { Limits } from './limits.ts';
import { repairBit } from './repairs.ts';
import type { Repairs } from './repairs.ts';
import type { RowBuilder } from './row-builder.ts';
import { cleanCharacters, decode, resolveReferences } from './text.ts';
import type { Window } from './texts.ts';

/** Keeps the bytes of an open extension, which may come in many chunks, and hands it over when it ends. */
export class ExtensionKeeper {
  /** Where in the bytes at hand the extension, or what is not kept of it yet, begins; -1 for none. */
  private start = -1;
  private parts: Uint8Array[] = [];
  private length = 0;
  private readonly window: Window;
  private readonly elements: Elements;
  private readonly head: HeadBuilder;
  private readonly rows: RowBuilder;
  private readonly repairs: Repairs;
  private readonly limits: Limits;

  constructor(window: Window, elements: Elements, head: HeadBuilder, rows: RowBuilder, noted: Repairs, limits: Limits) {
    this.window = window;
    this.elements = elements;
    this.head = head;
    this.rows = rows;
    this.repairs = noted;
    this.limits = limits;
  }

  reset(): void {
    this.start = -1;
    this.parts = [];
    this.length = 0;
  }

  /** An extension begins at a place. */
  begin(at: number): void {
    this.start = at;
  }

  /** New bytes are at hand. */
  resume(): void {
    this.start = this.elements.extension === undefined ? -1 : 0;
  }

  /** Keeps what is read of it, up to a place: the bytes at hand are about to go. */
  keep(end: number): void {
    if (this.start < 0) return;
    const part = this.window.bytes.slice(this.start, end);
    this.parts.push(part);
    this.length += part.length;
    this.start = -1;
    if (this.length > this.limits.textLength) {
      const at = { offset: this.window.base + end };
      this.elements.refuse('reports/text-too-long', at, { limit: this.limits.textLength }, 'RFC 9990 §5');
    }
  }

  /** The extension has ended. */
  end(end: number): void {
    const open = this.elements.extension;
    if (open === undefined) return;
    this.keep(end);
    const bytes = new Uint8Array(this.length);
    let filled = 0;
    for (const part of this.parts) {
      bytes.set(part, filled);
      filled += part.length;
    }
    this.reset();
    this.elements.extension = undefined;
    const decoded = decode(bytes, 0, bytes.length, this.window.charset);
    const clean = cleanCharacters(decoded.text);
    const at = { offset: this.window.base + end - bytes.length };
    const [first = '', ...sections] = clean.text.split('<![CDATA[');
    const outside = first + sections.map((each) => each.slice(each.indexOf(']]>') + 3)).join('');
    const closed = outside.includes(']]>') ? repairBit('unescaped-markup') : 0;
    const flags = decoded.flags | clean.flags | closed | resolveReferences(outside).flags;
    this.repairs.noteFlags(flags, at, { text: open.name });
    const { name, namespace, ofRow } = open;
    const extension = { name, ...(namespace === undefined ? {} : { namespace }), xml: clean.text };
    if (ofRow) this.rows.addExtension(extension);
    else this.head.addExtension(extension);
    const objection = this.rows.objection ?? this.head.objection;
    if (objection !== undefined) this.elements.refuse(objection.code, at, objection.values, objection.see);
  }
}
