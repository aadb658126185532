// What the gate of one domain is judged by.
import type { DomainName } from '../../../standards/dns/index.ts';
import type { Day } from '../../history.ts';
import type { Declaration, DeclaredAndSeen } from '../../inventory/declared/index.ts';
import type { TakenInventory } from '../../inventory/index.ts';
import type { Role, RoleProposal } from '../../posture/index.ts';
import type { Held } from '../ladder/standing.ts';
import type { Rung } from '../records/wish.ts';
import type { Acceptance } from './acceptance.ts';
import type { StreamCost } from './costs.ts';
import type { Silence } from './evidence.ts';
import type { LeaningMail } from './leaning.ts';
import type { StreamMail } from './mail.ts';
import type { ReceiverHeard } from './reporters.ts';
import type { Governed } from './scope.ts';
import type { KnownRhythm } from './settle.ts';
import type { GateThresholds } from './thresholds.ts';

/** Everything about one domain that its gate is judged by. */
export interface DomainCase {
  readonly domain: DomainName;
  readonly governed: Governed;
  readonly role: Role;
  readonly isRoleDecided: boolean;
  readonly proposal: RoleProposal;
  readonly next: Rung | undefined;
  readonly held: Held | undefined;
  /** Since when the record that governs it, and those that stood there before, have asked for reports; `undefined`: not known. */
  readonly askedSince: Day | undefined;
  /** A wildcard answers for names below it. */
  readonly hasWildcard: boolean;
  /** How its SPF record ends; `null` where there is none, or it is not known. */
  readonly spfAll: '-all' | '+all' | '?all' | '~all' | null;
  readonly thresholds: GateThresholds;
  readonly acceptances: readonly Acceptance[];
  readonly days: readonly Day[];
  /** `undefined` where reports still tell of it, or may well not. */
  readonly silence: Silence | undefined;
  /** Its own mail, as author domain. */
  readonly mails: readonly StreamMail[];
  /** Mail of names below it that its record governs: those that exist, and those that do not. */
  readonly below: { readonly sp: readonly StreamMail[]; readonly np: readonly StreamMail[] };
  readonly costs: {
    readonly today: readonly StreamCost[];
    readonly next: readonly StreamCost[];
    readonly ahead: readonly StreamCost[];
    /** Of names below, whether they exist or not: which of them do is not known to every receiver. */
    readonly sp: readonly StreamCost[];
    readonly np: readonly StreamCost[];
  };
  /** Mail, of other author domains too, whose envelope or HELO name is this domain, and which `-all` would fail. */
  readonly leaning: readonly LeaningMail[];
  /** Its own mail and that of names below it that its record governs, by strict alignment of DKIM, and of SPF. */
  readonly strict: { readonly adkim: readonly StreamMail[]; readonly aspf: readonly StreamMail[] };
}

/** What holds for all domains. */
export interface ReadinessCase {
  readonly inventory: TakenInventory;
  readonly asOf: Day;
  readonly rhythmOf: (stream: number) => KnownRhythm;
  readonly declared: DeclaredAndSeen<Declaration & { readonly id: number }>;
  readonly receivers: readonly ReceiverHeard[];
  readonly messages: number;
}
