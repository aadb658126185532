import { AnswerCache, foldName, ResolverError } from '../../standards/dns/index.ts';
import { maxAliases, readAnswer } from './answer.ts';
import { Server } from './server.ts';
import { hasWireForm } from './wire.ts';
import type { Answer, RecordType, Resolver } from '../../standards/dns/index.ts';
import type { Reading } from './answer.ts';
import type { ServerAddress } from './server.ts';

export interface LiveResolverOptions {
  /** Asked in this order: the next one when one does not answer, or cannot. */
  readonly servers: readonly ServerAddress[];
  /** Milliseconds one server gets for one answer the first time round: 2000. Each round gives twice as long. */
  readonly timeout?: number;
  /** Rounds past all servers: 2. */
  readonly rounds?: number;
  /** Questions under way at once: 100. Others wait their turn. */
  readonly concurrency?: number;
  /** Answers kept: 50,000, those that were not used for long go first. */
  readonly cacheSize?: number;
  /** Seconds, from any beginning: the clock the cache goes by. */
  readonly now?: () => number;
}

/** A resolver that asks name servers, and what it has done. */
export interface LiveResolver {
  readonly resolver: Resolver;
  readonly counts: {
    /** Questions put to it. */
    asked: number;
    /** Of these, answered from what was kept. */
    kept: number;
    /** Of these, that joined the same question under way. */
    joined: number;
    /** Questions sent to servers, tries included. */
    sent: number;
    failed: number;
  };
  /** Closes its sockets. Questions under way fail with `dns/unreachable`. */
  close(): void;
}

/** The longest an answer is kept, in seconds, whatever its TTL. */
const maxTtl = 86_400;
/** When no server has answered so many times in a row, the next questions are given up sooner: each would wait as long as the first, for nothing. */
const hopelessSilences = 20;
/** How long a failure is kept, so that a broken name that thousands of domains lean on is not asked for thousands of times (RFC 9520 §3.2). */
const failureTtl = 5;

/** What is known of a question: under way, answered, or failed. */
interface Known {
  /** By the clock of the resolver; 0 for what is not kept. */
  until: number;
  answer?: Answer;
  error?: ResolverError;
  underWay?: Promise<Answer> | undefined;
}

/**
 * Makes a resolver that asks recursive name servers over UDP, and over TCP where an answer does not fit. Keeps answers and
 * absences for as long as their TTLs say, asks the same question once however often it comes at the same time, and counts
 * an answer only when it answers what was asked.
 */
