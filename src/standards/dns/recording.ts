import { foldName } from './fold.ts';
import { ResolverError } from './resolver.ts';
import type { Answer, RecordType, Resolver } from './resolver.ts';

/** One question and what came of it. Plain data, apart from the byte arrays of keys and digests. */
export interface RecordedAnswer {
  readonly name: string;
  readonly type: RecordType;
  /** The answer, or `undefined` when none could be had. */
  readonly answer?: Answer;
  /** Why there was no answer. */
  readonly error?: { readonly code: ResolverError['code']; readonly message: string; readonly retryable: boolean };
}

/** A resolver that writes down every question it is asked and every answer it gives. */
export interface Recording {
  readonly resolver: Resolver;
  /** What was asked so far, each question once (its last answer), in the order in which it was first asked. */
  answers(): readonly RecordedAnswer[];
}

/** Records what is asked of `world` and answered, so that a judgement can be made again from the same facts. */
export function recording(world: Resolver): Recording {
  const kept = new Map<string, RecordedAnswer>();
  const resolver: Resolver = async (name, type) => {
    const key = `${type} ${foldName(name)}`;
    if (!kept.has(key)) kept.set(key, { name, type });
    try {
      const answer = await world(name, type);
      kept.set(key, { name, type, answer });
      return answer;
    } catch (error) {
      if (error instanceof ResolverError) {
        kept.set(key, {
          name,
          type,
          error: { code: error.code, message: error.message, retryable: error.retryable },
        });
      }
      throw error;
    }
  };
  return { resolver, answers: () => [...kept.values()] };
}

/** Answers from a recording, failures included. What was never asked then is `dns/unknown-name` now. */
export function replaying(recorded: readonly RecordedAnswer[]): Resolver {
  const kept = new Map(recorded.map((each) => [`${each.type} ${foldName(each.name)}`, each]));
  return async <T extends RecordType>(name: string, type: T) => {
    const found = kept.get(`${type} ${foldName(name)}`);
    if (found?.answer !== undefined) return found.answer as Answer<T>;
    if (found?.error !== undefined) {
      const { code, message, retryable } = found.error;
      throw new ResolverError(code, message, { retryable });
    }
    throw new ResolverError('dns/unknown-name', `${name} (${type}) was not asked when this was recorded`, {
      retryable: false,
    });
  };
}
