import type { BesideGate, Gate, GateReason } from '../../protection/plan/readiness/index.ts';
import { countsText, reasonText, rungCountsText, rungText, shownSentence, shutText } from '../gate-phrases.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { heading, wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

const gatePaints: Readonly<Record<Gate['gate'], Paint>> = { open: 'good', shut: 'bad', end: 'dim' };

/** The portfolio at a glance: where every domain stands, what comes next, and what shuts its gate. */
export function ladderText(gates: readonly Gate[], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  const [first] = gates;
  if (first === undefined) return wrapped(words.say('ladder-empty'), style);
  const shown = gates.slice(0, limit);
  const columns: Column<Gate>[] = [
    { title: words.say('ladder-domain'), cell: ({ domain }) => safeText(domain, 253), least: 22, paint: () => 'bold' },
    {
      title: words.say('ladder-role'),
      cell: ({ role }) => words.say(`domains-role-${role.role}`) + (role.isDecided ? '' : '?'),
      optional: true,
    },
    { title: words.say('ladder-rung'), cell: ({ rung }) => rungText(rung, words) },
    {
      title: words.say('ladder-days'),
      cell: ({ held }) => (held === null ? '' : words.integer(held.days) + (held.orLonger ? '+' : '')),
      align: 'right',
    },
    {
      title: words.say('ladder-gate'),
      cell: ({ gate }) => words.say(`gate-${gate}`),
      paint: ({ gate }) => gatePaints[gate],
    },
    { title: words.say('ladder-beside'), cell: besideText, optional: true },
    {
      title: words.say('ladder-why'),
      cell: (gate) => (gate.opens === null ? shutText(gate, words) : words.say('ladder-opens', { day: gate.opens })),
      least: 22,
    },
  ];
  const left = gates.length - shown.length;
  return [
    ...heading(words.say('ladder-title', { day: first.asOf }), style),
    ...wrapped(countsText(gates, words), style),
    ...wrapped(rungCountsText(gates, words), style, 0, 'dim'),
    '',
    ...table(columns, shown, style),
    ...(left > 0 ? wrapped(words.say('more', { count: words.integer(left) }), style, 0, 'dim') : []),
  ];
}

/** Which of the policies beside the rung may be set: `sp np`. */
function besideText({ beside }: Gate): string {
  return Object.entries(beside)
    .flatMap(([tag, { gate }]) => (gate === 'set' ? [`${tag}=`] : gate === 'open' ? [tag] : [`(${tag})`]))
    .join(' ');
}

