import { foldName, ResolverError } from '../../standards/dns/index.ts';
import { maxAliases, readAnswer } from './answer.ts';
import { Server } from './server.ts';
import type { Answer, RecordType, Resolver } from '../../standards/dns/index.ts';
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
  /** Answers kept: 50,000, the least recently used go first. */
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
/** How long a failure is kept, so that a broken name that thousands of domains lean on is not asked for thousands of times (RFC 9520 §3.2). */
const failureTtl = 5;

interface Kept {
  readonly until: number;
  readonly answer?: Answer;
  readonly error?: ResolverError;
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
  const cache = new Map<string, Kept>();
  const underWay = new Map<string, Promise<Answer>>();
  const queue: (() => void)[] = [];
  let running = 0;

  const send = async (name: string, type: RecordType): Promise<ReturnType<typeof readAnswer>> => {
    let failure: ResolverError | undefined;
    // A server that says it cannot is not asked again; one that said nothing is.
    const silent = new Set(servers);
    for (let round = 0; round < rounds && silent.size > 0; round++) {
      for (const server of silent) {
        try {
          counts.sent += 1;
          return readAnswer(await server.ask(name, type, timeout * 2 ** round), name, type);
        } catch (error) {
          if (!(error instanceof ResolverError)) throw error;
          if (error.code === 'dns/alias-loop') throw error;
          if (error.code !== 'dns/timeout' && error.code !== 'dns/malformed') silent.delete(server);
          // That a server could not find an answer says more than that another was silent.
          if (failure?.code !== 'dns/servfail') failure = error;
        }
      }
    }
    throw failure ?? new ResolverError('dns/timeout', `no server answered for ${name} (${type})`);
  };

  const fetch = async (name: string, type: RecordType): Promise<Answer> => {
    const aliases: string[] = [];
    let ttl = 0x7fff_ffff;
    let authenticated = true;
    let at = name;
    for (;;) {
      const reading = await send(at, type);
      const found = reading.kind === 'answer' ? reading.answer : reading;
      aliases.push(...found.aliases);
      ttl = Math.min(ttl, found.ttl);
      authenticated &&= found.authenticated;
      if (reading.kind === 'answer') return { ...reading.answer, aliases, ttl, authenticated };
      at = aliases.at(-1)!;
      if (at === name || new Set(aliases).size < aliases.length || aliases.length > maxAliases) {
        throw new ResolverError('dns/alias-loop', `the aliases of ${name} never end`, { retryable: false });
      }
    }
  };

  const keep = (key: string, entry: Kept): void => {
    cache.delete(key);
    cache.set(key, entry);
    if (cache.size > cacheSize) cache.delete(cache.keys().next().value!);
  };

  const look = async (key: string, name: string, type: RecordType): Promise<Answer> => {
    if (running >= concurrency) await new Promise<void>((resolve) => queue.push(resolve));
    else running += 1;
    try {
      const answer = await fetch(name, type);
      if (answer.ttl > 0) keep(key, { until: now() + Math.min(answer.ttl, maxTtl), answer });
      return answer;
    } catch (error) {
      if (error instanceof ResolverError) {
        counts.failed += 1;
        keep(key, { until: now() + failureTtl, error });
      }
      throw error;
    } finally {
      // Whoever waits longest takes over the place; else it is free.
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
      underWay.delete(key);
    }
  };

  const ask = async (written: string, type: RecordType): Promise<Answer> => {
    counts.asked += 1;
    const name = foldName(written);
    if (!hasWireForm(name)) {
      throw new ResolverError('dns/malformed', `no name of the DNS: ${name.slice(0, 300)}`, { retryable: false });
    }
    const key = `${type} ${name}`;
    const kept = cache.get(key);
    if (kept !== undefined) {
      const left = kept.until - now();
      if (left > 0) {
        counts.kept += 1;
        // Used last, so it goes last.
        cache.delete(key);
        cache.set(key, kept);
        if (kept.error !== undefined) throw kept.error;
        return aged(kept.answer!, left);
      }
      cache.delete(key);
    }
    const same = underWay.get(key);
    if (same !== undefined) {
      counts.joined += 1;
      return same;
    }
    const promise = look(key, name, type);
    underWay.set(key, promise);
    return promise;
  };

  return {
    resolver: async <T extends RecordType>(name: string, type: T) => (await ask(name, type)) as Answer<T>,
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

function hasWireForm(name: string): boolean {
  if (name === '') return true;
  const labels = name.replaceAll('\\046', '_').split('.');
  return (
    labels.reduce((sum, label) => sum + label.length + 1, 1) <= 255 &&
    labels.every((label) => label.length >= 1 && label.length <= 63) &&
    /^[\0-\xFF]*$/.test(name)
  );
}

function monotonic(): number {
  return performance.now() / 1000;
}
