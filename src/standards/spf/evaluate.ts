import { identityOf } from './identity.ts';
import { addressesIn, exchangersIn, limitsOf, selectRecord } from './lookup.ts';
import { expand, isAskable, parseMacroString, targetName } from './macro.ts';
import { matchReason, reason } from './reason.ts';
import { resultOf } from './record.ts';
import { agree, isAtOrBelow, isIn, parseClientAddress, ResolverError, reverseName } from '../dns/index.ts';
import type { SpfEvaluation, SpfOptions, SpfQuery, SpfRequest, SpfStep, SpfVisit } from './evaluation.ts';
import type { SpfIdentity } from './identity.ts';
import type { SpfLimits } from './lookup.ts';
import type { MacroString, MacroValues } from './macro.ts';
import type { Directive, Modifier, SpfRecord, SpfResult, Term } from './record.ts';
import type { Answer, IpAddress, RecordType, Resolver } from '../dns/index.ts';
import type { Problem } from '../problem.ts';

/** How check_host() ended. */
interface Outcome {
  readonly result: SpfResult;
  readonly reason: Problem;
  readonly path: SpfStep[];
  /** The record whose `exp` counts, and its domain. */
  readonly exp?: { readonly modifier: Modifier; readonly domain: string };
}

/** A mechanism that can neither match nor fail to: the whole judgement ends. */
interface Ended {
  readonly result: 'temperror' | 'permerror';
  readonly reason: Problem;
}

/**
 * Judges a client by the MAIL FROM identity, or by HELO when the sender is null (RFC 7208 §2.4).
 *
 * Never throws for what a record says or for a world that does not answer: that is `temperror`, with the reason.
 */
export async function evaluate(
  request: SpfRequest,
  resolver: Resolver,
  options: SpfOptions = {},
): Promise<SpfEvaluation> {
  return checkHost(request.ip, identityOf(request), resolver, options);
}

/**
 * check_host() of RFC 7208 §4 for any identity; `evaluate` chooses the usual one.
 *
 * @param ip the client's address, as text; one that is no address is a `permerror` of the caller's (`spf/bad-client-address`).
 */
export async function checkHost(
  ip: string,
  identity: SpfIdentity,
  resolver: Resolver,
  options: SpfOptions = {},
): Promise<SpfEvaluation> {
  const address = parseClientAddress(ip);
  if (address === undefined) {
    const reason = { code: 'spf/bad-client-address', values: { ip: ip.slice(0, 60) }, see: 'RFC 7208 §4.1' };
    return { result: 'permerror', reason, identity, path: [], lookups: 0, voidLookups: 0, queries: [], visits: [] };
  }
  return new Evaluation(address, identity, resolver, options).run();
}

class Evaluation {
  readonly #ip: IpAddress;
  readonly #identity: SpfIdentity;
  readonly #resolver: Resolver;
  readonly #options: SpfOptions;
  readonly #limits: SpfLimits;
  readonly #queries: SpfQuery[] = [];
  readonly #visits: SpfVisit[] = [];
  #lookups = 0;
  #voidLookups = 0;
  /** Whether the term at hand already counted as a void lookup, and need not again. */
  #isVoid = false;

  constructor(ip: IpAddress, identity: SpfIdentity, resolver: Resolver, options: SpfOptions) {
    this.#ip = ip;
    this.#identity = identity;
    this.#resolver = resolver;
    this.#options = options;
    this.#limits = limitsOf(options.limits);
  }

  async run(): Promise<SpfEvaluation> {
    const outcome = await this.#checkHost(this.#identity.domain, 0, undefined);
    const explanation =
      outcome.result === 'fail' && outcome.exp !== undefined && this.#options.explain !== false
        ? await this.#explain(outcome.exp.modifier, outcome.exp.domain)
        : undefined;
    return {
      result: outcome.result,
      reason: outcome.reason,
      identity: this.#identity,
      path: outcome.path.reverse(),
      lookups: this.#lookups,
      voidLookups: this.#voidLookups,
      queries: this.#queries,
      visits: this.#visits,
      ...(explanation === undefined ? {} : { explanation }),
    };
  }

