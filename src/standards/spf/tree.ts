import { ResolverError } from '../dns/index.ts';
import { addressSetOf } from './compile.ts';
import { hostIn, isMultiLabel, recordIn, staticTarget } from './graph.ts';
import { everything, intervalOf, meet, split, unionOf } from './intervals.ts';
import { exchangersIn } from './lookup.ts';
import { isAskable } from './macro.ts';
import { networksAround, walk } from './walk.ts';
import type { Problem } from '../problem.ts';
import type { AddressSet } from './address-set.ts';
import type { SpfCompiled } from './compile.ts';
import type { Graph } from './graph.ts';
import type { Intervals } from './intervals.ts';
import type { Directive, SpfRecord, Term } from './record.ts';

/** Void lookups, apart for clients of each family: a host without an AAAA record is one for those that come by IPv6. */
export interface VoidLookups {
  readonly v4: number;
  readonly v6: number;
}

/** The record of a domain in a tree of records, as it stands, with what each of its terms costs and brings. */
export interface SpfTree {
  readonly domain: string;
  /**
   * What there is: a `record`; or none (`no-record`, `no-such-domain`, `bad-domain`), `several`, one with a `syntax-error`,
   * `no-answer` of the DNS; `loop`: it stands above itself, and is not shown again; `not-fetched`: the tree is too large.
   */
  readonly status:
    | 'record'
    | 'no-record'
    | 'no-such-domain'
    | 'bad-domain'
    | 'several'
    | 'syntax-error'
    | 'no-answer'
    | 'loop'
    | 'not-fetched';
  /** The text of the record, or of each of several. */
  readonly texts: readonly string[];
  /** Seconds; absent when nothing answered. */
  readonly ttl?: number;
  /** Bytes of the answer that holds all TXT records of the domain; over 512 it may need TCP (RFC 7208 §3.4). */
  readonly answerSize: number;
  /** What is wrong with the text, whether or not it works. */
  readonly problems: readonly Problem[];
  readonly terms: readonly SpfTreeTerm[];
  /** Terms that ask the DNS, in this record and below, when no address is decided before the end. */
  readonly lookups: number;
  readonly voidLookups: VoidLookups;
}

/** A term in a tree of records. */
export interface SpfTreeTerm {
  readonly term: Term;
  /** The name it stands for; absent when it has none, or one that hangs on the message. */
  readonly target?: string;
  /** The hosts of an `mx`, in the order in which they are asked for. */
  readonly hosts?: readonly string[];
  /** Terms that ask the DNS: itself and what lies below it. */
  readonly lookups: number;
  /** Those of the whole tree that come before it. */
  readonly lookupsBefore: number;
  readonly voidLookups: VoidLookups;
  /**
   * The addresses it matches by itself, whoever the sender is; absent when all of them hang on the message or the client's names.
   */
  readonly matches?: AddressSet;
  /** Of these, those that no earlier term of its record matches: what would be lost without it. */
  readonly adds?: AddressSet;
  /** Earlier terms of its record that match some of the same addresses, by their place among the terms (the first 300 are looked at). */
  readonly overlaps: readonly number[];
  /** No address comes to it: earlier terms match everything, or it comes after `all`, or is a `redirect` beside `all`. */
  readonly unreachable: boolean;
  /** It matches addresses, and earlier terms match all of these. */
  readonly shadowed: boolean;
  /** The record an `include` or `redirect` leads to. */
  readonly child?: SpfTree;
}

/** Nodes shown of one tree: what leads to more cannot be evaluated anyway. */
const maxNodes = 300;
/** How far one included record is looked into; see `walk`. */
const maxEffort = 200_000;
/** Terms a later one is compared with: a record of 64 kB holds thousands. */
const maxCompared = 300;
const noVoids: VoidLookups = { v4: 0, v6: 0 };
const families = [4, 6] as const;
type BothFamilies = Readonly<Record<4 | 6, Intervals>>;

/** The tree of records a compilation was made of. */
export function treeOf(compiled: SpfCompiled): SpfTree {
  return new Tree(compiled.graph).node(compiled.domain, [], 0);
}

/** What does not hang on the place in the tree; `isRead`: it is evaluated when addresses come to it. */
type TermFacts = Omit<SpfTreeTerm, 'child' | 'hosts' | 'lookups' | 'lookupsBefore' | 'target' | 'voidLookups'> & {
  readonly isRead: boolean;
};

