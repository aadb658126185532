import { addressSpan } from '../../permission/index.ts';
import { overlay } from '../../../standards/dns/index.ts';
import type { RecordChange, Resolver } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import {
  addressesWhere,
  compile,
  difference,
  equal,
  formatTerm,
  noAddresses,
  parse,
  prefixes,
  toStrings,
  treeOf,
  union,
} from '../../../standards/spf/index.ts';
import type { AddressSet, VoidLookups } from '../../../standards/spf/index.ts';
import { existsApex, existsNameCount, existsTerm } from './exists.ts';
import { addressTerms, answerBytes, layOut, textsOf } from './layout.ts';
import type { Layout, LayoutWish } from './layout.ts';
import { allOf, readPart } from './parts.ts';
import { proposalsFor } from './proposals.ts';
import { publishedChain } from './published.ts';
import type { PublishedChain } from './published.ts';
import { judgeSenders } from './senders.ts';
import type { Senders } from './senders.ts';
import { defaultSynthesisLimits } from './synthesis.ts';
import type { Listed, Synthesis, SynthesisedRecord, SynthesisLimits, SynthesisWish } from './synthesis.ts';

/** The longest domain whose IPv6 names in an `exists` zone stay within 253 characters. */
const longestForExists = 180;

/** What a synthesis is made from and comes to; `addresses` are those that the records (or the zone) name. */
export interface Synthesised {
  readonly synthesis: Synthesis;
  readonly addresses: AddressSet;
  /** Of these, what stands in an `exists` zone. */
  readonly inZone: AddressSet;
}

/**
 * Writes the SPF records of a domain: *declared networks ∪ authorised addresses ∪ the senders' own includes*. Exactly these: networks
 * are joined where that lets in nothing more, and never widened. The records are laid around what `resolver` says is published, so that a
 * small change stays small; and what they allow is compiled again and compared before they are given.
 *
 * @throws {ResolverError} when the domain's own records cannot be had
 */
