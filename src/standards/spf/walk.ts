import { everything, intervalOf, normalized, segmentsOf, split, unionOf } from './intervals.ts';
import { hostIn, isMultiLabel, recordIn, staticTarget } from './graph.ts';
import { exchangersIn } from './lookup.ts';
import { isAskable } from './macro.ts';
import { matchReason, reason } from './reason.ts';
import { resultOf } from './record.ts';
import { networkOf, ResolverError } from '../dns/index.ts';
import type { IpAddress } from '../dns/index.ts';
import type { SpfStep } from './evaluation.ts';
import type { Graph } from './graph.ts';
import type { Intervals, Point, Segments } from './intervals.ts';
import type { MacroString } from './macro.ts';
import type { Directive, Modifier, SpfRecord, SpfResult, Term } from './record.ts';
import type { Problem } from '../problem.ts';

/** A term whose match hangs on more than the client's address, or on what was not fetched: it has to be evaluated. */
export interface SpfDependency {
  readonly domain: string;
  readonly term: Term;
  /**
   * `ptr`: the client's own names; `macro`: the sender, the HELO name or the client; `size`: the tree of records is too large
   * to have been fetched whole.
   */
  readonly why: 'ptr' | 'macro' | 'size';
}

/** Enough for the largest honest trees a hundred times over, and a few seconds at most. */
const maxEffort = 3_000_000;

/** Addresses that came to the same place of an evaluation with the same counts. */
interface State {
  readonly set: Intervals;
  readonly lookups: number;
  readonly voidLookups: number;
  readonly depends: readonly SpfDependency[];
}

/** Addresses for which check_host() ends in one way. */
export interface Piece extends State {
  readonly result: SpfResult;
  readonly reason: Problem;
  /** From the record of the domain down to the term that decided. */
  readonly path: readonly SpfStep[];
}

/**
 * check_host() for all addresses of a family at once: where `evaluate` compares one address with a term, this divides the set
 * of addresses that come to the term. Addresses with other counts of lookups (because an included record ended early for
 * them) are kept apart, so that the limits fall where they fall for each.
 *
 * @param effort intervals handled before further records are left alone (`why: 'size'`). Records made for it can have
 *   thousands of ways through them.
 */
export function walk(graph: Graph, family: 4 | 6, domain: string = graph.root, effort = maxEffort): Piece[] {
  return new Walk(graph, family, effort).checkHost(domain, [
    { set: everything[family], lookups: 0, voidLookups: 0, depends: [] },
  ]);
}

class Walk {
  readonly #graph: Graph;
  readonly #family: 4 | 6;
  /** The networks that stand together in a record, laid over each other once however often the record is met. */
  readonly #runs = new Map<Directive, { readonly segments: Segments; readonly next: number }>();

  /** What is left of the effort. */
  #effort: number;

  constructor(graph: Graph, family: 4 | 6, effort: number) {
    this.#graph = graph;
    this.#family = family;
    this.#effort = effort;
  }

