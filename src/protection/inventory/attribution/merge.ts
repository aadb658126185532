// From lots to streams: which lots are the mail that one party sends through one set-up. Lots are joined where rows, declarations or
// records show that they are one; where nothing shows it they stay apart, since what is joined wrongly is decided wrongly.
import type { DeclaredSender, PublishedFacts } from '../evidence.ts';
import { selectorFamily } from '../selector-family.ts';
import { isAligned } from './lots.ts';
import type { Lot } from './lots.ts';
import type { SenderCatalogue } from '../senders/index.ts';

export interface MergeEvidence {
  readonly declared: readonly DeclaredSender[];
  readonly published: PublishedFacts;
  /** The declarations that speak of a lot; see `declarationsOf`. */
  readonly declarationsOf: (lot: Lot) => readonly DeclaredSender[];
  readonly senders: SenderCatalogue;
  readonly whereabouts: Whereabouts;
}

/** A text that sources have in common that stand side by side: their /24, or /48 of IPv6. */
export type Whereabouts = (source: number) => string;

/** Joins lots; the lower number of a set stands for it. */
class Sets {
  readonly #parent: Int32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, at) => at);
  }

  find(at: number): number {
    let root = at;
    while (this.#parent[root] !== root) root = this.#parent[root]!;
    while (this.#parent[at] !== root) {
      const next = this.#parent[at]!;
      this.#parent[at] = root;
      at = next;
    }
    return root;
  }

  join(one: number, other: number): void {
    const a = this.find(one);
    const b = this.find(other);
    if (a !== b) this.#parent[Math.max(a, b)] = Math.min(a, b);
  }
}

/** The group of every lot: numbers from 0, without gaps. */
export function mergeLots(lots: readonly Lot[], evidence: MergeEvidence): Int32Array {
  const sets = new Sets(lots.length);
  const byUnit = new Map<number, Lot[]>();
  for (const lot of lots) {
    if (lot.placement !== 'network' && lot.placement !== 'sender') continue;
    const list = byUnit.get(lot.unit.number);
    if (list === undefined) byUnit.set(lot.unit.number, [lot]);
    else list.push(lot);
  }
  for (const inside of byUnit.values()) {
    if (inside[0]!.placement === 'sender') atSender(inside, sets, evidence);
    else atNetwork(inside, sets, evidence);
  }
  overNetworks(lots, sets);
  const group = new Int32Array(lots.length);
  const numbers = new Map<number, number>();
  for (const lot of lots) {
    const root = sets.find(lot.number);
    let number = numbers.get(root);
    if (number === undefined) numbers.set(root, (number = numbers.size));
    group[lot.number] = number;
  }
  return group;
}

/** A set of lots as it grows: pooled sources, authors and shapes. */
interface Pool {
  readonly lots: Lot[];
  readonly sources: Map<number, number>;
  readonly authors: Set<number>;
  readonly shapes: Set<string>;
  readonly family: string;
  messages: number;
}

function poolOf(lots: readonly Lot[]): Pool {
  const pool: Pool = {
    lots: [],
    sources: new Map(),
    authors: new Set(),
    shapes: new Set(),
    family: lots.find(({ family }) => family !== '')?.family ?? '',
    messages: 0,
  };
  for (const lot of lots) take(pool, lot);
  return pool;
}

function take(pool: Pool, lot: Lot): void {
  pool.lots.push(lot);
  for (const [source, count] of lot.sources) pool.sources.set(source, (pool.sources.get(source) ?? 0) + count);
  for (const author of lot.authors.keys()) pool.authors.add(author.number);
  pool.shapes.add(lot.shape);
  pool.messages += lot.messages;
}

