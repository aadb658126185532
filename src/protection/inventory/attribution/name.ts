// What a stream is called until a person calls it something: from what it is known by.
import { assertNever } from '../../../standards/problem.ts';
import type { DeclaredSender } from '../evidence.ts';
import type { Lot } from './lots.ts';
import type { StrangerGroup } from './strangers.ts';

/** What the id of a stream may begin with. */
export function labelOf(head: Lot, group: StrangerGroup | undefined): string {
  if (group === 'campaign') return 'campaign';
  if (group === 'replay') return 'replay';
  if (group === 'copied') return 'copied';
  return head.unit.sender?.id ?? head.unit.network?.name ?? 'addresses';
}

/** What it is called. */
export function nameStream(
  head: Lot,
  authors: ReadonlyMap<string, number>,
  declared: DeclaredSender | undefined,
  group: StrangerGroup | undefined,
): string {
  const top = [...authors].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  const more = authors.size > 1 ? ` +${authors.size - 1}` : '';
  const place = head.unit.sender?.name ?? head.unit.network?.name ?? head.unit.key;
  switch (head.placement) {
    case 'network':
    case 'sender':
      return declared !== undefined
        ? `${declared.sender} · ${declared.party} · ${top}${more}`
        : `${place}${head.family === '' ? '' : ` ${head.family}`}${head.shape === '<>' ? ' (null sender)' : ''} · ${top}${more}`;
    case 'maybe-away':
      return `perhaps passed on by ${place}`;
    case 'away':
      if (group === 'copied') return `from everywhere, with a copied signature, as ${top}${more}`;
      return group === 'replay'
        ? `sent again: ${top}`
        : `passed on by ${place}${head.shape === '=' ? '' : ` (${head.shape})`}`;
    case 'stranger':
      return group === 'campaign'
        ? `from everywhere (${head.shape}) as ${top}${more}`
        : `${place} (${head.shape}) as ${top}${more}`;
    default:
      return assertNever(head.placement);
  }
}
