import type { DomainName } from '../../standards/dns/index.ts';
import type { OrganizationalDomainOf } from '../../standards/dmarc/index.ts';
import type { AuthResults } from '../../standards/reports/index.ts';
import type { Dictionaries } from '../history.ts';
import type { Network, SourceGroup } from './assessment.ts';

/** Says whose network an address lies in. */
export interface NetworkLookup {
  lookup(address: string): Network | undefined;
}

/** What a set of authentication results says about who sent: one signature and one SPF domain. */
export interface SetUp {
  readonly dkim: SourceGroup['dkim'];
  readonly spf: SourceGroup['spf'];
}

/** Whether a domain belongs to the organisation, as far as the reports show: its Organizational Domain is that of one of its policy domains. */
export type IsOwn = (domain: string) => boolean;

/** Domains as texts of reports: not every one is a domain name, and the rule for Organizational Domains takes any text. */
export function ownDomains(policyDomains: Iterable<string>, organizationalDomainOf: OrganizationalDomainOf): IsOwn {
  const own = new Set<string>();
  for (const domain of policyDomains) own.add(organizationalDomainOf(domain as DomainName));
  const known = new Map<string, boolean>();
  return (domain) => {
    let answer = known.get(domain);
    if (answer === undefined) known.set(domain, (answer = own.has(organizationalDomainOf(domain as DomainName))));
    return answer;
  };
}

/** Gives every `auth` number the number of its set-up, worked out when it is first asked for. */
export class SetUps {
  readonly all: SetUp[] = [];
  readonly keys: string[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #byAuth: Int32Array;
  readonly #passes: Uint8Array;
  readonly #dictionaries: Dictionaries;
  readonly #isOwn: IsOwn;
  readonly #organizationalDomainOf: OrganizationalDomainOf;

  /** @param auths how many `auth` numbers there are: they run below this */
  constructor(auths: number, dictionaries: Dictionaries, isOwn: IsOwn, organizationalDomainOf: OrganizationalDomainOf) {
    this.#byAuth = new Int32Array(auths).fill(-1);
    this.#passes = new Uint8Array(auths);
    this.#dictionaries = dictionaries;
    this.#isOwn = isOwn;
    this.#organizationalDomainOf = organizationalDomainOf;
  }

  of(auth: number): number {
    const known = this.#byAuth[auth] ?? -1;
    return known === -1 ? this.#meet(auth) : known;
  }

  /** Bit 1: some signature passes; bit 2: SPF passes. Known once `of` was asked. */
  passes(auth: number): number {
    return this.#passes[auth] ?? 0;
  }

  #meet(number: number): number {
    const auth = this.#dictionaries.auth(number);
    const dkimPasses = auth?.dkim.some(({ result }) => result === 'pass') === true;
    const spfPasses = auth?.spf.some(({ result }) => result === 'pass') === true;
    this.#passes[number] = (dkimPasses ? 1 : 0) | (spfPasses ? 2 : 0);
    return (this.#byAuth[number] = this.#make(auth));
  }

  #make(auth: AuthResults | undefined): number {
    const dkim = signatureOf(auth, this.#isOwn);
    const spf = spfOf(auth, this.#isOwn, this.#organizationalDomainOf);
    const key = `${dkim?.domain ?? ''}/${dkim?.selector ?? ''}|${spf?.domain ?? ''}`;
    let number = this.#byKey.get(key);
    if (number === undefined) {
      number = this.all.length;
      this.all.push({ dkim, spf });
      this.keys.push(key);
      this.#byKey.set(key, number);
    }
    return number;
  }
}

/** The signature that says most: a pass counts for more than a claim, a domain of ours for more than another's, and then the first. */
function signatureOf(auth: AuthResults | undefined, isOwn: IsOwn): SetUp['dkim'] {
  let best: SetUp['dkim'] = null;
  let bestRank = -1;
  for (const signature of auth?.dkim ?? []) {
    if (signature.domain === undefined || signature.domain === '') continue;
    const own = isOwn(signature.domain);
    const rank = (signature.result === 'pass' ? 2 : 0) + (own ? 1 : 0);
    if (rank <= bestRank) continue;
    bestRank = rank;
    best = { domain: signature.domain, selector: signature.selector ?? null, own };
  }
  return best;
}

/** The SPF domain, by the same order; MAIL FROM before HELO. A foreign one is cut to its Organizational Domain: bounce addresses come in thousands. */
function spfOf(
  auth: AuthResults | undefined,
  isOwn: IsOwn,
  organizationalDomainOf: OrganizationalDomainOf,
): SetUp['spf'] {
  let best: SetUp['spf'] = null;
  let bestRank = -1;
  for (const spf of auth?.spf ?? []) {
    if (spf.domain === undefined || spf.domain === '') continue;
    const own = isOwn(spf.domain);
    const rank = (spf.result === 'pass' ? 4 : 0) + (own ? 2 : 0) + (spf.scope === 'helo' ? 0 : 1);
    if (rank <= bestRank) continue;
    bestRank = rank;
    best = { domain: own ? spf.domain : organizationalDomainOf(spf.domain as DomainName), own };
  }
  return best;
}

/** Gives every `source` number the number of its network; 0 is "unknown". */
export class NetworkIndex {
  readonly all: (Network | null)[] = [null];
  readonly keys: string[] = [''];
  readonly #byKey = new Map<string, number>();
  readonly #bySource: Int32Array;
  readonly #dictionaries: Dictionaries;
  readonly #networks: NetworkLookup;

  /** @param sources how many `source` numbers there are: they run below this */
  constructor(sources: number, dictionaries: Dictionaries, networks: NetworkLookup) {
    this.#bySource = new Int32Array(sources).fill(-1);
    this.#dictionaries = dictionaries;
    this.#networks = networks;
  }

  of(source: number): number {
    const known = this.#bySource[source] ?? -1;
    return known === -1 ? (this.#bySource[source] = this.#make(this.#dictionaries.address(source))) : known;
  }

  #make(address: string | undefined): number {
    const found = address === undefined ? undefined : this.#networks.lookup(address);
    if (found === undefined || (found.asn === 0 && found.name === '' && found.country === '')) return 0;
    const key = `${found.asn}|${found.name}|${found.country}`;
    let number = this.#byKey.get(key);
    if (number === undefined) {
      number = this.all.length;
      this.all.push({ asn: found.asn, name: found.name, country: found.country });
      this.keys.push(key);
      this.#byKey.set(key, number);
    }
    return number;
  }
}
