import type { Danger, PlannedChange, RecordPlan } from '../../protection/plan/index.ts';
import { dayText } from '../../protection/assessment/index.ts';
import { shownSentence } from '../gate-phrases.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { zoneLines } from '../zone-line.ts';
import { withPlaces } from '../work-letter.ts';
import { heading, paint, wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';
import { table } from './table.ts';

export interface PlanTextOptions {
  readonly id: string;
  /** Domains that stay as they are since their gates are shut. */
  readonly left: readonly string[];
  /** Changes a step shows. */
  readonly limit: number;
  /** Dangers that nobody has accepted. */
  readonly open: readonly Danger[];
}

/** A plan for a person: what would do harm first, then the steps. */
export function planText(plan: RecordPlan, style: Style, { id, left, limit, open }: PlanTextOptions): string[] {
  const words = speech(style.language);
  const n = (value: number): string => words.integer(value);
  const lines = wrapped(
    words.say('plan-title', {
      id,
      domains: n(plan.domains.length),
      changes: n(plan.changes.length),
      steps: n(plan.steps.length),
    }),
    style,
    0,
    'bold',
  );
  if (open.length > 0) {
    lines.push(...heading(words.say('plan/unsafe', { count: n(open.length) }), style));
    for (const danger of open.slice(0, limit)) lines.push(...dangerLines(danger, style, words));
    if (open.length > limit)
      lines.push(...wrapped(words.say('more', { count: n(open.length - limit) }), style, 2, 'dim'));
  }
  if (plan.changes.length === 0) lines.push('', ...wrapped(words.say('plan-nothing'), style));
  for (const { number, phase, changes, actions, files, wait } of plan.steps) {
    lines.push(
      ...heading(words.say('plan-step', { number: n(number), phase: words.say(`plan-phase-${phase}`) }), style),
    );
    for (const action of actions) lines.push(...wrapped(shownSentence(action.code, action.values, words), style, 2));
    for (const { url, text } of files ?? [])
      lines.push(
        ...wrapped(`${safeText(url, 300)}:`, style, 4),
        ...text
          .split(/\r?\n/)
          .filter((line) => line !== '')
          .map((line) => `      ${safeText(line, 300)}`),
      );
    for (const change of changes.slice(0, limit)) lines.push(...changeLines(change, style, words));
    if (changes.length > limit)
      lines.push(...wrapped(words.say('more', { count: n(changes.length - limit) }), style, 2, 'dim'));
    const why = shownSentence(wait.why.code, wait.why.values, words);
    if (wait.seconds > 0)
      lines.push(...wrapped(words.say('plan-wait', { time: timeText(wait.seconds, words), why }), style, 2, 'warn'));
    else if (number < plan.steps.length) lines.push(...wrapped(words.say('plan-then', { why }), style, 2, 'warn'));
  }
  lines.push(...slotLines(plan, style, words, limit), ...noteLines(plan, style, words, limit));
  if (plan.unknown.length > 0) {
    const names = plan.unknown.map(({ name, type }) => `${safeText(name, 253)} ${type}`);
    const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : '');
    lines.push('', ...wrapped(words.say('plan-unknown', { count: n(names.length), names: shown }), style, 0, 'warn'));
  }
  if (left.length > 0) {
    const shown =
      left
        .slice(0, 5)
        .map((name) => safeText(name, 253))
        .join(', ') + (left.length > 5 ? ', …' : '');
    lines.push('', ...wrapped(words.say('plan-left', { count: n(left.length), names: shown }), style, 0, 'dim'));
  }
  return lines;
}

/** Records that wait for somebody to give their value. Plans that were kept by an earlier Zegel have none. */
function slotLines(
  { slots = [] }: Partial<Pick<RecordPlan, 'slots'>>,
  style: Style,
  words: Speech,
  limit: number,
): string[] {
  if (slots.length === 0) return [];
  const lines = heading(words.say('plan-slots', { count: words.integer(slots.length) }), style);
  for (const { name, type, template, why, from } of slots.slice(0, limit)) {
    const value = withPlaces(safeText(template, 600), words);
    lines.push(
      ...wrapped(shownSentence(why.code, why.values, words), style, 2),
      `    ${paint(`? ${safeText(name, 300)}. IN ${type} ${type === 'TXT' ? JSON.stringify(value) : value}`, 'warn', style)}`,
      ...wrapped(shownSentence(from.code, from.values, words), style, 4, 'dim'),
    );
  }
  if (slots.length > limit)
    lines.push(...wrapped(words.say('more', { count: words.integer(slots.length - limit) }), style, 2, 'dim'));
  return lines;
}

