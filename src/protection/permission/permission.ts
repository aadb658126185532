import type { DomainName, Resolver } from '../../standards/dns/index.ts';
import { overlay } from '../../standards/dns/index.ts';
import type { Problem } from '../../standards/problem.ts';
import {
  addressesWhere,
  addressesWith,
  checkHost,
  compile,
  difference,
  identityOf,
  judge,
  prefixes,
  size4,
  size6,
  toStrings,
  treeOf,
} from '../../standards/spf/index.ts';
import type {
  AddressSet,
  SpfCompiled,
  SpfDependency,
  SpfEvaluation,
  SpfIdentity,
  SpfOutcome,
  SpfResult,
  SpfTree,
  SpfTreeTerm,
  VoidLookups,
} from '../../standards/spf/index.ts';

/** How many addresses there are. IPv6 as decimal digits, since it may be more than a number holds exactly. */
export interface AddressSpan {
  readonly ipv4: number;
  readonly ipv6: string;
}

/** A term and the record it stands in. */
export interface SpfTerm {
  readonly domain: string;
  readonly term: string;
}

/** One way in which check_host() ends without an answer for some addresses, or for all: a limit, a broken record, a DNS that fails. */
export interface SpfError {
  readonly result: 'permerror' | 'temperror';
  readonly reason: Problem;
  readonly path: readonly SpfTerm[];
  /** The addresses that meet it. */
  readonly addresses: AddressSpan;
}

/** What the records of a domain say, over all addresses there are. */
export interface SpfSide {
  readonly domain: string;
  /** What stands at the domain; see `SpfTree.status`. */
  readonly status: SpfTree['status'];
  readonly texts: readonly string[];
  /** How many addresses get which result, whoever the sender is. */
  readonly results: Readonly<Partial<Record<SpfResult, AddressSpan>>>;
  /** How many hang on the message or the client's names as well. */
  readonly unsettled: AddressSpan;
  /** The terms they hang on. */
  readonly depends: readonly (SpfTerm & { readonly why: SpfDependency['why'] })[];
  readonly errors: readonly SpfError[];
}

export interface SpfTermNode {
  readonly term: string;
  readonly kind: string;
  readonly target?: string;
  readonly hosts?: readonly string[];
  readonly lookups: number;
  readonly lookupsBefore: number;
  readonly voidLookups: VoidLookups;
  /** The addresses it matches by itself; absent when these hang on the message or the client's names. */
  readonly matches?: AddressSpan;
  /** Of these, the ones that no earlier term of its record matches. */
  readonly adds?: AddressSpan;
  /** Earlier terms of its record that match some of the same addresses. */
  readonly overlaps: readonly string[];
  readonly unreachable: boolean;
  readonly shadowed: boolean;
  readonly child?: SpfTreeNode;
}

export interface SpfTreeNode {
  readonly domain: string;
  readonly status: SpfTree['status'];
  readonly texts: readonly string[];
  readonly ttl?: number;
  /** Bytes of the answer that holds all TXT records of the name. */
  readonly answerSize: number;
  readonly problems: readonly Problem[];
  readonly lookups: number;
  readonly voidLookups: VoidLookups;
  readonly terms: readonly SpfTermNode[];
}

export interface SpfTreeView extends SpfSide {
  readonly schema: 'zegel/spf-tree/1';
  /** Terms that ask the DNS when nothing matches before the end; more than `limits.lookups` is a permerror (RFC 7208 §4.6.4). */
  readonly lookups: number;
  readonly voidLookups: VoidLookups;
  readonly limits: { readonly lookups: number; readonly voidLookups: number };
  /** Seconds all of it holds: the least TTL of the answers it was made of. */
  readonly ttl: number;
  /** What is let in (pass), and as the fewest networks. */
  readonly allowed: AddressSpan & { readonly prefixes: readonly string[] };
  readonly tree: SpfTreeNode;
}

