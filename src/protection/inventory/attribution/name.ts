// What a stream is called until a person calls it something: from what it is known by.
import type { DeclaredSender } from '../evidence.ts';
import type { Lot } from './lots.ts';
import type { Described } from './streams.ts';
import type { StrangerGroup } from './strangers.ts';

/** A short text for a key: the same key gives the same text. */
export function streamId(key: string, _number: number): string {
  let low = 0x811c9dc5;
  let high = 0x01234567;
  for (let at = 0; at < key.length; at++) {
    low = Math.imul(low ^ key.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ key.charCodeAt(at) ^ (at & 0xff), 0x01000193);
  }
  return (((high >>> 0) * 0x10_0000 + ((low >>> 0) & 0xf_ffff)) % 36 ** 7).toString(36).padStart(7, '0');
}

export function nameStream(
  head: Lot,
  authors: ReadonlyMap<string, number>,
  declared: DeclaredSender | undefined,
  group: StrangerGroup | undefined,
  _from: Described,
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
      return group === 'replay'
        ? `sent again: ${top}`
        : `passed on by ${place}${head.shape === '=' ? '' : ` (${head.shape})`}`;
    case 'stranger':
      return group === 'campaign'
        ? `from everywhere (${head.shape}) as ${top}${more}`
        : `${place} (${head.shape}) as ${top}${more}`;
  }
}