/** Lots of machines in groups that share machines, or author domains, or stand side by side. */
function neighbourhoods(lots: readonly Lot[], here: Whereabouts): Lot[][] {
  const sets = new Sets(lots.length);
  const known = new Map<string, number>();
  const meet = (text: string, at: number): void => {
    const first = known.get(text);
    if (first === undefined) known.set(text, at);
    else sets.join(first, at);
  };
  for (const [at, lot] of lots.entries()) {
    meet(`as ${lot.author!.number}`, at);
    for (const source of lot.sources.keys()) meet(here(source), at);
  }
  const groups = new Map<number, Lot[]>();
  for (const [at, lot] of lots.entries()) {
    const root = sets.find(at);
    const list = groups.get(root);
    if (list === undefined) groups.set(root, [lot]);
    else list.push(lot);
  }
  return [...groups.values()];
}

/** The part of a lot's addresses that a pool has, and of all addresses the part that both have. */
function shared(
  sources: ReadonlyMap<number, number>,
  others: ReadonlyMap<number, number>,
): { part: number; both: number } {
  let common = 0;
  for (const source of sources.keys()) if (others.has(source)) common += 1;
  return { part: common / sources.size, both: common / (sources.size + others.size - common) };
}

/** Streams of machines are told apart by what signs, and where nothing does by which machines they are. */
function atNetwork(inside: readonly Lot[], sets: Sets, evidence: MergeEvidence): void {
  const here = evidence.whereabouts;
  for (const list of neighbourhoods(
    inside.filter(({ shape }) => shape === '<>'),
    here,
  ))
    for (const lot of list) sets.join(list[0]!.number, lot.number);
  const others = inside.filter(({ shape }) => shape !== '<>');
  const itself = others.filter((lot) => lot.namesItself > 0.5 * lot.messages && lot.both + lot.dkimOnly === 0);
  for (const lot of itself) sets.join(itself[0]!.number, lot.number);
  const signed = new Map<string, Lot[]>();
  for (const lot of others.filter(({ family }) => family !== '')) {
    const list = signed.get(lot.family);
    if (list === undefined) signed.set(lot.family, [lot]);
    else list.push(lot);
  }
  // One family in one network may be several set-ups: `mail` and the like are what everybody calls it.
  const pools = [...signed.values()]
    .flatMap((list) => byParty(list, evidence))
    .flatMap((list) => neighbourhoods(list, here).map((part) => poolOf(part)));
  const unsigned = others
    .filter((lot) => lot.family === '' && !itself.includes(lot))
    .sort((a, b) => b.messages - a.messages);
  const loose: Pool[] = [];
  for (const lot of unsigned) {
    const author = lot.author!.number;
    const scored = [...pools, ...loose].map((pool) => {
      const { part, both } = shared(lot.sources, pool.sources);
      const known = pool.authors.has(author);
      // Of the very machines that sign for the same author.
      if (lot.signedAs !== '' && lot.signedAs !== pool.family) return { pool, score: 0 };
      if (known && part >= 0.5 && besideSigned(lot, pool)) return { pool, score: 0 };
      // The same author from the same machines; other authors from the whole of the same machines; an envelope nobody told.
      const fits =
        (known && part >= 0.5) ||
        (both >= 0.3 && (pool.shapes.has(lot.shape) || lot.shape === '?')) ||
        (both >= 0.6 && lot.spfOnly > 0);
      return { pool, score: fits ? part + both + (known ? 0.5 : 0) + (pool.shapes.has(lot.shape) ? 0.25 : 0) : 0 };
    });
    const best = scored.reduce((a, b) => (b.score > a.score ? b : a), {
      pool: undefined as Pool | undefined,
      score: 0,
    });
    if (best.pool === undefined) loose.push(poolOf([lot]));
    else take(best.pool, lot);
  }
  for (const pool of [...pools, ...loose]) for (const lot of pool.lots) sets.join(pool.lots[0]!.number, lot.number);
}

/**
 * A service that the catalogue does not know gives all its customers one selector and the same machines; where every author domain is
 * declared as some party's, each party is a customer.
 */