export async function synthesise(wish: SynthesisWish, resolver: Resolver): Promise<Synthesised> {
  const { domain, all = '~all' } = wish;
  const limits: SynthesisLimits = { ...defaultSynthesisLimits, ...wish.limits };
  const problems: Problem[] = [];
  const parts = [wish, ...(wish.parts ?? [])].map((part) => readPart(part, problems));
  const senders = await judgeSenders(domain, wish.includes ?? [], resolver);
  const published = await publishedChain(domain, resolver);
  if (published.recordsThere > 1) {
    const values = { domain, count: published.recordsThere };
    problems.push({ code: 'plan/several-records-now', values, see: 'RFC 7208 §3.2' });
  }
  const declared = allOf(parts.map((part) => part.declared));
  const seen = allOf(parts.map((part) => part.seen));
  // What a sender's record lets in is the sender's to say: named here as well, it would stay when the sender has given it up.
  const addresses = union(declared, difference(seen, senders.lets));
  const layoutWish: LayoutWish = {
    domain,
    addresses,
    includes: senders.verdicts.filter(({ kept }) => kept).map(({ name }) => name),
    all,
    bytes: limits.bytes,
    pages: limits.lookups - senders.lookups,
    otherBytes: published.otherBytes,
    previous: wish.afresh === true ? [] : published.pages,
    taken: published.pages.map(({ name }) => name),
  };
  const bare = {
    schema: 'zegel/spf-synthesis/1',
    domain,
    all,
    limits,
    named: namedOf(addresses),
    includes: senders.verdicts,
    covered: coveredBy(seen, senders),
  } as const;
  const nothing = { records: [], unused: [], isAfresh: false } as const;
  if (senders.unknown.length > 0) {
    const cost = { lookups: senders.lookups, voidLookups: senders.voidLookups };
    return {
      synthesis: { ...bare, ...nothing, outcome: 'unknown', ...cost, problems, proposals: [] },
      addresses,
      inZone: noAddresses,
    };
  }
  const voids = Math.max(senders.voidLookups.v4, senders.voidLookups.v6);
  const canExist = domain.length <= longestForExists;
  const direct: Layout =
    wish.exists === 'always'
      ? { fits: false, pagesNeeded: 0 }
      : layOut({ ...layoutWish, pages: Math.max(layoutWish.pages, 0) });
  const holds = (extra: number): boolean => layoutWish.pages >= extra && voids + extra <= limits.voids;
  if (direct.fits && holds(0)) {
    const view = await write(direct, layoutWish, published, resolver);
    problems.push(...view.problems);
    const synthesis: Synthesis = { ...bare, outcome: 'fits', ...view.result, problems, proposals: [] };
    prove(view, union(addresses, seen), senders, limits, domain);
    return { synthesis, addresses, inZone: noAddresses };
  }
  if (wish.exists !== undefined && wish.exists !== 'never' && canExist && holds(1)) {
    const { layout, wish: around, inZone } = besideZone(layoutWish, declared, addresses);
    if (layout.fits) {
      const view = await write(layout, around, published, resolver);
      const existsZone = { apex: existsApex(domain), names: existsNameCount(inZone) };
      problems.push(...view.problems);
      return {
        synthesis: { ...bare, outcome: 'exists', ...view.result, existsZone, problems, proposals: [] },
        addresses,
        inZone,
      };
    }
  }
  const pagesNeeded = direct.fits ? direct.pages.length - 1 : direct.pagesNeeded;
  const lookups = senders.lookups + pagesNeeded;
  const over = {
    lookups: Math.max(lookups - limits.lookups, 0),
    voids: Math.max(voids - limits.voids, 0),
    pagesNeeded,
  };
  const proposals = proposalsFor({
    parts,
    senders,
    wish: layoutWish,
    limits,
    exists: canExist && holds(1) ? existsNameCount(addresses) : undefined,
  });
  return {
    synthesis: {
      ...bare,
      ...nothing,
      outcome: 'does-not-fit',
      lookups,
      voidLookups: senders.voidLookups,
      over,
      problems,
      proposals,
    },
    addresses,
    inZone: noAddresses,
  };
}

function namedOf(addresses: AddressSet): Synthesis['named'] {
  const terms = addressTerms(addresses);
  const bytes = terms.reduce((sum, term) => sum + term.length + 1, 0);
  return { ...addressSpan(addresses), networks: terms.length, bytes };
}

function coveredBy(seen: AddressSet, senders: Senders): Synthesis['covered'] {
  const covered: Synthesis['covered'][number][] = [];
  let left = seen;
  for (const [include, lets] of senders.byName) {
    const after = difference(left, lets);
    if (!equal(after, left)) covered.push({ include, ...addressSpan(difference(left, after)) });
    left = after;
  }
  return covered;
}

/** With a zone: the domain's own record keeps the declared networks when they fit there, and the zone takes the rest. */
function besideZone(
  wish: LayoutWish,
  declared: AddressSet,
  addresses: AddressSet,
): { readonly layout: Layout; readonly wish: LayoutWish; readonly inZone: AddressSet } {
  const terms = [existsTerm(wish.domain)];
  const own = { ...wish, addresses: declared, terms, pages: 0, previous: [] };
  const layout = layOut(own);
  if (layout.fits) return { layout, wish: own, inZone: difference(addresses, declared) };
  const none = { ...own, addresses: noAddresses };
  return { layout: layOut(none), wish: none, inZone: addresses };
}

interface Written {
  readonly result: Pick<Synthesis, 'difference' | 'isAfresh' | 'lookups' | 'records' | 'unused' | 'voidLookups'>;
  readonly passes: AddressSet;
  readonly problems: readonly Problem[];
}

