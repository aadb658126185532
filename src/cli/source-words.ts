import { dayText } from '../protection/assessment/index.ts';
import type { SourceLine, TakenInventory } from '../protection/inventory/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { networkText } from '../rendering/who.ts';

/** What an address is called and whose network it lies in, as they are shown; a name that does not lead back stands in brackets. */
export function describedSource(
  address: string,
  { reverse, networkOf }: Pick<TakenInventory, 'networkOf' | 'reverse'>,
): { readonly name: string; readonly network: string } {
  const found = address === '' ? undefined : reverse.of(address);
  const network = address === '' ? undefined : networkOf(address);
  const name = found?.name ?? null;
  return {
    name: name === null ? '' : found?.confirmed === true ? safeText(name, 253) : `(${safeText(name, 253)})`,
    network: network === undefined ? '' : networkText(network),
  };
}

/** An address as it is told to programs: documented, and stable. */
export function toldSource(line: SourceLine, inventory: TakenInventory) {
  const found = line.source === '' ? undefined : inventory.reverse.of(line.source);
  const network = line.source === '' ? undefined : inventory.networkOf(line.source);
  return {
    source: line.source,
    messages: line.messages,
    rows: line.rows,
    kind: line.kind,
    confidence: Math.round(line.confidence * 10_000) / 10_000,
    stream: inventory.streams[line.streams[0]!.at]!.id,
    streams: line.streams.map(({ at, messages, rows }) => ({ id: inventory.streams[at]!.id, messages, rows })),
    decision: line.decision,
    aligned: { dkim: line.dkim, spf: line.spf, both: line.both },
    reverse: found === undefined ? null : { name: found.name, confirmed: found.confirmed, day: dayText(found.day) },
    network: network === undefined ? null : { asn: network.asn, name: network.name, country: network.country },
    first: dayText(line.first),
    last: dayText(line.last),
  };
}
