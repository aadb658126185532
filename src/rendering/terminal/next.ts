import type { NextStep, ReadyDomain } from '../../protection/assessment/index.ts';
import { safeText, shellWord } from '../safe-text.ts';
import { networkText, whoIs } from '../who.ts';
import { number } from './parts.ts';
import type { Page } from './parts.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import { table } from './table.ts';

/** What to look at next: the few that settle most, and the command that opens each. */
export function lookNext({ assessment, style, words, command }: Page): string[] {
  const { lookNext: next, sources } = assessment;
  const byId = new Map(sources.map((group) => [group.id, group]));
  const lines = heading(words.say('look-next'), style);
  const list = (steps: readonly NextStep[], name: (step: NextStep) => string, typed: (step: NextStep) => string) => {
    for (const [at, step] of steps.entries()) {
      const share = `${words.percent(step.share)} (${words.percent(step.cumulativeShare)})`;
      const start = `${String(at + 1).padStart(2)}. `;
      const room = style.width - start.length - share.length - words.integer(step.fails).length - 4;
      const title = table(
        [{ title: '', cell: () => name(step), least: 10 }],
        [step],
        { ...style, width: room },
        { bare: true },
      )[0]!;
      const blank = ' '.repeat(Math.max(0, room - title.length));
      const figures = plain(`${words.integer(step.fails)}  ${share}`, style);
      lines.push(`${start}${paint(title, 'bold', style)}${blank}  ${figures}`);
      lines.push(...wrapped(words.say(step.advice), style, 4));
      lines.push(`    ${paint(plain(typed(step), style), 'good', style)}`);
    }
  };
  if (next.scenario !== null) {
    lines.push(...wrapped(words.say('look-next-sources'), style, 0, 'dim'));
    const named = (step: NextStep) => {
      const group = byId.get(step.target);
      if (group === undefined) return step.target;
      const { name, where } = whoIs(group, words);
      return group.network === null ? name : `${name} · ${networkText(group.network) || where}`;
    };
    list(next.sources.slice(0, Math.max(3, next.enough)), named, (step) => `${command} assess --source ${step.target}`);
    lines.push('', ...wrapped(words.say('look-next-domains'), style, 0, 'dim'));
    list(
      next.domains.slice(0, 5),
      (step) => safeText(step.target),
      (step) => `${command} assess --domain ${shellWord(safeText(step.target))}`,
    );
  } else lines.push(...wrapped(words.say('headline-clean'), style));
  if (next.ready.length > 0) {
    lines.push('', ...wrapped(words.say('ready'), style, 0, 'dim'));
    lines.push(
      ...table(
        [
          { title: words.say('domain'), cell: (row) => safeText(row.domain), least: 16, paint: () => 'bold' },
          number(words.say('messages'), (row: ReadyDomain) => row.messages, words),
          number(words.say('days'), (row: ReadyDomain) => row.days, words),
          { title: words.say('asks'), cell: (row) => row.asks ?? words.say('not-known') },
        ],
        next.ready,
        style,
        { indent: 2 },
      ),
    );
  }
  return lines;
}
