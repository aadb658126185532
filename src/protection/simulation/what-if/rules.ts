// The rules by which receivers find policies and read them. Which tags they obey goes with the text they follow; how they find a policy
// and the Organizational Domain does not: some write reports of RFC 9990 and keep to the Public Suffix List, and say so.
import type { ReceiverGeneration } from '../../../standards/dmarc/index.ts';

/** How policies are found (RFC 9990 §3.1.1.5, `discovery_method`): the tree walk of RFC 9989 §4.10, or RFC 7489 §6.6.3. */
export type DiscoveryMethod = 'psl' | 'treewalk';

/** What one receiver goes by. */
export interface Rules {
  readonly discovery: DiscoveryMethod;
  /** Decides on `t` and `pct`. */
  readonly generation: ReceiverGeneration;
  /** Always so of RFC 9989; of RFC 7489 where RFC 9091, which brought the tag, is followed too. */
  readonly knowsNp: boolean;
}

const tags = [
  { generation: 'rfc9989', knowsNp: true },
  { generation: 'rfc7489', knowsNp: false },
  { generation: 'rfc7489', knowsNp: true },
] as const;

/** The tags of receivers, of each way to find policies. */
export const tagRules: readonly Omit<Rules, 'discovery'>[] = tags;
export const discoveryMethods = ['treewalk', 'psl'] as const;

/** All there are: those of the tree walk, then those of the list; what is asked of receivers is kept in this order. */
export const allRules: readonly Rules[] = discoveryMethods.flatMap((discovery) =>
  tags.map((each) => ({ discovery, ...each })),
);

/** What each text has (`discovery`) of itself. */
export const discoveryOf: Readonly<Record<ReceiverGeneration, DiscoveryMethod>> = {
  rfc9989: 'treewalk',
  rfc7489: 'psl',
};

/** At the most so many rules are possible for one receiver: of either text, by either way. */
export const rulesApart = 4;

/** The places in `allRules` of what a receiver may go by, the likeliest first: all that is possible of text and way together. */
export function rulesOf(
  generations: readonly ReceiverGeneration[],
  discoveries: readonly DiscoveryMethod[],
  knowsNp: boolean,
): readonly number[] {
  return discoveries.flatMap((discovery) => generations.map((generation) => placeOf(discovery, generation, knowsNp)));
}

/** Its place in `allRules`. */
export function placeOf(discovery: DiscoveryMethod, generation: ReceiverGeneration, knowsNp: boolean): number {
  return discoveryMethods.indexOf(discovery) * tags.length + (generation === 'rfc9989' ? 0 : knowsNp ? 2 : 1);
}
