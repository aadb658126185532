import { isAtOrBelow, parseDomainName } from '../../standards/dns/index.ts';
import type { DomainName } from '../../standards/dns/index.ts';
import { alignmentBits } from '../history.ts';
import type { Day, History } from '../history.ts';

/** What reports tell of one name. */
export interface SeenDomain {
  readonly domain: DomainName;
  /** Messages with this name in From, and those of them that were aligned by SPF or DKIM. */
  readonly messages: number;
  readonly alignedMessages: number;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** Whether reports were about its policy. */
  readonly isPolicyDomain: boolean;
}

/** What reports tell of names, for all domains at once. */
export interface SeenInReports {
  readonly domains: ReadonlyMap<DomainName, SeenDomain>;
  /** By signing domain: the selectors reports name for it, those that signed validly first, then by messages. */
  readonly selectors: ReadonlyMap<string, readonly string[]>;
}

const relaxed = alignmentBits.dkimRelaxed | alignmentBits.spfRelaxed;

/** Folds what all reports say of names. @throws {StorageError} */
export async function seenInReports(history: History): Promise<SeenInReports> {
  const [authors, policies, auths, dictionaries] = await Promise.all([
    history.ask({ by: ['authorDomain', 'alignment'], measures: ['messages', 'firstDay', 'lastDay'] }),
    history.ask({ by: ['policyDomain'], measures: ['firstDay', 'lastDay'] }),
    history.ask({ by: ['auth'], measures: ['messages'] }),
    history.dictionaries(),
  ]);
  const domains = new Map<DomainName, SeenDomain>();
  const add = (
    name: string | undefined,
    more: Partial<SeenDomain> & Pick<SeenDomain, 'firstDay' | 'lastDay'>,
  ): void => {
    const reading = name === undefined ? undefined : parseDomainName(name);
    if (reading?.ok !== true) return;
    const domain = reading.value;
    const known = domains.get(domain);
    domains.set(domain, {
      domain,
      messages: (known?.messages ?? 0) + (more.messages ?? 0),
      alignedMessages: (known?.alignedMessages ?? 0) + (more.alignedMessages ?? 0),
      firstDay: Math.min(known?.firstDay ?? Infinity, more.firstDay),
      lastDay: Math.max(known?.lastDay ?? -Infinity, more.lastDay),
      isPolicyDomain: known?.isPolicyDomain === true || more.isPolicyDomain === true,
    });
  };
  for (let row = 0; row < authors.length; row++) {
    const messages = authors.messages[row]!;
    add(dictionaries.name(authors.authorDomain[row]!), {
      messages,
      alignedMessages: (authors.alignment[row]! & relaxed) === 0 ? 0 : messages,
      firstDay: authors.firstDay[row]!,
      lastDay: authors.lastDay[row]!,
    });
  }
  for (let row = 0; row < policies.length; row++) {
    add(dictionaries.name(policies.policyDomain[row]!), {
      isPolicyDomain: true,
      firstDay: policies.firstDay[row]!,
      lastDay: policies.lastDay[row]!,
    });
  }
  const counts = new Map<string, Map<string, { valid: number; other: number }>>();
  for (let row = 0; row < auths.length; row++) {
    for (const { domain, selector, result } of dictionaries.auth(auths.auth[row]!)?.dkim ?? []) {
      if (domain === undefined || selector === undefined || selector === '') continue;
      let known = counts.get(domain);
      if (known === undefined) counts.set(domain, (known = new Map()));
      const count = known.get(selector) ?? { valid: 0, other: 0 };
      if (result === 'pass') count.valid += auths.messages[row]!;
      else count.other += auths.messages[row]!;
      known.set(selector, count);
    }
  }
  const selectors = new Map(
    [...counts].map(([domain, known]) => [
      domain,
      [...known]
        .sort(([, one], [, other]) => other.valid - one.valid || other.other - one.other)
        .map(([selector]) => selector),
    ]),
  );
  return { domains, selectors };
}

/**
 * The selectors that reports name for a domain itself. Forgers can name as many as they like, so only the first `most` are given;
 * those of valid signatures come first.
 */
export function selectorsOf(seen: SeenInReports, domain: DomainName, most = 100): readonly string[] {
  return (seen.selectors.get(domain) ?? []).slice(0, most);
}

/** The names below a domain that mail was seen in, those with aligned mail first, then by messages. */
export function subdomainsOf(seen: SeenInReports, domain: DomainName): DomainName[] {
  return [...seen.domains.values()]
    .filter((each) => each.domain !== domain && isAtOrBelow(each.domain, domain))
    .sort(
      (one, other) =>
        other.alignedMessages - one.alignedMessages ||
        other.messages - one.messages ||
        (one.domain < other.domain ? -1 : 1),
    )
    .map((each) => each.domain);
}

/** A domain that reports tell of and that is not in the portfolio. */
export interface DomainProposal extends SeenDomain {
  /** The domain of the portfolio, or the proposed one, that it lies below. */
  readonly below?: DomainName;
}

/**
 * Proposes domains for the portfolio: those whose policy reports were about, and those that aligned mail was seen in. A name with
 * forged mail alone is proposed by nobody: anyone can write it.
 *
 * @param known the portfolio
 */
export function proposeDomains(seen: SeenInReports, known: ReadonlySet<string>): DomainProposal[] {
  const wanted = [...seen.domains.values()].filter(
    ({ domain, isPolicyDomain, alignedMessages }) => !known.has(domain) && (isPolicyDomain || alignedMessages > 0),
  );
  const tops = new Set([
    ...known,
    ...wanted.filter(({ isPolicyDomain }) => isPolicyDomain).map(({ domain }) => domain),
  ]);
  return wanted
    .map((each) => {
      let above: string = each.domain;
      while (above.includes('.')) {
        above = above.slice(above.indexOf('.') + 1);
        if (tops.has(above)) return { ...each, below: above as DomainName };
      }
      return each;
    })
    .sort((one, other) => other.messages - one.messages || (one.domain < other.domain ? -1 : 1));
}