/** The records of a layout, and what a receiver makes of them. */
async function write(
  layout: Layout & { readonly fits: true },
  wish: LayoutWish,
  published: PublishedChain,
  resolver: Resolver,
): Promise<Written> {
  const before = new Map(published.pages.map(({ name }, index) => [name, published.texts[index]!]));
  const texts = textsOf(layout.pages, wish).map((text, index) => {
    const was = before.get(layout.pages[index]!.name);
    return was !== undefined && was.length <= wish.bytes && saysTheSame(was, text) ? was : text;
  });
  const problems: Problem[] = [];
  const records = layout.pages.map(({ name, addresses, includes }, index): SynthesisedRecord => {
    const text = texts[index]!;
    const strings = toStrings(text);
    const next = layout.pages[index + 1]?.name;
    const was = before.get(name);
    const size = answerBytes(name, [strings]) + (index === 0 ? wish.otherBytes : 0);
    if (size > 512) {
      const values = { name, bytes: size, others: wish.otherBytes };
      problems.push({ code: 'plan/answer-too-large', values, see: 'RFC 7208 §3.4' });
    }
    return {
      name,
      type: 'TXT',
      text,
      strings,
      bytes: text.length,
      answerBytes: size,
      holds: {
        networks: prefixes(addresses).length,
        addresses: addressSpan(addresses),
        includes,
        ...(next === undefined ? {} : { next }),
      },
      change: was === undefined ? 'new' : was === text ? 'same' : 'changed',
      ...(was === undefined || was === text ? {} : { before: was }),
    };
  });
  const names = new Set(records.map(({ name }) => name));
  const unused = [...before].filter(([name]) => !names.has(name)).map(([name, text]) => ({ name, before: text }));
  const changes = records.map(({ name, strings }): RecordChange => ({ name, type: 'TXT', records: [strings] }));
  const compiled = await compile(wish.domain, overlay(changes, resolver));
  const tree = treeOf(compiled);
  const zoneVoid = wish.terms === undefined ? 0 : 1;
  const voidLookups: VoidLookups = {
    v4: tree.voidLookups.v4 + zoneVoid,
    v6: tree.voidLookups.v6 + zoneVoid,
  };
  const passes = addressesWhere(compiled, ({ result }) => result === 'pass');
  const isAfresh = layout.isAfresh && before.size > 1;
  const now = addressesWhere(await compile(wish.domain, resolver), ({ result }) => result === 'pass');
  const listed = (set: AddressSet): Listed => ({ ...addressSpan(set), prefixes: prefixes(set) });
  const change = { added: listed(difference(passes, now)), removed: listed(difference(now, passes)) };
  return {
    result: { isAfresh, records, unused, lookups: tree.lookups, voidLookups, difference: change },
    passes,
    problems,
  };
}

/** Whether two records hold the same terms, none of which is made to fail before the last: then their order means nothing. */
function saysTheSame(one: string, other: string): boolean {
  const termsOf = (text: string): string[] | undefined => {
    const reading = parse(text);
    if (!reading.ok) return undefined;
    const { terms, directives } = reading.value;
    const isPlain = directives.every(
      ({ kind, qualifier }, at) =>
        (kind === 'all') === (at === directives.length - 1) && (kind === 'all' || qualifier === '+'),
    );
    return isPlain && directives.length === terms.length ? terms.map(formatTerm).sort() : undefined;
  };
  const [ours, theirs] = [termsOf(one), termsOf(other)];
  return ours !== undefined && theirs !== undefined && ours.join(' ') === theirs.join(' ');
}

/** What was written lets in all that was wished for and nothing else, or it is a bug. */
function prove(
  written: Written,
  addresses: AddressSet,
  senders: Senders,
  limits: SynthesisLimits,
  domain: string,
): void {
  const { passes, result } = written;
  const missing = difference(addresses, passes);
  const tooMuch = difference(passes, union(addresses, senders.lets));
  if (!equal(missing, noAddresses)) throw new Error(`the records of ${domain} leave out ${prefixes(missing)[0] ?? ''}`);
  if (!senders.depends && !equal(tooMuch, noAddresses))
    throw new Error(`the records of ${domain} let in ${prefixes(tooMuch)[0] ?? ''}`);
  if (result.lookups > limits.lookups) throw new Error(`the records of ${domain} ask ${result.lookups} times`);
}
