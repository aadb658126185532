// The mail that was seen, in the shape a what-if judges: columns of combinations, each pointing to the facts that decide a verdict
// (author domain, signatures that passed, SPF's word), to what its receiver said and did, and to the stream it belongs to.
import { spfIdentifiers } from '../../../standards/dmarc/index.ts';
import type { AuthResults } from '../../../standards/reports/index.ts';
import type { Day, Dictionaries, History, Where } from '../../history.ts';
import { kinds } from '../../inventory/index.ts';
import type { Inventory } from '../../inventory/index.ts';
import { Places } from './places.ts';
import { Numbers, Tuples } from './tuples.ts';

/** The question: everything that can play a part, but for the day, which is in it only where a result by day is wanted. */
const dimensions = [
  'source',
  'auth',
  'authorDomain',
  'envelopeFrom',
  'dkim',
  'spf',
  'disposition',
  'reasons',
  'reporter',
  'generation',
] as const;

/** A signature that passed. The selector is `''` where the report does not say it. */
export interface Signed {
  readonly domain: string;
  readonly selector: string;
}

/** What SPF said of one identity. */
export interface SpfSaid {
  readonly domain: string;
  readonly result: string;
}

/** Whether mail is wanted: said by a person, or thought. Forwarded mail is wanted by who gets it, and is not the organisation's to mend. */
export const standings = [
  'authorised',
  'thought-ours',
  'forwarded-decided',
  'forwarded',
  'undecided',
  'thought-forged',
  'forbidden',
] as const;
export type Standing = (typeof standings)[number];

/** Facts of which many combinations share one; numbers are places in the lists of `SeenMail`. */
export interface Facts {
  readonly author: number;
  readonly signatures: number;
  readonly spf: number;
  /** Bit 1: the receiver says DKIM passed and shows no signature that did; bit 2: the same of SPF. */
  readonly assumed: number;
  /** The receiver says neither leg passed. */
  readonly denied: boolean;
}

/** What a receiver did with a combination, and why it was not what the policy asked. */
export interface Deed {
  /** Code of `dispositionCodes`. */
  readonly disposition: number;
  /** `local`: its own knowledge or another's; `softened`: `t` or `pct`; `none`: no reason is given. */
  readonly override: 'local' | 'none' | 'softened';
}

export interface SeenMail {
  readonly length: number;
  readonly messages: Float64Array;
  /** Numbers of the dictionaries. */
  readonly source: Int32Array;
  readonly auth: Int32Array;
  readonly author: Int32Array;
  readonly envelope: Int32Array;
  /** Places in the lists below. */
  readonly facts: Int32Array;
  readonly receiver: Int32Array;
  readonly deed: Int32Array;
  /** Places in `inventory.streams`; -1 where nothing is known of it. */
  readonly stream: Int32Array;
  readonly standing: Uint8Array;
  readonly epoch: Int32Array;
  /** Only where it was asked for. */
  readonly day: Int32Array | undefined;
  readonly allFacts: readonly Facts[];
  readonly authors: readonly string[];
  readonly signatureSets: readonly (readonly Signed[])[];
  readonly spfSets: readonly (readonly SpfSaid[])[];
  readonly receivers: readonly { readonly reporter: string; readonly generation: number }[];
  readonly deeds: readonly Deed[];
  readonly dictionaries: Dictionaries;
}

/** A stretch of days on which records were the same. */
export interface Epoch {
  readonly since?: Day;
  readonly until?: Day;
  /**
   * The place of another stretch, so near that mail of a report of several days may have come in it: such mail is put in `spread`,
   * the place of a stretch of its own.
   */
  readonly near?: { readonly other: number; readonly spread: number };
}

