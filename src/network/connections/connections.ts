import type { Connections } from '../../protection/posture/index.ts';
import type { Resolver } from '../../standards/dns/index.ts';
import { fetchPublic } from '../https/index.ts';
import { greetServer } from '../smtp/index.ts';

/** Connections at once, whatever is looked at. */
const maxConnections = 20;

/**
 * The doors of one run. The same server is greeted once, however many domains have it. Only addresses of the public Internet are
 * connected to.
 *
 * @param signal ends what is under way, and begins nothing more
 */
export function connectionsBy(resolver: Resolver, signal?: AbortSignal): Connections {
  const waiting: (() => void)[] = [];
  let free = maxConnections;
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
  const ending = signal === undefined ? {} : { signal };
  const greeted = new Map<string, ReturnType<Connections['greet']>>();
  return {
    fetchFile: (url, mostBytes) => inTurn(() => fetchPublic(url, { resolver, mostBytes, ...ending })),
    greet: (host, sentChain) => {
      let greeting = greeted.get(host);
      if (greeting === undefined) {
        greeting = inTurn(() => greetServer(host, { resolver, sentChain, ...ending }));
        greeted.set(host, greeting);
      }
      return greeting;
    },
    clock: Date.now,
  };
}