function byParty(lots: readonly Lot[], { declarationsOf }: MergeEvidence): readonly (readonly Lot[])[] {
  const parties = new Map<string, Lot[]>();
  for (const lot of lots) {
    const declared = declarationsOf(lot);
    const [first] = declared;
    // Who declares networks has the machines, and mails as many from them.
    if (first === undefined || declared.some(({ party, networks }) => party !== first.party || networks.length > 0))
      return [lots];
    const list = parties.get(first.party);
    if (list === undefined) parties.set(first.party, [lot]);
    else list.push(lot);
  }
  return [...parties.values()];
}

/**
 * Unsigned mail that keeps coming beside signed mail of the same author, at machines that others may use too: not a stream before
 * it began to sign, but somebody else at the same relay.
 */
function besideSigned(lot: Lot, pool: Pool): boolean {
  if (lot.ownName > 0 || lot.spfOnly === 0 || lot.shape === '?') return false;
  const signed = pool.lots.filter((other) => other.family !== '' && other.author === lot.author && other.ownName === 0);
  if (signed.length === 0) return false;
  const first = Math.min(...signed.map((other) => other.first));
  const messages = signed.reduce((sum, other) => sum + other.messages, 0);
  const overlap = lot.last - Math.max(lot.first, first);
  return lot.first > first + 14 && overlap > 14 && lot.messages < messages;
}

/** Streams at a sender of the catalogue: every customer has his own author domains, signature and return path. */
function atSender(inside: readonly Lot[], sets: Sets, evidence: MergeEvidence): void {
  const office = inside[0]!.unit.sender!.category === 'office' || inside[0]!.unit.sender!.category === 'mailbox';
  const byAuthor = new Map<number, Lot[]>();
  for (const lot of inside) {
    const list = byAuthor.get(lot.author!.number);
    if (list === undefined) byAuthor.set(lot.author!.number, [lot]);
    else list.push(lot);
  }
  for (const list of byAuthor.values()) {
    const sorted = [...list].sort((a, b) => b.messages - a.messages);
    for (const [at, lot] of sorted.entries()) {
      const before = sorted.slice(0, at).filter((other) => mayBeOne(lot, other));
      const match =
        before.find(
          (other) =>
            other.shape === lot.shape && (other.family === lot.family || other.family === '' || lot.family === ''),
        ) ??
        before.find((other) => !office && lot.family !== '' && other.family === lot.family) ??
        (lot.shape === '?' || lot.shape === '<>'
          ? before.find((other) => lot.family === '' || other.family === lot.family)
          : undefined);
      if (match !== undefined) sets.join(match.number, lot.number);
    }
  }
  const heads = new Map<number, Lot[]>();
  for (const lot of inside) {
    const root = sets.find(lot.number);
    const list = heads.get(root);
    if (list === undefined) heads.set(root, [lot]);
    else list.push(lot);
  }
  const pools = [...heads.values()].map((list) => poolOf(list)).sort((a, b) => b.messages - a.messages);
  for (const [at, pool] of pools.entries())
    for (const other of pools.slice(0, at)) {
      if (pool.family !== other.family) continue;
      if (!sameShape(pool, other)) continue;
      if (isAligned(pool.lots[0]!) !== isAligned(other.lots[0]!)) continue;
      if (
        togetherDeclared(pool, other, evidence) ||
        (office && pool.family !== '' && pool.shapes.has('=')) ||
        (pool.family !== '' && oneZone(pool, other, evidence)) ||
        sameAccount(pool, other, evidence)
      )
        sets.join(other.lots[0]!.number, pool.lots[0]!.number);
    }
}

/** Unaligned mail may be another customer's: it is of an aligned set-up only as far as it is mail of which reporters left the signature out. */
function mayBeOne(one: Lot, other: Lot): boolean {
  const aligned = isAligned(one);
  if (aligned === isAligned(other)) return true;
  const [sure, open] = aligned ? [one, other] : [other, one];
  // A set-up that was completed: it aligns since it stopped not to.
  if (open.last <= sure.first + 14) return true;
  return open.foreignSigned === 0 && open.another === 0 && open.messages <= 0.1 * sure.messages;
}