  checkHost(domain: string, states: readonly State[]): Piece[] {
    const all = (result: SpfResult, reason: Problem): Piece[] =>
      states.map((state) => ({ ...state, result, reason, path: [] }));
    if (!isMultiLabel(domain)) return all('none', reason('spf/bad-domain', '4.3', { domain: domain.slice(0, 300) }));
    const { answer, selection } = recordIn(this.#graph, domain);
    if (answer instanceof ResolverError) {
      return all('temperror', reason('spf/no-answer', '4.4', { name: domain, type: 'TXT', failure: answer.code }));
    }
    if (answer === undefined || selection === undefined) throw new Error(`not fetched: ${domain}`);
    if (selection.kind === 'none') {
      return answer.kind === 'no-such-name'
        ? all('none', reason('spf/no-such-domain', '4.3', { domain }))
        : all('none', reason('spf/no-record', '4.5', { domain }));
    }
    if (selection.kind === 'several') {
      return all('permerror', reason('spf/several-records', '4.5', { domain, count: selection.texts.length }));
    }
    const { reading } = selection;
    if (!reading.ok) {
      const first = reading.problems[0]!;
      return all('permerror', { ...first, values: { ...first.values, domain } });
    }
    return this.#record(reading.value, domain, states);
  }

  #record(record: SpfRecord, domain: string, arriving: readonly State[]): Piece[] {
    const pieces: Piece[] = [];
    let states = arriving;
    const { directives } = record;
    for (let index = 0; index < directives.length && states.length > 0; index++) {
      const directive = directives[index]!;
      if ('network' in directive) {
        const run = this.#run(directives, index);
        states = this.#divide(states, run.segments, directives, domain, pieces);
        index = run.next - 1;
      } else if (directive.kind === 'all') {
        for (const state of states) pieces.push(matched(state, directive, domain, []));
        states = [];
      } else {
        states = this.#asking(directive, domain, this.#count(states, directive, domain, pieces), pieces);
      }
    }
    if (states.length === 0) return pieces;
    if (record.redirect !== undefined) {
      this.#redirect(record.redirect, domain, states, pieces);
    } else {
      const why = reason('spf/no-match', '4.7', { domain });
      for (const state of states) pieces.push({ ...state, result: 'neutral', reason: why, path: [] });
    }
    return pieces;
  }

  /** The `ip4` and `ip6` terms from one on to the next of another kind. */
  #run(directives: readonly Directive[], from: number): { readonly segments: Segments; readonly next: number } {
    const first = directives[from]!;
    const known = this.#runs.get(first);
    if (known !== undefined) return known;
    const networks = [];
    let next = from;
    for (; next < directives.length; next++) {
      const directive = directives[next]!;
      if (!('network' in directive)) break;
      if (directive.network.family === this.#family) networks.push({ network: directive.network, term: next });
    }
    const run = { segments: segmentsOf(networks), next };
    this.#runs.set(first, run);
    return run;
  }

