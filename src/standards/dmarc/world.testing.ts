// A world for tests: a zone file under a root of its own, so that whatever is not in it does not exist; and one whose DNS is silent
// about some names.
import { ResolverError, zone } from '../dns/index.ts';
import type { Resolver } from '../dns/index.ts';

/** The world that a text in master-file syntax tells, and nothing else. `com` and the like exist because names below them do. */
export function world(text: string): Resolver {
  // Lines may be indented, to be read; in a master file that would mean the owner of the line before.
  const lines = text.replaceAll(/^[ \t]+/gm, '');
  const reading = zone(`$ORIGIN .\n$TTL 300\n. SOA a.nic. b.nic. 1 1 1 1 300\n${lines}`);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.value.resolver;
}

/** A world in which nobody answers for these names. */
export function silent(resolver: Resolver, ...names: string[]): Resolver {
  return async (name, type) => {
    if (names.includes(name)) throw new ResolverError('dns/timeout', `no answer for ${name}`);
    return resolver(name, type);
  };
}

/** A resolver that notes what it is asked. */
export function noting(resolver: Resolver): { readonly resolver: Resolver; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    resolver: (name, type) => {
      asked.push(type === 'TXT' ? name : `${name} ${type}`);
      return resolver(name, type);
    },
  };
}