/** The verdict on one address. */
export interface AddressVerdict {
  readonly ip: string;
  readonly result: SpfResult;
  readonly allowed: boolean;
  readonly reason: Problem;
  /** From the record of the domain down to the term that decided. */
  readonly path: readonly SpfTerm[];
  readonly lookups: number;
  readonly voidLookups: number;
  /** Whether it holds for this sender only, since a term looks at the message or the client's names. */
  readonly senderMatters: boolean;
}

export interface SpfAllows {
  readonly schema: 'zegel/spf-allows/1';
  readonly domain: string;
  /** The sender it was judged for. */
  readonly sender: string;
  readonly addresses: readonly AddressVerdict[];
}

export interface SpfDifference {
  readonly schema: 'zegel/spf-diff/1';
  readonly before: SpfSide;
  readonly after: SpfSide;
  /** Let in by `after` and not by `before`. */
  readonly added: AddressSpan & { readonly prefixes: readonly string[] };
  /** Let in by `before` and not by `after`. */
  readonly removed: AddressSpan & { readonly prefixes: readonly string[] };
}

/** How many addresses a set holds. */
export function addressSpan(set: AddressSet): AddressSpan {
  return { ipv4: size4(set), ipv6: String(size6(set)) };
}

/** The SPF records of a domain as a tree, with what each term costs and lets in (RFC 7208 §4.6, §5). */
export async function spfTree(domain: DomainName, resolver: Resolver): Promise<SpfTreeView> {
  const compiled = await compile(domain, resolver);
  const tree = treeOf(compiled);
  const passes = addressesWith(compiled, 'pass');
  return {
    schema: 'zegel/spf-tree/1',
    ...sideOf(compiled, tree),
    lookups: tree.lookups,
    voidLookups: tree.voidLookups,
    limits: { lookups: compiled.limits.lookups, voidLookups: compiled.limits.voidLookups },
    ttl: compiled.ttl,
    allowed: { ...addressSpan(passes), prefixes: prefixes(passes) },
    tree: nodeOf(tree),
  };
}

/**
 * What check_host() says of single addresses, for one sender.
 *
 * @param ips addresses as text. @throws {RangeError} for what is no address
 */
export async function spfAllows(
  domain: DomainName,
  ips: readonly string[],
  resolver: Resolver,
  sender: { readonly mailFrom?: string; readonly helo?: string } = {},
): Promise<SpfAllows> {
  const envelope = identityOf({ mailFrom: sender.mailFrom ?? `postmaster@${domain}`, helo: sender.helo ?? domain });
  // It is the record of DOMAIN that is asked about, whoever the sender says to be.
  const identity: SpfIdentity = { ...envelope, domain };
  const compiled = await compile(domain, resolver);
  const usesSender = identity.senderDomain !== domain;
  const addresses: AddressVerdict[] = [];
  for (const ip of ips) {
    // A compilation takes the sender to be of the domain itself, which is what `%{o}` then stands for.
    const outcome: SpfEvaluation | SpfOutcome = usesSender
      ? await checkHost(ip, identity, resolver)
      : await judge(compiled, ip, identity, resolver);
    addresses.push({
      ip,
      result: outcome.result,
      allowed: outcome.result === 'pass',
      reason: outcome.reason,
      path: outcome.path.map(({ domain: at, term }) => ({ domain: at, term: term.text })),
      lookups: outcome.lookups,
      voidLookups: outcome.voidLookups,
      senderMatters: 'identity' in outcome,
    });
  }
  return { schema: 'zegel/spf-allows/1', domain, sender: identity.sender, addresses };
}

/**
 * What another domain's records let in more or less than a domain's own, or what the domain would with another record.
 *
 * @param other a domain, or the text of a record
 */
