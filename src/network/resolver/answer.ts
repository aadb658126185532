import { ResolverError } from '../../standards/dns/index.ts';
import type { Answer, RecordData, RecordType } from '../../standards/dns/index.ts';
import type { WireMessage } from './wire.ts';

/** What a message says: an answer, or an alias whose end has to be asked for. */
export type Reading =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | {
      readonly kind: 'alias';
      readonly aliases: readonly string[];
      readonly ttl: number;
      readonly authenticated: boolean;
    };

/** Aliases followed for one question. */
export const maxAliases = 16;

/** Absences are not kept longer than this, in seconds (RFC 2308 §5). */
const maxNegativeTtl = 3 * 3600;

/**
 * Reads a response as an answer to a question: follows its aliases and tells "no such name" from "no such record" (RFC 2308 §2).
 *
 * @throws {ResolverError} `dns/servfail`, `dns/refused` (also for a server that only refers to others), `dns/alias-loop`.
 */
export function readAnswer(message: WireMessage, name: string, type: RecordType): Reading {
  const { responseCode, authenticated } = message;
  if (responseCode !== 0 && responseCode !== 3) {
    const code = responseCode === 5 ? 'dns/refused' : 'dns/servfail';
    throw new ResolverError(code, `response code ${responseCode} for ${name} (${type})`);
  }
  const aliases: string[] = [];
  let ttl = 0x7fff_ffff;
  let at = name;
  for (;;) {
    const records = message.answers.filter((record) => record.name === at && record.type === type);
    if (records.length > 0) {
      for (const record of records) ttl = Math.min(ttl, record.ttl);
      const data = records.map((record) => record.data) as RecordData[RecordType][];
      return { kind: 'answer', answer: { kind: 'records', records: data, ttl, aliases, authenticated } };
    }
    const alias =
      type === 'CNAME' ? undefined : message.answers.find((record) => record.name === at && record.type === 'CNAME');
    if (alias === undefined) break;
    at = alias.data as string;
    ttl = Math.min(ttl, alias.ttl);
    if (at === name || aliases.includes(at) || aliases.length >= maxAliases) {
      throw new ResolverError('dns/alias-loop', `the aliases of ${name} never end`, { retryable: false });
    }
    aliases.push(at);
  }
  const soa = message.authorities.find((record) => record.type === 'SOA' && isAtOrBelow(at, record.name));
  if (responseCode === 0 && soa === undefined) {
    // A server that is only responsible for some zones ends where its own data do.
    if (aliases.length > 0) return { kind: 'alias', aliases, ttl, authenticated };
    if (!message.authoritative && message.authorities.some((record) => record.type === 'NS')) {
      throw new ResolverError('dns/refused', `the server refers to others for ${name} instead of asking them`);
    }
  }
  // Without an SOA nothing says how long an absence lasts (RFC 2308 §5): it is not kept.
  const { minimum } = (soa?.data ?? { minimum: 0 }) as RecordData['SOA'];
  const absence = Math.min(ttl, soa?.ttl ?? 0, minimum, maxNegativeTtl);
  const kind = responseCode === 3 ? 'no-such-name' : 'no-data';
  return { kind: 'answer', answer: { kind, ttl: absence, aliases, authenticated } };
}

function isAtOrBelow(name: string, ancestor: string): boolean {
  return ancestor === '' || name === ancestor || name.endsWith(`.${ancestor}`);
}
