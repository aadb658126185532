// What the SPF record of a name lets pass: how many addresses and by which term, how it can fail, and on which other names it leans.
import { addressesWhere, compile, selectRecord, size4, size6 } from '../../standards/spf/index.ts';
import type { Directive, SpfCompiled, SpfRecord, SpfResult, Term } from '../../standards/spf/index.ts';
import { parseDomainName, ResolverError } from '../../standards/dns/index.ts';
import type { Answer, Resolver } from '../../standards/dns/index.ts';
import { foundIn, standingOf } from './claim.ts';
import type { Leaning, SpfLet, SpfPosture } from './published.ts';
import { rentedIn, sharedRelayOf } from './relays.ts';
import { Notes } from './survey.ts';
import type { Survey } from './survey.ts';

const maxLets = 50;
const maxLeanings = 300;
/** Records followed to see what they lean on: as many as are fetched to compile. */
const maxRecords = 200;

export function noSpf(domain: string, outcome: SpfPosture['outcome'], texts: readonly string[] = []): SpfPosture {
  return {
    domain,
    outcome,
    texts,
    problems: [],
    aliases: [],
    lookups: 0,
    voidLookups: 0,
    passes4: 0,
    passes6Bits: -1,
    lets: [],
    errors: [],
    leanings: [],
    open: [],
    relays: [],
    rented: [],
  };
}

/** What a look at SPF needs of the look it is part of. */
export interface SpfLook {
  readonly survey: Survey;
  readonly notes: Notes;
  readonly resolver: Resolver;
  /** Names at or below this are the domain's own. */
  readonly ours: string;
}

/** Looks at the SPF record of one name (RFC 7208). Never throws for a DNS that does not answer. */
export async function lookAtSpf(domain: string, look: SpfLook): Promise<SpfPosture> {
  let answer: Answer<'TXT'>;
  try {
    answer = await look.resolver(domain, 'TXT');
  } catch (error) {
    if (!(error instanceof ResolverError)) throw error;
    return noSpf(domain, 'unknown');
  }
  const selection = selectRecord(answer);
  const { aliases } = answer;
  if (selection.kind === 'none') {
    const outcome = answer.kind === 'no-such-name' && aliases.length === 0 ? 'no-such-name' : 'none';
    return { ...noSpf(domain, outcome), aliases };
  }
  if (selection.kind === 'several') return { ...noSpf(domain, 'several', selection.texts), aliases };
  const { reading, text } = selection;
  if (!reading.ok) return { ...noSpf(domain, 'invalid', [text]), problems: reading.problems, aliases };

  const record = reading.value;
  const make = async (): Promise<{ posture: SpfPosture; lookups: Notes['lookups'] }> => {
    const notes = new Notes();
    const posture = await survey(domain, record, notes.noting(look.resolver), look.ours);
    return { posture, lookups: notes.lookups };
  };
  // A tree that does not hang on who asks means the same for all domains with this text. `reading` has the problems of the text.
  const tree = isOfItsTextAlone(record) ? await look.survey.tree(text, make) : await make();
  // What was asked of whoever came first with this text is not a question about this domain.
  for (const lookUp of tree.lookups) if (lookUp.name !== tree.posture.domain) look.notes.add(lookUp);
  const { posture } = tree;
  const renamed = (name: string): string => (name === posture.domain ? domain : name);
  return {
    ...posture,
    domain,
    aliases,
    problems: reading.problems,
    lets: posture.lets.map((each) => ({ ...each, domain: renamed(each.domain) })),
    leanings: posture.leanings.map((each) => ({ ...each, at: renamed(each.at) })),
  };
}

/**
 * Whether a record means the same wherever it stands: nothing in it is relative to its domain, and what it includes is not below it
 * (names of one's own cannot be claimed, so these are judged for each domain).
 */
function isOfItsTextAlone(record: SpfRecord): boolean {
  return record.terms.every((term) => {
    if (term.kind === 'unknown' || term.kind === 'exp' || term.kind === 'all' || 'network' in term) return true;
    // What an include holds may hang on %{o} as well, so only records of networks and of providers without macros are shared.
    return (term.kind === 'include' || term.kind === 'redirect') && sharesText(term);
  });
}

function sharesText(term: Term): boolean {
  const target = targetOf(term);
  return (
    target !== undefined && (sharedRelayOf(target)?.checksSender === 'yes' || target === 'spf.protection.outlook.com')
  );
}

function targetOf(term: Term): string | undefined {
  if ('value' in term) return term.value.fixed;
  return 'domain' in term ? term.domain?.fixed : undefined;
}