export async function compareSpf(
  domain: DomainName,
  other: { readonly domain: DomainName } | { readonly record: string },
  resolver: Resolver,
): Promise<SpfDifference> {
  const [name, world] =
    'domain' in other
      ? [other.domain, resolver]
      : [domain, overlay([{ name: domain, type: 'TXT', records: [toStrings(other.record)] }], resolver)];
  const before = await compile(domain, resolver);
  const after = await compile(name, world);
  const [then, now] = [addressesWith(before, 'pass'), addressesWith(after, 'pass')];
  const listed = (set: AddressSet): SpfDifference['added'] => ({ ...addressSpan(set), prefixes: prefixes(set) });
  return {
    schema: 'zegel/spf-diff/1',
    before: sideOf(before, treeOf(before)),
    after: sideOf(after, treeOf(after)),
    added: listed(difference(now, then)),
    removed: listed(difference(then, now)),
  };
}

function sideOf(compiled: SpfCompiled, tree: SpfTree): SpfSide {
  const results: Partial<Record<SpfResult, AddressSpan>> = {};
  for (const { result, depends } of compiled.outcomes) {
    if (depends.length === 0) results[result] ??= addressSpan(addressesWith(compiled, result));
  }
  const depends = new Map<string, SpfSide['depends'][number]>();
  for (const outcome of compiled.outcomes) {
    for (const { domain, term, why } of outcome.depends) {
      depends.set(`${domain} ${term.offset} ${why}`, { domain, term: term.text, why });
    }
  }
  return {
    domain: tree.domain,
    status: tree.status,
    texts: tree.texts,
    results,
    unsettled: addressSpan(addressesWhere(compiled, (outcome) => outcome.depends.length > 0)),
    depends: [...depends.values()],
    errors: errorsOf(compiled),
  };
}

/** Ways to fail that are listed. An honest tree has one or two; one that was made for it has thousands. */
const maxErrors = 50;

function errorsOf(compiled: SpfCompiled): SpfError[] {
  const errors = new Map<string, { readonly first: SpfOutcome; readonly all: Set<SpfOutcome> }>();
  for (const outcome of compiled.outcomes) {
    if (outcome.result !== 'permerror' && outcome.result !== 'temperror') continue;
    const key = JSON.stringify([outcome.result, outcome.reason]);
    const known = errors.get(key);
    if (known !== undefined) known.all.add(outcome);
    else if (errors.size < maxErrors) errors.set(key, { first: outcome, all: new Set([outcome]) });
  }
  return [...errors.values()].map(({ first, all }) => ({
    result: first.result === 'temperror' ? 'temperror' : 'permerror',
    reason: first.reason,
    path: first.path.map(({ domain, term }) => ({ domain, term: term.text })),
    addresses: addressSpan(addressesWhere(compiled, (outcome) => all.has(outcome))),
  }));
}

function nodeOf(tree: SpfTree): SpfTreeNode {
  const { domain, status, texts, ttl, answerSize, problems, lookups, voidLookups, terms } = tree;
  return {
    domain,
    status,
    texts,
    ...(ttl === undefined ? {} : { ttl }),
    answerSize,
    problems,
    lookups,
    voidLookups,
    terms: terms.map((term) => termOf(term, terms)),
  };
}

function termOf(each: SpfTreeTerm, siblings: readonly SpfTreeTerm[]): SpfTermNode {
  const { term, target, hosts, lookups, lookupsBefore, voidLookups, matches, adds, child } = each;
  return {
    term: term.text,
    kind: term.kind,
    ...(target === undefined ? {} : { target }),
    ...(hosts === undefined ? {} : { hosts }),
    lookups,
    lookupsBefore,
    voidLookups,
    ...(matches === undefined ? {} : { matches: addressSpan(matches) }),
    ...(adds === undefined ? {} : { adds: addressSpan(adds) }),
    overlaps: each.overlaps.flatMap((at) => siblings.find((other) => other.term.index === at)?.term.text ?? []),
    unreachable: each.unreachable,
    shadowed: each.shadowed,
    ...(child === undefined ? {} : { child: nodeOf(child) }),
  };
}
