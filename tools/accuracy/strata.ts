// Which stratum a class is scored in, by what anybody can see: its results and the network its address lies in. Mail services live
// in the networks they publish, everything else in those that a world's networks.csv names.
import { getDomain } from 'tldts';
import { parseAddress } from '../../src/standards/dns/index.ts';
import type { IpAddress } from '../../src/standards/dns/index.ts';
import { strata } from './truth.ts';
import type { ClassKey, StratumOf } from './truth.ts';

const aligned = strata.indexOf('aligned');
const atSender = strata.indexOf('unaligned-at-catalogued-sender');
const rest = strata.indexOf('rest');

/** Whether DKIM or SPF passed for a name of the Author Domain's organisation (relaxed alignment, by the Public Suffix List). */
export function isAligned({ authorDomain, dkim, spf }: ClassKey): boolean {
  const ours = organisation(authorDomain);
  if (dkim.some(([domain, , result]) => result === 'pass' && organisation(domain) === ours)) return true;
  return spf !== null && spf[2] === 'pass' && organisation(spf[0]) === ours;
}

const organisations = new Map<string, string>();

function organisation(name: string): string {
  let found = organisations.get(name);
  if (found === undefined) {
    found = getDomain(name, { allowPrivateDomains: true, validateHostname: false }) ?? name;
    organisations.set(name, found);
  }
  return found;
}

/**
 * Makes the rule of a world.
 *
 * @param networks the text of its networks.csv
 */
export function strataBy(networks: string): StratumOf {
  const invented = inventedNetworks(networks);
  const known = new Map<string, boolean>();
  return (key) => {
    if (isAligned(key)) return aligned;
    let isInvented = known.get(key.source);
    if (isInvented === undefined) {
      const address = parseAddress(key.source);
      isInvented = address === undefined || invented(address);
      known.set(key.source, isInvented);
    }
    return isInvented ? rest : atSender;
  };
}

/** Whether an address lies in one of the networks of a list `prefix,asn,name,country` with a line of titles. */
function inventedNetworks(text: string): (address: IpAddress) => boolean {
  const prefixes = new Map<4 | 6, Map<number, Set<bigint>>>([
    [4, new Map()],
    [6, new Map()],
  ]);
  for (const line of text.split('\n').slice(1)) {
    const [network = '', length = ''] = (line.split(',')[0] ?? '').replaceAll('"', '').trim().split('/');
    const address = parseAddress(network);
    if (address === undefined) continue;
    const bits = length === '' ? (address.family === 4 ? 32 : 128) : Number(length);
    const sets = prefixes.get(address.family)!;
    const set = sets.get(bits) ?? new Set();
    set.add(top(address, bits));
    sets.set(bits, set);
  }
  return (address) => {
    for (const [bits, set] of prefixes.get(address.family)!) if (set.has(top(address, bits))) return true;
    return false;
  };
}

/** The first bits of an address, as a number. */
function top({ family, a, b, c, d }: IpAddress, bits: number): bigint {
  if (family === 4) return BigInt(a) >> BigInt(32 - bits);
  return ((((BigInt(a) << 32n) | BigInt(b)) << 64n) | (BigInt(c) << 32n) | BigInt(d)) >> BigInt(128 - bits);
}