/** Asks the history for the mail, an epoch at a time, and gives everything its numbers. @throws {StorageError} */
export async function seenMail(
  history: History,
  where: Where,
  epochs: readonly Epoch[],
  inventory: Inventory | undefined,
  withDay: boolean,
): Promise<SeenMail> {
  const isNear = epochs.some(({ near }) => near !== undefined);
  const by = [...dimensions, ...(withDay ? (['day'] as const) : []), ...(isNear ? (['spread'] as const) : [])];
  const [dictionaries, ...parts] = await Promise.all([
    history.dictionaries(),
    ...epochs.map(({ since, until }) =>
      history.ask({
        where: {
          ...where,
          ...narrower(where.since, since, Math.max, 'since'),
          ...narrower(where.until, until, Math.min, 'until'),
        },
        by,
        measures: ['messages'],
      }),
    ),
  ]);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const numbers = new Numbering(dictionaries);
  // One answer is taken as it is; several are put one after the other.
  const [only] = parts.length === 1 ? parts : [];
  const column = (name: 'auth' | 'authorDomain' | 'envelopeFrom' | 'source'): Int32Array =>
    only === undefined
      ? joined(
          new Int32Array(length),
          parts.map((part) => part[name]),
        )
      : only[name];
  const mail = {
    messages:
      only?.messages ??
      joined(
        new Float64Array(length),
        parts.map((part) => part.messages),
      ),
    source: column('source'),
    auth: column('auth'),
    author: column('authorDomain'),
    envelope: column('envelopeFrom'),
    facts: new Int32Array(length),
    receiver: new Int32Array(length),
    deed: new Int32Array(length),
    stream: new Int32Array(length).fill(-1),
    standing: new Uint8Array(length).fill(standings.indexOf('undecided')),
    epoch: new Int32Array(length),
    day: withDay ? new Int32Array(length) : undefined,
  };
  const places = inventory === undefined ? undefined : new Places(inventory);
  let at = 0;
  for (const [epoch, part] of parts.entries()) {
    const columns: { readonly day?: Int32Array; readonly spread?: Int32Array } = part;
    const { day, spread } = columns;
    const { near } = epochs[epoch]!;
    let [source, auth, author, envelope] = [-1, -1, -1, -1];
    let [stream, standing] = [-1, undecided];
    for (let row = 0; row < part.length; row++, at++) {
      // Rows of one combination mostly lie side by side: what follows from it is looked up once.
      if (
        mail.source[at] !== source ||
        mail.auth[at] !== auth ||
        mail.author[at] !== author ||
        mail.envelope[at] !== envelope
      ) {
        source = mail.source[at]!;
        auth = mail.auth[at]!;
        author = mail.author[at]!;
        envelope = mail.envelope[at]!;
        numbers.combination(author, auth, envelope);
        const place = places?.of(source, auth, author, envelope) ?? -1;
        stream = place === -1 ? -1 : inventory!.streamOf[place]!;
        standing = place === -1 ? undecided : standingOf(inventory!.decisionOf[place]!, inventory!.kindOf[place]!);
      }
      mail.facts[at] = numbers.facts(part.dkim[row]!, part.spf[row]!);
      mail.receiver[at] = numbers.receiver(part.reporter[row]!, part.generation[row]!);
      mail.deed[at] = numbers.deed(part.disposition[row]!, part.reasons[row]!);
      if (near !== undefined && spread !== undefined && spread[row]! > 1) mail.epoch[at] = near.spread;
      else if (epoch !== 0) mail.epoch[at] = epoch;
      if (mail.day !== undefined && day !== undefined) mail.day[at] = day[row]!;
      if (stream !== -1) mail.stream[at] = stream;
      mail.standing[at] = standing;
    }
  }
  return { length, ...mail, ...numbers.lists(), dictionaries };
}

const undecided = standings.indexOf('undecided');

function joined<T extends Float64Array | Int32Array>(into: T, parts: readonly T[]): T {
  let at = 0;
  for (const part of parts) {
    into.set(part, at);
    at += part.length;
  }
  return into;
}

function narrower<K extends 'since' | 'until'>(
  one: Day | undefined,
  other: Day | undefined,
  of: (a: number, b: number) => number,
  name: K,
): { readonly [key in K]?: Day } {
  const day = one === undefined ? other : other === undefined ? one : of(one, other);
  return day === undefined ? {} : ({ [name]: day } as { [key in K]: Day });
}

const byKind: Readonly<Record<(typeof kinds)[number], Standing>> = {
  own: 'thought-ours',
  third: 'thought-ours',
  forwarder: 'forwarded',
  forged: 'thought-forged',
  abused: 'thought-forged',
  undecided: 'undecided',
};
const standingOfKind = kinds.map((kind) => standings.indexOf(byKind[kind]));
/** authorised, forbidden, forwarder, undecided: only what nobody decided is what it is thought to be. */
const standingOfDecision = (['authorised', 'forbidden', 'forwarded-decided', undefined] as const).map((standing) =>
  standing === undefined ? undefined : standings.indexOf(standing),
);

/** The place in `standings`. @param decision place in `decisionVerdicts`, @param kind place in `kinds` */
export function standingOf(decision: number, kind: number): number {
  return standingOfDecision[decision] ?? standingOfKind[kind] ?? undecided;
}

/** Gives numbers to what combinations share. */
class Numbering {
  readonly #dictionaries: Dictionaries;
  readonly #authors = new Map<number, number>();
  readonly #authorNames: string[] = [];
  /** By auth and what is known of the envelope: signatures, and SPF. */
  readonly #auths = new Map<number, { readonly signatures: number; readonly spf: number }>();
  readonly #signatureSets = new Interned<readonly Signed[]>();
  readonly #spfSets = new Interned<readonly SpfSaid[]>();
  readonly #facts = new Tuples();
  readonly #allFacts: Facts[] = [];
  /** Of the combination at hand: its author, signatures and SPF, and the numbers of its facts by what the receiver said. */
  readonly #combination = { author: 0, signatures: 0, spf: 0 };
  readonly #saids = new Int32Array(8);
  readonly #combinations = new Tuples();
  readonly #ofCombination: { readonly author: number; readonly signatures: number; readonly spf: number }[] = [];
  readonly #receivers = new Interned<{ reporter: string; generation: number }>();
  readonly #receiverOf = new Numbers();
  readonly #deeds = new Interned<Deed>();
  readonly #deedOf = new Numbers();

  constructor(dictionaries: Dictionaries) {
    this.#dictionaries = dictionaries;
  }

