// What a stream is called until a person calls it something: short, from what it is known by. What tells apart streams that would be
// called alike is added only where it is needed.
import { assertNever } from '../../../standards/problem.ts';
import type { DeclaredSender } from '../evidence.ts';
import type { Lot } from './lots.ts';
import type { StrangerGroup } from './strangers.ts';

/** What a stream may be called: a name, and what can be added to it, the most telling first. */
export interface NameOffer {
  readonly id: string;
  readonly name: string;
  readonly details: readonly string[];
}

/** What the id of a stream may begin with. */
export function labelOf(head: Lot, group: StrangerGroup | undefined): string {
  if (group === 'campaign') return 'campaign';
  if (group === 'replay') return 'replay';
  if (group === 'copied') return 'copied';
  return head.unit.sender?.id ?? (head.unit.network?.name || 'addresses');
}

/** What it may be called. `declared`: who said to send it. */
export function offerName(
  id: string,
  head: Pick<Lot, 'family' | 'placement' | 'shape'> & {
    readonly unit: {
      readonly key: string;
      readonly network: { readonly name: string } | null;
      readonly sender: { readonly name: string } | null;
    };
  },
  authors: ReadonlyMap<string, number>,
  declared: Pick<DeclaredSender, 'party' | 'sender'> | undefined,
  group: StrangerGroup | undefined,
): NameOffer {
  const [top = ''] = [...authors].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? [];
  const as = `${domainCut(top)}${authors.size > 1 ? ` +${authors.size - 1}` : ''}`;
  const network = head.unit.network?.name || head.unit.key || 'unknown addresses';
  const place = cut(head.unit.sender?.name ?? network);
  const envelope = shapeWords(head.shape);
  const key = head.family === '' ? '' : `key ${head.family}`;
  const where = head.unit.sender === null ? '' : cut(network);
  switch (head.placement) {
    case 'network':
    case 'sender': {
      const lead = cut(declared?.sender || declared?.party || '') || place;
      const nobody = head.shape === '<>' ? ' (null sender)' : '';
      const details = [key, lead === place ? '' : place, nobody === '' ? envelope : '', where];
      return offer(id, `${lead} · ${as}${nobody}`, details);
    }
    case 'maybe-away':
      return offer(id, `perhaps passed on by ${place}`, [as, envelope, where]);
    case 'away':
      if (group === 'copied') return offer(id, `copied signature · ${as}`, [envelope, place]);
      if (group === 'replay') return offer(id, `replayed · ${as}`, [envelope, place]);
      return offer(id, `passed on by ${place}`, [envelope, as, where]);
    case 'stranger':
      return group === 'campaign'
        ? offer(id, `from everywhere as ${as}`, [envelope, place])
        : offer(id, `${place} as ${as}`, [envelope, where]);
    default:
      return assertNever(head.placement);
  }
}

/**
 * Names that are all different, in the order of the offers: one that several would have gets what tells these apart, detail by detail,
 * and at last the end of the id.
 *
 * @param taken names that people gave, in lower case
 */
export function distinctNames(offers: readonly NameOffer[], taken: ReadonlySet<string> = new Set()): string[] {
  const names = offers.map(({ name }) => name);
  const most = Math.max(0, ...offers.map(({ details }) => details.length));
  for (let round = 0; round < most; round++) {
    for (const alike of sameNames(names, taken)) {
      const said = new Set(alike.map((at) => offers[at]!.details[round] ?? ''));
      // What all of them have tells nobody apart.
      if (said.size < 2 && alike.length > 1) continue;
      for (const at of alike) {
        const detail = offers[at]!.details[round] ?? '';
        if (detail !== '') names[at] += ` · ${detail}`;
      }
    }
  }
  for (const alike of sameNames(names, taken))
    for (const at of alike) names[at] += ` · ${offers[at]!.id.slice(offers[at]!.id.lastIndexOf('-') + 1)}`;
  return names;
}

function sameNames(names: readonly string[], taken: ReadonlySet<string>): number[][] {
  const places = new Map<string, number[]>();
  for (const [at, name] of names.entries()) {
    const key = name.toLowerCase();
    places.set(key, [...(places.get(key) ?? []), at]);
  }
  return [...places].filter(([key, at]) => at.length > 1 || taken.has(key)).map(([, at]) => at);
}

function offer(id: string, name: string, details: readonly string[]): NameOffer {
  return { id, name, details };
}

/** The shape of an envelope in words: the author's own, none, or a name that begins so. */
function shapeWords(shape: string): string {
  if (shape === '=') return 'same envelope';
  if (shape === '<>') return 'null sender';
  if (shape === '*' || shape === '') return '';
  return `envelope ${cut(shape, 30)}`;
}

/** A text of at most so many characters, cut between words where that leaves enough. */
function cut(text: string, most = 36): string {
  const said = text.trim();
  if (said.length <= most) return said;
  const head = said.slice(0, most - 1);
  const blank = head.lastIndexOf(' ');
  return `${head.slice(0, blank > most / 2 ? blank : undefined).trimEnd()}…`;
}

/** Of a long domain its end, which says whose it is. */
function domainCut(domain: string): string {
  return domain.length <= 40 ? domain : `…${domain.slice(-39)}`;
}
