// Which declarations speak of a lot. People write names as they know them: "SendGrid" for Twilio SendGrid.
import type { DeclaredSender } from '../evidence.ts';
import type { Lot } from './lots.ts';
import type { SourceFacts } from './units.ts';

/** A matcher: the declarations of a lot, by its author domain and by the sender's name or the network. */
export function declarationsFor(
  declared: readonly DeclaredSender[],
  facts: readonly (SourceFacts | undefined)[],
): (lot: Lot) => readonly DeclaredSender[] {
  const known = new Map<Lot, readonly DeclaredSender[]>();
  const plain = declared.map((entry) => ({ entry, name: squeezed(entry.sender), domains: new Set(entry.domains) }));
  return (lot) => {
    let found = known.get(lot);
    if (found !== undefined) return found;
    const names = [
      lot.unit.sender?.name,
      lot.unit.sender?.id,
      lot.unit.network?.name,
      lot.envelope?.own === false ? lot.envelope.org.split('.')[0] : undefined,
    ]
      .filter((name) => name !== undefined)
      .map(squeezed)
      .filter((name) => name.length >= 3);
    const byNetwork = new Set<DeclaredSender>();
    for (const source of lot.sources.keys()) for (const entry of facts[source]!.declared) byNetwork.add(entry);
    found = plain
      .filter(({ entry, name, domains }) => {
        const author = [...lot.authors.keys()].some(({ text }) => domains.has(text));
        if (!author) return false;
        if (byNetwork.has(entry)) return true;
        return (
          name.length >= 3 &&
          names.some(
            (other) =>
              other === name ||
              (name.length >= 5 && other.includes(name)) ||
              (other.length >= 5 && name.includes(other)),
          )
        );
      })
      .map(({ entry }) => entry);
    known.set(lot, found);
    return found;
  };
}

/** A name without case, spaces and signs. */
export function squeezed(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]/g, '');
}
