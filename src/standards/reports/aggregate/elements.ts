import type { Position, Problem } from '../../problem.ts';
import { dmarc1Namespace, dmarc2Namespace } from './head-builder.ts';
import type { HeadBuilder } from './head-builder.ts';
import type { Limits } from './limits.ts';
import type { Tag } from './markup.ts';
import { sample } from './repairs.ts';
import type { Repairs } from './repairs.ts';
import type { RowBuilder } from './row-builder.ts';
import { actions, aliases, countedNames } from './schema.ts';
import type { Node } from './schema.ts';

/** Where the scan is: before `<feedback>`, in it, behind it. */
export type Phase = 'after' | 'before' | 'inside';

interface Binding {
  readonly prefix: string;
  readonly uri: string;
  readonly level: number;
}

/** An extension whose end has not been seen. */
interface OpenExtension {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly ofRow: boolean;
}

/**
 * Which elements are open, what each opening and closing tag means, and what it sets off in the builders. A closing tag must be
 * that of the innermost open element: nothing here guesses, since a lost tag can join two records into one.
 */
export class Elements {
  phase: Phase = 'before';
  /** The innermost open element of the schema that has elements in it. */
  current: Node | undefined;
  /** The open element whose text is being read. */
  leaf: Node | undefined;
  /** Open elements of the schema that are not written as `<name>` in the namespace of the report. With none, the shortcuts of the scan hold. */
  special = 0;
  /** What was wrong, once something was: the report is refused. */
  problem: Problem | undefined;
  /** `<xs:schema>` stands open around the report. */
  wrapped = false;
  /** Whether an extension is open, whose bytes are to be kept. */
  extension: OpenExtension | undefined;
  /** Names, as written, of the open elements that are skipped or belong to an extension. */
  readonly skipped: string[] = [];
  /** Whether the last opening was of a plain kind: what the shortcuts of the scan may learn. */
  plain = true;

  private readonly rootNode: Node;
  private readonly limits: Limits;
  private readonly head: HeadBuilder;
  private readonly rows: RowBuilder;
  private readonly repairs: Repairs;
  /** Bits of the children seen in the open element of each depth. */
  private readonly seen = new Int32Array(16);
  /** Names as written of the open special elements, by depth. */
  private readonly written: (string | undefined)[] = [];
  private bindings: Binding[] = [];
  private uri: string | undefined;

  constructor(root: Node, limits: Limits, head: HeadBuilder, rows: RowBuilder, noted: Repairs) {
    this.rootNode = root;
    this.limits = limits;
    this.head = head;
    this.rows = rows;
    this.repairs = noted;
  }

  reset(): void {
    this.phase = 'before';
    this.current = undefined;
    this.leaf = undefined;
    this.special = 0;
    this.problem = undefined;
    this.wrapped = false;
    this.extension = undefined;
    this.skipped.length = 0;
    this.written.length = 0;
    this.bindings = [];
    this.uri = undefined;
  }

  /** Refuses the report; the first reason stands. Returns false, for the caller to pass on. */
  refuse(code: string, at: Position, values: Problem['values'] = {}, see = 'XML 1.0 §3'): false {
    this.problem ??= { code, values, at, see };
    return false;
  }

  /** The name of an open element of the schema as its tag wrote it. */
  writtenName(node: Node): string {
    return this.written[node.depth] ?? node.name;
  }

  /** Notes that a child is there; returns whether it was there before in this same place. */
  isRepeated(node: Node): boolean {
    if (node.bit === 0) return false;
    const depth = node.depth - 1;
    const before = (this.seen[depth]! & node.bit) !== 0;
    this.seen[depth]! |= node.bit;
    return before;
  }

  /** Opens an element of the schema that has elements in it. */
  open(node: Node, offset: number): boolean {
    if (this.isRepeated(node)) {
      // Two rows in one record are what is left of two records when the tags between them are lost.
      return this.refuse(
        'reports/repeated-section',
        { offset, path: node.path() },
        { element: node.name },
        'RFC 9990 Appendix A',
      );
    }
    this.seen[node.depth] = 0;
    this.current = node;
    if (node.action === actions.record) this.rows.openRecord(offset);
    else if (node.action === actions.dkim) this.rows.openDkim();
    else if (node.action === actions.spf) this.rows.openSpf();
    else if (node.action === actions.reason) this.rows.openReason();
    return true;
  }

  /** Closes it. */
  close(node: Node): void {
    this.current = node.parent;
    if (node.action === actions.record) this.rows.closeRecord();
    else if (node.action === actions.dkim) this.rows.closeDkim();
    else if (node.action === actions.spf) this.rows.closeSpf();
    else if (node.action === actions.reason) this.rows.closeReason();
    else if (node.action === actions.root) this.phase = 'after';
  }

  /**
   * Takes an opening tag.
   * @param values of its attributes, in order
   * @returns the element of the schema it opens, when it opens one; `undefined` when it is skipped, kept as an extension, or refused
   */
  openTag(tag: Tag, offset: number, values: readonly string[]): Node | undefined {
    this.plain = false;
    if (this.phase === 'after') {
      this.refuse('reports/markup-after-root', { offset }, { element: sample(tag.name) });
      return undefined;
    }
    const level = (this.current === undefined ? 0 : this.current.depth + 1) + this.skipped.length;
    if (level >= this.limits.depth) {
      this.refuse('reports/too-deep', { offset }, { limit: this.limits.depth });
      return undefined;
    }
    // In what is skipped, or kept as it is, namespaces decide nothing.
    if (this.skipped.length > 0) {
      this.openSkipped(tag, offset);
      return undefined;
    }
    const redefined = this.bind(tag, level, values);
    const uri = this.resolve(tag.prefix, offset);
    const node =
      this.current === undefined
        ? this.openFirst(tag, uri, offset)
        : this.openChild(this.current, tag, uri, redefined, offset);
    if (node === undefined && tag.selfClosing) this.unbind(level);
    return node;
  }

