// A gate: whether a domain may go to its next rung, with every reason. A reason names what it is about, says whether it shuts the gate, and,
// where waiting is all there is to do, until when. Plain data: it is what `zegel gate --json` prints.
import type { Role, RoleProposal } from '../../posture/index.ts';
import type { Rung } from '../records/wish.ts';

export const gateSchema = 'zegel/gate/1';

/** Why a gate is open or shut. */
export interface GateReason {
  /** `gate/…`; its sentence is in `words/`. */
  readonly code: string;
  readonly values: Readonly<Record<string, number | string>>;
  /** Stable as long as it is about the same: what a person accepts is accepted by this. */
  readonly id: string;
  readonly shuts: boolean;
  /** It would shut the gate, and a person has accepted it. */
  readonly acceptedBy?: string;
  /** The streams it is about, by id. */
  readonly streams: readonly string[];
  /** The first day on which it no longer shuts the gate, when nothing but time is wanting: `2026-03-01`. */
  readonly until?: string;
  readonly see?: string;
}

export type GateState =
  /** Nothing shuts it. */
  | 'open'
  | 'shut'
  /** There is no further rung for what the domain is for. */
  | 'end';

/** A policy or mode beside the rung that may be set by itself. */
export interface BesideGate {
  readonly now: string;
  readonly target: string;
  /** `set`: it is already so. */
  readonly gate: 'open' | 'set' | 'shut';
  readonly reasons: readonly GateReason[];
}

export interface Gate {
  readonly schema: typeof gateSchema;
  readonly domain: string;
  /** The day it is judged on: the last of which reports tell, unless another was asked for. */
  readonly asOf: string;
  readonly role: {
    readonly role: Role;
    /** Whether a person has said so; else it is proposed. */
    readonly isDecided: boolean;
    readonly certainty: RoleProposal['certainty'];
    readonly reasons: RoleProposal['reasons'];
  };
  readonly record: {
    readonly found: 'inherited' | 'none' | 'own' | 'unknown';
    readonly at: string | null;
    /** Whether only reports tell of it. */
    readonly isReported: boolean;
    readonly softFor: 'rfc7489' | 'rfc9989' | null;
    readonly hasReportAddress: boolean;
  };
  readonly rung: Rung | null;
  readonly held: {
    readonly since: string;
    readonly days: number;
    readonly orLonger: boolean;
    readonly from: 'record' | 'report';
  } | null;
  readonly next: Rung | null;
  /** The last rung for what the domain is for. */
  readonly end: Rung;
  readonly gate: GateState;
  /** The day on which it opens when nothing but time is wanting; `null` when somebody has to do something, or it is open. */
  readonly opens: string | null;
  readonly reasons: readonly GateReason[];
  /** What is lost today, on the present rung: nothing of it shuts a gate. */
  readonly today: readonly GateReason[];
  /** What would be amiss on the next rung that costs mail, where the next itself costs none. */
  readonly ahead: { readonly rung: Rung; readonly reasons: readonly GateReason[] } | null;
  readonly beside: { readonly sp: BesideGate; readonly np: BesideGate };
  /** `all`: `null` where there is no SPF record that it could end. */
  readonly optional: { readonly adkim: BesideGate; readonly aspf: BesideGate; readonly all: BesideGate | null };
  readonly evidence: {
    readonly from: string | null;
    readonly to: string | null;
    /** Days with reports. */
    readonly days: number;
    readonly messages: number;
    readonly wantedMessages: number;
    readonly streams: number;
    /** Days with reports among the last 30, 92 and 366. */
    readonly covered: { readonly month: number; readonly quarter: number; readonly year: number };
  };
  /** Big providers of mailboxes, and whether they report of this organisation. */
  readonly receivers: { readonly heard: readonly string[]; readonly silent: readonly string[] };
}

/** Whether any reason shuts. */
export function stateOf(reasons: readonly GateReason[]): 'open' | 'shut' {
  return reasons.some(({ shuts }) => shuts) ? 'shut' : 'open';
}

/** The day on which a gate opens by waiting alone. */
export function opensOn(reasons: readonly GateReason[]): string | null {
  const shutting = reasons.filter(({ shuts }) => shuts);
  if (shutting.length === 0 || shutting.some(({ until }) => until === undefined)) return null;
  return shutting
    .map(({ until }) => until!)
    .sort()
    .at(-1)!;
}
