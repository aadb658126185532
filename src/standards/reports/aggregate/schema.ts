// The elements of an aggregate report, of both generations in one tree (RFC 9990 Appendix A, RFC 7489 Appendix C), as the
// scanner walks it: each element is a node, the path to it its identity.

/** How the text of an element is read, and in which table of the dictionaries it is kept. */
export const kinds = {
  /** Not kept in a table: numbers of a row, texts of the head. */
  none: 0,
  address: 1,
  name: 2,
  /** A name that may be the null sender. */
  sender: 3,
  text: 4,
  disposition: 5,
  alignment: 6,
  dkimResult: 7,
  spfResult: 8,
  scope: 9,
  override: 10,
} as const;

/** What the text of a row's element is for. */
export const fields = {
  head: 0,
  count: 1,
  source: 2,
  disposition: 3,
  evaluatedDkim: 4,
  evaluatedSpf: 5,
  headerFrom: 6,
  envelopeFrom: 7,
  envelopeTo: 8,
  reasonType: 9,
  reasonComment: 10,
  dkimDomain: 11,
  dkimSelector: 12,
  dkimResult: 13,
  dkimHuman: 14,
  spfDomain: 15,
  spfScope: 16,
  spfResult: 17,
  spfHuman: 18,
} as const;

/** What opening or closing an element does beyond noting that it was there. */
export const actions = { none: 0, record: 1, reason: 2, dkim: 3, spf: 4, extensions: 5, root: 6 } as const;

/** What the bytes between one text and the next were, and what they set off: see `glue.ts`. */
export interface Glue {
  readonly length: number;
  /** The bytes as 32-bit words; the last one overlaps when the length is no multiple of four. */
  readonly words: Int32Array;
  /** Elements closed (-1 - index) and opened (index) on the way, in order. */
  readonly events: Int32Array;
  /** Where in the glue the tag of each stands. */
  readonly offsets: Int32Array;
  readonly next: Node;
}

export class Node {
  readonly index: number;
  readonly name: string;
  readonly parent: Node | undefined;
  /** 0 for `feedback`. */
  readonly depth: number;
  readonly children = new Map<string, Node>();
  readonly isLeaf: boolean;
  readonly kind: number;
  readonly field: number;
  readonly action: number;
  /** Among its siblings: to see that an element is there twice. 0 for those that may be. */
  readonly bit: number;
  /**
   * Whether markup that is none (`<bad@example.com>`) is taken for text here. Never in a row: where an element comes again and
   * again, a `<` in its text may as well be the place where a piece of the report, with other rows in it, got lost.
   */
  readonly freeText: boolean;
  /** What was seen to follow the text of this element. */
  readonly glues: Glue[] = [];
  /** Glues learned since one was last found again. */
  learnedInVain = 0;

  constructor(index: number, parent: Node | undefined, spec: Spec) {
    this.index = index;
    this.name = spec.name;
    this.parent = parent;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    this.isLeaf = spec.children === undefined;
    this.kind = spec.kind ?? kinds.none;
    this.field = spec.field ?? fields.head;
    this.action = spec.action ?? actions.none;
    this.bit = spec.many === true || parent === undefined ? 0 : 1 << parent.children.size;
    this.freeText = spec.freeText ?? false;
    parent?.children.set(spec.name, this);
  }

  /** `feedback/record/row/count`. */
  path(): string {
    return this.parent === undefined ? this.name : `${this.parent.path()}/${this.name}`;
  }
}

interface Spec {
  readonly name: string;
  readonly children?: readonly Spec[];
  readonly kind?: number;
  readonly field?: number;
  readonly action?: number;
  readonly many?: true;
  readonly freeText?: true;
}

const leaf = (name: string, field: number, kind: number): Spec => ({ name, field, kind });
/** Elements whose text is a value of the head. */
const head = (...names: string[]): Spec[] => names.map((name) => ({ name }));
const free = (...names: string[]): Spec[] => names.map((name) => ({ name, freeText: true }));
const extensions: Spec[] = ['extension', 'extensions'].map((name) => ({
  name,
  children: [],
  action: actions.extensions,
  many: true,
}));

const feedback: Spec = {
  name: 'feedback',
  action: actions.root,
  children: [
    ...head('version'),
    {
      name: 'report_metadata',
      children: [
        ...free('org_name', 'email', 'extra_contact_info', 'report_id', 'generator'),
        { name: 'error', many: true, freeText: true },
        { name: 'date_range', children: head('begin', 'end') },
      ],
    },
    {
      name: 'policy_published',
      children: [
        ...head(
          'domain',
          'version_published',
          'adkim',
          'aspf',
          'p',
          'sp',
          'np',
          'pct',
          'fo',
          'testing',
          'discovery_method',
        ),
      ],
    },
    ...extensions,
    {
      name: 'record',
      action: actions.record,
      many: true,
      children: [
        {
          name: 'row',
          children: [
            leaf('source_ip', fields.source, kinds.address),
            leaf('count', fields.count, kinds.none),
            {
              name: 'policy_evaluated',
              children: [
                leaf('disposition', fields.disposition, kinds.disposition),
                leaf('dkim', fields.evaluatedDkim, kinds.alignment),
                leaf('spf', fields.evaluatedSpf, kinds.alignment),
                {
                  name: 'reason',
                  action: actions.reason,
                  many: true,
                  children: [
                    leaf('type', fields.reasonType, kinds.override),
                    leaf('comment', fields.reasonComment, kinds.text),
                  ],
                },
              ],
            },
          ],
        },
        {
          name: 'identifiers',
          children: [
            leaf('header_from', fields.headerFrom, kinds.name),
            leaf('envelope_from', fields.envelopeFrom, kinds.sender),
            leaf('envelope_to', fields.envelopeTo, kinds.name),
          ],
        },
        {
          name: 'auth_results',
          children: [
            {
              name: 'dkim',
              action: actions.dkim,
              many: true,
              children: [
                leaf('domain', fields.dkimDomain, kinds.name),
                leaf('selector', fields.dkimSelector, kinds.text),
                leaf('result', fields.dkimResult, kinds.dkimResult),
                leaf('human_result', fields.dkimHuman, kinds.text),
              ],
            },
            {
              name: 'spf',
              action: actions.spf,
              many: true,
              children: [
                leaf('domain', fields.spfDomain, kinds.name),
                leaf('scope', fields.spfScope, kinds.scope),
                leaf('result', fields.spfResult, kinds.spfResult),
                leaf('human_result', fields.spfHuman, kinds.text),
              ],
            },
          ],
        },
        ...extensions,
      ],
    },
  ],
};

/** The elements written in their stead by some reporters. */
export const aliases: ReadonlyMap<string, string> = new Map([['identities', 'identifiers']]);

/** Elements that carry numbers or rows: where one stands in a place it does not belong to, skipping it would lose a count. */
export const countedNames: ReadonlySet<string> = new Set([
  'feedback',
  'record',
  'row',
  'source_ip',
  'count',
  'date_range',
  'begin',
  'end',
]);

/** A tree of its own for each reader, since the glue learned on the way is kept in it. */
export function schemaTree(): {
  readonly root: Node;
  readonly nodes: readonly Node[];
  readonly names: ReadonlySet<string>;
} {
  const nodes: Node[] = [];
  const grow = (spec: Spec, parent: Node | undefined): Node => {
    const node = new Node(nodes.length, parent, spec);
    nodes.push(node);
    for (const child of spec.children ?? []) grow(child, node);
    return node;
  };
  const root = grow(feedback, undefined);
  return { root, nodes, names: new Set([...nodes.map((node) => node.name), ...aliases.keys()]) };
}
