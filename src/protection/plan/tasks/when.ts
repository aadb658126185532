// When domains may reach their last rung: the burn-down of streams in the way, and a forecast from it.
import { parseDay } from '../../assessment/index.ts';
import type { Day } from '../../history.ts';
import type { DecisionVerdict } from '../../inventory/index.ts';
import { burnDown, forecast, isQuiet } from '../ladder/index.ts';
import type { BurnDownWeek, DomainRoad, Forecast, OpenSpan } from '../ladder/index.ts';
import { settlement } from '../readiness/index.ts';
import type { Gate, GateThresholds, Readiness } from '../readiness/index.ts';
import type { Rung } from '../records/wish.ts';
import type { Task } from './task.ts';

/** Weeks that the pace is told from, and that the burn-down shows. */
const paceWeeks = 12;
const shownWeeks = 26;

export interface When {
  readonly forecast: Forecast;
  readonly burnDown: readonly BurnDownWeek[];
  /** Domains of the portfolio; of these, those on their last rung, and those on the last until a named person accepts reject. */
  readonly portfolio: { readonly domains: number; readonly there: number; readonly awaitingWord: number };
}

/** A decision, as far as it says when a stream was decided on. */
interface DecidedAt {
  readonly stream: string;
  readonly verdict: DecisionVerdict;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly undone?: unknown;
}

/**
 * Forecasts by what was mended and decided so far.
 *
 * @param tasks in the order in which they will be done
 */
export function whenOf(
  readiness: Readiness,
  tasks: readonly Task[],
  decisions: readonly DecidedAt[],
  thresholdsOf: (domain: string) => GateThresholds,
): When {
  const { asOf } = readiness;
  const spans = openSpans(readiness, decisions, thresholdsOf);
  const closings = spans.filter(({ to }) => to !== null && to > asOf - paceWeeks * 7 && to <= asOf).length;
  const open = tasks.filter(({ state }) => state !== 'closed');
  const roads = readiness.gates.map((gate) => roadOf(gate, open, thresholdsOf(gate.domain)));
  const arrived = readiness.gates.filter(({ rung, end }) => rung === end);
  return {
    forecast: forecast(roads, closings, paceWeeks, asOf),
    burnDown: burnDown(spans, asOf, shownWeeks),
    portfolio: {
      domains: readiness.gates.length,
      there: arrived.length,
      awaitingWord: arrived.filter(({ rung }) => rung !== 'reject').length,
    },
  };
}

function roadOf(gate: Gate, open: readonly Task[], thresholds: GateThresholds): DomainRoad {
  const shutting = [...gate.reasons, ...(gate.ahead?.reasons ?? [])].filter(({ shuts }) => shuts);
  const untils = gate.reasons.flatMap(({ shuts, until }) =>
    shuts && until !== undefined ? (parseDay(until) ?? []) : [],
  );
  return {
    domain: gate.domain,
    rung: gate.rung,
    end: gate.end,
    waitUntil: untils.length === 0 ? null : Math.max(...untils),
    // What sends nothing goes to the end in one step.
    holdOf: (rung: Rung) =>
      isQuiet(gate.role.role)
        ? 0
        : thresholds[
            gate.role.role === 'users' && (rung === 'none' || rung === 'quarantine') ? 'hold-days-users' : 'hold-days'
          ],
    tasks: open.flatMap(({ domains }, place) =>
      domains.some(({ domain, state, shutsGate }) => domain === gate.domain && shutsGate && state !== 'closed')
        ? [place]
        : [],
    ),
    words: shutting.filter(({ streams, until }) => streams.length === 0 && until === undefined).length,
  };
}

/** Streams that were or are in the way: since their mail lacked a leg, or since they were first seen and nobody had decided. */
function openSpans(
  { mails, asOf, whole }: Readiness,
  decisions: readonly DecidedAt[],
  thresholdsOf: (domain: string) => GateThresholds,
): OpenSpan[] {
  const decided = new Map<string, Day>();
  for (const { stream, verdict, at, undone } of decisions) {
    if (verdict === 'undecided' || undone !== undefined) continue;
    const day = Math.min(asOf, Math.floor(at / 86_400_000));
    decided.set(stream, Math.min(decided.get(stream) ?? Infinity, day));
  }
  const spans = new Map<string, { from: Day; to: Day | null }>();
  const add = (id: string, from: Day, to: Day | null): void => {
    const known = spans.get(id);
    const later = known === undefined ? to : known.to === null || to === null ? null : Math.max(known.to, to);
    spans.set(id, { from: Math.min(known?.from ?? Infinity, from), to: later });
  };
  for (const mail of mails) {
    const stream = whole.inventory.streams[mail.stream];
    if (stream === undefined || mail.standing === 'thought-forged' || mail.standing === 'forwarded') continue;
    const day = decided.get(stream.id);
    const isOpen = mail.standing === 'undecided' || mail.standing === 'thought-ours';
    if (isOpen || day !== undefined) add(stream.id, mail.firstDay, isOpen ? null : (day ?? null));
    if (mail.standing !== 'authorised' && mail.standing !== 'thought-ours') continue;
    const { lasting, firstDay } = mail.unsigned;
    if (lasting === 0 || firstDay === null) continue;
    const settled = settlement(
      mail.unsigned,
      mail.lastSigned,
      whole.rhythmOf(mail.stream),
      asOf,
      thresholdsOf(mail.author),
    );
    const isMended = settled.state === 'mended' || settled.state === 'gone';
    add(stream.id, firstDay, isMended && settled.lastDay !== null ? settled.lastDay + 1 : null);
  }
  return [...spans.values()];
}
