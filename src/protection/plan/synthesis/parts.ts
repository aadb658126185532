import type { IpNetwork } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import { addressesOf, noAddresses, union } from '../../../standards/spf/index.ts';
import type { AddressSet } from '../../../standards/spf/index.ts';
import { parseNetwork } from './address-list.ts';
import type { SynthesisPart } from './synthesis.ts';

/** The addresses of one part, as sets. */
export interface ReadPart {
  readonly stream: string | undefined;
  readonly declared: AddressSet;
  readonly seen: AddressSet;
}

/** Problems that are kept of one list: one that is wrong throughout says so with these. */
const maxProblems = 1000;

/** Reads the addresses of a part. What is wrong with them goes to `problems`. */
export function readPart(part: SynthesisPart, problems: Problem[]): ReadPart {
  const read = (texts: readonly string[]): AddressSet => {
    const networks: IpNetwork[] = [];
    for (const text of texts) {
      const reading = parseNetwork(text);
      for (const problem of reading.problems) if (problems.length < maxProblems) problems.push(problem);
      if (reading.ok) networks.push(reading.value);
    }
    return addressesOf(networks);
  };
  return { stream: part.stream, declared: read(part.networks ?? []), seen: read(part.addresses ?? []) };
}

/** The union of many sets. */
export function allOf(sets: readonly AddressSet[]): AddressSet {
  return sets.reduce((one, other) => (other.v4.length + other.v6.length === 0 ? one : union(one, other)), noAddresses);
}