class Tree {
  readonly #graph: Graph;
  readonly #passes = new Map<string, BothFamilies>();
  readonly #facts = new Map<string, readonly TermFacts[]>();
  #nodes = 0;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  node(domain: string, above: readonly string[], lookupsBefore: number): SpfTree {
    const bare = { domain, texts: [], answerSize: 0, problems: [], terms: [], lookups: 0, voidLookups: noVoids };
    if (!isMultiLabel(domain)) return { ...bare, status: 'bad-domain' };
    if (above.includes(domain)) return { ...bare, status: 'loop' };
    this.#nodes += 1;
    const { answer, selection } = recordIn(this.#graph, domain);
    if (answer instanceof ResolverError) return { ...bare, status: 'no-answer' };
    if (answer === undefined || selection === undefined || this.#nodes > maxNodes)
      return { ...bare, status: 'not-fetched' };
    const { ttl } = answer;
    if (answer.kind !== 'records') {
      return { ...bare, ttl, status: answer.kind === 'no-such-name' ? 'no-such-domain' : 'no-record' };
    }
    // Header, question, and for each record its name as a pointer, its fixed fields and its strings (RFC 1035 §4.1).
    const answerSize = answer.records.reduce(
      (sum, strings) => sum + 12 + strings.reduce((length, string) => length + string.length + 1, 0),
      12 + domain.length + 2 + 4,
    );
    if (selection.kind === 'none') return { ...bare, ttl, answerSize, status: 'no-record' };
    if (selection.kind === 'several') return { ...bare, ttl, answerSize, status: 'several', texts: selection.texts };
    const { reading, text } = selection;
    const found = { ...bare, ttl, answerSize, texts: [text], problems: reading.problems };
    if (!reading.ok) return { ...found, status: 'syntax-error' };
    const terms = this.#terms(reading.value, domain, above, lookupsBefore);
    const sum = (count: (term: SpfTreeTerm) => number): number => terms.reduce((total, term) => total + count(term), 0);
    return {
      ...found,
      status: 'record',
      terms,
      lookups: sum((term) => term.lookups),
      voidLookups: { v4: sum((term) => term.voidLookups.v4), v6: sum((term) => term.voidLookups.v6) },
    };
  }

  #terms(record: SpfRecord, domain: string, above: readonly string[], before: number): SpfTreeTerm[] {
    let lookupsBefore = before;
    return this.#factsOf(record, domain).map(({ isRead, ...facts }) => {
      const cost = isRead ? this.#cost(facts.term, domain, above, lookupsBefore) : undefined;
      const term = { lookups: 0, voidLookups: noVoids, ...cost, lookupsBefore, ...facts };
      lookupsBefore += term.lookups;
      return term;
    });
  }

  /** What can be said of the terms of a record wherever in a tree it stands. */
  #factsOf(record: SpfRecord, domain: string): readonly TermFacts[] {
    const known = this.#facts.get(domain);
    if (known !== undefined) return known;
    const all = record.directives.find((directive) => directive.kind === 'all')?.index ?? Infinity;
    const facts: TermFacts[] = [];
    const matchedBy: { readonly index: number; readonly sets: BothFamilies }[] = [];
    let covered: BothFamilies = { 4: [], 6: [] };
    for (const term of record.terms) {
      if ('value' in term) {
        const isRead = term === record.redirect;
        const unreachable = term.kind === 'redirect' && (!isRead || this.#isAll(covered));
        facts.push({ term, overlaps: [], unreachable, shadowed: false, isRead });
        continue;
      }
      const isRead = term.index <= all;
      const unreachable = !isRead || this.#isAll(covered);
      const sets = isRead ? this.#matches(term, domain) : undefined;
      if (sets === undefined) {
        facts.push({ term, overlaps: [], unreachable, shadowed: false, isRead });
        continue;
      }
      const adds = { 4: split(sets[4], covered[4]).outside, 6: split(sets[6], covered[6]).outside };
      const addsNone = adds[4].length + adds[6].length === 0;
      facts.push({
        term,
        matches: addressSetOf(sets[4], sets[6]),
        adds: addressSetOf(adds[4], adds[6]),
        // Everything overlaps with "all"; that says nothing.
        overlaps:
          term.kind === 'all'
            ? []
            : matchedBy
                .filter((earlier) => families.some((family) => meet(sets[family], earlier.sets[family])))
                .map((earlier) => earlier.index),
        unreachable,
        shadowed: addsNone && sets[4].length + sets[6].length > 0,
        isRead,
      });
      if (matchedBy.length < maxCompared) matchedBy.push({ index: term.index, sets });
      if (!addsNone) covered = { 4: unionOf([covered[4], sets[4]]), 6: unionOf([covered[6], sets[6]]) };
    }
    this.#facts.set(domain, facts);
    return facts;
  }

  #isAll(sets: BothFamilies): boolean {
    return families.every((family) => split(everything[family], sets[family]).outside.length === 0);
  }

  #cost(
    term: Term,
    domain: string,
    above: readonly string[],
    lookupsBefore: number,
  ): Pick<SpfTreeTerm, 'lookups' | 'voidLookups'> & Partial<Pick<SpfTreeTerm, 'child' | 'hosts' | 'target'>> {
    if ('network' in term || term.kind === 'all') return { lookups: 0, voidLookups: noVoids };
    const spec = 'value' in term ? term.value : term.domain;
    // %{p} asks for the client's names, which is a lookup of its own (RFC 7208 §4.6.4).
    const own = spec?.letters.includes('p') === true ? 2 : 1;
    const target = staticTarget(spec, domain, this.#graph.root, 4);
    const named = target === undefined ? {} : { target };
    if (target === undefined || term.kind === 'ptr') return { lookups: own, voidLookups: noVoids, ...named };
    if (term.kind === 'include' || term.kind === 'redirect') {
      const child = this.node(target, [...above, domain], lookupsBefore + own);
      return { lookups: own + child.lookups, voidLookups: child.voidLookups, ...named, child };
    }
    const voids = { 4: 0, 6: 0 };
    let hosts: readonly string[] | undefined;
    for (const family of families) {
      const name = staticTarget(spec, domain, this.#graph.root, family) ?? '';
      let names: readonly string[] = [name];
      let isVoid = false;
      if (term.kind === 'exists') isVoid = isAbsent(this.#graph, name, 'A');
      else {
        if (term.kind === 'mx') {
          const answer = isAskable(name) ? this.#graph.answer(name, 'MX') : undefined;
          names = answer === undefined || answer instanceof ResolverError ? [] : exchangersIn(answer);
          hosts = names;
          isVoid = isAbsent(this.#graph, name, 'MX');
        }
        isVoid ||= names.some((host) => isAskable(host) && hostIn(this.#graph, host, family) === 'void');
      }
      if (isVoid) voids[family] = 1;
    }
    return {
      lookups: own,
      voidLookups: { v4: voids[4], v6: voids[6] },
      ...named,
      ...(hosts === undefined ? {} : { hosts }),
    };
  }

  /** The addresses a mechanism matches by itself. */
  #matches(directive: Directive, domain: string): BothFamilies | undefined {
    const [v4, v6] = families.map((family) => this.#matchesOf(directive, domain, family));
    return v4 === undefined || v6 === undefined ? undefined : { 4: v4, 6: v6 };
  }

  #matchesOf(directive: Directive, domain: string, family: 4 | 6): Intervals | undefined {
    if ('network' in directive) return directive.network.family === family ? intervalOf(directive.network) : [];
    if (directive.kind === 'all') return everything[family];
    if (directive.kind === 'ptr') return undefined;
    const target = staticTarget(directive.domain, domain, this.#graph.root, family);
    if (target === undefined) return undefined;
    switch (directive.kind) {
      case 'include':
        return this.#passesOf(target)[family];
      case 'exists': {
        const answer = this.#graph.answer(target, 'A');
        return answer !== undefined && !(answer instanceof ResolverError) && answer.kind === 'records'
          ? everything[family]
          : [];
      }
      default: {
        let hosts: readonly string[] = [target];
        if (directive.kind === 'mx') {
          const answer = this.#graph.answer(target, 'MX');
          hosts = answer === undefined || answer instanceof ResolverError ? [] : exchangersIn(answer);
        }
        const prefix = family === 4 ? directive.prefix4 : directive.prefix6;
        return unionOf(
          hosts.map((host) => {
            const found = hostIn(this.#graph, host, family);
            return Array.isArray(found) ? networksAround(found, prefix) : [];
          }),
        );
      }
    }
  }

  /** The addresses for which a record says pass, taken by itself. */
  #passesOf(domain: string): BothFamilies {
    const known = this.#passes.get(domain);
    if (known !== undefined) return known;
    const passes = (family: 4 | 6): Intervals => {
      if (isMultiLabel(domain) && this.#graph.answer(domain, 'TXT') === undefined) return [];
      const pieces = walk(this.#graph, family, domain, maxEffort);
      const passed = pieces.filter((piece) => piece.result === 'pass' && piece.depends.length === 0);
      return unionOf([[], [], ...passed.map((piece) => piece.set)]);
    };
    const both = { 4: passes(4), 6: passes(6) };
    this.#passes.set(domain, both);
    return both;
  }
}

function isAbsent(graph: Graph, name: string, type: 'A' | 'MX'): boolean {
  const answer = isAskable(name) ? graph.answer(name, type) : undefined;
  return answer !== undefined && !(answer instanceof ResolverError) && answer.kind !== 'records';
}
