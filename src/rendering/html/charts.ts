import type { DayCount } from '../../protection/assessment/index.ts';
import { alignedKinds } from '../../protection/simulation/index.ts';
import type { AlignedKind } from '../../protection/simulation/index.ts';
import type { Speech } from '../speech.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';

// Pictures are drawn by hand: a handful of shapes whose colours come from the style sheet, so that they follow light, dark and
// print, stretch with the page, and weigh next to nothing. Words around them are HTML, which does not shrink with the drawing.

const height = 220;

/** Messages by day, stacked by what was aligned; by week where the days would be too thin to see. */
export function seriesChart(series: readonly DayCount[], words: Speech): Markup {
  const bars = series.length > 400 ? byWeek(series) : series;
  const most = Math.max(...bars.map(total), 1);
  const top = niceTop(most);
  const step = 1000 / bars.length;
  const y = (value: number) => round(height - (value / top) * height);
  const layers = alignedKinds.map((kind, layer) => {
    let path = '';
    for (const [at, bar] of bars.entries()) {
      if (bar[kind] === 0) continue;
      const below = alignedKinds.slice(0, layer).reduce((sum, each) => sum + bar[each], 0);
      const [x, width] = [round(at * step), round(Math.max(step - (step > 6 ? 1 : 0), 0.4))];
      path += `M${x} ${y(below)}V${y(below + bar[kind])}h${width}V${y(below)}z`;
    }
    return trusted(`<path class="k-${kind}" d="${path}"/>`);
  });
  const missing = bars.flatMap((bar, at) =>
    total(bar) === 0
      ? [trusted(`<rect class="missing" x="${round(at * step)}" y="0" width="${round(step)}" height="${height}"/>`)]
      : [],
  );
  const touch = bars.map(
    (bar, at) =>
      html`<rect class="touch" x="${round(at * step)}" y="0" width="${round(step)}" height="${height}"
        ><title>${dayTitle(bar, words)}</title></rect
      >`,
  );
  const lines = [0.25, 0.5, 0.75, 1].map((share) =>
    trusted(`<line x1="0" x2="1000" y1="${y(top * share)}" y2="${y(top * share)}"/>`),
  );
  const ticks = [0, 0.5, 1].map(
    (share) => html`<span style="bottom:${round(share * 100)}%">${words.short(top * share)}</span>`,
  );
  const months = monthTicks(bars).map(
    ({ at, text, major }) =>
      html`<span class="${major ? 'major' : 'minor'}" style="left:${round((at / bars.length) * 100)}%">${text}</span>`,
  );
  const label = words.say('by-day');
  return html`<div class="chart" role="group" aria-label="${label}">
    <div class="y" aria-hidden="true">${ticks}</div>
    <svg viewBox="0 0 1000 ${height}" preserveAspectRatio="none" role="img" aria-label="${label}">
      ${missing}
      <g class="grid">${lines}</g>
      ${layers}${touch}
    </svg>
    <div class="x" aria-hidden="true">${months}</div>
  </div>`;
}

/** Parts of a whole as one bar. The table beside it says the numbers. */
export function stackedBar(
  parts: readonly { readonly kind: AlignedKind; readonly messages: number }[],
  label: string,
): Markup {
  const whole = parts.reduce((sum, part) => sum + part.messages, 0);
  let x = 0;
  const rects = parts.map((part) => {
    const width = whole > 0 ? (part.messages / whole) * 1000 : 0;
    const rect = `<rect class="k-${part.kind}" x="${round(x)}" y="0" width="${round(width)}" height="10"/>`;
    x += width;
    return trusted(rect);
  });
  return html`<svg class="stack" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="${label}">
    ${rects}
  </svg>`;
}

/** A share (0 to 1) as a bar. `before`: a lighter stretch it comes on top of; `after`: one that may come on top of it. */
export function shareBar(
  share: number,
  options: { readonly before?: number; readonly after?: number; readonly kind?: AlignedKind } = {},
): Markup {
  const { before = 0, after = 0, kind = 'neither' } = options;
  const length = (part: number) => round(Math.min(1, Math.max(0, part)) * 1000);
  const solid = Math.max(share > 0 ? 3 : 0, length(share));
  const rect = (name: string, x: number, width: number) =>
    width > 0 ? `<rect class="${name}" x="${x}" width="${width}" height="10"/>` : '';
  const stretches =
    rect('track', 0, 1000) +
    rect('open', 0, length(before)) +
    rect('open', length(before + share), length(after)) +
    rect(`k-${kind}`, length(before), solid);
  return trusted(
    `<svg class="share" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">${stretches}</svg>`,
  );
}

/** A line of what happened over the period, without words. */
export function sparkDrawing(bins: readonly number[]): Markup {
  const most = Math.max(...bins, 0);
  if (bins.length < 2 || most === 0) return trusted('');
  const step = 100 / bins.length;
  const bars = bins.map((value, at) => {
    const tall = value === 0 ? 0 : Math.max(1, (value / most) * 20);
    return tall === 0 ? '' : `M${round(at * step)} 20v${round(-tall)}h${round(step * 0.8)}V20z`;
  });
  return trusted(
    `<svg class="spark" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true"><path d="${bars.join('')}"/></svg>`,
  );
}

/** The days of a series summed over weeks (of seven days from the first), each named by its first day. */
export function byWeek(series: readonly DayCount[]): DayCount[] {
  const weeks: DayCount[] = [];
  for (let at = 0; at < series.length; at += 7) {
    const days = series.slice(at, at + 7);
    const sum = (kind: AlignedKind) => days.reduce((all, day) => all + day[kind], 0);
    weeks.push({
      day: days[0]!.day,
      both: sum('both'),
      dkimOnly: sum('dkimOnly'),
      spfOnly: sum('spfOnly'),
      neither: sum('neither'),
    });
  }
  return weeks;
}

export function total(day: DayCount): number {
  return day.both + day.dkimOnly + day.spfOnly + day.neither;
}

function dayTitle(bar: DayCount, words: Speech): string {
  const parts = alignedKinds
    .filter((kind) => bar[kind] > 0)
    .map((kind) => `${words.say(kind)} ${words.integer(bar[kind])}`);
  return `${bar.day}: ${[words.integer(total(bar)), ...parts].join(' · ')}`;
}

/** A round number that is not below. */
export function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((each) => each * power >= most) ?? 10) * power;
}

/** Where months begin; the year is said at each January and at the first. On a narrow page only the major ones stay. */
function monthTicks(bars: readonly DayCount[]): { at: number; text: string; major: boolean }[] {
  const starts = bars.flatMap(({ day }, at) => {
    const month = day.slice(0, 7);
    return at === 0 || bars[at - 1]!.day.slice(0, 7) !== month ? [{ at, month }] : [];
  });
  // A month that has hardly begun on the left would be written over by the next.
  const roomy = starts.filter(
    ({ at }, index) => ((starts[index + 1]?.at ?? bars.length) - at) * 24 >= bars.length || starts.length > 20,
  );
  const every = Math.ceil(roomy.length / 14);
  return roomy
    .filter((_, index) => index % every === 0)
    .map(({ at, month }, index) => ({
      at,
      text: index === 0 || month.endsWith('-01') ? month : month.slice(5),
      major: index % 3 === 0,
    }));
}

/** To two decimals, which is finer than a screen. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
