// What a domain is for, by the mail that is thought to be its own and the records that say whether it receives any. A person decides.
import { ResolverError } from '../../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../../standards/dns/index.ts';
import type { Existence } from '../../../standards/dmarc/index.ts';
import type { MailStream } from '../../inventory/index.ts';
import type { SenderCategory } from '../../inventory/senders/index.ts';
import type { RoleProposal } from '../../posture/index.ts';
import type { StreamMail } from './mail.ts';
import { isWanted } from './reasons.ts';

/** Services through which people write; and lists, which they write to. */
const ofPeople: ReadonlySet<SenderCategory> = new Set(['mailbox', 'mailing-list', 'office']);

/** Services through which programs send. */
const ofPrograms: ReadonlySet<SenderCategory> = new Set([
  'bulk',
  'commerce',
  'crm',
  'events',
  'finance',
  'signing',
  'survey',
  'ticketing',
  'transactional',
]);

/** What mail to a domain meets. */
type Receives = 'no' | 'null-mx' | 'servers' | 'unknown';

const mxCodes: Readonly<Record<Receives, string>> = {
  no: 'gate/role-mx-no',
  'null-mx': 'gate/role-mx-null-mx',
  servers: 'gate/role-mx-servers',
  unknown: 'gate/role-mx-unknown',
};

/**
 * Proposes what a domain is for.
 *
 * @param mails its mail, as author domain
 * @param categoryOf what kind of service a sender of the catalogue is
 */
export async function proposedRole(
  domain: DomainName,
  mails: readonly StreamMail[],
  streams: readonly MailStream[],
  existence: Existence,
  resolver: Resolver,
  categoryOf: (senderId: string) => SenderCategory | undefined,
): Promise<RoleProposal> {
  const reasons: { code: string; values: Record<string, string | number> }[] = [];
  const because = (code: string, values: Record<string, string | number> = {}): void =>
    void reasons.push({ code, values: { domain, ...values } });
  const wanted = mails.filter(({ standing, legs }) => isWanted(standing) || legs.both + legs.dkimOnly > 0);
  const own = wanted.filter(({ standing }) => isWanted(standing));
  const messages = own.reduce((sum, mail) => sum + mail.messages, 0);
  if (messages > 0) because('gate/role-sends', { messages, streams: new Set(own.map(({ stream }) => stream)).size });
  const peoples = own.filter(({ stream }) => {
    const id = streams[stream]?.senderId ?? null;
    const category = id === null ? undefined : categoryOf(id);
    return category !== undefined && ofPeople.has(category);
  });
  const byPeople = peoples.reduce((sum, mail) => sum + mail.messages, 0);
  if (byPeople > 0)
    because('gate/role-people', { messages: byPeople, stream: streams[peoples[0]!.stream]?.name ?? '' });
  const isByPrograms =
    own.length > 0 &&
    own.every(({ stream }) => {
      const id = streams[stream]?.senderId ?? null;
      const category = id === null ? undefined : categoryOf(id);
      return category !== undefined && ofPrograms.has(category);
    });
  if (isByPrograms) because('gate/role-programs');
  const receives = await receiving(domain, resolver);
  because(mxCodes[receives]);
  if (existence === 'no-such-name') {
    because('gate/role-no-such-name');
    return { role: 'absent', certainty: messages > 0 ? 'likely' : 'firm', reasons };
  }
  if (messages > 0 && byPeople > 0) return { role: 'users', certainty: 'firm', reasons };
  if (messages > 0) {
    if (receives === 'no' || receives === 'null-mx') return { role: 'sending', certainty: 'firm', reasons };
    if (isByPrograms) return { role: 'sending', certainty: 'likely', reasons };
    // Mail comes in and goes out: people are the safe guess, since what is asked for them is asked slowest.
    return { role: 'users', certainty: receives === 'servers' ? 'likely' : 'open', reasons };
  }
  if (receives === 'servers') return { role: 'receiving', certainty: 'likely', reasons };
  if (receives === 'unknown') return { role: 'users', certainty: 'open', reasons };
  return { role: 'parked', certainty: receives === 'null-mx' ? 'firm' : 'likely', reasons };
}

async function receiving(domain: DomainName, resolver: Resolver): Promise<Receives> {
  try {
    const answer = await resolver(domain, 'MX');
    if (answer.kind !== 'records') return 'no';
    return answer.records.every(({ exchange }) => exchange === '' || exchange === '.') ? 'null-mx' : 'servers';
  } catch (error) {
    if (error instanceof ResolverError) return 'unknown';
    throw error;
  }
}
