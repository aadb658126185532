import { dayText, parseDay } from '../../protection/assessment/index.ts';
import type { Gate } from '../../protection/plan/readiness/index.ts';
import { rungCounts, rungCountsText, rungText } from '../gate-phrases.ts';
import type { Speech } from '../speech.ts';
import type { ToldWhen } from '../when-phrases.ts';
import { niceTop, round } from './charts.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';

const height = 190;

/** The picture ends at most so many weeks after the day it is told on: further off, weeks would be too thin to see. */
const mostAhead = 156;

/** How many domains stand on each rung, as one bar from the lowest to the strictest, and what each part is. */
export function rungBar(gates: readonly Gate[], words: Speech): Markup {
  const counts = rungCounts(gates);
  const name = (rung: Gate['rung']): string => `r-${rung ?? 'no-record'}`;
  return html`<div class="rungs" role="img" aria-label="${rungCountsText(gates, words)}">
      ${counts.map(({ rung, count }) => html`<span class="${name(rung)}" style="flex:${count} 1 0">${words.integer(count)}</span>`)}
    </div>
    <ul class="legend">
      ${counts.map(
        ({ rung, count }) =>
          html`<li>
            <span class="swatch ${name(rung)}"></span>${rungText(rung, words)} <b>${words.integer(count)}</b>
          </li>`,
      )}
    </ul>`;
}

/** The streams in the way week by week, and beside them the days on which the last domain may be there. */
export function burnDownChart({ burnDown, all }: ToldWhen, words: Speech): Markup {
  const [firstWeek, lastWeek] = [burnDown[0], burnDown.at(-1)];
  if (firstWeek === undefined || lastWeek === undefined) return trusted('');
  const begin = dayOf(firstWeek.day) - 7;
  const now = dayOf(lastWeek.day);
  const told = all === null ? [] : [all.earliest, ...(all.likely === null ? [] : [all.likely]), ...(all.range ?? [])];
  const latest = Math.max(now, ...told.map(dayOf));
  const ahead = Math.min(mostAhead, Math.ceil((latest + 7 - now) / 7));
  const end = now + 7 * (told.length === 0 ? 0 : ahead);
  const x = (day: number): number => round(((Math.min(day, end) - begin) / (end - begin)) * 1000);
  const top = niceTop(Math.max(...burnDown.map(({ open }) => open), 1));
  const y = (value: number): number => round(height - (value / top) * height);
  const step = (7 / (end - begin)) * 1000;
  const path = burnDown.map(({ day, open }) =>
    open === 0 ? '' : `M${x(dayOf(day) - 7)} ${height}V${y(open)}h${round(step * 0.86)}V${height}z`,
  );
  const touch = burnDown.map(({ day, open, opened, closed }) => {
    const counts = { open: words.integer(open), opened: words.integer(opened), closed: words.integer(closed) };
    const title = words.say('ladder-page-week-title', { day, ...counts });
    return html`<rect class="touch" x="${x(dayOf(day) - 7)}" y="0" width="${round(step)}" height="${height}"
      ><title>${title}</title></rect
    >`;
  });
  const isIn = (day: string | null | undefined): day is string =>
    day !== null && day !== undefined && dayOf(day) <= end;
  const line = (name: string, day: number): Markup =>
    trusted(`<line class="${name}" x1="${x(day)}" x2="${x(day)}" y1="0" y2="${height}"/>`);
  const [low, high] = all?.range ?? [];
  const marks = [
    ...(isIn(low) && high !== undefined
      ? [
          trusted(
            `<rect class="ahead" x="${x(dayOf(low))}" y="0" width="${Math.max(2, round(x(dayOf(high)) - x(dayOf(low))))}" height="${height}"/>`,
          ),
        ]
      : []),
    ...(isIn(all?.earliest) ? [line('mark earliest', dayOf(all!.earliest))] : []),
    ...(isIn(all?.likely) ? [line('mark likely', dayOf(all!.likely!))] : []),
    ...(end > now ? [line('now', now)] : []),
  ];
  const lines = [0.5, 1].map((share) =>
    trusted(`<line x1="0" x2="1000" y1="${y(top * share)}" y2="${y(top * share)}"/>`),
  );
  const ticks = [0, 0.5, 1].map(
    (share) => html`<span style="bottom:${round(share * 100)}%">${words.short(top * share)}</span>`,
  );
  const months = monthTicks(begin, end).map(
    ({ at, text, isMajor }) =>
      html`<span class="${isMajor ? 'major' : 'minor'}" style="left:${round(x(at) / 10)}%">${text}</span>`,
  );
  const label = words.say('when-burn-down');
  const item = (name: string, text: string): Markup => html`<li><span class="swatch ${name}"></span>${text}</li>`;
  return html`<ul class="legend">
      ${item('bars', label)} ${all === null ? '' : item('earliest', `${words.say('when-earliest')} ${all.earliest}`)}
      ${all === null || all.likely === null ? '' : item('likely', `${words.say('when-likely')} ${all.likely}`)}
      ${all === null || all.range === null ? '' : item('ahead', `${words.say('when-range')}: ${all.range[0]} – ${all.range[1]}`)}
    </ul>
    <div class="chart burn" role="group" aria-label="${label}">
      <div class="y" aria-hidden="true">${ticks}</div>
      <svg viewBox="0 0 1000 ${height}" preserveAspectRatio="none" role="img" aria-label="${label}">
        <g class="grid">${lines}</g>
        ${trusted(`<path class="bars" d="${path.join('')}"/>`)} ${marks} ${touch}
      </svg>
      <div class="x" aria-hidden="true">${months}</div>
    </div>
    ${latest > end && told.length > 0 ? html`<p class="about">${words.say('ladder-page-beyond', { day: dayText(end) })}</p>` : ''}`;
}

/** Where months begin, as many as there is room for. On a narrow page only the major ones stay, so each of these says its year. */
function monthTicks(begin: number, end: number): { at: number; text: string; isMajor: boolean }[] {
  const starts: number[] = [];
  // The last weeks have no room for a name that begins there.
  for (let day = begin; day < end - (end - begin) / 14; day++) if (dayText(day).endsWith('-01')) starts.push(day);
  const every = Math.ceil(starts.length / 9);
  return starts
    .filter((_, index) => index % every === 0)
    .map((at, index) => {
      const isMajor = index % 3 === 0;
      return { at, text: isMajor ? dayText(at).slice(0, 7) : dayText(at).slice(5, 7), isMajor };
    });
}

/** A day that we wrote ourselves. */
function dayOf(text: string): number {
  return parseDay(text) ?? 0;
}
