// Which stratum a class is scored in, by what anybody can see: its results and the network its address lies in. Mail services live
// in the networks they publish, everything else in those that a world's networks.csv names.
import { getDomain } from 'tldts';
import { parseAddress } from '../../src/standards/dns/index.ts';
import { networkSet } from './networks.ts';
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
  const invented = networkSet(
    networks
      .split('\n')
      .slice(1)
      .map((line) => (line.split(',')[0] ?? '').replaceAll('"', '')),
  );
  const known = new Map<string, boolean>();
  return (key) => {
    if (isAligned(key)) return aligned;
    let isInvented = known.get(key.source);
    if (isInvented === undefined) {
      // A source that no reporter named lies nowhere in particular.
      isInvented = parseAddress(key.source) === undefined || invented(key.source);
      known.set(key.source, isInvented);
    }
    return isInvented ? rest : atSender;
  };
}
