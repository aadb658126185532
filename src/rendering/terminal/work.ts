import type { Task, WorkList } from '../../protection/plan/tasks/index.ts';
import { shownSentence } from '../gate-phrases.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { shownValue } from '../work-letter.ts';
import { ownerText, whyText } from '../work-phrases.ts';
import { heading, plain, wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

const statePaints: Readonly<Record<Task['state'], Paint>> = { open: 'bad', waiting: 'warn', closed: 'good' };

/** What became of tasks since the last look, and how many there are. */
export function workSummary(all: readonly Task[], changed: WorkList['changed'], asOf: string, style: Style): string[] {
  const words = speech(style.language);
  const count = (state: Task['state']): string => words.integer(all.filter((task) => task.state === state).length);
  const { opened, closed, reopened } = changed;
  return [
    ...heading(words.say('work-title', { day: asOf }), style),
    ...wrapped(
      words.say('work-counts', { open: count('open'), waiting: count('waiting'), closed: count('closed') }),
      style,
    ),
    ...(opened.length + closed.length + reopened.length === 0
      ? []
      : wrapped(
          words.say('work-changed', {
            opened: words.integer(opened.length),
            closed: words.integer(closed.length),
            reopened: words.integer(reopened.length),
          }),
          style,
          0,
          'dim',
        )),
    '',
  ];
}

/** The tasks as a list. */
export function workText(tasks: readonly Task[], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  if (tasks.length === 0) return wrapped(words.say('work-none'), style, 0, 'good');
  const shown = tasks.slice(0, limit);
  const columns: Column<Task>[] = [
    {
      title: words.say('work-points'),
      cell: ({ priority }) => priority.points.toFixed(1),
      align: 'right',
      optional: true,
    },
    { title: words.say('work-do'), cell: ({ action }) => words.say(`work-${action}`), paint: () => 'bold' },
    {
      title: words.say('work-messages'),
      cell: ({ lacking }) => words.short(lacking),
      align: 'right',
    },
    {
      title: words.say('work-state'),
      cell: ({ state }) => words.say(`work-${state}`),
      paint: ({ state }) => statePaints[state],
    },
    { title: words.say('work-stream'), cell: ({ stream }) => safeText(stream.name, 100), least: 14 },
  ];
  const left = tasks.length - shown.length;
  return [
    // What one copies to the next command stands on a line where it is never cut.
    ...table(columns, shown, style, { below: (task) => belowText(task, words), belowColumn: 0 }),
    ...(left > 0 ? wrapped(words.say('more', { count: words.integer(left) }), style, 0, 'dim') : []),
  ];
}

function belowText(task: Task, words: Speech): string {
  const { id, deadline } = task;
  const by = deadline === null ? [] : [words.say('work-deadline', { day: deadline })];
  return `  ${[safeText(id, 120), ownerText(task, words), ...by].join(' · ')}`;
}

/** One task with everything about it. */
export function taskText(task: Task, style: Style): string[] {
  const words = speech(style.language);
  const { stream, action, sender, state, reopened, others, how, records, domains, done, until, deadline, priority } =
    task;
  const said = words.say(`work-${state}`);
  const lines = [
    ...wrapped(
      `${words.say(`work-${action}`)}: ${safeText(stream.name, 200)}  [${safeText(task.id, 120)}]`,
      style,
      0,
      'bold',
    ),
    ...wrapped(
      `${reopened === 0 ? said : words.say('work-again', { state: said, count: words.integer(reopened) })}; ${words.say('work-owner')}: ${ownerText(task, words)}${deadline === null ? '' : `; ${words.say('work-deadline', { day: deadline })}`}`,
      style,
      0,
      statePaints[state],
    ),
    ...wrapped(whyText(task, words), style),
  ];
  if (done !== null)
    lines.push(
      ...wrapped(
        words.say(`work-said-${done.mail}`, { who: safeText(done.who, 60), day: done.day }),
        style,
        0,
        done.mail === 'agrees' ? 'good' : 'warn',
      ),
    );
  if (until !== null) lines.push(...wrapped(words.say('work-until', { day: until }), style));
  lines.push('', ...wrapped(words.say(`work-ask-${action}`, { id: stream.id }), style));
  for (const other of others) lines.push(...wrapped(shownSentence(other.code, other.values, words), style, 2));
  if (how !== null)
    lines.push(
      ...heading(words.say('work-how', { sender: safeText(sender.name ?? '', 80) }), style),
      ...wrapped(safeText(how[words.language], 3000), style, 2),
    );
  if (records.length > 0) {
    lines.push(...heading(words.say('work-records'), style));
    for (const { name, type, value, as } of records) {
      const from = as === undefined ? '' : `   (${words.say('work-as', { name: safeText(as, 253) })})`;
      // Not broken: a record is copied whole.
      lines.push(`  ${plain(safeText(`${name}. ${type} ${shownValue(type, value, words)}${from}`, 3000), style)}`);
    }
  }
  lines.push(...heading(words.say('work-domains'), style));
  for (const each of domains.slice(0, 20)) {
    const values = {
      domain: safeText(each.domain, 253),
      lacking: words.integer(each.lacking),
      messages: words.integer(each.messages),
      last: each.last ?? '',
    };
    const text =
      each.state === 'closed' ? words.say('work-in-domain-fine', values) : words.say('work-in-domain', values);
    const more = each.shutsGate && each.state !== 'closed' ? `; ${words.say('work-shuts')}` : '';
    lines.push(...wrapped(`${text}${more}`, style, 2, each.state === 'closed' ? 'dim' : undefined));
  }
  if (domains.length > 20)
    lines.push(...wrapped(words.say('more', { count: words.integer(domains.length - 20) }), style, 2, 'dim'));
  const points = Object.entries(priority).map(([key, value]) => [key, value.toFixed(1)] as const);
  lines.push('', ...wrapped(words.say('work-priority', Object.fromEntries(points)), style, 0, 'dim'));
  if (task.note !== '') lines.push(...wrapped(safeText(task.note, 500), style));
  return lines;
}
