import type { Glue, Node } from './schema.ts';

// Between the texts of a report stands always the same: `</source_ip>`, a line end, so many blanks, `<count>`. So the bytes
// between one text and the next are remembered with what they set off ("glue"), and the next time they are compared 32 bits at a
// time instead of being read as tags. It comes to the same: glue is only made of plain tags that were read as tags (no prefix, no
// attribute, nothing noted on the way), and only holds behind the same element, with only plain elements open.

/** Longest glue, in bytes: the end of a record and the begin of the next, well indented. */
const mostBytes = 512;
/** So many glues of one element learned and not one found again: from then on only every so many is learned. */
const mostInVain = 64;
/** Most glues of one element: the shapes its surroundings take in one run of reports. */
const mostGlues = 6;

/** The glue of an element that stands at a place, if one does. The one found comes forward in its list. */
export function glueAt(leaf: Node, view: DataView, at: number): Glue | undefined {
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
    leaf.learnedInVain = 0;
    if (k > 0) {
      glues[k] = glues[k - 1]!;
      glues[k - 1] = glue;
    }
    return glue;
  }
  return undefined;
}

/** Makes glue out of what is read between two texts. Whatever is out of the ordinary drops it. */
export class GlueMaker {
  private start = -1;
  private from: Node | undefined;
  private readonly events: number[] = [];
  private readonly offsets: number[] = [];

  /** A text has ended at a place. */
  begin(from: Node, at: number): void {
    this.start = at;
    this.from = from;
    this.events.length = 0;
    this.offsets.length = 0;
  }

  drop(): void {
    this.start = -1;
  }

  /** An element is opened (index) or closed (-1 - index) by the tag at a place. */
  add(event: number, at: number): void {
    if (this.start < 0) return;
    this.events.push(event);
    this.offsets.push(at - this.start);
  }

  /** The next text begins: what stands between is remembered. */
  finish(next: Node, bytes: Uint8Array, end: number): void {
    const { start, from } = this;
    this.start = -1;
    const length = end - start;
    if (start < 0 || from === undefined || length > mostBytes || length < 4) return;
    if (++from.learnedInVain > mostInVain && from.learnedInVain % mostInVain !== 0) return;
    const view = new DataView(bytes.buffer, bytes.byteOffset + start, length);
    const words = new Int32Array(Math.ceil(length / 4));
    for (let i = 0; i < words.length - 1; i++) words[i] = view.getInt32(i * 4, true);
    words[words.length - 1] = view.getInt32(length - 4, true);
    const events = Int32Array.from(this.events);
    const offsets = Int32Array.from(this.offsets);
    from.glues.unshift({ length, words, events, offsets, next });
    if (from.glues.length > mostGlues) from.glues.pop();
  }
}