export function liveResolver(options: LiveResolverOptions): LiveResolver {
  const { timeout = 2000, rounds = 2, concurrency = 100, cacheSize = 50_000, now = monotonic } = options;
  const servers = options.servers.map((address) => new Server(address));
  if (servers.length === 0) throw new RangeError('a resolver needs a server');
  const counts = { asked: 0, kept: 0, joined: 0, sent: 0, failed: 0 };
  const cache = new AnswerCache<Known>(cacheSize);
  const queue = new Waiting();
  let running = 0;
  /** Times in a row that a server was silent, with no answer of any in between. */
  let silences = 0;
  const isHopeless = (): boolean => silences >= hopelessSilences;

  const send = async (name: string, type: RecordType): Promise<ReturnType<typeof readAnswer>> => {
    let failure: ResolverError | undefined;
    // A server that says it cannot is not asked again; one that said nothing is.
    const silent = new Set(servers);
    for (let round = 0; round < (isHopeless() ? 1 : rounds) && silent.size > 0; round++) {
      for (const server of silent) {
        try {
          counts.sent += 1;
          const message = await server.ask(name, type, isHopeless() ? timeout / 4 : timeout * 2 ** round);
          silences = 0;
          return readAnswer(message, name, type);
        } catch (error) {
          if (!(error instanceof ResolverError)) throw error;
          if (error.code === 'dns/alias-loop') throw error;
          if (error.code === 'dns/timeout') silences += 1;
          if (error.code !== 'dns/timeout' && error.code !== 'dns/malformed') silent.delete(server);
          // That a server could not find an answer says more than that another was silent.
          if (failure?.code !== 'dns/servfail') failure = error;
        }
      }
    }
    throw failure ?? new ResolverError('dns/timeout', `no server answered for ${name} (${type})`);
  };

  /** Asks for the end of a chain of aliases that the server has left to us. */
  const follow = async (
    name: string,
    type: RecordType,
    first: Exclude<Reading, { kind: 'answer' }>,
  ): Promise<Answer> => {
    const aliases: string[] = [];
    let ttl = 0x7fff_ffff;
    let authenticated = true;
    for (let reading: Reading = first; ; reading = await send(aliases.at(-1)!, type)) {
      const found = reading.kind === 'answer' ? reading.answer : reading;
      aliases.push(...found.aliases);
      ttl = Math.min(ttl, found.ttl);
      authenticated &&= found.authenticated;
      if (reading.kind === 'answer') return { ...reading.answer, aliases, ttl, authenticated };
      if (aliases.includes(name) || new Set(aliases).size < aliases.length || aliases.length > maxAliases) {
        throw new ResolverError('dns/alias-loop', `the aliases of ${name} never end`, { retryable: false });
      }
    }
  };

  const look = async (known: Known, name: string, type: RecordType): Promise<Answer> => {
    if (running >= concurrency) await queue.wait();
    else running += 1;
    try {
      const reading = await send(name, type);
      const answer = reading.kind === 'answer' ? reading.answer : await follow(name, type, reading);
      if (answer.ttl > 0) {
        known.until = now() + Math.min(answer.ttl, maxTtl);
        known.answer = answer;
      }
      return answer;
    } catch (error) {
      if (error instanceof ResolverError) {
        counts.failed += 1;
        known.until = now() + failureTtl;
        known.error = error;
      }
      throw error;
    } finally {
      known.underWay = undefined;
      // Whoever waits longest takes over the place; else it is free.
      if (!queue.next()) running -= 1;
    }
  };

  const ask = (written: string, type: RecordType): Promise<Answer> => {
    counts.asked += 1;
    const name = foldName(written);
    const before = cache.find(name, type);
    if (before?.underWay !== undefined) {
      counts.joined += 1;
      return before.underWay;
    }
    if (before !== undefined && before.until > 0) {
      const left = before.until - now();
      if (left > 0) {
        counts.kept += 1;
        return before.error === undefined ? Promise.resolve(aged(before.answer!, left)) : Promise.reject(before.error);
      }
    }
    if (!hasWireForm(name)) {
      return Promise.reject(
        new ResolverError('dns/malformed', `no name of the DNS: ${name.slice(0, 300)}`, { retryable: false }),
      );
    }
    const known: Known = { until: 0 };
    const promise = look(known, name, type);
    known.underWay = promise;
    cache.keep(name, type, known);
    return promise;
  };

  return {
    resolver: <T extends RecordType>(name: string, type: T) => ask(name, type) as Promise<Answer<T>>,
    counts,
    close: () => {
      for (const server of servers) server.close();
    },
  };
}

/** The answer with what is left of its TTL; the records stay the same object, beside which others keep what they read in them. */
function aged(answer: Answer, left: number): Answer {
  const ttl = Math.ceil(left);
  return ttl >= answer.ttl ? answer : { ...answer, ttl };
}

/** Those who wait for a place, first come, first served. Taking the first of an array that is long costs what it is long. */
class Waiting {
  #first: (() => void)[] = [];
  #last: (() => void)[] = [];

  wait(): Promise<void> {
    return new Promise((resolve) => this.#last.push(resolve));
  }

  /** Lets the first one go on. @returns whether there was one */
  next(): boolean {
    if (this.#first.length === 0) {
      this.#first = this.#last.reverse();
      this.#last = [];
    }
    const go = this.#first.pop();
    go?.();
    return go !== undefined;
  }
}

function monotonic(): number {
  return performance.now() / 1000;
}
