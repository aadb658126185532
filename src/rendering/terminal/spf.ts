import type {
  AddressSpan,
  AddressVerdict,
  SpfAllows,
  SpfDifference,
  SpfSide,
  SpfTermNode,
  SpfTreeNode,
  SpfTreeView,
} from '../../protection/permission/index.ts';
import type { Problem } from '../../standards/problem.ts';
import { displayWidth, safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

export interface SpfTextOptions {
  /** Lines of a list of networks: 20 when not given, all with `Infinity`. */
  readonly limit?: number;
}

const paints: Readonly<Record<string, Paint>> = {
  pass: 'good',
  fail: 'bad',
  softfail: 'warn',
  permerror: 'bad',
  temperror: 'warn',
};

/** How many IPv6 addresses, by powers of two where nobody reads the digits: `2^96`, `~2^97`. */
export function ipv6Text(digits: string, words: Speech): string {
  const count = BigInt(digits);
  if (count < 1_000_000n) return words.integer(Number(count));
  const bits = count.toString(2).length - 1;
  if (count === 1n << BigInt(bits)) return `2^${bits}`;
  // To the nearer power: the logarithm's first binary place decides.
  const isNearNext = count * count > 1n << BigInt(2 * bits + 1);
  return `~2^${isNearNext ? bits + 1 : bits}`;
}

function problemText(problem: Problem, words: Speech): string {
  const values = Object.fromEntries(
    Object.entries(problem.values ?? {}).map(([key, value]) => [
      key,
      typeof value === 'number' ? words.integer(value) : safeText(value, 120),
    ]),
  );
  const said = words.say(problem.code, values);
  return problem.see === undefined ? said : `${said} (${problem.see})`;
}

interface Row {
  readonly tree: string;
  /** What stands before the lines under it. */
  readonly under: string;
  readonly text: string;
  readonly term: SpfTermNode | undefined;
  readonly node: SpfTreeNode | undefined;
  readonly notes: readonly { readonly text: string; readonly as: Paint }[];
}

/** The tree of SPF records of a domain, what each term costs and lets in, and what comes of it; no line wider than `style.width`. */
export function spfTreeText(view: SpfTreeView, style: Style, options: SpfTextOptions = {}): string[] {
  const words = speech(style.language);
  const lines = [paint(plain(words.say('spf-title', { domain: safeText(view.domain, 253) }), style), 'heading', style)];
  if (view.status !== 'record') lines.push(...statusLines(view, style, words));
  if (view.status === 'record') {
    const { lookups, voidLookups, limits } = view;
    const isOver = lookups > limits.lookups;
    lines.push(
      ...wrapped(
        words.say('spf-lookups', { count: lookups, limit: limits.lookups }),
        style,
        0,
        isOver ? 'bad' : undefined,
      ),
      ...(voidLookups.v4 + voidLookups.v6 === 0
        ? []
        : wrapped(
            words.say('spf-void-total', { ...voidLookups, limit: limits.voidLookups }),
            style,
            0,
            Math.max(voidLookups.v4, voidLookups.v6) > limits.voidLookups ? 'bad' : 'warn',
          )),
      '',
      ...treeLines(view, style, words),
    );
  }
  lines.push(...problemLines(view.tree, style, words));
  lines.push(...resultLines(view, style, words));
  lines.push(...errorLines(view, style, words));
  if (view.status === 'record') {
    lines.push(
      ...heading(words.say('spf-networks', { count: words.integer(view.allowed.prefixes.length) }), style),
      ...networkLines(view.allowed.prefixes, style, words, options),
      '',
      ...wrapped(words.say('spf-holds', { ttl: words.integer(view.ttl) }), style, 0, 'dim'),
    );
  }
  return lines;
}

function statusLines({ domain, status, texts }: SpfSide, style: Style, words: Speech): string[] {
  return [
    ...wrapped(words.say(`spf-${status}`, { domain: safeText(domain, 253) }), style, 0, 'bad'),
    ...texts.flatMap((text) => wrapped(safeText(text, 2000), style, 2)),
  ];
}

function treeLines(view: SpfTreeView, style: Style, words: Speech): string[] {
  const rows = [...nodeRows(view.tree, '', '', view.limits.lookups, style, words)];
  const figure = ({ term }: Row, span: AddressSpan | undefined, of: 'ipv4' | 'ipv6'): string => {
    if (term === undefined || term.unreachable || isModifier(term)) return '';
    // What "all" matches is whatever is left, and the table of results says how much that is.
    if (term.kind === 'all') return words.say('spf-rest');
    if (span === undefined) return of === 'ipv4' ? words.say('spf-hangs') : '';
    if (of === 'ipv4') return span.ipv4 === 0 ? '' : words.integer(span.ipv4);
    return span.ipv6 === '0' ? '' : ipv6Text(span.ipv6, words);
  };
  const adds = (row: Row): string => {
    const { matches, adds: added, kind = '' } = row.term ?? {};
    if (matches === undefined || added === undefined || kind === 'all') return '';
    if (matches.ipv4 === added.ipv4 && matches.ipv6 === added.ipv6) return '';
    return matches.ipv4 === 0 ? ipv6Text(added.ipv6, words) : words.integer(added.ipv4);
  };
  const lookups = ({ term, node }: Row): string => {
    const count = term?.lookups ?? node?.lookups ?? 0;
    return count === 0 ? '' : String(count);
  };
  const columns: Column<Row>[] = [
    { title: words.say('spf-term'), cell: (row) => row.tree + row.text, least: 24 },
    { title: words.say('spf-asks'), cell: lookups, align: 'right' },
    { title: words.say('spf-ipv4'), cell: (row) => figure(row, row.term?.matches, 'ipv4'), align: 'right' },
    { title: words.say('spf-adds'), cell: adds, align: 'right' },
    { title: words.say('spf-ipv6'), cell: (row) => figure(row, row.term?.matches, 'ipv6'), align: 'right' },
  ];
  const [titles = '', ...body] = table(columns, rows, style);
  return [
    titles,
    ...body.flatMap((line, at) => [
      line,
      ...rows[at]!.notes.flatMap(({ text, as }) => {
        const under = plain(rows[at]!.under, style);
        return wrapped(text, style, displayWidth(under)).map((each) => under + paint(each.trimStart(), as, style));
      }),
    ]),
  ];
}

function isModifier({ kind }: SpfTermNode): boolean {
  return kind === 'redirect' || kind === 'exp' || kind === 'unknown';
}

function* nodeRows(
  node: SpfTreeNode,
  lead: string,
  tree: string,
  limit: number,
  style: Style,
  words: Speech,
): Generator<Row> {
  const isAscii = style.unicode === false;
  const [fork, end, down] = isAscii ? ['|- ', '`- ', '|  '] : ['├─ ', '└─ ', '│  '];
  const notes: { text: string; as: Paint }[] = [];
  if (node.status === 'record') {
    const values = { size: words.integer(node.answerSize), ttl: words.integer(node.ttl ?? 0) };
    notes.push({ text: words.say('spf-size', values), as: 'dim' });
  } else {
    notes.push({ text: words.say(`spf-${node.status}`, { domain: safeText(node.domain, 253) }), as: 'bad' });
  }
  const hasTerms = node.terms.length > 0;
  // The record of an include stands under its term; only the one at the top has a line of its own.
  if (tree === '') {
    yield {
      tree: '',
      under: lead + (hasTerms ? down : ''),
      text: safeText(node.domain, 253),
      term: undefined,
      node,
      notes,
    };
  }
  for (const [at, term] of node.terms.entries()) {
    const isLast = at === node.terms.length - 1;
    const here = lead + (isLast ? end : fork);
    const below = lead + (isLast ? '   ' : down);
    const inner = term.child === undefined ? [] : [...nodeRows(term.child, below, here, limit, style, words)];
    yield {
      tree: here,
      under: below + (inner.length > 0 ? down : ''),
      text: safeText(term.term, 300),
      term,
      node: undefined,
      notes: [...(term.child === undefined ? [] : childNotes(term.child, words)), ...termNotes(term, limit, words)],
    };
    yield* inner;
  }
}

function childNotes(child: SpfTreeNode, words: Speech): Row['notes'] {
  if (child.status !== 'record') {
    return [{ text: words.say(`spf-${child.status}`, { domain: safeText(child.domain, 253) }), as: 'bad' }];
  }
  const values = { size: words.integer(child.answerSize), ttl: words.integer(child.ttl ?? 0) };
  return [{ text: words.say('spf-size', values), as: 'dim' }];
}

function termNotes(term: SpfTermNode, limit: number, words: Speech): Row['notes'] {
  const notes: { text: string; as: Paint }[] = [];
  const { voidLookups, child, lookups, lookupsBefore } = term;
  if (term.hosts !== undefined && term.hosts.length > 0) {
    const shown = term.hosts.slice(0, 4).map((host) => safeText(host, 100));
    if (shown.length < term.hosts.length) shown.push(words.say('more', { count: term.hosts.length - shown.length }));
    notes.push({ text: shown.join(', '), as: 'dim' });
  }
  if (child === undefined && voidLookups.v4 + voidLookups.v6 > 0) {
    const which = voidLookups.v4 > 0 && voidLookups.v6 > 0 ? '' : voidLookups.v4 > 0 ? '-4' : '-6';
    notes.push({ text: words.say(`spf-voids${which}`), as: 'warn' });
  }
  if (term.unreachable) notes.push({ text: words.say('spf-unreachable'), as: 'warn' });
  if (term.shadowed) notes.push({ text: words.say('spf-shadowed'), as: 'warn' });
  else if (term.overlaps.length > 0) {
    const shown = term.overlaps.slice(0, 3).map((each) => safeText(each, 60));
    if (shown.length < term.overlaps.length) {
      shown.push(words.say('more', { count: term.overlaps.length - shown.length }));
    }
    notes.push({ text: words.say('spf-overlaps', { terms: shown.join(', ') }), as: 'dim' });
  }
  // Said once: where the count first goes over, not again at all that comes after.
  const goesOver = (each: Pick<SpfTermNode, 'lookups' | 'lookupsBefore'>): boolean =>
    each.lookupsBefore <= limit && each.lookupsBefore + each.lookups > limit;
  if (goesOver({ lookups, lookupsBefore }) && child?.terms.some(goesOver) !== true)
    notes.push({ text: words.say('spf-over-limit', { limit }), as: 'bad' });
  return notes;
}

function problemLines(node: SpfTreeNode, style: Style, words: Speech): string[] {
  const said = new Map<string, string>();
  const collect = ({ domain, problems, terms }: SpfTreeNode): void => {
    for (const problem of problems) {
      const text = `${safeText(domain, 253)}: ${problemText(problem, words)}`;
      said.set(text, text);
    }
    for (const { child } of terms) if (child !== undefined) collect(child);
  };
  collect(node);
  if (said.size === 0) return [];
  const list = [...said.values()];
  return [
    ...heading(words.say('spf-problems'), style),
    ...list.slice(0, 20).flatMap((text) => wrapped(text, style, 2, 'warn')),
    ...(list.length > 20 ? wrapped(words.say('more', { count: list.length - 20 }), style, 2, 'dim') : []),
  ];
}

function resultLines({ results, unsettled }: SpfSide, style: Style, words: Speech): string[] {
  const rows: { name: string; result: string; span: AddressSpan }[] = [];
  for (const result of ['pass', 'neutral', 'softfail', 'fail', 'none', 'temperror', 'permerror'] as const) {
    const span = results[result];
    if (span !== undefined && !isEmpty(span)) rows.push({ name: result, result, span });
  }
  if (!isEmpty(unsettled)) rows.push({ name: words.say('spf-unsettled'), result: '', span: unsettled });
  const columns: Column<(typeof rows)[number]>[] = [
    { title: '', cell: ({ name }) => name, paint: ({ result }) => paints[result] },
    { title: words.say('spf-ipv4'), cell: ({ span }) => words.integer(span.ipv4), align: 'right' },
    { title: words.say('spf-ipv6'), cell: ({ span }) => ipv6Text(span.ipv6, words), align: 'right' },
  ];
  return [...heading(words.say('spf-results'), style), ...table(columns, rows, style, { indent: 2 })];
}

function isEmpty({ ipv4, ipv6 }: AddressSpan): boolean {
  return ipv4 === 0 && ipv6 === '0';
}

function errorLines({ errors }: SpfSide, style: Style, words: Speech): string[] {
  if (errors.length === 0) return [];
  const lines = heading(words.say('spf-errors'), style);
  for (const { result, reason, addresses } of errors.slice(0, 10)) {
    const isAll = addresses.ipv4 === 2 ** 32 && BigInt(addresses.ipv6) === 1n << 128n;
    const parts = [
      ...(addresses.ipv4 === 0 ? [] : [`${words.integer(addresses.ipv4)} IPv4`]),
      ...(addresses.ipv6 === '0' ? [] : [`${ipv6Text(addresses.ipv6, words)} IPv6`]),
    ];
    const whom = isAll ? words.say('spf-error-all') : words.say('spf-error-some', { list: parts.join(', ') });
    lines.push(...wrapped(`${result} ${whom}: ${problemText(reason, words)}`, style, 2, paints[result]));
  }
  if (errors.length > 10) lines.push(...wrapped(words.say('more', { count: errors.length - 10 }), style, 2, 'dim'));
  return lines;
}

function networkLines(
  networks: readonly string[],
  style: Style,
  words: Speech,
  options: SpfTextOptions,
  sign: '+' | '-' | ' ' = ' ',
): string[] {
  const shown = networks.slice(0, options.limit ?? 20);
  const left = networks.length - shown.length;
  const as = sign === '+' ? 'good' : sign === '-' ? 'bad' : undefined;
  return [
    ...shown.map((network) => paint(`${sign} ${network}`, as, style)),
    ...(left === 0 ? [] : wrapped(words.say('more', { count: words.integer(left) }), style, 2, 'dim')),
  ];
}

/** What SPF says of single addresses: the result, and the way to it. */
export function spfAllowsText({ addresses, sender }: SpfAllows, style: Style): string[] {
  const words = speech(style.language);
  const width = Math.max(...addresses.map(({ ip }) => displayWidth(ip)), 7);
  return addresses.flatMap((verdict) => verdictLines(verdict, sender, width, style, words));
}

function verdictLines(verdict: AddressVerdict, sender: string, width: number, style: Style, words: Speech): string[] {
  const { ip, result, reason, path } = verdict;
  const start = `${ip.padEnd(width)}  ${result.padEnd(9)}  `;
  const way =
    path.length === 0
      ? words.say('spf-no-term')
      : path.map(({ domain, term }) => `${safeText(domain, 253)} ${safeText(term, 200)}`).join(' > ');
  const [first = '', ...rest] = wrapped(way, style, start.length);
  const coloured = `${paint(ip.padEnd(width), 'bold', style)}  ${paint(result.padEnd(9), paints[result], style)}  `;
  const isPlain = reason.code === 'spf/matched';
  return [
    coloured + first.trimStart(),
    ...rest,
    ...(isPlain ? [] : wrapped(problemText(reason, words), style, start.length, 'dim')),
    ...(verdict.senderMatters
      ? wrapped(words.say('spf-for-sender', { sender: safeText(sender, 300) }), style, start.length, 'dim')
      : []),
  ];
}

/** What one set of records lets in and another does not, both ways. */
export function spfDifferenceText(view: SpfDifference, style: Style, options: SpfTextOptions = {}): string[] {
  const words = speech(style.language);
  const { before, after, added, removed } = view;
  const names = {
    before: safeText(before.domain, 253),
    after: after.domain === before.domain ? words.say('spf-given-record') : safeText(after.domain, 253),
  };
  const lines: string[] = [];
  for (const side of [before, after]) {
    if (side.status !== 'record') lines.push(...statusLines(side, style, words));
    else lines.push(...errorLines(side, style, words).slice(1));
  }
  if (isEmpty(added) && isEmpty(removed)) lines.push(...wrapped(words.say('spf-same', names), style, 0, 'good'));
  const part = (list: SpfDifference['added'], to: string, from: string, sign: '+' | '-'): void => {
    if (isEmpty(list)) return;
    const figures = { ipv4: words.integer(list.ipv4), ipv6: ipv6Text(list.ipv6, words) };
    if (lines.length > 0) lines.push('');
    lines.push(
      ...wrapped(words.say('spf-added', { after: to, before: from, ...figures }), style, 0, 'bold'),
      ...networkLines(list.prefixes, style, words, options, sign),
    );
  };
  part(added, names.after, names.before, '+');
  part(removed, names.before, names.after, '-');
  for (const side of [before, after]) {
    for (const { domain, term } of side.depends.slice(0, 5)) {
      const values = { domain: safeText(domain, 253), term: safeText(term, 200) };
      lines.push(...wrapped(words.say('spf-depends', values), style, 0, 'dim'));
    }
  }
  return lines;
}
