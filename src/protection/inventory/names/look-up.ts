// Asks the DNS what addresses are called, and whether the names lead back (RFC 1035 §3.5, RFC 3596 §2.5). The answers are kept as any
// other answer of the DNS; `ReverseNames` makes of them what is known.
import { parseClientAddress, ResolverError, reverseName } from '../../../standards/dns/index.ts';
import type { Answer, RecordedAnswer, RecordType, Resolver } from '../../../standards/dns/index.ts';

/** Names of one address that are looked up again: there may be hundreds, and whoever owns the address chooses how many. */
const mostNames = 8;

export interface LookUpOptions {
  /** Addresses under way at once. */
  readonly atOnce: number;
  /** Waits for the next question's turn. */
  readonly turn?: () => Promise<void>;
  /** Once aborted no further address is begun; those under way are finished. */
  readonly signal?: AbortSignal;
}

const finished = { value: undefined, done: true } as const;

/** What came of one address. */
export interface LookedUp {
  readonly address: string;
  /** Questions and answers, those without an answer included. */
  readonly recorded: readonly RecordedAnswer[];
  /** Whether the DNS said something of the address itself: a name, or that it has none. */
  readonly answered: boolean;
}

/**
 * Looks addresses up, several at once, in the order in which they are given; what is done first comes first. What is no address is
 * passed over.
 *
 * @throws what the resolver throws that is no `ResolverError`
 */
export async function* lookUpNames(
  addresses: Iterable<string>,
  resolver: Resolver,
  { atOnce, turn, signal }: LookUpOptions,
): AsyncGenerator<LookedUp> {
  const waiting = addresses[Symbol.iterator]();
  const underWay = new Map<string, Promise<LookedUp>>();
  const begin = (): void => {
    while (underWay.size < atOnce) {
      const { value, done } = signal?.aborted === true ? finished : waiting.next();
      if (done === true) return;
      if (!underWay.has(value)) underWay.set(value, lookUp(value, resolver, turn));
    }
  };
  for (begin(); underWay.size > 0; begin()) {
    const done = await Promise.race(underWay.values());
    underWay.delete(done.address);
    yield done;
  }
}

async function lookUp(address: string, resolver: Resolver, turn: (() => Promise<void>) | undefined): Promise<LookedUp> {
  const parsed = parseClientAddress(address);
  if (parsed === undefined) return { address, recorded: [], answered: false };
  const recorded: RecordedAnswer[] = [];
  const ask = async (name: string, type: RecordType): Promise<Answer | undefined> => {
    await turn?.();
    try {
      const answer: Answer = await resolver(name, type);
      recorded.push({ name, type, answer });
      return answer;
    } catch (error) {
      if (!(error instanceof ResolverError)) throw error;
      const { code, message, retryable } = error;
      recorded.push({ name, type, error: { code, message, retryable } });
      return undefined;
    }
  };
  const pointer = await ask(reverseName(parsed), 'PTR');
  if (pointer?.kind === 'records') {
    const names = (pointer.records as readonly string[]).filter((name) => name !== '').slice(0, mostNames);
    for (const name of new Set(names)) await ask(name, parsed.family === 4 ? 'A' : 'AAAA');
  }
  return { address, recorded, answered: pointer !== undefined };
}
