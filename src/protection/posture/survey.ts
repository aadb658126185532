// What many looks share, and how one look notes what it asked.
import { KeyCache } from '../../standards/dkim/index.ts';
import { formatMx, formatTlsa } from '../../standards/transport/index.ts';
import { AnswerCache, ResolverError } from '../../standards/dns/index.ts';
import type { Answer, RecordData, RecordType, Resolver } from '../../standards/dns/index.ts';
import type { LookUp, SpfPosture } from './published.ts';

/** Answers kept for all looks of a run: enough for whatever a thousand domains have in common, and bounded. */
const maxAnswers = 10_000;
const maxSummaries = 5_000;
/** Look-ups listed for one domain. An ordinary one needs about a hundred. */
const maxLookUps = 2_000;
const maxRecordText = 4_096;

/** A tree of SPF records that means the same for whoever has its text, and the questions it took. */
export interface SharedTree {
  readonly posture: SpfPosture;
  readonly lookups: readonly LookUp[];
}

/** What the looks of one run share: answers about names that are nobody's own, key records read, and SPF trees that many domains have in common. */
export class Survey {
  readonly keys = new KeyCache();
  readonly #resolver: Resolver;
  readonly #answers = new AnswerCache<Promise<Answer>>(maxAnswers);
  readonly #trees = new AnswerCache<Promise<SharedTree>>(maxSummaries);

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
  }

  /**
   * A resolver for a look at one domain. What it learns of names that are not at or below `ours` is there for all looks: providers and
   * top-level domains are asked for once. Names of its own no other look asks for, so they are not kept.
   */
  resolverFor(ours: string): Resolver {
    const below = `.${ours}`;
    return <T extends RecordType>(name: string, type: T): Promise<Answer<T>> => {
      if (name.endsWith(below) || name === ours) return this.#resolver(name, type);
      let answer = this.#answers.find(name, type);
      if (answer === undefined) {
        answer = this.#resolver(name, type);
        // Whoever asked hears of a failure; kept here for the next one, it must not count as unheard.
        answer.catch(() => undefined);
        this.#answers.keep(name, type, answer);
      }
      return answer as Promise<Answer<T>>;
    };
  }

  /** The tree of a text, worked out once. */
  tree(text: string, make: () => Promise<SharedTree>): Promise<SharedTree> {
    let tree = this.#trees.find(text, 'TXT');
    if (tree === undefined) {
      tree = make();
      tree.catch(() => undefined);
      this.#trees.keep(text, 'TXT', tree);
    }
    return tree;
  }
}

/** The look-ups of one look, each question once. */
export class Notes {
  readonly #noted = new Map<string, LookUp>();
  #leftOut = 0;

  get lookups(): readonly LookUp[] {
    // Answers come in any order: sorted, two looks at the same world are the same.
    return [...this.#noted.values()].sort((one, other) =>
      one.name === other.name ? (one.type < other.type ? -1 : 1) : one.name < other.name ? -1 : 1,
    );
  }

  get leftOut(): number {
    return this.#leftOut;
  }

  add(lookUp: LookUp): void {
    const key = `${lookUp.name} ${lookUp.type}`;
    if (this.#noted.has(key)) return;
    if (this.#noted.size >= maxLookUps) this.#leftOut += 1;
    else this.#noted.set(key, lookUp);
  }

  /** A resolver that asks each question once, and notes what is answered before whoever asked goes on. */
  noting(resolver: Resolver): Resolver {
    const asked = new Map<RecordType, Map<string, Promise<Answer>>>();
    return <T extends RecordType>(name: string, type: T): Promise<Answer<T>> => {
      let names = asked.get(type);
      if (names === undefined) {
        names = new Map();
        asked.set(type, names);
      }
      const before = names.get(name);
      if (before !== undefined) return before as Promise<Answer<T>>;
      const answer = resolver(name, type);
      names.set(name, answer);
      answer.then(
        (found) => this.add(noteOf(name, type, found)),
        (error: unknown) => {
          if (error instanceof ResolverError)
            this.add({ name, type, outcome: error.code, records: [], aliases: [], authenticated: false, ttl: 0 });
        },
      );
      return answer;
    };
  }
}

function noteOf(name: string, type: RecordType, answer: Answer): LookUp {
  const { kind, aliases, authenticated, ttl } = answer;
  const records = kind === 'records' ? answer.records.slice(0, 200).map((record) => cut(recordText(type, record))) : [];
  return { name, type, outcome: kind, records, aliases, authenticated, ttl };
}

function cut(text: string): string {
  return text.length > maxRecordText ? `${text.slice(0, maxRecordText)}…` : text;
}

function recordText(type: RecordType, data: RecordData[RecordType]): string {
  switch (type) {
    case 'TXT':
      return (data as RecordData['TXT']).join('');
    case 'MX':
      return formatMx(data as RecordData['MX']);
    case 'TLSA':
      return formatTlsa(data as RecordData['TLSA']);
    case 'SOA': {
      const { mname, rname, serial } = data as RecordData['SOA'];
      return `${mname}. ${rname}. ${serial}`;
    }
    case 'DS': {
      const { keyTag, algorithm, digestType, digest } = data as RecordData['DS'];
      return `${keyTag} ${algorithm} ${digestType} ${hex(digest)}`;
    }
    case 'DNSKEY': {
      const { flags, algorithm, key } = data as RecordData['DNSKEY'];
      return `${flags} 3 ${algorithm} ${hex(key)}`;
    }
    case 'A':
    case 'AAAA':
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return data as string;
    default:
      return String(type);
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('');
}
