// Combinations with everything they are known by, as they are printed.
import type { CombinationLine, Inventory } from './inventory.ts';
import { decisionVerdicts, kinds } from './model.ts';

/** The combinations of an inventory, one by one; `keep` narrows by number. */
export function* combinationLines(
  inventory: Inventory,
  keep: (at: number) => boolean = () => true,
): Generator<CombinationLine> {
  const { combinations, dictionaries, streams, streamOf, kindOf, confidenceOf, decisionOf } = inventory;
  const auths = new Map<number, Pick<CombinationLine, 'dkim' | 'spf'>>();
  for (let at = 0; at < combinations.length; at++) {
    if (!keep(at)) continue;
    const number = combinations.auth[at]!;
    let shown = auths.get(number);
    if (shown === undefined) {
      const auth = dictionaries.auth(number);
      const spf = auth?.spf[0];
      shown = {
        dkim: (auth?.dkim ?? []).map(
          ({ domain, selector, result }) => [domain ?? '', selector ?? null, result ?? ''] as const,
        ),
        spf: spf === undefined ? null : ([spf.domain ?? '', spf.scope ?? null, spf.result ?? ''] as const),
      };
      auths.set(number, shown);
    }
    yield {
      source: dictionaries.address(combinations.source[at]!) ?? '',
      authorDomain: dictionaries.name(combinations.authorDomain[at]!) ?? '',
      envelopeDomain: dictionaries.name(combinations.envelopeFrom[at]!) ?? null,
      ...shown,
      messages: combinations.messages[at]!,
      stream: streams[streamOf[at]!]!.id,
      kind: kinds[kindOf[at]!]!,
      // Two decimals more than anyone reads.
      confidence: Math.round(confidenceOf[at]! * 10_000) / 10_000,
      decision: decisionVerdicts[decisionOf[at]!]!,
    };
  }
}
