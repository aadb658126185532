import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ipaddr from 'ipaddr.js';
import type { Problem } from '../../standards/problem.ts';
import { compileTables, readTables } from './tables.ts';
import type { Tables } from './tables.ts';
import { addressBits } from './prefix.ts';
import type { AddressBits } from './prefix.ts';

/** What is known of the network an address lies in. */
export interface Network {
  /** The number of the autonomous system that announces it; 0 when none is known. */
  readonly asn: number;
  /** Its name, `''` when none is known. */
  readonly name: string;
  /** ISO 3166-1 alpha-2, `''` when none is known. */
  readonly country: string;
}

/** A line of an organisation's own list: `prefix,asn,name,country`. */
export interface OwnNetwork extends Network {
  readonly prefix: string;
}

export interface Networks {
  lookup(address: string): Network | undefined;
}

/**
 * Opens the networks that ship with Zegel, with a list of one's own laid over them: of two prefixes that hold an address the
 * longer one of one's own list wins, then the shipped one. The first time on a machine the shipped text is compiled into
 * `cacheDirectory`, which takes a second or two; `onCompile` is told.
 */
export function openNetworks(options: {
  cacheDirectory: string;
  own?: readonly OwnNetwork[];
  onCompile?: () => void;
}): Networks {
  const shipped = shippedTables(options.cacheDirectory, options.onCompile);
  const own = overlay(options.own ?? []);
  return {
    lookup(address) {
      const bits = addressBits(address);
      if (bits === undefined) return undefined;
      return own(bits) ?? shipped.lookup(bits);
    },
  };
}

/**
 * Reads an organisation's own list of networks: CSV with the columns `prefix,asn,name,country`, a header line optional,
 * `#` begins a comment line. Lines that cannot be read are problems, the others stand.
 */
export function parseNetworkList(text: string): { networks: OwnNetwork[]; problems: Problem[] } {
  const networks: OwnNetwork[] = [];
  const problems: Problem[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#') || (index === 0 && /^\uFEFF?prefix\b/i.test(line))) continue;
    const fields = csvFields(line);
    const [prefix = '', asn = '', name = '', country = ''] = fields;
    const number = Number(asn.replace(/^AS/i, '') || '0');
    if (!ipaddr.isValidCIDR(prefix) || !Number.isInteger(number) || number < 0 || number > 0xffff_ffff) {
      problems.push({ code: 'networks/bad-line', values: { line: line.slice(0, 200) }, at: { line: index + 1 } });
    } else networks.push({ prefix, asn: number, name, country: country.toUpperCase() });
  }
  return { networks, problems };
}

/** The fields of one CSV line (RFC 4180, without line breaks in fields). */
function csvFields(line: string): string[] {
  const fields: string[] = [];
  const field = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(,|$)/y;
  for (;;) {
    const match = field.exec(line);
    if (match === null) return fields;
    fields.push(match[1] === undefined ? (match[2] ?? '').trim() : match[1].replaceAll('""', '"'));
    if (match[3] === '') return fields;
  }
}

/** A look-up in prefixes of one’s own: a map a length, longest first. */
export function overlay(own: readonly OwnNetwork[]): (bits: AddressBits) => Network | undefined {
  const byLength = new Map<string, { version: 4 | 6; length: number; entries: Map<string, Network> }>();
  for (const { prefix, asn, name, country } of own) {
    const [address, length] = ipaddr.parseCIDR(prefix);
    const bits = addressBits(address.toString());
    if (bits === undefined) continue;
    const width = Math.min(length, bits.version === 4 ? 32 : 64);
    const key = `${bits.version}/${width}`;
    let group = byLength.get(key);
    if (group === undefined) byLength.set(key, (group = { version: bits.version, length: width, entries: new Map() }));
    group.entries.set(masked(bits, width), { asn, name, country });
  }
  const groups = [...byLength.values()].sort((a, b) => b.length - a.length);
  return (bits) => {
    for (const group of groups) {
      if (group.version !== bits.version) continue;
      const found = group.entries.get(masked(bits, group.length));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function masked(bits: AddressBits, length: number): string {
  const mask = (value: number, keep: number) =>
    keep <= 0 ? 0 : keep >= 32 ? value : value - (value % 2 ** (32 - keep));
  if (bits.version === 4) return String(mask(bits.low, length));
  return `${mask(bits.high, length)}:${mask(bits.low, length - 32)}`;
}

const sources = [
  '@ip-location-db/asn/asn-ipv4.csv',
  '@ip-location-db/asn/asn-ipv6.csv',
  '@ip-location-db/geo-whois-asn-country/geo-whois-asn-country-ipv4.csv',
  '@ip-location-db/geo-whois-asn-country/geo-whois-asn-country-ipv6.csv',
] as const;

/** The compiled tables from the cache, or compiled now. A cache that cannot be written only costs time. */
function shippedTables(cacheDirectory: string, onCompile?: () => void): Tables {
  const require = createRequire(import.meta.url);
  // The packages have no entry point: their files are found beside their package.json.
  const paths = sources.map((source) =>
    join(dirname(require.resolve(`${source.split('/').slice(0, 2).join('/')}/package.json`)), source.split('/')[2]!),
  );
  const versions = paths.map(
    (path) => (JSON.parse(readFileSync(join(dirname(path), 'package.json'), 'utf8')) as { version: string }).version,
  );
  const key = createHash('sha256')
    .update(`3 ${versions.join(' ')}`)
    .digest('hex')
    .slice(0, 16);
  const cached = join(cacheDirectory, `networks-${key}.bin`);
  let bytes: Uint8Array | undefined;
  try {
    bytes = readFileSync(cached);
  } catch {
    // Not there yet.
  }
  const known = bytes === undefined ? undefined : readTables(bytes);
  if (known !== undefined) return known;
  onCompile?.();
  const [asn4, asn6, country4, country6] = paths.map((path) => readFileSync(path, 'latin1'));
  const compiled = compileTables({ asn4: asn4!, asn6: asn6!, country4: country4!, country6: country6! });
  const temporary = `${cached}.${process.pid}`;
  try {
    mkdirSync(cacheDirectory, { recursive: true });
    writeFileSync(temporary, compiled);
    renameSync(temporary, cached);
  } catch {
    rmSync(temporary, { force: true });
  }
  const tables = readTables(compiled);
  if (tables === undefined) throw new Error('the networks just compiled cannot be read back');
  return tables;
}
