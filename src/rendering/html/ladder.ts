// Where a portfolio stands, as a page to send to somebody: one file, no script, nothing fetched, everything from outside escaped.
import type { BesideGate, Gate, GateReason } from '../../protection/plan/readiness/index.ts';
import type { Task } from '../../protection/plan/tasks/index.ts';
import type { Language } from '../../words/index.ts';
import { countsText, reasonText, rungText, shownSentence, shutText } from '../gate-phrases.ts';
import { safeText, shellWord } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { burnDownText, unseenSentences, whenSentences } from '../when-phrases.ts';
import type { ToldWhen } from '../when-phrases.ts';
import { burnDownChart, rungBar } from './ladder-charts.ts';
import { ladderStyle } from './ladder-style.ts';
import { tasksSection } from './ladder-tasks.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { dataTable } from './parts.ts';
import { wholePage } from './shell.ts';

/** What the page shows: what `zegel ladder`, `zegel ladder --when` and `zegel work` answer. */
export interface LadderPage {
  /** Every domain, in the order in which they are to be shown. */
  readonly gates: readonly Gate[];
  readonly when: ToldWhen;
  /** The most urgent first; those that are done are left out. */
  readonly tasks: readonly Task[];
}

export interface LadderPageOptions {
  readonly language?: Language;
  /** How the command is called where one is told to type it: `zegel`. */
  readonly command?: string;
  /** The day on which it is made: `2026-03-01`. */
  readonly today: string;
  /** How many days before it the reports end. */
  readonly ageDays?: number;
}

/** How many reasons of a kind a domain shows. */
const listedReasons = { shutting: 100, others: 8 };

/** Where every domain stands, when the rest may be there, what shuts which gate, and what to do first. */
export function ladderPage(page: LadderPage, options: LadderPageOptions): string {
  const words = speech(options.language ?? 'en');
  const command = options.command ?? 'zegel';
  const title = titleText(page.gates, words);
  return wholePage(
    {
      title: `${title} · ${page.when.asOf}`,
      schema: page.when.schema,
      styles: ladderStyle,
      body: [
        opening(page, title, options, words),
        ...(page.gates.length === 0
          ? []
          : [
              rungsSection(page.gates, words),
              whenSection(page.when, words),
              domainsSection(page, words, command),
              tasksSection(page.tasks, words, command),
              unseenSection(page.when, words),
              unknownSection(page.gates, words),
            ]),
      ],
      footer: words.say('page-made', { day: options.today }),
    },
    words,
  );
}

/** Named after the domain of which the most mail was seen, as an assessment is. */
function titleText(gates: readonly Gate[], words: Speech): string {
  const [largest] = gates.toSorted(
    (a, b) => b.evidence.messages - a.evidence.messages || (a.domain < b.domain ? -1 : 1),
  );
  if (largest === undefined) return words.say('ladder-page-title-all');
  const name = safeText(largest.domain, 253);
  if (gates.length === 1) return words.say('ladder-page-title', { name });
  return words.say('ladder-page-title-more', { name, count: words.integer(gates.length - 1) });
}

function opening(
  { gates, when, tasks }: LadderPage,
  title: string,
  { ageDays = 0 }: LadderPageOptions,
  words: Speech,
): Markup {
  const [first = '', ...rest] = whenSentences(when, words);
  const count = (state: Gate['gate']): string => words.integer(gates.filter(({ gate }) => gate === state).length);
  const tiles: readonly (readonly [string, string])[] = [
    [words.say('ladder-tile-domains'), words.integer(gates.length)],
    [words.say('ladder-tile-there'), count('end')],
    [words.say('ladder-tile-open'), count('open')],
    [words.say('ladder-tile-streams'), words.integer(when.burnDown.at(-1)?.open ?? 0)],
    [words.say('ladder-tile-tasks'), words.integer(tasks.filter(({ state }) => state === 'open').length)],
  ];
  return html`<header>
    <h1>${title}</h1>
    <p class="when">${words.say('ladder-page-as-of', { day: when.asOf })}</p>
    ${gates.length === 0 ? '' : html`<p class="lead">${countsText(gates, words)}</p>`}
    ${[first, ...rest].map((sentence) => html`<p class="second">${sentence}</p>`)}
    ${
      ageDays > 14
        ? html`<p class="caveat">${words.say('gate-old', { day: when.asOf, days: words.integer(ageDays) })}</p>`
        : ''
    }
    ${
      gates.length === 0
        ? ''
        : html`<dl class="tiles">
            ${tiles.map(
              ([name, value]) =>
                html`<div>
                  <dt>${name}</dt>
                  <dd>${value}</dd>
                </div>`,
            )}
          </dl>`
    }
  </header>`;
}