/** One gate with every reason. */
export function gateText(
  gate: Gate,
  style: Style,
  options: { readonly limit?: number; readonly ageDays?: number } = {},
): string[] {
  const words = speech(style.language);
  const { limit = 20, ageDays = 0 } = options;
  const { domain, rung, next, held, record, role, evidence, reasons } = gate;
  const now = rungText(rung, words);
  const title =
    next === null
      ? words.say('gate-title-end', { domain: safeText(domain, 253), now })
      : words.say('gate-title', {
          domain: safeText(domain, 253),
          now,
          next: rungText(next, words),
          gate: words.say(`gate-${gate.gate}`),
        });
  const lines = wrapped(title, style, 0, gate.gate === 'shut' ? 'bad' : gate.gate === 'open' ? 'good' : 'bold');
  const say = (code: string, values: Record<string, string> = {}, as?: Paint): void =>
    void lines.push(...wrapped(words.say(code, values), style, 0, as));
  if (gate.opens !== null) say('gate-opens', { day: gate.opens });
  const roleValues = {
    role: words.say(`domains-role-${role.role}`),
    certainty: words.say(`gate-certainty-${role.certainty}`),
    domain: safeText(domain, 253),
  };
  say(role.isDecided ? 'gate-role-decided' : 'gate-role-proposed', roleValues);
  if (record.found === 'inherited') say('gate-inherited', { at: safeText(record.at ?? '', 253) });
  if (record.found === 'none') say('gate-no-record');
  if (record.found === 'unknown') say('gate-record-unknown', { domain: safeText(domain, 253) }, 'warn');
  if (record.isReported) say('gate-reported');
  if (held !== null)
    say(held.orLonger ? 'gate-held-longer' : 'gate-held', {
      rung: now,
      since: held.since,
      days: words.integer(held.days),
    });
  if (evidence.from === null || evidence.to === null) say('gate-no-evidence', {}, 'warn');
  else
    say('gate-evidence', {
      messages: words.integer(evidence.messages),
      days: words.integer(evidence.days),
      from: evidence.from,
      to: evidence.to,
      wanted: words.integer(evidence.wantedMessages),
      streams: words.integer(evidence.streams),
    });
  const { month, quarter, year } = evidence.covered;
  say(
    'gate-coverage',
    { month: words.integer(month), quarter: words.integer(quarter), year: words.integer(year) },
    'dim',
  );
  if (ageDays > 14) say('gate-old', { day: gate.asOf, days: words.integer(ageDays) }, 'warn');
  else say('gate-as-of', { day: gate.asOf }, 'dim');

  const shutting = reasons.filter(({ shuts }) => shuts);
  const accepted = reasons.filter(({ acceptedBy }) => acceptedBy !== undefined);
  const known = reasons.filter(({ shuts, acceptedBy }) => !shuts && acceptedBy === undefined);
  if (next !== null) {
    lines.push(...heading(words.say('gate-shuts-it'), style));
    if (shutting.length === 0) lines.push(...wrapped(words.say('gate-nothing-shuts'), style, 2, 'good'));
    lines.push(...list(shutting, words, style, limit, 'bad'));
  }
  if (accepted.length > 0)
    lines.push(...heading(words.say('gate-accepted'), style), ...list(accepted, words, style, limit));
  if (known.length > 0) lines.push(...heading(words.say('gate-known'), style), ...list(known, words, style, limit));
  const today = gate.today.filter(({ id }) => !shutting.some((each) => each.id === id));
  if (today.length > 0)
    lines.push(...heading(words.say('gate-today', { rung: now }), style), ...list(today, words, style, limit, 'warn'));
  if (gate.ahead !== null) {
    lines.push(...heading(words.say('gate-ahead', { rung: rungText(gate.ahead.rung, words) }), style));
    const all = gate.ahead.reasons.filter(({ shuts }) => shuts);
    const ahead = all.filter(({ id }) => !shutting.some((each) => each.id === id));
    if (ahead.length === 0 && all.length > 0) lines.push(...wrapped(words.say('gate-ahead-same'), style, 2));
    else if (ahead.length === 0) lines.push(...wrapped(words.say('gate-ahead-free'), style, 2, 'good'));
    lines.push(...list(ahead, words, style, Math.min(limit, 8)));
  }
  const { adkim, aspf, all: spfAll } = gate.optional;
  lines.push(...heading(words.say('gate-beside'), style), ...besideLines(gate.beside, words, style, limit));
  lines.push(
    ...heading(words.say('gate-optional'), style),
    ...besideLines({ adkim, aspf, ...(spfAll === null ? {} : { all: spfAll }) }, words, style, limit),
  );
  if (gate.receivers.silent.length > 0 && !reasons.some(({ code }) => code === 'gate/receivers-silent'))
    lines.push('', ...wrapped(silentText(gate, words), style, 0, 'dim'));
  lines.push('', ...wrapped(words.say('gate-next-step', { domain: safeText(domain, 253) }), style, 0, 'dim'));
  return lines;
}

function silentText({ receivers }: Gate, words: Speech): string {
  return shownSentence(
    'gate/receivers-silent',
    { names: receivers.silent.join(', '), count: receivers.silent.length },
    words,
  );
}

function list(reasons: readonly GateReason[], words: Speech, style: Style, limit: number, as?: Paint): string[] {
  const shown = reasons.slice(0, limit);
  const left = reasons.length - shown.length;
  return [
    ...shown.flatMap((reason) => {
      const [head = '', ...rest] = wrapped(reasonText(reason, words), style, 4, as);
      const id = reason.shuts ? wrapped(`[${safeText(reason.id, 100)}]`, style, 4, 'dim') : [];
      return [`  ${style.unicode === false ? '-' : '•'} ${head.trimStart()}`, ...rest, ...id];
    }),
    ...(left > 0 ? wrapped(words.say('more', { count: words.integer(left) }), style, 2, 'dim') : []),
  ];
}

function besideLines(
  gates: Readonly<Record<string, BesideGate>>,
  words: Speech,
  style: Style,
  limit: number,
): string[] {
  return Object.entries(gates).flatMap(([tag, { now, target, gate, reasons }]) => [
    ...wrapped(
      `${words.say('gate-beside-line', { tag, now, target })}: ${words.say(`gate-${gate}`)}`,
      style,
      2,
      gate === 'shut' ? 'bad' : gate === 'open' ? 'good' : 'dim',
    ),
    ...(gate === 'set' ? [] : list(reasons, words, style, Math.min(limit, 5)).map((line) => `  ${line}`)),
  ]);
}
