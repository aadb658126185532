import assert from 'node:assert/strict';
import { it } from 'node:test';
import { spf as mailauthSpf } from 'mailauth/lib/spf/index.js';
import { compareWithPeer } from '../spf-disagreements.ts';
import { spfWorlds } from '../spf-worlds.ts';
import { zone } from '../../src/standards/dns/index.ts';
import type { Disagreement, PeerResult } from '../spf-disagreements.ts';
import type { RecordType, Resolver } from '../../src/standards/dns/index.ts';

const disagreements: readonly Disagreement[] = [
  {
    why: 'an mx with more than ten hosts: a permerror here, whatever the order of the hosts; there a match among the first ten counts',
    clause: 'RFC 7208 §4.6.4',
    applies: (ours) => ours.reason.code === 'spf/too-many-mail-exchangers',
  },
  {
    why: 'hosts of an mx without an address are void lookups of that term; there they are not',
    clause: 'RFC 7208 §4.6.4',
    applies: (ours) =>
      ours.reason.code === 'spf/too-many-void-lookups' &&
      ours.queries.some((query) => query.term?.kind === 'mx' && query.type === 'A' && query.outcome !== 'records'),
  },
  {
    why: 'the same for clients that come by IPv6',
    clause: 'RFC 7208 §4.6.4',
    applies: (ours) =>
      ours.reason.code === 'spf/too-many-void-lookups' &&
      ours.queries.some((query) => query.term?.kind === 'mx' && query.type === 'AAAA' && query.outcome !== 'records'),
  },
];

/** Our resolver, as mailauth wants to ask it. */
function inItsTerms(resolver: Resolver): (name: string, type: RecordType) => Promise<unknown[]> {
  return async (name, type) => {
    const answer = await resolver(name, type);
    if (answer.kind !== 'records') {
      throw Object.assign(new Error(name), { code: answer.kind === 'no-data' ? 'ENODATA' : 'ENOTFOUND' });
    }
    return answer.records.map((record) =>
      typeof record === 'object' && 'exchange' in record
        ? { priority: record.preference, exchange: record.exchange }
        : Array.isArray(record)
          ? [...(record as string[])]
          : record,
    );
  };
}

it('judges 3,000 generated clients as mailauth does, but for what is listed', async () => {
  const { zone: text, cases } = spfWorlds(500);
  const reading = zone(text);
  assert.ok(reading.ok);
  const { resolver } = reading.value;
  const peer: PeerResult[] = [];
  for (const { ip, mailFrom, helo } of cases) {
    const found = (await mailauthSpf({
      ip,
      sender: mailFrom,
      helo,
      resolver: inItsTerms(resolver),
      strict: true,
    } as never)) as {
      status: { result: string; comment?: string };
    };
    peer.push({ result: found.status.result, detail: found.status.comment ?? '' });
  }
  const agreed = await compareWithPeer(cases, peer, resolver, {}, disagreements);
  assert.ok(agreed > 2900, `${agreed} of ${cases.length} agree`);
});
