import type { RecordChange, RecordData, RecordType } from '../../../standards/dns/index.ts';
import { parseAddress } from '../../../standards/dns/index.ts';
import { assertNever } from '../../../standards/problem.ts';
import { toStrings } from '../../../standards/spf/index.ts';
import { formatMx, formatTlsa, parseTlsa } from '../../../standards/transport/index.ts';

/** The types of record that a plan publishes. */
const plannedTypes = ['A', 'AAAA', 'CNAME', 'MX', 'TLSA', 'TXT'] as const;
export type PlannedType = (typeof plannedTypes)[number];

/**
 * Everything that is to stand at a name for a type. Values are texts: of a TXT record the text itself, uncut; of others what stands in a
 * zone file (`10 mx1.example.com.`, `3 1 1 0123…`). No values: nothing is to stand there.
 */
export interface RecordSet {
  readonly name: string;
  readonly type: PlannedType;
  /** Seconds. */
  readonly ttl: number;
  readonly values: readonly string[];
}

/** A text as the strings of a TXT record. SPF is cut at spaces, so that people can read it; others where they are full. */
export function stringsOf(text: string): string[] {
  if (text === '') return [''];
  if (/^v=spf1(?: |$)/i.test(text)) return toStrings(text);
  return Array.from({ length: Math.ceil(text.length / 255) }, (_, at) => text.slice(at * 255, at * 255 + 255));
}

/** What a record says, as text. */
export function valueOf<T extends RecordType>(type: T, data: RecordData[T]): string {
  if (typeof data === 'string') return type === 'A' || type === 'AAAA' ? data : `${data}.`;
  if (Array.isArray(data)) return (data as readonly string[]).join('');
  if (type === 'MX') return formatMx(data as RecordData['MX']);
  if (type === 'TLSA') return formatTlsa(data as RecordData['TLSA']);
  throw new Error(`no plan holds records of type ${type}`);
}

/** A value read back into what a record says. @throws {RangeError} for a value that is none of its type */
export function dataOf(type: PlannedType, value: string): RecordData[PlannedType] {
  switch (type) {
    case 'TXT':
      return stringsOf(value);
    case 'A':
    case 'AAAA':
      if (parseAddress(value)?.family !== (type === 'A' ? 4 : 6)) throw new RangeError(`no address: ${value}`);
      return value;
    case 'CNAME':
      return value.replace(/\.$/, '');
    case 'MX': {
      const [, preference, exchange] = /^(\d{1,5}) (\S+)$/.exec(value) ?? [];
      if (exchange === undefined) throw new RangeError(`no MX: ${value}`);
      return { preference: Number(preference), exchange: exchange.replace(/\.$/, '') };
    }
    case 'TLSA': {
      const reading = parseTlsa(value);
      if (!reading.ok) throw new RangeError(`no TLSA: ${value.slice(0, 100)}`);
      return reading.value;
    }
    default:
      return assertNever(type);
  }
}

/** A set as a change of the world. */
export function changeOf({ name, type, ttl, values }: RecordSet): RecordChange {
  return { name, type, ttl, records: values.map((value) => dataOf(type, value)) };
}

/** The name of a set relative to its zone: `''` for the top. */
export function relativeName(name: string, zone: string): string {
  return name === zone ? '' : name.slice(0, -zone.length - 1);
}

/** Sets by the zone they belong to, of the zones that are named: the longest that holds the name. */
export function byZone(sets: readonly RecordSet[], zones: readonly [string, ...string[]]): Map<string, RecordSet[]> {
  const sorted = [...zones].sort((one, other) => other.length - one.length);
  const found = new Map<string, RecordSet[]>();
  for (const set of sets) {
    const zone = sorted.find((each) => set.name === each || set.name.endsWith(`.${each}`));
    if (zone === undefined) throw new RangeError(`${set.name} lies in none of the zones ${zones.join(', ')}`);
    const there = found.get(zone);
    if (there === undefined) found.set(zone, [set]);
    else there.push(set);
  }
  return found;
}