function rungsSection(gates: readonly Gate[], words: Speech): Markup {
  return html`<section>
    <h2>${words.say('ladder-page-rungs')}</h2>
    <p class="about">${words.say('ladder-page-rungs-about')}</p>
    ${rungBar(gates, words)}
  </section>`;
}

function whenSection(when: ToldWhen, words: Speech): Markup {
  const { burnDown } = when;
  const isQuiet = burnDown.every(({ open, opened }) => open + opened === 0);
  const table = dataTable(
    [
      words.say('ladder-page-week'),
      words.say('ladder-page-in-the-way'),
      words.say('ladder-page-opened'),
      words.say('ladder-page-closed'),
    ],
    burnDown.map(({ day, ...counts }) => [
      day,
      words.integer(counts.open),
      words.integer(counts.opened),
      words.integer(counts.closed),
    ]),
    1,
  );
  return html`<section>
    <h2>${words.say('ladder-page-when')}</h2>
    ${
      isQuiet
        ? html`<p class="about">${words.say('ladder-page-no-streams')}</p>`
        : html`<p class="about">${words.say('when-burn-down')}: ${burnDownText(when, words)}</p>
            ${burnDownChart(when, words)}
            <details>
              <summary>${words.say('numbers-behind')}</summary>
              <div class="scroll">${table}</div>
            </details>`
    }
  </section>`;
}

const gateTones: Readonly<Record<Gate['gate'] | BesideGate['gate'], string>> = {
  open: 'good',
  shut: 'bad',
  end: '',
  set: '',
};

function domainsSection({ gates, when }: LadderPage, words: Speech, command: string): Markup {
  const dates = new Map(when.domains.map((each) => [each.domain, each]));
  const hasPace = when.domains.some(({ likely }) => likely !== null);
  const rows = gates.map((gate) => {
    const { domain, role, rung, next, held, opens, beside } = gate;
    const date = dates.get(domain);
    const roleText = words.say(`domains-role-${role.role}`);
    const shut = gate.gate === 'shut' ? shutText(gate, words) : '';
    const besideCell = ({ gate: state }: BesideGate): Markup =>
      html`<td class="wide ${gateTones[state]}">${words.say(`gate-${state}`)}</td>`;
    return html`<tbody class="domain">
      <tr>
        <th scope="row">
          ${safeText(domain, 253)}<span class="sub"
            >${role.isDecided ? roleText : words.say('ladder-page-role-proposed', { role: roleText })}</span
          >
        </th>
        <td>
          ${rungText(rung, words)}${
            held === null
              ? ''
              : html`<span class="sub"
                  >${words.say(held.orLonger ? 'ladder-page-held-longer' : 'ladder-page-held', { days: words.integer(held.days) })}</span
                >`
          }
        </td>
        <td class="wide nowrap">${next === null ? '' : rungText(next, words)}</td>
        <td>
          <span class="${gateTones[gate.gate]}">${words.say(`gate-${gate.gate}`)}</span
          >${shut === '' ? '' : html`<span class="sub">${shut}</span>`}${
            opens === null ? '' : html`<span class="sub">${words.say('ladder-opens', { day: opens })}</span>`
          }
        </td>
        ${besideCell(beside.sp)}${besideCell(beside.np)}
        <td class="wide nowrap">
          ${date === undefined ? '' : (date.likely ?? date.earliest)}${
            hasPace && date?.likely === null ? html`<span class="sub">${words.say('when-earliest')}</span>` : ''
          }
        </td>
      </tr>
      <tr class="why">
        <td colspan="7">
          <details>
            <summary>${words.say('ladder-page-why')}</summary>
            ${reasonsOf(gate, words, command)}
          </details>
        </td>
      </tr>
    </tbody>`;
  });
  return html`<section>
    <h2>${words.say('ladder-page-domains')}</h2>
    <p class="about">${words.say('ladder-page-domains-about')}</p>
    <div class="scroll">
      <table class="ladder">
        <thead>
          <tr>
            <th scope="col">${words.say('ladder-domain')}</th>
            <th scope="col">${words.say('ladder-rung')}</th>
            <th class="wide" scope="col">${words.say('ladder-next')}</th>
            <th scope="col">${words.say('ladder-gate')}</th>
            <th class="wide" scope="col">sp</th>
            <th class="wide" scope="col">np</th>
            <th class="wide" scope="col">${words.say(hasPace ? 'when-likely' : 'when-earliest')}</th>
          </tr>
        </thead>
        ${rows}
      </table>
    </div>
  </section>`;
}