  /** Takes out of each state what networks match. @returns the states that are left. */
  #divide(
    states: readonly State[],
    segments: Segments,
    directives: readonly Directive[],
    domain: string,
    pieces: Piece[],
  ): State[] {
    const left: State[] = [];
    const { bounds, terms } = segments;
    for (const state of states) {
      this.#effort -= state.set.length + bounds.length;
      const { inside, outside } = split(state.set, bounds);
      if (inside.length > 0) {
        const byTerm = new Map<number, Point[]>();
        let at = 0;
        for (let i = 0; i < inside.length; i += 2) {
          while (bounds[at + 1]! <= inside[i]!) at += 2;
          const term = terms[at >> 1]!;
          const set = byTerm.get(term);
          if (set === undefined) byTerm.set(term, [inside[i]!, inside[i + 1]!]);
          else set.push(inside[i]!, inside[i + 1]!);
        }
        for (const [term, set] of byTerm) pieces.push(matched({ ...state, set }, directives[term]!, domain, []));
      }
      if (outside.length > 0) left.push({ ...state, set: outside });
    }
    return left;
  }

  /** Counts a term that asks the DNS; states that come over the limit end. @returns the others. */
  #count(states: readonly State[], term: Term, domain: string, pieces: Piece[]): State[] {
    const { lookups: limit } = this.#graph.limits;
    const left: State[] = [];
    for (const state of states) {
      const counted = { ...state, lookups: state.lookups + 1 };
      if (counted.lookups <= limit) left.push(counted);
      else {
        const why = reason('spf/too-many-lookups', '4.6.4', { term: term.text, limit });
        pieces.push({ ...counted, result: 'permerror', reason: why, path: [{ domain, term }] });
      }
    }
    return left;
  }

  #countVoid(states: readonly State[], term: Term, domain: string, pieces: Piece[]): State[] {
    const { voidLookups: limit } = this.#graph.limits;
    const left: State[] = [];
    for (const state of states) {
      const counted = { ...state, voidLookups: state.voidLookups + 1 };
      if (counted.voidLookups <= limit) left.push(counted);
      else {
        const why = reason('spf/too-many-void-lookups', '4.6.4', { term: term.text, limit });
        pieces.push({ ...counted, result: 'permerror', reason: why, path: [{ domain, term }] });
      }
    }
    return left;
  }

  /** A term that hangs on the message or the client's names: taken not to match, and noted. */
  #unknown(
    states: readonly State[],
    term: Term,
    domain: string,
    why: SpfDependency['why'],
    spec: MacroString | undefined,
    pieces: Piece[],
  ): State[] {
    // %{p} is a lookup of its own (RFC 7208 §4.6.4).
    const counted =
      why === 'macro' && spec?.letters.includes('p') === true ? this.#count(states, term, domain, pieces) : states;
    const dependency = { domain, term, why };
    return counted.map((state) => ({ ...state, depends: [...state.depends, dependency] }));
  }

  #asking(directive: Directive, domain: string, states: State[], pieces: Piece[]): State[] {
    if (states.length === 0) return states;
    const spec = 'domain' in directive ? directive.domain : undefined;
    const target = staticTarget(spec, domain, this.#graph.root, this.#family);
    if (target === undefined) return this.#unknown(states, directive, domain, 'macro', spec, pieces);
    if (directive.kind === 'ptr') return this.#unknown(states, directive, domain, 'ptr', spec, pieces);
    switch (directive.kind) {
      case 'include':
        return this.#include(target, directive, domain, states, pieces);
      case 'a':
        return this.#hosts([target], directive, domain, states, pieces, false);
      case 'mx': {
        if (target === '') return states;
        const answer = this.#graph.answer(target, 'MX');
        if (answer === undefined) return this.#unknown(states, directive, domain, 'size', spec, pieces);
        if (answer instanceof ResolverError) return failed(states, directive, domain, target, 'MX', answer, pieces);
        const left = answer.kind === 'records' ? states : this.#countVoid(states, directive, domain, pieces);
        const hosts = exchangersIn(answer);
        const { mailExchangers: limit } = this.#graph.limits;
        if (hosts.length > limit) {
          const values = { term: directive.text, domain: target, count: hosts.length, limit };
          const why = reason('spf/too-many-mail-exchangers', '4.6.4', values);
          for (const state of left) {
            pieces.push({ ...state, result: 'permerror', reason: why, path: [{ domain, term: directive }] });
          }
          return [];
        }
        return this.#hosts(hosts, directive, domain, left, pieces, answer.kind !== 'records');
      }
      case 'exists': {
        if (target === '') return states;
        const answer = this.#graph.answer(target, 'A');
        if (answer === undefined) return this.#unknown(states, directive, domain, 'size', spec, pieces);
        if (answer instanceof ResolverError) return failed(states, directive, domain, target, 'A', answer, pieces);
        if (answer.kind !== 'records') return this.#countVoid(states, directive, domain, pieces);
        for (const state of states) pieces.push(matched(state, directive, domain, []));
        return [];
      }
      default:
        throw new Error(`${directive.kind} asks nothing of the DNS`);
    }
  }

  /** The addresses of hosts, one host after the other, as `evaluate` asks for them. */
  #hosts(
    hosts: readonly string[],
    directive: Directive & { readonly prefix4: number; readonly prefix6: number },
    domain: string,
    arriving: State[],
    pieces: Piece[],
    wasVoid: boolean,
  ): State[] {
    let states = arriving;
    let isVoid = wasVoid;
    const prefix = this.#family === 4 ? directive.prefix4 : directive.prefix6;
    for (const host of hosts) {
      if (!isAskable(host)) continue;
      const found = hostIn(this.#graph, host, this.#family);
      if (found === undefined) return this.#unknown(states, directive, domain, 'size', undefined, pieces);
      if (found instanceof ResolverError) {
        return failed(states, directive, domain, host, this.#family === 4 ? 'A' : 'AAAA', found, pieces);
      }
      if (found === 'void') {
        if (!isVoid) states = this.#countVoid(states, directive, domain, pieces);
        isVoid = this.#graph.limits.voidLookupsCount === 'terms';
        continue;
      }
      const by = networksAround(found, prefix);
      const left: State[] = [];
      for (const state of states) {
        const { inside, outside } = split(state.set, by);
        if (inside.length > 0) pieces.push(matched({ ...state, set: inside }, directive, domain, []));
        if (outside.length > 0) left.push({ ...state, set: outside });
      }
      states = left;
    }
    return states;
  }

  #include(target: string, directive: Directive, domain: string, states: State[], pieces: Piece[]): State[] {
    for (const state of states) this.#effort -= state.set.length + 100;
    if (this.#effort < 0 || (isMultiLabel(target) && this.#graph.answer(target, 'TXT') === undefined)) {
      return this.#unknown(states, directive, domain, 'size', undefined, pieces);
    }
    const step = { domain, term: directive };
    const on: Piece[] = [];
    for (const inner of this.checkHost(target, states)) {
      switch (inner.result) {
        case 'pass':
          pieces.push(matched(inner, directive, domain, inner.path));
          break;
        case 'temperror':
        case 'permerror':
          pieces.push({ ...inner, path: [step, ...inner.path] });
          break;
        case 'none': {
          const why = reason('spf/include-without-record', '5.2', { term: directive.text, domain: target });
          pieces.push({ ...inner, result: 'permerror', reason: why, path: [step] });
          break;
        }
        default:
          on.push(inner);
      }
    }
    return joined(on);
  }

  #redirect(modifier: Modifier, domain: string, arriving: readonly State[], pieces: Piece[]): void {
    const states = this.#count(arriving, modifier, domain, pieces);
    if (states.length === 0) return;
    const target = staticTarget(modifier.value, domain, this.#graph.root, this.#family);
    if (target === undefined || (isMultiLabel(target) && this.#graph.answer(target, 'TXT') === undefined)) {
      const cause = target === undefined ? 'macro' : 'size';
      const why = reason('spf/no-match', '4.7', { domain });
      for (const state of this.#unknown(states, modifier, domain, cause, modifier.value, pieces)) {
        pieces.push({ ...state, result: 'neutral', reason: why, path: [] });
      }
      return;
    }
    const step = { domain, term: modifier };
    for (const inner of this.checkHost(target, states)) {
      if (inner.result !== 'none') pieces.push({ ...inner, path: [step, ...inner.path] });
      else {
        const why = reason('spf/redirect-without-record', '6.1', { term: modifier.text, domain: target });
        pieces.push({ ...inner, result: 'permerror', reason: why, path: [step] });
      }
    }
  }
}

/** The networks around addresses, as one set. */
export function networksAround(addresses: readonly IpAddress[], prefix: number): Intervals {
  return normalized(addresses.map((address) => intervalOf(networkOf(address, prefix))));
}

function matched(state: State, directive: Directive, domain: string, inner: readonly SpfStep[]): Piece {
  const { set, lookups, voidLookups, depends } = state;
  return {
    set,
    lookups,
    voidLookups,
    depends,
    result: resultOf[directive.qualifier],
    reason: matchReason(directive, domain),
    path: [{ domain, term: directive }, ...inner],
  };
}

function failed(
  states: readonly State[],
  term: Term,
  domain: string,
  name: string,
  type: string,
  failure: ResolverError,
  pieces: Piece[],
): State[] {
  const why = reason('spf/no-answer', '4.4', { name, type, failure: failure.code });
  for (const state of states) pieces.push({ ...state, result: 'temperror', reason: why, path: [{ domain, term }] });
  return [];
}

/** Joins addresses that have the same counts again. */
function joined(pieces: readonly Piece[]): State[] {
  const groups = new Map<string, Piece[]>();
  const numbers = new Map<SpfDependency, number>();
  for (const piece of pieces) {
    let key = `${piece.lookups}/${piece.voidLookups}`;
    for (const dependency of piece.depends) {
      let number = numbers.get(dependency);
      if (number === undefined) numbers.set(dependency, (number = numbers.size));
      key += `/${number}`;
    }
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [piece]);
    else group.push(piece);
  }
  return [...groups.values()].map((group) => {
    const { lookups, voidLookups, depends } = group[0]!;
    return { set: unionOf(group.map((piece) => piece.set)), lookups, voidLookups, depends };
  });
}
