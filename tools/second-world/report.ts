// The text of a report, as its reporter writes it, and what of a flow is left in it.
import type { Wish } from './book.ts';
import type { Flow } from './model.ts';
import type { Fate, Met, Receiver, Style } from './receivers.ts';

/** What a row shows but for day, count, reporter and what the receiver did: a class of the truth. */
export interface Seen {
  readonly source: string;
  readonly authorDomain: string;
  readonly envelopeDomain: string | null;
  readonly dkim: readonly (readonly [domain: string, selector: string | null, result: string])[];
  readonly spf: readonly [domain: string, scope: string | null, result: string] | null;
}

/** What a reporter tells of mail that it met. */
export function seenBy(flow: Flow, met: Met, { style }: Receiver): Seen {
  const { shape, source } = flow;
  const isNew = style.text === 'new';
  const signatures = shape.signatures.map(
    ({ domain, selector }, i) => [domain, style.selector ? selector : null, met.dkim[i]!] as const,
  );
  const { domain, helo, result } = met.spf;
  const scope = !style.scope || (helo && isNew) ? null : helo && style.nullSender !== 'helo' ? 'helo' : 'mfrom';
  const nobody = style.nullSender === 'helo' ? domain : style.nullSender === 'told' ? '' : null;
  return {
    source: source.address,
    authorDomain: shape.author,
    envelopeDomain: style.envelope === 'left-out' ? null : helo ? nobody : shape.envelope,
    dkim: signatures.filter(([, , each]) => style.failed || each === 'pass'),
    spf: result === 'none' && !style.spfNone ? null : [domain, scope, result],
  };
}

/** A row of a report. */
export interface Row {
  readonly seen: Seen;
  readonly met: Met;
  readonly fate: Fate;
  count: number;
}

export interface Head {
  readonly receiver: Receiver;
  readonly id: string;
  readonly begin: number;
  readonly end: number;
  readonly domain: string;
  readonly wish: Wish;
}

/** An element with text or elements in it. */
type Element = readonly [name: string, content: string | readonly Element[]];

/** The text of a report. */
export function reportText(head: Head, rows: readonly Row[]): string {
  const { receiver, id, begin, end } = head;
  const { style } = receiver;
  const isNew = style.text === 'new';
  const contact: Element[] =
    style.pad === 'tabs' ? [] : [['extra_contact_info', `https://${receiver.domain}/dmarc?a=1&b=2`]];
  const metadata: Element[] = [
    ['org_name', receiver.name],
    ['email', receiver.email],
    ...contact,
    ['report_id', id],
    [
      'date_range',
      [
        ['begin', String(begin)],
        ['end', String(end)],
      ],
    ],
    ...(isNew ? [['generator', `${receiver.name} 3.1`] as const] : []),
  ];
  const first =
    style.headFirst === true
      ? [metadata[contact.length + 2]!, ...metadata.filter(([name]) => name !== 'report_id')]
      : metadata;
  const body: Element[] = [
    ...(style.version === undefined ? [] : [['version', style.version] as const]),
    ['report_metadata', first],
    ['policy_published', policyOf(head)],
    ...rows.map((row) => recordOf(row, style, isNew)),
  ];
  const [line, step] = { crlf: ['\r\n', '  '], none: ['', ''], spaces: ['\n', '  '], tabs: ['\n', '\t'] }[
    style.pad
  ] as [string, string];
  const close = style.root.replace(/^<(\w+).*$/, '</$1>');
  const text = body.map((each) => write(each, line, step, 1)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>${line}${style.root}${text}${line}${close}${line}`;
}

function write([name, content]: Element, line: string, step: string, depth: number): string {
  const pad = `${line}${step.repeat(depth)}`;
  if (typeof content === 'string') return `${pad}<${name}>${escaped(content)}</${name}>`;
  return `${pad}<${name}>${content.map((each) => write(each, line, step, depth + 1)).join('')}${pad}</${name}>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function policyOf({ receiver, domain, wish }: Head): Element[] {
  const { style, discovery } = receiver;
  const modes: Element[] = [
    ['adkim', wish.strictDkim ? 's' : 'r'],
    ['aspf', wish.strictSpf ? 's' : 'r'],
  ];
  const found: Element[] = [['domain', domain]];
  if (style.policy === 'bare') return [...found, ['p', wish.p]];
  if (style.text === 'new') {
    found.push(['p', wish.p], ['sp', wish.sp ?? wish.p]);
    if (wish.np !== undefined) found.push(['np', wish.np]);
    found.push(...modes, ['discovery_method', discovery === 'psl' ? 'psl' : 'treewalk']);
    return [...found, ['fo', '0'], ['testing', wish.test ? 'y' : 'n']];
  }
  if (style.policy !== 'no-modes') found.push(...modes);
  found.push(['p', wish.p]);
  if (style.policy !== 'no-sp') found.push(['sp', wish.sp ?? wish.p]);
  return [...found, ['pct', String(wish.percent ?? 100)], ['fo', '0']];
}

function recordOf({ seen, met, fate, count }: Row, style: Style, isNew: boolean): Element {
  const passes = met.dkimAligned || met.spfAligned;
  const disposition = isNew && passes && fate.disposition === 'none' ? 'pass' : fate.disposition;
  const evaluated: Element[] = [
    ['disposition', disposition],
    ['dkim', met.dkimAligned ? 'pass' : 'fail'],
    ['spf', met.spfAligned ? 'pass' : 'fail'],
  ];
  const { reason } = fate;
  if (reason !== undefined)
    evaluated.push([
      'reason',
      [['type', reason.type], ...(reason.comment === '' ? [] : [['comment', reason.comment] as const])],
    ]);
  const names: Element[] = [];
  if (style.envelopeTo !== undefined) names.push(['envelope_to', style.envelopeTo]);
  if (seen.envelopeDomain !== null) names.push(['envelope_from', seen.envelopeDomain]);
  names.push(['header_from', seen.authorDomain]);
  const results: Element[] = seen.dkim.map(([domain, selector, result]): Element => [
    'dkim',
    [
      ['domain', domain],
      ...(selector === null ? [] : [['selector', selector] as const]),
      ['result', result],
      ...(style.humanResult === true
        ? [['human_result', result === 'pass' ? '2048-bit key' : 'bad signature'] as const]
        : []),
    ],
  ]);
  if (seen.spf !== null) {
    const [domain, scope, result] = seen.spf;
    results.push([
      'spf',
      [['domain', domain], ...(scope === null ? [] : [['scope', scope] as const]), ['result', result]],
    ]);
  }
  return [
    'record',
    [
      [
        'row',
        [
          ['source_ip', seen.source],
          ['count', String(count)],
          ['policy_evaluated', evaluated],
        ],
      ],
      ['identifiers', names],
      ['auth_results', results],
    ],
  ];
}
