// Records as master files (RFC 1035 §5): `zones/` with everything published on a date, `reverse/` with the names of addresses.
import { assertNever } from '../../src/standards/problem.ts';
import { reverseName } from './addresses.ts';
import type { RecordType, Zone } from './records.ts';
import type { Source } from './sources.ts';

/** A zone as a master file. Every top-level name in it gets an SOA: what the file does not list does not exist. */
export function zoneFile(zone: Zone, date: string, apexes: readonly string[]): string {
  const names = [...zone.names.keys()].sort(byLabels);
  // `localdomain` is what machines that nobody named call themselves in HELO.
  const tops = new Set(['localdomain', ...names.map((name) => name.slice(name.lastIndexOf('.') + 1))]);
  const lines = [`; Everything that is published in this world on ${date}.`, '$TTL 3600'];
  for (const apex of [...tops].sort()) lines.push(soa(apex, date));
  for (const name of names) {
    if (apexes.includes(name)) lines.push(soa(name, date), `${name}. IN NS ns1.lageland.example.`);
    for (const [type, values] of zone.names.get(name)!)
      for (const value of values) lines.push(`${name}. IN ${type} ${data(type, value)}`);
  }
  return `${lines.join('\n')}\n`;
}

/** PTR records of sources, and the addresses of those names where they lead back. */
export function reverseFile(sources: readonly Source[], date: string): string {
  const lines = [
    `; The names of the addresses that mailed in this world, as of ${date}.`,
    '$TTL 3600',
    soa('in-addr.arpa', date),
    soa('ip6.arpa', date),
  ];
  for (const { address, reverse, confirmed } of sources) {
    if (reverse === undefined) continue;
    lines.push(`${reverseName(address)}. IN PTR ${reverse}.`);
    if (confirmed) lines.push(`${reverse}. IN ${address.includes(':') ? 'AAAA' : 'A'} ${address}`);
  }
  return `${lines.join('\n')}\n`;
}

function soa(name: string, date: string): string {
  return `${name}. IN SOA ns1.lageland.example. hostmaster.lageland.example. ${date.replaceAll('-', '')}00 7200 3600 1209600 3600`;
}

function data(type: RecordType, value: string): string {
  switch (type) {
    case 'TXT':
      // A string holds at most 255 octets (RFC 1035 §3.3.14).
      return (value.match(/.{1,250}/gs) ?? ['']).map((part) => `"${part.replace(/["\\]/g, '\\$&')}"`).join(' ');
    case 'MX':
      return value === '0 .' ? value : `${value}.`;
    case 'CNAME':
    case 'NS':
      return `${value}.`;
    case 'A':
    case 'AAAA':
      return value;
    default:
      return assertNever(type);
  }
}

const byLabels = (a: string, b: string): number => {
  const x = a.split('.').reverse().join('.');
  const y = b.split('.').reverse().join('.');
  return x < y ? -1 : x > y ? 1 : 0;
};