async function survey(domain: string, record: SpfRecord, resolver: Resolver, ours: string): Promise<SpfPosture> {
  const compiled = await compile(domain, resolver);
  const sizes = sizesOf(compiled);
  const lets = new Map<string, SpfLet & { v6: bigint }>();
  const errors = new Map<string, SpfPosture['errors'][number]>();
  const open = new Set<string>();
  let lookups = 0;
  let voidLookups = 0;
  for (const [index, outcome] of compiled.outcomes.entries()) {
    lookups = Math.max(lookups, outcome.lookups);
    voidLookups = Math.max(voidLookups, outcome.voidLookups);
    for (const { term } of outcome.depends) open.add(term.text);
    const { result, path, reason } = outcome;
    if (result === 'permerror' || result === 'temperror') {
      errors.set(`${reason.code} ${JSON.stringify(reason.values)}`, { ...reason, result });
    }
    const last = path.at(-1);
    const first = path[0];
    if (result !== 'pass' || last === undefined || first === undefined) continue;
    const key = `${last.domain} ${last.term.index} ${first.term.index}`;
    const known = lets.get(key);
    const { v4, v6 } = sizes[index]!;
    lets.set(key, {
      domain: last.domain,
      term: last.term.text,
      via: first.term.text,
      v4: (known?.v4 ?? 0) + v4,
      v6: (known?.v6 ?? 0n) + v6,
      v6Bits: -1,
    });
  }
  addHidden(record, domain, lets);
  const passing = addressesWhere(compiled, ({ result }) => result === 'pass');
  const tree = await treeOf(domain, resolver);
  return {
    ...noSpf(domain, 'record', [record.text]),
    otherwise: otherwiseOf(record, compiled),
    lookups: Math.min(lookups, 1000),
    voidLookups,
    passes4: size4(passing),
    passes6Bits: bitsOf(size6(passing)),
    lets: [...lets.values()]
      .map(({ v6, ...rest }) => ({ ...rest, v6Bits: bitsOf(v6) }))
      .sort((one, other) => other.v4 - one.v4 || other.v6Bits - one.v6Bits)
      .slice(0, maxLets),
    errors: [...errors.values()].slice(0, 20),
    leanings: await leaningsOf(tree.references, ours, resolver),
    open: [...open],
    relays: tree.relays,
    rented: tree.rented,
  };
}

/**
 * Networks of the record itself that no address comes to, because an error ends the check before: mended, the record lets them in, and not
 * every receiver stops where it should.
 */
function addHidden(record: SpfRecord, domain: string, lets: Map<string, SpfLet & { v6: bigint }>): void {
  for (const term of termsInUse(record)) {
    const key = `${domain} ${term.index} ${term.index}`;
    if (!('network' in term) || term.qualifier !== '+' || lets.has(key)) continue;
    const { family, prefix } = term.network;
    lets.set(key, {
      domain,
      term: term.text,
      via: term.text,
      v4: family === 4 ? 2 ** (32 - prefix) : 0,
      v6: family === 6 ? 1n << BigInt(128 - prefix) : 0n,
      v6Bits: -1,
    });
  }
}

/** The exponent of the largest power of two that is not larger; -1 for nothing. */
function bitsOf(size: bigint): number {
  return size === 0n ? -1 : size.toString(2).length - 1;
}

/** How many addresses each outcome has. */
function sizesOf({ outcomes, v4, v6 }: SpfCompiled): { v4: number; v6: bigint }[] {
  const sizes = outcomes.map(() => ({ v4: 0, v6: 0n }));
  for (const [i, outcome] of v4.outcomes.entries()) {
    const end = i + 1 < v4.starts.length ? v4.starts[i + 1]! : 2 ** 32;
    sizes[outcome]!.v4 += end - v4.starts[i]!;
  }
  const at = (i: number): bigint =>
    i * 4 >= v6.starts.length
      ? 1n << 128n
      : (BigInt(v6.starts[i * 4]!) << 96n) |
        (BigInt(v6.starts[i * 4 + 1]!) << 64n) |
        (BigInt(v6.starts[i * 4 + 2]!) << 32n) |
        BigInt(v6.starts[i * 4 + 3]!);
  for (const [i, outcome] of v6.outcomes.entries()) sizes[outcome]!.v6 += at(i + 1) - at(i);
  return sizes;
}

/** What most addresses get: those that no term names. */
function otherwiseOf(record: SpfRecord, compiled: SpfCompiled): SpfResult {
  const all = record.directives.find(({ kind }) => kind === 'all');
  const last = compiled.v4.outcomes.at(-1);
  const biggest = last === undefined ? undefined : compiled.outcomes[last];
  // Without an error on the way, `all` or the redirect decides; the last address of all is in no sane record.
  if (biggest !== undefined) return biggest.result;
  return all === undefined ? 'neutral' : 'fail';
}

interface Reference {
  readonly name: string;
  readonly by: Leaning['by'];
  readonly at: string;
  readonly text: string;
}

