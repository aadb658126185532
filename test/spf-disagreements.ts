import assert from 'node:assert/strict';
import { evaluate } from '../src/standards/spf/index.ts';
import type { SpfCase } from './spf-worlds.ts';
import type { Resolver } from '../src/standards/dns/index.ts';
import type { SpfEvaluation, SpfOptions } from '../src/standards/spf/index.ts';

/** What a peer said of a case: a result of RFC 7208 §2.6, and its own words. */
export interface PeerResult {
  readonly result: string;
  readonly detail: string;
}

/** A way in which a peer differs, and why RFC 7208 is on our side (or leaves the choice). */
export interface Disagreement {
  readonly why: string;
  readonly clause: string;
  applies(ours: SpfEvaluation, theirs: PeerResult, client: SpfCase): boolean;
}

/**
 * Holds every judgement of ours against a peer's. A difference that no listed disagreement explains is an error, and so is a
 * listed one that no longer occurs.
 *
 * @returns how many cases agree.
 */
export async function compareWithPeer(
  cases: readonly SpfCase[],
  peer: readonly PeerResult[],
  resolver: Resolver,
  options: SpfOptions,
  disagreements: readonly Disagreement[],
): Promise<number> {
  assert.equal(peer.length, cases.length, 'one result a case');
  const met = new Set<Disagreement>();
  let agreed = 0;
  for (const [index, client] of cases.entries()) {
    const ours = await evaluate(client, resolver, options);
    const theirs = peer[index]!;
    if (ours.result === theirs.result) {
      agreed += 1;
      continue;
    }
    const known = disagreements.find((each) => each.applies(ours, theirs, client));
    assert.ok(
      known,
      `${client.ip} ${client.mailFrom} ${client.helo}: ${ours.result} (${ours.reason.code}) here, ${theirs.result} (${theirs.detail}) there\n${client.lines.join('\n')}`,
    );
    met.add(known);
  }
  for (const each of disagreements) assert.ok(met.has(each), `does not occur any more: ${each.why}`);
  return agreed;
}
