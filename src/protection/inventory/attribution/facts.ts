// What rows show, worked out once per set of authentication results and once per address: everything later only counts.
import type { DomainName } from '../../../standards/dns/index.ts';
import type { OrganizationalDomainOf } from '../../../standards/dmarc/index.ts';
import type { AuthResults } from '../../../standards/reports/index.ts';
import type { Dictionaries } from '../../history.ts';
import { selectorFamily } from '../selector-family.ts';

/** A name as reports have it, with what it belongs to. */
export interface Name {
  readonly number: number;
  readonly text: string;
  /** Its Organizational Domain. */
  readonly org: string;
  /** Whether that is one of ours. */
  readonly own: boolean;
}

/** Names by text, each worked out once. */
export class Names {
  readonly all: Name[] = [];
  readonly #byText = new Map<string, Name>();
  readonly #organizationalDomainOf: OrganizationalDomainOf;
  readonly #own: ReadonlySet<string>;

  /** @param own the Organizational Domains that are ours */
  constructor(organizationalDomainOf: OrganizationalDomainOf, own: ReadonlySet<string>) {
    this.#organizationalDomainOf = organizationalDomainOf;
    this.#own = own;
  }

  of(text: string): Name {
    let name = this.#byText.get(text);
    if (name === undefined) {
      const org = text === '' ? '' : this.#organizationalDomainOf(text as DomainName);
      name = { number: this.all.length, text, org, own: this.#own.has(org) };
      this.all.push(name);
      this.#byText.set(text, name);
    }
    return name;
  }
}

/** A signature in a row. */
export interface RowSignature {
  readonly name: Name;
  readonly selector: string | null;
  /** `selectorFamily`; `''` when the reporter left the selector out. */
  readonly family: string;
}

/** What a set of authentication results shows, whoever the author is. */
export interface AuthFacts {
  /** Passing signatures of domains of ours, and of others. */
  readonly own: readonly RowSignature[];
  readonly foreign: readonly RowSignature[];
  /** Signatures in the name of ours that did not pass. */
  readonly broken: readonly RowSignature[];
  readonly spf: {
    readonly name: Name;
    readonly scope: string | null;
    readonly pass: boolean;
    readonly result: string;
  } | null;
}

/** Facts by number of the auth dictionary, made when first asked for. */
export class AuthFactsIndex {
  readonly #known: (AuthFacts | undefined)[] = [];
  readonly #dictionaries: Dictionaries;
  readonly #names: Names;

  constructor(dictionaries: Dictionaries, names: Names) {
    this.#dictionaries = dictionaries;
    this.#names = names;
  }

  of(auth: number): AuthFacts {
    return (this.#known[auth] ??= this.#make(this.#dictionaries.auth(auth)));
  }

  #make(auth: AuthResults | undefined): AuthFacts {
    const own: RowSignature[] = [];
    const foreign: RowSignature[] = [];
    const broken: RowSignature[] = [];
    for (const { domain, selector, result } of auth?.dkim ?? []) {
      if (domain === undefined || domain === '') continue;
      const name = this.#names.of(domain);
      const signature = { name, selector: selector ?? null, family: selectorFamily(selector) };
      if (result === 'pass') (name.own ? own : foreign).push(signature);
      else if (name.own && result !== 'none') broken.push(signature);
    }
    // MAIL FROM says more than HELO; where both are told, it is the one that counts (RFC 9989 §4.4.2).
    const told = (auth?.spf ?? []).filter(({ domain }) => domain !== undefined && domain !== '');
    const spf = told.find(({ scope }) => scope !== 'helo') ?? told[0];
    return {
      own,
      foreign,
      broken,
      spf:
        spf === undefined
          ? null
          : {
              name: this.#names.of(spf.domain!),
              scope: spf.scope ?? null,
              pass: spf.result === 'pass',
              result: spf.result ?? '',
            },
    };
  }
}

/**
 * How an envelope domain stands to the author domain: `=` the same, `bounce.=` a label below it, `~` another name of the same
 * organization, `own:` a domain of ours under another Organizational Domain, `<>` the null sender, `?` not told, else the foreign
 * name itself. A set-up keeps its shape over many author domains.
 */
export function envelopeShape(author: Name, envelope: Name | null, isNull: boolean): string {
  if (isNull) return '<>';
  if (envelope === null) return '?';
  if (envelope.text === author.text) return '=';
  if (envelope.text.endsWith(`.${author.text}`)) return `${envelope.text.slice(0, -author.text.length - 1)}.=`;
  if (envelope.own) return envelope.org === author.org ? '~' : 'own:';
  return envelope.text;
}
