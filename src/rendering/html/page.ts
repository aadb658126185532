import { assessmentSchema } from '../../protection/assessment/index.ts';
import type { Assessment } from '../../protection/assessment/index.ts';
import { alignedKinds } from '../../protection/simulation/index.ts';
import type { Language } from '../../words/index.ts';
import { headlines, periodText, titleText } from '../phrases.ts';
import { speech } from '../speech.ts';
import { byWeek, seriesChart, stackedBar, total } from './charts.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { domainsSection, inheritedSection, problemsSection, reportersSection } from './lists.ts';
import { lookNextSection } from './next.ts';
import { dataTable, shareOf } from './parts.ts';
import type { Page } from './parts.ts';
import { scenariosSection } from './scenarios.ts';
import { wholePage } from './shell.ts';
import { sourcesSection } from './sources.ts';
import { streamSections } from './streams.ts';
import type { PageInventory } from './streams.ts';
import { streamsStyle } from './streams-style.ts';

/** How a page is made. */
export interface PageOptions {
  readonly language?: Language;
  /** How the command is called where one is told to type it: `zegel`. */
  readonly command?: string;
  /** Who mails as them: the streams, and all sources at once. */
  readonly inventory?: PageInventory;
}

/** An assessment as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export function assessmentPage(assessment: Assessment, options: PageOptions = {}): string {
  const words = speech(options.language ?? 'en');
  const page: Page = { assessment, words, command: options.command ?? 'zegel' };
  const title = titleText(assessment, words);
  const body =
    assessment.totals.reports === 0
      ? [html`<section><p>${words.say('nothing')}</p></section>`, problemsSection(page)]
      : [
          timeSection(page),
          alignmentSection(page),
          scenariosSection(page),
          ...(options.inventory === undefined ? [] : [streamSections(options.inventory, words, page.command)]),
          lookNextSection(page),
          sourcesSection(page),
          domainsSection(page),
          inheritedSection(page),
          reportersSection(page),
          problemsSection(page),
        ];
  return wholePage(
    {
      title,
      schema: assessmentSchema,
      styles: options.inventory === undefined ? '' : streamsStyle,
      body: [opening(page, title), ...body],
      footer: `${words.say('made', { day: assessment.asked.today })} ${words.say('networks-credit')}`,
    },
    words,
  );
}

function opening({ assessment, words }: Page, title: string): Markup {
  const { totals, aligned, addresses, reporters, scenarios } = assessment;
  const [lead = '', second = ''] = headlines(assessment, words);
  const tiles: readonly (readonly [string, string])[] = [
    [words.say('aligned'), words.percent(shareOf(totals.messages - aligned.neither, totals.messages))],
    [words.say('messages'), words.integer(totals.messages)],
    [words.say('tile-fails'), words.integer(scenarios.relaxed.fails)],
    [words.say('addresses'), words.integer(addresses.distinct)],
    [words.say('tile-reporters'), words.integer(reporters.length)],
  ];
  return html`<header>
    <h1>${title}</h1>
    <p class="when">${periodText(assessment, words)}</p>
    <p class="lead">${lead}</p>
    <p class="second">${second}</p>
    <dl class="tiles">
      ${tiles.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </header>`;
}

function timeSection({ assessment, words }: Page): Markup {
  const { series, gaps, period } = assessment;
  if (series.length < 2) return trusted('');
  const days = gaps.reduce((sum, gap) => sum + gap.days, 0);
  const list = gaps.slice(0, 12).map((gap) => (gap.days === 1 ? gap.from : `${gap.from} – ${gap.to}`));
  if (gaps.length > 12) list.push(words.say('more', { count: gaps.length - 12 }));
  const weekly = series.length > 62;
  const rows = weekly ? byWeek(series) : series;
  const said = [
    gaps.length > 0 ? words.say('gaps', { days: words.integer(days), gaps: list.join(', ') }) : words.say('no-gaps'),
    ...(period.spread.reports > 0
      ? [
          words.say('spread', {
            reports: words.integer(period.spread.reports),
            messages: words.integer(period.spread.messages),
          }),
        ]
      : []),
    ...(period.implausibleMessages > 0
      ? [words.say('implausible', { messages: words.integer(period.implausibleMessages) })]
      : []),
  ];
  const table = dataTable(
    [words.say(weekly ? 'week' : 'day'), ...alignedKinds.map((kind) => words.say(kind)), words.say('messages')],
    rows.map((row) => [row.day, ...alignedKinds.map((kind) => words.integer(row[kind])), words.integer(total(row))]),
    1,
  );
  return html`<section>
    <h2>${words.say('by-day')}</h2>
    <p class="about">${words.say('by-day-about')}</p>
    <ul class="legend">
      ${alignedKinds.map((kind) => html`<li><span class="swatch ${kind}"></span>${words.say(kind)}</li>`)}
    </ul>
    ${seriesChart(series, words)}
    <p class="about">${said.join(' ')}</p>
    <details>
      <summary>${words.say('numbers-behind')}</summary>
      <div class="scroll">${table}</div>
    </details>
  </section>`;
}

function alignmentSection({ assessment, words }: Page): Markup {
  const { aligned, totals, dispositions, overrides, addresses } = assessment;
  const parts = alignedKinds.map((kind) => ({ kind, messages: aligned[kind] }));
  const did = (['none', 'pass', 'quarantine', 'reject', 'notSaid'] as const).filter((name) => dispositions[name] > 0);
  const totalsSaid = words.say('totals', {
    messages: words.integer(totals.messages),
    rows: words.integer(totals.rows),
    reports: words.integer(totals.reports),
    addresses: words.integer(addresses.distinct),
  });
  const unknown =
    addresses.unknownMessages > 0
      ? ` ${words.say('unknown-source', { messages: words.integer(addresses.unknownMessages) })}`
      : '';
  const reasons =
    overrides.types.length === 0
      ? trusted('')
      : html`<h3>${words.say('overrides', { messages: words.integer(overrides.messages) })}</h3>
          ${dataTable(
            ['', words.say('messages'), words.say('rows')],
            overrides.types.map((each) => [
              html`${words.say(`override-${each.type}`)}<span class="sub"
                  >${each.comments.map(({ comment }) => comment).join(' · ')}</span
                >`,
              words.integer(each.messages),
              words.integer(each.rows),
            ]),
            1,
          )}`;
  return html`<section>
    <h2>${words.say('alignment')}</h2>
    <p class="about">${totalsSaid}${unknown}</p>
    ${stackedBar(parts, words.say('alignment'))}
    <div class="two">
      <div>
        ${dataTable(
          ['', words.say('messages'), words.say('share')],
          parts.map(({ kind, messages }) => [
            html`<span class="swatch ${kind}"></span>${words.say(kind)}`,
            words.integer(messages),
            words.percent(shareOf(messages, totals.messages)),
          ]),
          1,
        )}
      </div>
      <div>
        ${dataTable(
          [words.say('received'), words.say('messages'), words.say('of-neither')],
          did.map((name) => [
            words.say(`disposition-${name}`),
            words.integer(dispositions[name]),
            words.integer(dispositions.ofNeither[name]),
          ]),
          1,
        )}
      </div>
    </div>
    ${reasons}
  </section>`;
}