/** Everything that speaks for and against the next rung of a domain, as `zegel gate` says it. */
function reasonsOf(gate: Gate, words: Speech, command: string): Markup {
  const { domain, rung, next, reasons, today, beside, opens } = gate;
  const shutting = reasons.filter(({ shuts }) => shuts);
  const accepted = reasons.filter(({ shuts, acceptedBy }) => !shuts && acceptedBy !== undefined);
  const known = reasons.filter(({ shuts, acceptedBy }) => !shuts && acceptedBy === undefined);
  const values = { domain: safeText(domain, 253), now: rungText(rung, words) };
  const more = `${command} gate ${shellWord(safeText(domain, 253))}`;
  const list = (all: readonly GateReason[], tone: string, limit: number): Markup =>
    reasonList(all, tone, limit, more, words);
  const part = (heading: string, all: readonly GateReason[], tone: string): Markup =>
    all.length === 0
      ? trusted('')
      : html`<h4>${heading}</h4>
          ${list(all, tone, tone === 'bad' ? listedReasons.shutting : listedReasons.others)}`;
  return html`<p>
      ${
        next === null
          ? words.say('gate-title-end', values)
          : words.say('gate-title', { ...values, next: rungText(next, words), gate: words.say(`gate-${gate.gate}`) })
      }${opens === null ? '' : `. ${words.say('gate-opens', { day: opens })}`}
    </p>
    ${next !== null && shutting.length === 0 ? html`<p class="good">${words.say('gate-nothing-shuts')}</p>` : ''}
    ${part(words.say('gate-shuts-it'), shutting, 'bad')} ${part(words.say('gate-accepted'), accepted, '')}
    ${part(
      words.say('gate-today', { rung: rungText(rung, words) }),
      today.filter(({ id }) => !shutting.some((each) => each.id === id)),
      'warn',
    )}
    ${part(words.say('gate-known'), known, '')}
    <h4>${words.say('gate-beside')}</h4>
    ${Object.entries(beside).map(
      ([tag, each]) =>
        html`<p>
            ${words.say('gate-beside-line', { tag, now: each.now, target: each.target })}:
            <span class="${gateTones[each.gate]}">${words.say(`gate-${each.gate}`)}</span>
          </p>
          ${
            each.gate === 'set'
              ? ''
              : list(
                  each.reasons.filter(({ shuts }) => shuts),
                  'bad',
                  listedReasons.others,
                )
          }`,
    )}`;
}

function reasonList(
  reasons: readonly GateReason[],
  tone: string,
  limit: number,
  command: string,
  words: Speech,
): Markup {
  if (reasons.length === 0) return trusted('');
  const left = reasons.length - limit;
  return html`<ul class="reasons">
    ${reasons.slice(0, limit).map((reason) => html`<li class="${tone}">${reasonText(reason, words)}</li>`)}
    ${left > 0 ? html`<li>${words.say('more-command', { count: words.integer(left), command })}</li>` : ''}
  </ul>`;
}

function unseenSection(when: ToldWhen, words: Speech): Markup {
  const [seen, estimate, not] = unseenSentences(when, words);
  return html`<section>
    <h2>${words.say('when-unseen')}</h2>
    <p>${seen} ${estimate}</p>
    <p class="caveat">${not}</p>
  </section>`;
}

function unknownSection(gates: readonly Gate[], words: Speech): Markup {
  const count = (is: (gate: Gate) => boolean): number => gates.filter(is).length;
  const silent = [...new Set(gates.flatMap(({ receivers }) => receivers.silent))];
  const counted = [
    ['ladder-page-roles', count(({ role }) => !role.isDecided)],
    ['ladder-page-untold', count(({ record }) => record.found === 'unknown' || record.isReported)],
    ['ladder-page-unreported', count(({ evidence }) => evidence.from === null)],
  ] as const;
  const said = [
    words.say('what-if-unseen'),
    ...(silent.length === 0
      ? []
      : [sentence(shownSentence('gate/receivers-silent', { names: silent.join(', '), count: silent.length }, words))]),
    ...counted.flatMap(([code, domains]) =>
      domains === 0 ? [] : [words.say(code, { count: words.integer(domains) })],
    ),
    words.say('ladder-page-forecast'),
    words.say('ladder-page-receivers'),
  ];
  return html`<section>
    <h2>${words.say('ladder-page-unknown')}</h2>
    <ul class="plain">
      ${said.map((text) => html`<li>${text}</li>`)}
    </ul>
  </section>`;
}

/** A clause as a sentence that stands alone. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
