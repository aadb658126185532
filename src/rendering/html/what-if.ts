// What a change of records would cost, as a page to send to somebody: one file, no script, nothing fetched, everything from outside escaped.
import type { Fate, Fates, NamedFate, StreamFate, WhatIf } from '../../protection/simulation/what-if/index.ts';
import type { Language } from '../../words/index.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import {
  changedStreams,
  changesTitle,
  costSentences,
  doubtSentences,
  fateSum,
  isWanted,
  legsText,
  nameOf,
  oneLegged,
  recordsShown,
  refusedOf,
  throughSentences,
  unwantedFate,
  wantedFate,
  whoseOf,
} from '../what-if-phrases.ts';
import type { Counted } from '../what-if-phrases.ts';
import { round } from './charts.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { dataTable } from './parts.ts';
import { wholePage } from './shell.ts';
import { driftSection } from './what-if-drift.ts';
import { whatIfStyle } from './what-if-style.ts';

export interface WhatIfPageOptions {
  readonly language?: Language;
  /** The day on which it is made: `2026-03-01`. */
  readonly today: string;
}

/** How many lines a list of the page has. */
const listed = 200;

/** What a change of records would cost, and what it would stop. */
export function whatIfPage(answer: WhatIf, options: WhatIfPageOptions): string {
  const words = speech(options.language ?? 'en');
  const title = words.say('what-if-title', { changes: changesTitle(answer, words) });
  const hasMail = answer.total.messages > 0;
  return wholePage(
    {
      title,
      schema: answer.schema,
      styles: whatIfStyle,
      body: [
        opening(answer, title, words),
        changeSection(answer, words),
        ...(hasMail
          ? [
              fatesSection(answer, words),
              streamsSection(answer, words),
              oneLegSection(answer, words),
              driftSection(answer, words),
              ...Object.entries(answer.by).map(([grouping, list]) => groupSection(grouping, list, words)),
              throughSection(answer, words),
            ]
          : []),
        doubtSection(answer, words),
      ],
      footer: words.say('page-made', { day: options.today }),
    },
    words,
  );
}

function opening(answer: WhatIf, title: string, words: Speech): Markup {
  const { from, to } = answer.seen;
  const [first] = answer.total.messages === 0 ? [] : costSentences(answer, words);
  return html`<header>
    <h1>${title}</h1>
    <p class="when">${from === null || to === null ? '' : `${from} – ${to}`}</p>
    ${
      first === undefined
        ? html`<p class="lead warn">${words.say('what-if-no-mail')}</p>`
        : html`<p class="lead ${first.tone ?? ''}">${first.text}</p>`
    }
    ${answer.problems.map(({ code, values }) => html`<p class="caveat">${safeText(words.say(code, values), 400)}</p>`)}
  </header>`;
}

function changeSection({ changes, signing }: WhatIf, words: Speech): Markup {
  return html`<section>
    <h2>${words.say('what-if-page-change')}</h2>
    <ul class="diff">
      ${changes.map(
        ({ name, type, before, after }) =>
          html`<li>
            <div class="name">${safeText(name, 253)} ${type}</div>
            <code class="minus">${recordsShown(before, words)}</code>
            <code class="plus">${recordsShown(after, words)}</code>
          </li>`,
      )}
      ${signing.map(
        (stream) =>
          html`<li>
            <div class="name">${words.say('what-if-signs', { stream: safeText(stream, 60) })}</div>
          </li>`,
      )}
    </ul>
  </section>`;
}

const fates = ['delivered', 'quarantined', 'rejected'] as const satisfies readonly (keyof Fates)[];