function sameShape(one: Pool, other: Pool): boolean {
  for (const shape of one.shapes) if (shape !== '?' && shape !== '<>' && other.shapes.has(shape)) return true;
  return false;
}

function togetherDeclared(one: Pool, other: Pool, { declarationsOf }: MergeEvidence): boolean {
  const first = new Set(one.lots.flatMap((lot) => declarationsOf(lot)));
  return other.lots.some((lot) => declarationsOf(lot).some((entry) => first.has(entry)));
}

/** Author domains that lie one below the other, and no declaration that tells them apart. */
function oneZone(one: Pool, other: Pool, { declarationsOf }: MergeEvidence): boolean {
  const declared = (pool: Pool): boolean => pool.lots.some((lot) => declarationsOf(lot).length > 0);
  if (declared(one) && declared(other)) return false;
  return one.lots.some(({ author }) =>
    other.lots.some(
      ({ author: second }) => second!.text.endsWith(`.${author!.text}`) || author!.text.endsWith(`.${second!.text}`),
    ),
  );
}

/** What a service calls a customer stands in the names that its CNAMEs point to. */
function sameAccount(one: Pool, other: Pool, evidence: MergeEvidence): boolean {
  if (one.family === '') return false;
  const first = accountsOf(one, evidence);
  if (first.size === 0) return false;
  for (const account of accountsOf(other, evidence)) if (first.has(account)) return true;
  return false;
}

function accountsOf(pool: Pool, { published, senders }: MergeEvidence): Set<string> {
  const accounts = new Set<string>();
  for (const lot of pool.lots) {
    const author = lot.author!.text;
    for (const selector of published.selectors(author)) {
      const target = published.alias(`${selector}._domainkey.${author}`);
      if (target === undefined || selectorFamily(selector) !== pool.family) continue;
      if (
        senders.byCname(target)?.sender.id !== undefined &&
        senders.byCname(target)?.sender.id !== lot.unit.sender?.id
      )
        continue;
      // What is left of the target without the service's own name, the selector and the author's name, spelled with dots or dashes.
      const service = senders.byCname(target)?.entry ?? '';
      const rest = target
        .slice(0, target.endsWith(service) ? target.length - service.length : undefined)
        .replace(author.replaceAll('.', '-'), '')
        .replace(author, '')
        .replace(selector, '');
      const account = rest.split('.').filter((label) => label !== '');
      if (account.some(isAccount)) accounts.add(account.join('.'));
    }
  }
  return accounts;
}

/** Whether a label in what a CNAME points to may be what a service calls a customer: neither a word for keys nor one of its own numbered servers. */
function isAccount(label: string): boolean {
  return (
    label.length >= 4 &&
    !/^(?:_?domainkeys?|_?dkim|keys?|mail|mta|smtp|out|servers?|spf|bounces?|custdkim|selector|wl|hs|s|k|pod|eu|us)[-_]?\d*[a-z]?$/.test(
      label,
    )
  );
}

/** One signer may have networks of both families, or several sites: where the same domains carry the same family. */
function overNetworks(lots: readonly Lot[], sets: Sets): void {
  const byFamily = new Map<string, Map<number, Lot[]>>();
  for (const lot of lots) {
    if (lot.placement !== 'network' || lot.family === '') continue;
    const root = sets.find(lot.number);
    let inside = byFamily.get(lot.family);
    if (inside === undefined) byFamily.set(lot.family, (inside = new Map()));
    const list = inside.get(root);
    if (list === undefined) inside.set(root, [lot]);
    else list.push(lot);
  }
  for (const inside of byFamily.values()) {
    const pools = [...inside.values()].map((list) => poolOf(list)).sort((a, b) => b.messages - a.messages);
    for (const [at, pool] of pools.entries())
      for (const other of pools.slice(0, at)) {
        let common = 0;
        for (const author of pool.authors) if (other.authors.has(author)) common += 1;
        if (common * 2 >= Math.min(pool.authors.size, other.authors.size))
          sets.join(other.lots[0]!.number, pool.lots[0]!.number);
      }
  }
}