  /** Takes up a combination, which `facts` then speaks of. */
  combination(authorName: number, auth: number, envelope: number): void {
    const number = this.#combinations.of(authorName, auth, envelope, 0);
    let known = this.#ofCombination[number];
    if (known === undefined) {
      known = { author: this.#author(authorName), ...this.#auth(auth, envelope) };
      this.#ofCombination.push(known);
    }
    this.#combination.author = known.author;
    this.#combination.signatures = known.signatures;
    this.#combination.spf = known.spf;
    this.#saids.fill(-1);
  }

  facts(dkimSaid: number, spfSaid: number): number {
    // What the receiver said of each leg: 0 nothing, 1 pass, 2 fail.
    const said = (dkimSaid === 1 ? 1 : 0) | (spfSaid === 1 ? 2 : 0) | (dkimSaid === 2 && spfSaid === 2 ? 4 : 0);
    const known = this.#saids[said]!;
    if (known !== -1) return known;
    const { author, signatures, spf } = this.#combination;
    const number = this.#facts.of(author, signatures, spf, said);
    // Whether a leg is shown at all is seen when the domains are compared; here it is what the receiver says.
    if (number === this.#allFacts.length)
      this.#allFacts.push({ author, signatures, spf, assumed: said & 3, denied: said === 4 });
    this.#saids[said] = number;
    return number;
  }

  #author(name: number): number {
    let number = this.#authors.get(name);
    if (number === undefined) {
      number = this.#authorNames.push(this.#dictionaries.name(name) ?? '') - 1;
      this.#authors.set(name, number);
    }
    return number;
  }

  #auth(auth: number, envelope: number): { readonly signatures: number; readonly spf: number } {
    const name = envelope === 0 ? undefined : this.#dictionaries.name(envelope);
    // The envelope plays a part only where it says that MAIL FROM was null, or names what SPF's result does not.
    const results = this.#dictionaries.auth(auth);
    const nameless = results?.spf.some(({ domain }) => domain === undefined || domain === '') === true;
    const way = nameless ? envelope + 3 : name === undefined ? 0 : name === '' ? 1 : 2;
    const key = auth * 0x100_0000 + way;
    let known = this.#auths.get(key);
    if (known === undefined) {
      known = { signatures: this.#signatures(results), spf: this.#spf(results, name) };
      this.#auths.set(key, known);
    }
    return known;
  }

  #signatures(auth: AuthResults | undefined): number {
    const passed = (auth?.dkim ?? [])
      .filter(({ result, domain }) => result === 'pass' && domain !== undefined && domain !== '')
      .map(({ domain, selector }) => ({ domain: domain!.toLowerCase(), selector: (selector ?? '').toLowerCase() }))
      .sort((a, b) => (a.domain < b.domain ? -1 : a.domain > b.domain ? 1 : a.selector < b.selector ? -1 : 1));
    return this.#signatureSets.of(passed, passed.map(({ domain, selector }) => `${domain}/${selector}`).join(' '));
  }

  #spf(auth: AuthResults | undefined, envelope: string | undefined): number {
    const said = spfIdentifiers(auth ?? { dkim: [], spf: [] }, envelope).map(({ domain, result }) => ({
      domain: (domain === undefined || domain === '' ? (envelope ?? '') : domain).toLowerCase(),
      result: result ?? 'none',
    }));
    return this.#spfSets.of(said, said.map(({ domain, result }) => `${domain}=${result}`).join(' '));
  }

  receiver(reporter: number, generation: number): number {
    const key = reporter * 2 + generation;
    const known = this.#receiverOf.of(key);
    if (known !== undefined) return known;
    const name = this.#dictionaries.reporter(reporter) ?? '';
    return this.#receiverOf.put(key, this.#receivers.of({ reporter: name, generation }, `${name} ${generation}`));
  }

  deed(disposition: number, reasons: number): number {
    const key = reasons * 8 + disposition;
    const known = this.#deedOf.of(key);
    if (known !== undefined) return known;
    const types = this.#dictionaries.reasons(reasons).map(({ type }) => type);
    const softened = types.some((type) => type === 'policy_test_mode' || type === 'sampled_out');
    const override = types.length === 0 ? 'none' : softened ? 'softened' : 'local';
    return this.#deedOf.put(key, this.#deeds.of({ disposition, override }, `${disposition} ${override}`));
  }

  lists(): Pick<SeenMail, 'allFacts' | 'authors' | 'deeds' | 'receivers' | 'signatureSets' | 'spfSets'> {
    return {
      allFacts: this.#allFacts,
      authors: this.#authorNames,
      signatureSets: this.#signatureSets.values,
      spfSets: this.#spfSets.values,
      receivers: this.#receivers.values,
      deeds: this.#deeds.values,
    };
  }
}

/** Values by their number, each once. */
export class Interned<T> {
  readonly values: T[] = [];
  readonly #byKey = new Map<string, number>();
  of(value: T, key: string): number {
    let number = this.#byKey.get(key);
    if (number === undefined) {
      number = this.values.push(value) - 1;
      this.#byKey.set(key, number);
    }
    return number;
  }
}
