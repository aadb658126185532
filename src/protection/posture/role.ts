// What a domain is for, as far as its records and its reports show. A proposal: a person decides.
import type { RoleProposal } from './posture.ts';
import type { Published } from './published.ts';

/** What is known of a domain beside its records. */
export interface RoleEvidence {
  /** Messages that passed DMARC in its name, as reports told. */
  readonly alignedMessages?: number;
  /** All messages reports told of, forgeries too. */
  readonly messages?: number;
}

/** Mail exchangers of services that hold mailboxes for people. */
const mailboxHosts =
  /\.(?:google\.com|googlemail\.com|mail\.protection\.outlook\.com|mx\.microsoft|zoho\.(?:com|eu)|protonmail\.ch|messagingengine\.com|mailbox\.org|icloud\.com|yandex\.net|mail\.ovh\.net|transip\.email)$/;

/** Proposes what a domain is for, with the reasons. */
export function proposeRole(published: Published, evidence: RoleEvidence = {}): RoleProposal {
  const { mail, spf, dkim, exists } = published;
  const reasons: { code: string; values: Record<string, string | number> }[] = [];
  const because = (code: string, values: Record<string, string | number> = {}): void =>
    void reasons.push({ code, values: { domain: published.domain, ...values } });

  const keys = dkim.selectors.filter(({ outcome }) => outcome === 'key').length;
  const lets = spf.passes4 > 0 || spf.passes6Bits >= 0 || spf.otherwise === 'pass' || spf.open.length > 0;
  const aligned = evidence.alignedMessages ?? 0;
  const receives = mail.outcome === 'servers';
  if (exists === 'no-such-name') {
    because('posture/role-absent');
    if (aligned > 0) because('posture/role-aligned', { messages: aligned });
    return { role: 'absent', certainty: 'firm', reasons };
  }
  if (aligned > 0) because('posture/role-aligned', { messages: aligned });
  if (lets) because('posture/role-spf-lets', { addresses: spf.passes4 });
  else if (spf.otherwise === 'fail') because('posture/role-spf-closed');
  else if (spf.outcome === 'none') because('posture/role-spf-none');
  if (keys > 0) because('posture/role-keys', { count: keys });
  if (mail.outcome === 'null-mx') because('posture/role-null-mx');
  else if (receives) because('posture/role-servers', { count: mail.servers.length });
  else if (mail.outcome === 'unknown') because('posture/role-mail-unknown');
  else because('posture/role-no-servers');

  const sends = aligned > 0 || lets || keys > 0;
  if (mail.outcome === 'unknown' || spf.outcome === 'unknown')
    return { role: sends ? 'sending' : 'users', certainty: 'open', reasons };
  if (receives) {
    const isMailboxHost = mail.servers.some(({ host }) => mailboxHosts.test(`.${host}`));
    if (isMailboxHost)
      because('posture/role-mailboxes', {
        host: mail.servers.find(({ host }) => mailboxHosts.test(`.${host}`))?.host ?? '',
      });
    if (spf.otherwise === 'fail' && !sends) return { role: 'receiving', certainty: 'firm', reasons };
    // Mail comes in, and nothing says that none goes out: people are the safe guess, since rules for them are the mildest.
    return { role: 'users', certainty: isMailboxHost ? 'firm' : sends ? 'likely' : 'open', reasons };
  }
  if (sends) return { role: 'sending', certainty: aligned > 0 || lets ? 'firm' : 'likely', reasons };
  return {
    role: 'parked',
    certainty: spf.otherwise === 'fail' || mail.outcome === 'null-mx' ? 'firm' : 'likely',
    reasons,
  };
}