function fatesSection(answer: WhatIf, words: Speech): Markup {
  const { standings } = answer;
  const groups = [
    ['wanted', wantedFate(answer)],
    ['undecided', standings.undecided],
    ['forwarded', fateSum(standings.forwarded, standings['forwarded-decided'])],
    ['unwanted', unwantedFate(answer)],
  ] as const;
  const shown = groups.filter(([, { messages }]) => messages > 0);
  const numbers = shown.flatMap(([group, fate]) =>
    (['before', 'after'] as const).map((when) => [
      html`${words.say(`what-if-page-${group}`)}<span class="sub">${words.say(`what-if-page-${when}`)}</span>`,
      ...fates.map((each) => words.integer(fate[when][each])),
    ]),
  );
  const said = costSentences(answer, words);
  return html`<section>
    <h2>${words.say('what-if-page-fates')}</h2>
    <p class="about">${words.say('what-if-page-fates-about')}</p>
    <ul class="legend">
      ${fates.map((each) => html`<li><span class="swatch ${each}"></span>${words.say(`what-if-${each}`)}</li>`)}
    </ul>
    <div class="fates">${shown.map(([group, fate]) => fateBars(words.say(`what-if-page-${group}`), fate, words))}</div>
    <details>
      <summary>${words.say('numbers-behind')}</summary>
      <div class="scroll">${dataTable(['', ...fates.map((each) => words.say(`what-if-${each}`))], numbers, 1)}</div>
    </details>
    <h3>${words.say('what-if-page-costs')}</h3>
    <ul class="said">
      ${said.map(({ text, tone = '' }) => html`<li class="${tone}">${text}</li>`)}
    </ul>
  </section>`;
}

/** What becomes of some mail, as it is and with the change, each bar the whole of it. */
function fateBars(name: string, fate: Omit<Fate, 'range'>, words: Speech): Markup {
  const bars = (['before', 'after'] as const).map((when) => {
    const label = words.say(`what-if-page-${when}`);
    const told = fates
      .filter((each) => fate[when][each] > 0)
      .map((each) => `${words.say(`what-if-${each}`)} ${words.integer(fate[when][each])}`);
    return html`<span class="of">${label}</span>${fateBar(fate[when], `${name}, ${label}: ${told.join(', ')}`)}`;
  });
  return html`<h3>${name}<span class="sub">${words.integer(fate.messages)} ${words.say('what-if-messages')}</span></h3>
    <div class="fate">${bars}</div>`;
}

function fateBar(parts: Fates, label: string): Markup {
  const whole = fates.reduce((sum, each) => sum + parts[each], 0);
  let x = 0;
  const rects = fates.map((each) => {
    const part = whole > 0 ? (parts[each] / whole) * 1000 : 0;
    // What there is shows, however little: a message that is lost is never too small to be seen.
    const width = part > 0 ? Math.max(4, part) : 0;
    const rect = `<rect class="k-${each}" x="${round(Math.min(x, 1000 - width))}" y="0" width="${round(width)}" height="10"/>`;
    x += part;
    return trusted(width > 0 ? rect : '');
  });
  return html`<svg viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="${label}">
    <title>${label}</title>
    ${rects}
  </svg>`;
}

function streamsSection(answer: WhatIf, words: Speech): Markup {
  const changed = changedStreams(answer, words);
  if (changed.length === 0) {
    return html`<section>
      <h2>${words.say('what-if-streams')}</h2>
      <p class="about">${words.say('what-if-page-nothing-changes')}</p>
    </section>`;
  }
  const regained = changed.some(({ regained: { expected } }) => expected >= 0.5);
  const refused = changed.some((stream) => refusedOf(stream) > 0);
  const lostCell = (stream: StreamFate): Markup => {
    const { expected, most } = stream.lost;
    const tone = most === 0 || !isWanted(stream) ? '' : Math.round(expected) === 0 ? 'warn' : 'bad';
    return html`<span class="${tone}">${words.integer(expected)}</span>${
        most === expected
          ? ''
          : html`<span class="sub nowrap">${words.say('what-if-at-most')} ${words.integer(most)}</span>`
      }`;
  };
  const titles = [
    words.say('what-if-stream'),
    words.say('what-if-legs'),
    words.say('what-if-messages'),
    words.say('what-if-lost'),
    ...(refused ? [words.say('what-if-refused-column')] : []),
    ...(regained ? [words.say('what-if-gained')] : []),
  ];
  const rows = changed
    .slice(0, listed)
    .map((stream) => [
      streamName(stream, words),
      legsText(stream, words),
      words.integer(stream.messages),
      lostCell(stream),
      ...(refused ? [words.integer(refusedOf(stream))] : []),
      ...(regained ? [words.integer(stream.regained.expected)] : []),
    ]);
  return html`<section>
    <h2>${words.say('what-if-streams')}</h2>
    <div class="scroll stream legs">${dataTable(titles, rows, 2)}</div>
    ${more(changed.length, words)}
  </section>`;
}

