// What many looks share, and how one look notes what it asked.
import { KeyCache } from '../../standards/dkim/index.ts';
import { formatMx, formatTlsa } from '../../standards/transport/index.ts';
import { ResolverError } from '../../standards/dns/index.ts';
import type { Answer, RecordData, RecordType, Resolver } from '../../standards/dns/index.ts';
import type { LookUp, SpfPosture } from './published.ts';

/** Answers kept for all looks of a run: enough for whatever a thousand domains have in common, and bounded. */
const maxAnswers = 50_000;
const maxSummaries = 5_000;
/** Look-ups listed for one domain. An ordinary one needs about a hundred. */
const maxLookUps = 2_000;
const maxRecordText = 4_096;

/** A tree of SPF records that means the same for whoever has its text, and the questions it took. */
export interface SharedTree {
  readonly posture: SpfPosture;
  readonly lookups: readonly LookUp[];
}

/** What the looks of one run share: answers of the DNS, key records read, and SPF trees that many domains have in common. */
export class Survey {
  readonly resolver: Resolver;
  readonly keys = new KeyCache();
  readonly #trees = new Recent<Promise<SharedTree>>(maxSummaries);

  constructor(resolver: Resolver) {
    const answers = new Recent<Promise<Answer>>(maxAnswers);
    this.resolver = <T extends RecordType>(name: string, type: T): Promise<Answer<T>> => {
      const key = `${type} ${name}`;
      let answer = answers.find(key);
      if (answer === undefined) {
        answer = resolver(name, type);
        // Whoever asked hears of a failure; kept here for the next one, it must not count as unheard.
        answer.catch(() => undefined);
        answers.keep(key, answer);
      }
      return answer as Promise<Answer<T>>;
    };
  }

  /** The tree of a text, worked out once. */
  tree(text: string, make: () => Promise<SharedTree>): Promise<SharedTree> {
    let tree = this.#trees.find(text);
    if (tree === undefined) {
      tree = make();
      tree.catch(() => undefined);
      this.#trees.keep(text, tree);
    }
    return tree;
  }
}

/**
 * A map that forgets: when it is full, what was not used since it was last half full goes. Taking out one by one what came first would
 * cost ever more in a map of this size.
 */
class Recent<V> {
  readonly #half: number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  constructor(most: number) {
    this.#half = Math.ceil(most / 2);
  }

  find(key: string): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.keep(key, old);
    return old;
  }

  keep(key: string, value: V): void {
    if (this.#young.size >= this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
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
    const key = `${lookUp.type} ${lookUp.name}`;
    if (this.#noted.has(key)) return;
    if (this.#noted.size >= maxLookUps) this.#leftOut += 1;
    else this.#noted.set(key, lookUp);
  }

  /** A resolver that notes what it answers. */
  noting(resolver: Resolver): Resolver {
    return async <T extends RecordType>(name: string, type: T) => {
      try {
        const answer = await resolver(name, type);
        this.add({
          name,
          type,
          outcome: answer.kind,
          records:
            answer.kind === 'records'
              ? answer.records.slice(0, 200).map((record) => cut(recordText(type, record as RecordData[RecordType])))
              : [],
          aliases: answer.aliases,
          authenticated: answer.authenticated,
          ttl: answer.ttl,
        });
        return answer;
      } catch (error) {
        if (!(error instanceof ResolverError)) throw error;
        this.add({ name, type, outcome: error.code, records: [], aliases: [], authenticated: false, ttl: 0 });
        throw error;
      }
    };
  }
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
