import { Findings } from './finding.ts';
import { dkimFindings } from './findings-dkim.ts';
import { dmarcFindings } from './findings-dmarc.ts';
import { mailFindings } from './findings-mail.ts';
import { nameFindings } from './findings-names.ts';
import { spfFindings } from './findings-spf.ts';
import { forgeryOf } from './forgery.ts';
import { gradeOf } from './grade.ts';
import { internetNlView } from './internet-nl.ts';
import { postureSchema } from './posture.ts';
import type { Posture, Role } from './posture.ts';
import type { Published } from './published.ts';
import { proposeRole } from './role.ts';
import type { RoleEvidence } from './role.ts';

export interface JudgeOptions {
  /** What the domain is for, when somebody has said; else what is proposed counts. */
  readonly role?: Role;
  readonly evidence?: RoleEvidence;
  /** Where reports are to go, for the records that are proposed: `mailto:dmarc@example.com`. */
  readonly reportTo?: string;
}

/** Judges what a domain publishes. Pure: the same records under the same role give the same posture. */
export function judgePosture(published: Published, options: JudgeOptions = {}): Posture {
  const roleProposal = proposeRole(published, options.evidence);
  const role = options.role ?? roleProposal.role;
  const collected = new Findings();
  const question = {
    published,
    role,
    ...(options.reportTo === undefined ? {} : { reportTo: options.reportTo }),
    add: collected.add.bind(collected),
  };
  if (published.exists === 'no-such-name') {
    question.add({
      code: 'posture/no-such-domain',
      severity: 'note',
      name: published.domain,
      see: 'RFC 9989 §3.2.13',
      remedy: 'posture/do-nothing',
    });
  }
  spfFindings(question);
  dmarcFindings(question);
  if (role !== 'absent') {
    dkimFindings(question);
    mailFindings(question);
  }
  nameFindings(question);
  const findings = collected.list();
  const forgery = forgeryOf(published, role);
  return {
    schema: postureSchema,
    domain: published.domain,
    role,
    roleTold: options.role !== undefined,
    roleProposal,
    grade: gradeOf(published, role, findings, forgery),
    findings,
    forgery,
    internetNl: internetNlView(published, role),
    published,
  };
}