function noteLines(
  { notes = [] }: Partial<Pick<RecordPlan, 'notes'>>,
  style: Style,
  words: Speech,
  limit: number,
): string[] {
  if (notes.length === 0) return [];
  const lines = heading(words.say('plan-notes'), style);
  for (const { code, values } of notes.slice(0, limit))
    lines.push(...wrapped(shownSentence(code, values, words), style, 2));
  if (notes.length > limit)
    lines.push(...wrapped(words.say('more', { count: words.integer(notes.length - limit) }), style, 2, 'dim'));
  return lines;
}

function dangerLines({ code, values, safer, id, step }: Danger, style: Style, words: Speech): string[] {
  const where = step === undefined ? '' : ` (${words.say('plan-in-step', { number: words.integer(step) })})`;
  return [
    ...wrapped(`${shownSentence(code, values, words)}${where}`, style, 2, 'bad'),
    ...wrapped(words.say('plan-safer', { how: shownSentence(safer, values, words) }), style, 4),
    ...wrapped(`[${safeText(id, 120)}]`, style, 4, 'dim'),
  ];
}

function changeLines(change: PlannedChange, style: Style, words: Speech): string[] {
  const { name, type, before, after, ttl, ttlBefore, risk, danger, why } = change;
  const isTimeOnly = before.join('\n') === after.join('\n');
  const values = (list: readonly string[], sign: string, as: Paint): string[] =>
    list.flatMap((value) =>
      zoneLines({ name, type, value, order: 0 } as Parameters<typeof zoneLines>[0], style.width - 6).map(
        (line) => `    ${paint(`${sign} ${line}`, as, style)}`,
      ),
    );
  const lines = [...wrapped(shownSentence(why.code, why.values, words), style, 2)];
  if (isTimeOnly) {
    lines.push(
      ...wrapped(
        words.say('plan-ttl', {
          name: safeText(name, 253),
          type,
          before: words.integer(ttlBefore ?? 0),
          after: words.integer(ttl),
        }),
        style,
        4,
      ),
    );
    return lines;
  }
  lines.push(
    ...values(before.filter((value) => !after.includes(value)), '-', 'bad'), // prettier-ignore
    ...values(after.filter((value) => !before.includes(value)), '+', 'good'), // prettier-ignore
  );
  if (danger !== undefined)
    lines.push(
      ...wrapped(
        words.say(`plan-risk-${risk}`, { why: shownSentence(danger.code, danger.values, words) }),
        style,
        4,
        risk === 'high' ? 'warn' : 'dim',
      ),
    );
  return lines;
}

function timeText(seconds: number, words: Speech): string {
  if (seconds >= 2 * 86_400) return words.say('plan-days', { count: words.integer(Math.ceil(seconds / 86_400)) });
  if (seconds >= 2 * 3600) return words.say('plan-hours', { count: words.integer(Math.ceil(seconds / 3600)) });
  return words.say('plan-minutes', { count: words.integer(Math.max(1, Math.ceil(seconds / 60))) });
}

interface KeptPlanLine {
  readonly id: string;
  readonly at: number;
  readonly who: string;
  readonly domains: readonly string[];
  readonly plan: Pick<RecordPlan, 'changes' | 'dangers'>;
}

/** The plans that were kept. */
export function plansText(plans: readonly KeptPlanLine[], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  if (plans.length === 0) return wrapped(words.say('plan-none'), style);
  const shown = plans.slice(0, limit);
  return [
    ...table(
      [
        { title: words.say('plan-id'), cell: ({ id }) => id, paint: () => 'bold' },
        { title: words.say('plan-day'), cell: ({ at }) => dayText(Math.floor(at / 86_400_000)) },
        { title: words.say('plan-who'), cell: ({ who }) => safeText(who, 60), least: 8 },
        { title: words.say('plan-domains'), cell: ({ domains }) => words.integer(domains.length), align: 'right' },
        { title: words.say('plan-changes'), cell: ({ plan }) => words.integer(plan.changes.length), align: 'right' },
        { title: words.say('plan-dangers'), cell: ({ plan }) => words.integer(plan.dangers.length), align: 'right' },
        {
          title: '',
          cell: ({ domains }) => domains.map((domain) => safeText(domain, 253)).join(', '),
          least: 16,
        },
      ],
      shown,
      style,
    ),
    ...(plans.length > shown.length
      ? wrapped(words.say('more', { count: words.integer(plans.length - shown.length) }), style, 0, 'dim')
      : []),
  ];
}