/** What the records of a tree lean on, who runs relays in it, and which addresses anyone can rent. */
async function treeOf(
  root: string,
  resolver: Resolver,
): Promise<{ references: Reference[]; relays: SpfPosture['relays']; rented: SpfPosture['rented'] }> {
  const references: Reference[] = [];
  const relays = new Map<string, { provider: string; term: string }>();
  const rented = new Map<string, SpfPosture['rented'][number]>();
  const seen = new Set([root]);
  const waiting: { domain: string; isShared: boolean }[] = [{ domain: root, isShared: false }];
  for (let next = waiting.shift(); next !== undefined && seen.size <= maxRecords; next = waiting.shift()) {
    const record = await recordAt(next.domain, resolver);
    if (record === undefined) continue;
    for (const term of termsInUse(record)) {
      if ('network' in term) {
        const whose = term.qualifier === '+' && !next.isShared ? rentedIn(term.network) : undefined;
        if (whose !== undefined) rented.set(term.text, { term: term.text, ...whose });
        continue;
      }
      const target = leansOn(term, next.domain);
      if (target === undefined) continue;
      const { name } = target;
      const by = term.kind as Leaning['by'];
      references.push({ name, by, at: next.domain, text: term.text });
      // A term that does not let anyone pass cannot be used to pass.
      const relay = sharedRelayOf(name);
      if (relay !== undefined && !relays.has(relay.provider)) {
        relays.set(relay.provider, { provider: relay.provider, term: term.text });
      }
      if ((term.kind === 'include' || term.kind === 'redirect') && !target.isPart && !seen.has(name)) {
        seen.add(name);
        waiting.push({ domain: name, isShared: next.isShared || relay !== undefined });
      }
    }
  }
  return { references, relays: [...relays.values()], rented: [...rented.values()] };
}

async function recordAt(domain: string, resolver: Resolver): Promise<SpfRecord | undefined> {
  try {
    const selection = selectRecord(await resolver(domain, 'TXT'));
    return selection.kind === 'one' && selection.reading.ok ? selection.reading.value : undefined;
  } catch (error) {
    if (error instanceof ResolverError) return undefined;
    throw error;
  }
}

/** The terms that can come to be used: up to `all`, and the redirect when there is no `all`. */
function termsInUse(record: SpfRecord): Term[] {
  const end = record.directives.findIndex(({ kind }) => kind === 'all');
  const directives: Directive[] = end < 0 ? [...record.directives] : record.directives.slice(0, end);
  return record.redirect === undefined || end >= 0 ? directives : [...directives, record.redirect];
}

/** The name a term leans on; with macros, the part behind the last of them, which is the same for everybody (`isPart`). */
function leansOn(term: Term, domain: string): { readonly name: string; readonly isPart: boolean } | undefined {
  if (!['a', 'exists', 'include', 'mx', 'redirect'].includes(term.kind)) return undefined;
  const spec = 'value' in term ? term.value : 'domain' in term ? term.domain : undefined;
  if (spec === undefined) return { name: domain, isPart: false };
  const text = spec.fixed ?? spec.text.slice(spec.text.lastIndexOf('}') + 1).replace(/^\.+/, '');
  const name = parseDomainName(text);
  if (!name.ok || !name.value.includes('.')) return undefined;
  return { name: name.value, isPart: spec.fixed === undefined };
}

async function leaningsOf(references: readonly Reference[], ours: string, resolver: Resolver): Promise<Leaning[]> {
  const types = { include: 'TXT', redirect: 'TXT', mx: 'MX', a: 'A', exists: 'A' } as const;
  const leanings: Leaning[] = [];
  const seen = new Set<string>();
  const judge = async ({ name, by, at, text }: Reference): Promise<Leaning> => {
    const type = types[by as keyof typeof types] ?? 'A';
    return { name, by, at, text, ...(await standingOf(await ask(name, type, resolver), ours, resolver)) };
  };
  for (const reference of references) {
    if (leanings.length >= maxLeanings) break;
    const key = `${reference.by} ${reference.name} ${reference.at}`;
    if (seen.has(key)) continue;
    seen.add(key);
    // A record that names its own domain is where it is, so the domain is there.
    if (reference.name !== reference.at) leanings.push(await judge(reference));
    if (reference.by !== 'mx') continue;
    for (const host of await exchangersOf(reference.name, resolver)) {
      if (leanings.length >= maxLeanings || seen.has(`server ${host}`)) continue;
      seen.add(`server ${host}`);
      leanings.push(await judge({ ...reference, name: host, by: 'server' }));
    }
  }
  return leanings;
}

async function exchangersOf(name: string, resolver: Resolver): Promise<string[]> {
  try {
    const answer = await resolver(name, 'MX');
    if (answer.kind !== 'records') return [];
    // More than ten end the judgement (RFC 7208 §4.6.4).
    return answer.records
      .map(({ exchange }) => exchange)
      .filter((host) => host !== '' && host !== '.')
      .slice(0, 10);
  } catch (error) {
    if (error instanceof ResolverError) return [];
    throw error;
  }
}

/** Asks for a name, to learn whether it is there. */
export async function ask(
  name: string,
  type: 'A' | 'AAAA' | 'MX' | 'NS' | 'TXT',
  resolver: Resolver,
): Promise<ReturnType<typeof foundIn>> {
  try {
    return foundIn(name, await resolver(name, type));
  } catch (error) {
    if (error instanceof ResolverError) return { kind: 'unknown' };
    throw error;
  }
}