  private openFirst(tag: Tag, uri: string | undefined, offset: number): Node | undefined {
    if (tag.local === 'feedback') {
      this.phase = 'inside';
      this.uri = uri;
      this.head.namespace = uri;
      this.begin(this.rootNode, tag, false);
      this.open(this.rootNode, offset);
      return this.rootNode;
    }
    // <xs:schema …> around the report, as some reporters write who took the schema for a template.
    if (tag.local === 'schema' && !this.wrapped && !tag.selfClosing) this.wrapped = true;
    else this.refuse('reports/not-a-report', { offset }, { root: sample(tag.name) }, 'RFC 9990 §3.1.1.1');
    return undefined;
  }

  private openChild(
    parent: Node,
    tag: Tag,
    uri: string | undefined,
    redefined: boolean,
    offset: number,
  ): Node | undefined {
    const { local } = tag;
    const ours =
      uri === undefined || uri === '' || uri === this.uri || uri === dmarc1Namespace || uri === dmarc2Namespace;
    const alias = aliases.get(local);
    const child = ours
      ? (parent.children.get(local) ?? (alias === undefined ? undefined : parent.children.get(alias)))
      : undefined;
    if (child !== undefined) {
      if (alias !== undefined && child.name === alias) this.repairs.note('identities', { offset, path: child.path() });
      if (child.name === 'extensions') this.repairs.note('draft-extensions', { offset, path: child.path() });
      this.begin(child, tag, redefined);
      return child;
    }
    const ofRow = parent.action === actions.record || parent.parent?.action === actions.record;
    const place = parent.action === actions.record || parent.action === actions.root;
    if (parent.action === actions.extensions || (place && !ours)) {
      this.extension = { name: local, namespace: uri === '' ? undefined : uri, ofRow };
    } else if (countedNames.has(local.toLowerCase())) {
      this.refuse(
        'reports/misplaced-element',
        { offset, path: parent.path() },
        { element: sample(tag.name) },
        'RFC 9990 Appendix A',
      );
      return undefined;
    } else this.repairs.noteElement(`${parent.path()}/${local}`, { offset, path: parent.path() });
    if (!tag.selfClosing) this.skipped.push(tag.name);
    return undefined;
  }

  private openSkipped(tag: Tag, offset: number): void {
    // A row inside something unknown is a row that would get lost. In an extension it is none of ours.
    if (this.extension === undefined && countedNames.has(tag.local.toLowerCase())) {
      this.refuse('reports/misplaced-element', { offset }, { element: sample(tag.name) }, 'RFC 9990 Appendix A');
    }
    if (!tag.selfClosing) this.skipped.push(tag.name);
  }

  private begin(node: Node, tag: Tag, redefined: boolean): void {
    const emptyGroup = tag.selfClosing && !node.isLeaf;
    this.plain =
      tag.attributes.length === 0 && tag.name === node.name && !emptyGroup && node.action !== actions.extensions;
    if (tag.name === node.name && !redefined) return;
    this.special++;
    this.written[node.depth] = tag.name;
  }

  /** Undoes what `begin` noted. */
  end(node: Node): void {
    if (this.written[node.depth] !== undefined) {
      this.written[node.depth] = undefined;
      this.special--;
    }
    this.unbind(node.depth);
  }

  /** Takes a closing tag outside of a text. */
  closeTag(name: string, offset: number): Node | undefined {
    if (this.skipped.length > 0) {
      if (this.skipped.at(-1) !== name) return this.mismatch(name, this.skipped.at(-1)!, offset);
      this.skipped.pop();
      this.unbind((this.current?.depth ?? 0) + 1 + this.skipped.length);
      return undefined;
    }
    const node = this.current;
    if (node === undefined) {
      if (this.phase === 'after' && this.wrapped && name.slice(name.indexOf(':') + 1) === 'schema')
        this.wrapped = false;
      else this.refuse('reports/tag-mismatch', { offset }, { found: sample(name), expected: '' });
      return undefined;
    }
    if (this.writtenName(node) !== name) return this.mismatch(name, this.writtenName(node), offset);
    this.end(node);
    this.close(node);
    return node;
  }

  private mismatch(found: string, expected: string, offset: number): undefined {
    this.refuse('reports/tag-mismatch', { offset }, { found: sample(found), expected: sample(expected) });
  }

  /** Notes the namespaces a tag declares; returns whether they change what a name without prefix means inside the report. */
  private bind(tag: Tag, level: number, values: readonly string[]): boolean {
    let redefined = false;
    for (let i = 0; i < tag.attributes.length; i++) {
      const { name } = tag.attributes[i]!;
      if (name === 'xmlns') {
        redefined = this.phase === 'inside';
        this.bindings.push({ prefix: '', uri: values[i]!, level });
      } else if (name.startsWith('xmlns:')) this.bindings.push({ prefix: name.slice(6), uri: values[i]!, level });
    }
    return redefined;
  }

  private unbind(level: number): void {
    while (this.bindings.length > 0 && this.bindings.at(-1)!.level >= level) {
      // What stands around the root lasts as long as the document.
      if (this.phase === 'before') return;
      this.bindings.pop();
    }
  }

  private resolve(prefix: string, offset: number): string | undefined {
    for (let i = this.bindings.length - 1; i >= 0; i--) {
      if (this.bindings[i]!.prefix === prefix) return this.bindings[i]!.uri;
    }
    if (prefix !== '' && prefix !== 'xml') this.repairs.note('unbound-prefix', { offset }, { prefix: sample(prefix) });
    return undefined;
  }
}