/** A stream by name; below it whose it is, and the party. */
function streamName(stream: StreamFate, words: Speech): Markup {
  const sub = [whoseOf(stream, words), ...(stream.party === null ? [] : [safeText(stream.party, 40)])];
  return html`${nameOf(stream, words, 200)}<span class="sub">${sub.join(' · ')}</span>`;
}

function oneLegSection(answer: WhatIf, words: Speech): Markup {
  const found = oneLegged(answer);
  if (found.length === 0) return trusted('');
  const rows = found
    .slice(0, listed)
    .map((stream) => [
      streamName(stream, words),
      words.say(`what-if-leg-${stream.onlyLeg ?? 'mixed'}`),
      words.integer(stream.messages),
    ]);
  return html`<section>
    <h2>${words.say('what-if-one-leg')}</h2>
    <div class="scroll stream">
      ${dataTable([words.say('what-if-stream'), words.say('what-if-legs'), words.say('what-if-messages')], rows, 2)}
    </div>
    ${more(found.length, words)}
  </section>`;
}

function groupSection(grouping: string, list: readonly NamedFate[], words: Speech): Markup {
  const rows = list
    .slice(0, listed)
    .map(({ key, messages, after, lost }) => [
      key === null ? words.say('what-if-not-said') : safeText(key, 253),
      ...[messages, after.delivered, after.quarantined, after.rejected, lost.expected, lost.most].map((count) =>
        words.integer(count),
      ),
    ]);
  const titles = ['messages', 'delivered', 'quarantined', 'rejected', 'lost', 'at-most'];
  return html`<section>
    <h2>${words.say(`what-if-by-${grouping}`)}</h2>
    <div class="scroll">${dataTable(['', ...titles.map((each) => words.say(`what-if-${each}`))], rows, 1)}</div>
    ${more(list.length, words)}
  </section>`;
}

function throughSection(answer: WhatIf, words: Speech): Markup {
  const through = throughSentences(answer, words);
  if (through.length === 0) return trusted('');
  return html`<section>
    <h2>${words.say('what-if-through')}</h2>
    ${countedList(through.slice(0, listed), words)} ${more(through.length, words)}
  </section>`;
}

function doubtSection(answer: WhatIf, words: Speech): Markup {
  const doubts = doubtSentences(answer, words);
  return html`<section>
    <h2>${words.say(doubts.length === 0 ? 'ladder-page-unknown' : 'what-if-doubts')}</h2>
    ${doubts.length === 0 ? '' : countedList(doubts, words)}
    <p class="caveat">${words.say('what-if-unseen')}</p>
  </section>`;
}

/** Numbers of messages, each with its sentence. */
function countedList(list: readonly Counted[], words: Speech): Markup {
  return html`<dl class="counted">
    ${list.map(
      ({ messages, text }) =>
        html`<dt>${words.integer(messages)}</dt>
          <dd>${text}</dd>`,
    )}
  </dl>`;
}

function more(count: number, words: Speech): Markup {
  if (count <= listed) return trusted('');
  return html`<p class="about">${words.say('more', { count: words.integer(count - listed) })}</p>`;
}