  async #checkHost(domain: string, depth: number, via: Term | undefined): Promise<Outcome> {
    const visit = (outcome: Outcome, record?: SpfRecord, matched?: Directive): Outcome => {
      this.#visits.push({
        domain,
        depth,
        result: outcome.result,
        ...(via === undefined ? {} : { via }),
        ...(record === undefined ? {} : { record }),
        ...(matched === undefined ? {} : { matched }),
      });
      return outcome;
    };
    // RFC 7208 §4.3: a malformed domain, or one of a single label, is "none" and nothing is asked.
    if (!isAskable(domain) || !domain.includes('.') || domain.startsWith('[')) {
      return visit(ended('none', reason('spf/bad-domain', '4.3', { domain: domain.slice(0, 300) })));
    }
    const answer = await this.#ask(domain, 'TXT', via);
    if ('reason' in answer) return visit({ ...answer, path: [] });
    const selection = selectRecord(answer);
    if (selection.kind === 'none') {
      const code = answer.kind === 'no-such-name' ? 'spf/no-such-domain' : 'spf/no-record';
      return visit(ended('none', reason(code, answer.kind === 'no-such-name' ? '4.3' : '4.5', { domain })));
    }
    if (selection.kind === 'several') {
      return visit(ended('permerror', reason('spf/several-records', '4.5', { domain, count: selection.texts.length })));
    }
    const { reading } = selection;
    if (!reading.ok) {
      const first = reading.problems[0]!;
      return visit(ended('permerror', { ...first, values: { ...first.values, domain } }));
    }
    const record = reading.value;
    const ip = this.#ip;
    for (const directive of record.directives) {
      let matched: boolean | Ended | Outcome;
      if (directive.kind === 'ip4' || directive.kind === 'ip6') matched = isIn(ip, directive.network);
      else if (directive.kind === 'all') matched = true;
      else {
        matched = this.#count(directive) ?? (await this.#match(directive, domain, depth));
      }
      if (matched === false) continue;
      if (matched === true || matched.result === 'pass') {
        const result = resultOf[directive.qualifier];
        const path = matched === true ? [] : (matched as Outcome).path;
        path.push({ domain, term: directive });
        return visit(
          {
            result,
            reason: matchReason(directive, domain),
            path,
            ...(record.exp === undefined ? {} : { exp: { modifier: record.exp, domain } }),
          },
          record,
          directive,
        );
      }
      const path = 'path' in matched ? matched.path : [];
      path.push({ domain, term: directive });
      return visit({ result: matched.result, reason: matched.reason, path }, record, directive);
    }
    if (record.redirect !== undefined) return visit(await this.#redirect(record.redirect, domain, depth), record);
    return visit(ended('neutral', reason('spf/no-match', '4.7', { domain })), record);
  }

  /** Counts a term that asks the DNS (RFC 7208 §4.6.4). */
  #count(term: Term): Ended | undefined {
    this.#isVoid = false;
    this.#lookups += 1;
    if (this.#lookups <= this.#limits.lookups) return undefined;
    return {
      result: 'permerror',
      reason: reason('spf/too-many-lookups', '4.6.4', { term: term.text, limit: this.#limits.lookups }),
    };
  }

  async #redirect(modifier: Modifier, domain: string, depth: number): Promise<Outcome> {
    const step = { domain, term: modifier };
    const over = this.#count(modifier);
    if (over !== undefined) return { ...over, path: [step] };
    const target = await this.#target(modifier.value, domain, modifier);
    if (typeof target !== 'string') return { ...target, path: [step] };
    const outcome = await this.#checkHost(target, depth + 1, modifier);
    outcome.path.push(step);
    // RFC 7208 §6.1: no record, or a malformed name, is a "permerror" here.
    if (outcome.result !== 'none') return outcome;
    return {
      result: 'permerror',
      reason: reason('spf/redirect-without-record', '6.1', { term: modifier.text, domain: target }),
      path: outcome.path,
    };
  }

  /** Whether a mechanism that asks the DNS matches; the outcome of an `include` when that is `pass` or an error. */
  async #match(directive: Directive, domain: string, depth: number): Promise<boolean | Ended | Outcome> {
    switch (directive.kind) {
      case 'include': {
        const target = await this.#target(directive.domain, domain, directive);
        if (typeof target !== 'string') return target;
        const inner = await this.#checkHost(target, depth + 1, directive);
        switch (inner.result) {
          case 'pass':
          case 'temperror':
          case 'permerror':
            return inner;
          case 'none':
            return {
              result: 'permerror',
              reason: reason('spf/include-without-record', '5.2', { term: directive.text, domain: target }),
              path: inner.path,
            };
          default:
            return false;
        }
      }
      case 'a': {
        const target = await this.#target(directive.domain, domain, directive);
        return typeof target === 'string' ? this.#matchHost(target, directive) : target;
      }
      case 'mx': {
        const target = await this.#target(directive.domain, domain, directive);
        if (typeof target !== 'string') return target;
        const answer = await this.#askCounting(target, 'MX', directive);
        if (answer === undefined) return false;
        if ('reason' in answer) return answer;
        const hosts = exchangersIn(answer);
        if (hosts.length > this.#limits.mailExchangers) {
          return {
            result: 'permerror',
            reason: reason('spf/too-many-mail-exchangers', '4.6.4', {
              term: directive.text,
              domain: target,
              count: hosts.length,
              limit: this.#limits.mailExchangers,
            }),
          };
        }
        for (const host of hosts) {
          const matched = await this.#matchHost(isAskable(host) ? host : '', directive);
          if (matched !== false) return matched;
        }
        return false;
      }
      case 'ptr': {
        const target = await this.#target(directive.domain, domain, directive);
        if (typeof target !== 'string') return target;
        const names = await this.#clientNames(directive);
        if (!Array.isArray(names)) return names;
        return target !== '' && names.some((name) => isAtOrBelow(name, target));
      }
      case 'exists': {
        const target = await this.#target(directive.domain, domain, directive);
        if (typeof target !== 'string') return target;
        const answer = await this.#askCounting(target, 'A', directive);
        return answer === undefined ? false : 'reason' in answer ? answer : answer.kind === 'records';
      }
      default:
        throw new Error(`${directive.kind} asks nothing of the DNS`);
    }
  }

  async #matchHost(
    name: string,
    directive: Directive & { readonly prefix4: number; readonly prefix6: number },
  ): Promise<boolean | Ended> {
    const ip = this.#ip;
    const answer = await this.#askCounting(name, ip.family === 4 ? 'A' : 'AAAA', directive);
    if (answer === undefined) return false;
    if ('reason' in answer) return answer;
    const prefix = ip.family === 4 ? directive.prefix4 : directive.prefix6;
    for (const address of addressesIn(answer)) if (agree(ip, address, prefix)) return true;
    return false;
  }

  /** Asks for a term that counts void lookups. `undefined` when the name cannot be asked for, which is no void lookup. */
  async #askCounting<T extends RecordType>(name: string, type: T, term: Term): Promise<Answer<T> | Ended | undefined> {
    if (name === '') return undefined;
    const answer = await this.#ask(name, type, term);
    if ('reason' in answer || answer.kind === 'records' || this.#isVoid) return answer;
    return this.#countVoid(term) ?? answer;
  }

  /** Counts a void lookup: where terms are counted, one for the term however many of its questions have no answer. */
  #countVoid(term: Term): Ended | undefined {
    this.#isVoid = this.#limits.voidLookupsCount === 'terms';
    this.#voidLookups += 1;
    if (this.#voidLookups <= this.#limits.voidLookups) return undefined;
    return {
      result: 'permerror',
      reason: reason('spf/too-many-void-lookups', '4.6.4', { term: term.text, limit: this.#limits.voidLookups }),
    };
  }

  async #ask<T extends RecordType>(name: string, type: T, term: Term | undefined): Promise<Answer<T> | Ended> {
    if (this.#options.signal?.aborted === true) {
      return { result: 'temperror', reason: reason('spf/out-of-time', '4.6.4', { name, type }) };
    }
    try {
      const answer = await this.#resolver(name, type);
      this.#queries.push(
        term === undefined ? { name, type, outcome: answer.kind } : { name, type, outcome: answer.kind, term },
      );
      return answer;
    } catch (error) {
      if (!(error instanceof ResolverError)) throw error;
      this.#queries.push({ name, type, outcome: error.code, ...(term === undefined ? {} : { term }) });
      return { result: 'temperror', reason: reason('spf/no-answer', '4.4', { name, type, failure: error.code }) };
    }
  }

  /** The name a domain-spec stands for; `''` when it makes none that can be asked for. */
  async #target(spec: MacroString | undefined, domain: string, term: Term): Promise<string | Ended> {
    if (spec === undefined) return domain;
    if (spec.fixed !== undefined) return spec.fixed;
    let validated = '';
    if (spec.letters.includes('p')) {
      // The PTR question of %{p} is one of the ten (RFC 7208 §4.6.4).
      const over = this.#count(term);
      if (over !== undefined) return over;
      const names = await this.#clientNames(term);
      if (!Array.isArray(names)) return names;
      validated = validatedName(names, domain);
    }
    // A local part beyond ASCII makes no label, so the term matches nothing (RFC 8616 §4).
    if (/[sl]/.test(spec.letters) && !/^[\0-\x7F]*$/.test(this.#identity.localPart)) return '';
    return targetName(expand(spec, this.#values(domain, validated)));
  }

  #values(domain: string, validated: string): MacroValues {
    const { sender, localPart, senderDomain, helo } = this.#identity;
    const { receiver = 'unknown', time = 0 } = this.#options;
    return { ip: this.#ip, sender, localPart, senderDomain, domain, helo, receiver, time, validated };
  }

  /** The validated names of the client (RFC 7208 §5.5). Errors of the DNS count as no name. */
  async #clientNames(term: Term | undefined): Promise<string[] | Ended> {
    const ip = this.#ip;
    const answer = await this.#ask(reverseName(ip), 'PTR', term);
    if ('reason' in answer) return [];
    if (answer.kind !== 'records')
      return (term === undefined || this.#isVoid ? undefined : this.#countVoid(term)) ?? [];
    const names: string[] = [];
    for (const written of answer.records.slice(0, this.#limits.clientNames)) {
      const name = written.toLowerCase();
      if (!isAskable(name)) continue;
      const addresses = await this.#ask(name, ip.family === 4 ? 'A' : 'AAAA', term);
      if ('reason' in addresses) continue;
      if (addresses.kind !== 'records' && term !== undefined && !this.#isVoid) {
        const over = this.#countVoid(term);
        if (over !== undefined) return over;
      }
      if (addressesIn(addresses).some((address) => agree(ip, address, ip.family === 4 ? 32 : 128))) names.push(name);
    }
    return names;
  }

  /** The text `exp` leads to (RFC 7208 §6.2); anything wrong on the way, and there is none. */
  async #explain(modifier: Modifier, domain: string): Promise<string | undefined> {
    const validatedFor = async (string: MacroString): Promise<string> => {
      if (!string.letters.includes('p')) return '';
      const names = await this.#clientNames(undefined);
      return Array.isArray(names) ? validatedName(names, domain) : 'unknown';
    };
    const spec = modifier.value;
    const name = spec.fixed ?? targetName(expand(spec, this.#values(domain, await validatedFor(spec))));
    if (name === '') return undefined;
    const answer = await this.#ask(name, 'TXT', modifier);
    if ('reason' in answer || answer.kind !== 'records' || answer.records.length !== 1) return undefined;
    const text = answer.records[0]!.join('');
    if (!/^[\x20-\x7E]*$/.test(text)) return undefined;
    const string = parseMacroString(text, 'explanation');
    if ('code' in string) return undefined;
    const explanation = expand(string, this.#values(domain, await validatedFor(string)));
    return /^[\x20-\x7E]*$/.test(explanation) ? explanation.slice(0, maxExplanation) : undefined;
  }
}

/** The longest explanation given, in characters: it has to fit in SMTP replies. */
const maxExplanation = 2000;

/** The name `%{p}` stands for (RFC 7208 §7.2): the domain itself, else one below it, else any, else "unknown". */
function validatedName(names: readonly string[], domain: string): string {
  return (
    names.find((name) => name === domain) ?? names.find((name) => isAtOrBelow(name, domain)) ?? names[0] ?? 'unknown'
  );
}

function ended(result: SpfResult, why: Problem): Outcome {
  return { result, reason: why, path: [] };
}
