// A posture, or a ranking of many, as a page to send to somebody: one file, no script, nothing fetched, everything from outside escaped.
import { postureSchema } from '../../protection/posture/index.ts';
import type { Finding, Posture, Ranked, Severity } from '../../protection/posture/index.ts';
import type { TlsSeen } from '../../protection/plan/wishes/index.ts';
import type { Language } from '../../words/index.ts';
import {
  asksText,
  lettersOf,
  nameText,
  openRoads,
  opensText,
  postureHeadline,
  publishedParts,
  rankingHeadline,
  remedyText,
  sentence,
} from '../posture-phrases.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { failingPhrase, isLosing, sessionsPhrase } from '../tls-phrases.ts';
import { zoneLines } from '../zone-line.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { dataTable } from './parts.ts';
import { wholePage } from './shell.ts';

export interface PosturePageOptions {
  readonly language?: Language;
  /** The day of the look: `2026-03-01`. */
  readonly day?: string;
  /** What TLS reports tell of the domain. */
  readonly tls?: TlsSeen;
}

/** What only these pages have, beside the style they share with the others. */
const ownStyles = `
.letter{display:inline-grid;place-content:center;min-width:2.1em;height:2.1em;border-radius:10px;font-size:1.5rem;font-weight:700;color:var(--paper);background:var(--bad);padding:0 .2em;float:right;margin-left:16px}
.letter.good{background:var(--good);color:var(--paper)}.letter.warn{background:var(--warn);color:var(--paper)}.letter.bad{background:var(--bad);color:var(--paper)}
pre{background:var(--ground);border:1px solid var(--line);border-radius:6px;padding:8px 10px;margin:6px 0;overflow-x:auto;font:.84rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
ul.findings{list-style:none;margin:0;padding:0}ul.findings li{padding:12px 0;border-bottom:1px solid var(--line);break-inside:avoid}ul.findings li:last-child{border-bottom:0}
ul.findings p{margin:2px 0}.tag{display:inline-block;font-size:.78rem;font-weight:650;border:1px solid currentColor;border-radius:5px;padding:0 6px;margin-right:8px}
.sub-tone{color:var(--soft)}
.todo{border-left:3px solid var(--accent);padding-left:10px}.todo b{color:var(--accent);font-weight:650}
.what{font-weight:600}
.tiles.letters{grid-template-columns:repeat(auto-fit,minmax(84px,1fr));max-width:700px}.tiles.letters dt{font-weight:700}.tiles.letters dt.good{color:var(--good)}.tiles.letters dt.warn{color:var(--warn)}.tiles.letters dt.bad{color:var(--bad)}
table.ranking td:last-child{width:45%}table.ranking th[scope=row]{white-space:nowrap}
@media(max-width:760px){table.ranking th[scope=row]{white-space:normal}table.ranking td:last-child{width:auto}}
ul.plain{margin:4px 0 12px;padding-left:1.2em}.wrap{overflow-wrap:anywhere}
`;

const tones: Readonly<Record<Severity, string>> = {
  critical: 'bad',
  serious: 'bad',
  moderate: 'warn',
  minor: 'sub-tone',
  note: 'sub-tone',
};

function letterTone(letter: string): string {
  return letter.startsWith('A') ? 'good' : letter === 'B' || letter === 'C' || letter === '?' ? 'warn' : 'bad';
}

/** A posture as one page that needs nothing else. */
export function posturePage(posture: Posture, options: PosturePageOptions = {}): string {
  const words = speech(options.language ?? 'en');
  const title = words.say('posture-title', { domain: posture.domain });
  return shell(title, words, [
    opening(posture, title, options, words),
    publishedSection(posture, words),
    ...(options.tls === undefined ? [] : [tlsSection(posture.domain, options.tls, words)]),
    findingsSection(posture, words),
    forgerySection(posture, words),
    internetNlSection(posture, words),
    gradeSection(posture, words),
    answersSection(posture, words),
  ]);
}

/** A ranking of many domains as one page. */
export function rankingPage(ranked: readonly Ranked[], options: PosturePageOptions = {}): string {
  const words = speech(options.language ?? 'en');
  const title = words.say('posture-ranking');
  const rows = ranked.map(
    (row) =>
      html`<tr>
        <td class="n wide">${row.place}</td>
        <th scope="row">${row.domain}<span class="sub">${words.say(`posture-is-${row.role}`)}</span></th>
        <td><b class="${letterTone(row.letter)}">${row.letter}${row.certain ? '' : '?'}</b></td>
        <td><span class="${asksTone(row.asks)}">${words.say(`posture-asks-${row.asks}`)}</span></td>
        <td class="n wide">${words.integer(openRoads(row))}</td>
        <td class="wrap">${row.worst === undefined ? words.say('posture-no-way') : sentence(row.worst, words)}</td>
      </tr> `,
  );
  const titles = ['place', 'domain', 'grade-column', 'now', 'ways', 'worst'];
  const numbers = new Set(['place', 'ways']);
  return shell(title, words, [
    html`<header>
      <h1>${title}</h1>
      <p class="when">${when(options, words)}</p>
      <p class="lead">${rankingHeadline(ranked, words)}</p>
      <dl class="tiles letters">
        ${lettersOf(ranked).map(
          ([letter, count]) =>
            html`<div>
              <dt class="${letterTone(letter)}">${letter}</dt>
              <dd>${words.integer(count)}</dd>
            </div> `,
        )}
      </dl>
    </header>`,
    html`<section>
      <div class="scroll">
        <table class="ranking">
          <thead>
            <tr>
              ${titles.map((each) => html`<th class="${numbers.has(each) ? 'n wide' : ''}" scope="col">${words.say(`posture-${each}`)}</th> `)}
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
    </section>`,
  ]);
}

function asksTone(asks: string): string {
  return asks === 'reject' ? 'good' : asks === 'quarantine' || asks === 'unknown' ? 'warn' : 'bad';
}

function when({ day }: PosturePageOptions, words: Speech): string {
  return day === undefined ? '' : words.say('posture-looked', { day });
}

function shell(title: string, words: Speech, body: readonly Markup[]): string {
  return wholePage(
    { title, schema: postureSchema, styles: ownStyles, body, footer: words.say('posture-made-by') },
    words,
  );
}

function opening(posture: Posture, title: string, options: PosturePageOptions, words: Speech): Markup {
  const { grade, role, roleTold } = posture;
  const roleText = words.say(roleTold ? 'posture-role' : 'posture-role-proposed', {
    role: words.say(`posture-is-${role}`),
  });
  return html`<header>
    <span class="letter ${letterTone(grade.letter)}" title="${words.say('posture-grade', { letter: grade.letter })}"
      >${grade.letter}</span
    >
    <h1>${title}</h1>
    <p class="when">${[roleText, when(options, words)].filter((text) => text !== '').join(' · ')}</p>
    <p class="lead">${postureHeadline(posture, words)}</p>
    ${grade.certain ? [] : html`<p class="caveat">${words.say('posture-provisional')}</p>`}
  </header>`;
}

function publishedSection(posture: Posture, words: Speech): Markup {
  const rows = publishedParts(posture, words).map(
    ({ title, texts, about, tone }) =>
      html`<tr>
        <th scope="row">${title}</th>
        <td class="wrap">
          ${texts.map((text) => html`<code>${text}</code> `)}<span class="${texts.length > 0 ? 'sub' : (tone ?? '')}"
            >${about.join(' · ')}</span
          >
        </td>
      </tr> `,
  );
  return html`<section>
    <h2>${words.say('posture-published')}</h2>
    <table>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}

function findingsSection({ findings }: Posture, words: Speech): Markup {
  const weighty = findings.filter(({ severity }) => severity !== 'note');
  const notes = findings.filter(({ severity }) => severity === 'note');
  return html`<section>
    <h2>${words.say('posture-findings')}</h2>
    ${weighty.length === 0 ? html`<p class="about">${words.say('posture-no-findings')}</p>` : list(weighty, words)}
    ${
      notes.length === 0
        ? []
        : html`<details>
            <summary>${words.say('posture-notes')} (${notes.length})</summary>
            ${list(notes, words)}
          </details>`
    }
  </section>`;
}

function list(findings: readonly Finding[], words: Speech): Markup {
  return html`<ul class="findings">
    ${findings.map((finding) => findingItem(finding, words))}
  </ul>`;
}

function findingItem(finding: Finding, words: Speech): Markup {
  const records = (finding.records ?? []).map(
    (record) =>
      html`<pre>${zoneLines(record, 100).map((line, at) => html`${at === 0 ? '' : trusted('\n')}${line}`)}</pre>`,
  );
  return html`<li>
    <p class="wrap">
      <span class="tag ${tones[finding.severity]}">${words.say(`posture-${finding.severity}`)}</span
      ><span class="what">${sentence(finding, words)}</span>
    </p>
    ${(finding.because ?? []).map((problem) => html`<p class="sub">${sentence(problem, words)}</p>`)}
    <p class="sub">${finding.where.name} · ${finding.see}</p>
    ${
      finding.remedy === 'posture/do-nothing'
        ? []
        : html`<p class="todo wrap"><b>${words.say('posture-to-do')}</b> ${remedyText(finding, words)}</p>`
    }
    ${records}
  </li>`;
}

function forgerySection({ forgery }: Posture, words: Speech): Markup {
  const rows = forgery.names.map((row) => [
    // Names of which there may be any number have no name beside what they are.
    row.kind === 'unrecorded' || row.kind === 'nonexistent'
      ? nameText(row, words)
      : html`${nameText(row, words)}<span class="sub">${words.say(`posture-kind-${row.kind}`)}</span>`,
    html`<span class="${asksTone(row.current.asks)}">${asksText(row.current, words)}</span>`,
    html`<span class="${asksTone(row.older.asks)}">${asksText(row.older, words)}</span>`,
    html`<span class="${row.roads === 0 ? 'good' : 'warn'}">${row.roads}</span>`,
  ]);
  return html`<section>
    <h2>${words.say('posture-forgery')}</h2>
    <p class="about">${words.say('posture-forgery-about')}</p>
    <div class="scroll">
      ${dataTable(
        [words.say('posture-name'), words.say('posture-now'), words.say('posture-older'), words.say('posture-ways')],
        rows,
        3,
      )}
    </div>
    <ul class="findings">
      ${forgery.roads.map(
        (road) =>
          html`<li>
            <p class="wrap">
              <span class="tag ${tones[road.severity]}">${words.say(`posture-${road.severity}`)}</span
              >${sentence(road, words)}
            </p>
            <p class="sub">${opensText(road, words)} · ${road.see}</p>
          </li> `,
      )}
    </ul>
    ${items(
      words.say('posture-untold-ways'),
      forgery.untold.map((each) => sentence(each, words)),
    )}
    ${items(
      words.say('posture-closed-ways'),
      forgery.closed.map((each) => sentence(each, words)),
    )}
    ${items(
      words.say('posture-beside'),
      forgery.beside.map((code) => words.say(code)),
    )}
  </section>`;
}

function items(title: string, texts: readonly string[]): Markup {
  if (texts.length === 0) return trusted('');
  return html`<details>
    <summary>${title} (${texts.length})</summary>
    <ul class="plain">
      ${texts.map((text) => html`<li>${text}</li> `)}
    </ul>
  </details>`;
}

function internetNlSection({ internetNl }: Posture, words: Speech): Markup {
  const { tests, score, most } = internetNl;
  const tone: Record<string, string> = { passed: 'good', partly: 'warn', failed: 'bad' };
  return html`<section>
    <h2>${words.say('posture-internet-nl')}</h2>
    <p class="about">${words.say('posture-internet-nl-points', { score, most })}</p>
    ${dataTable(
      [words.say('posture-test'), words.say('posture-outcome'), words.say('posture-points')],
      tests.map((test) => [
        words.say(`posture-test-${test.test}`),
        html`<span class="${tone[test.outcome] ?? ''}">${words.say(`posture-outcome-${test.outcome}`)}</span
          ><span class="sub">${test.notice === undefined ? '' : words.say(test.notice)}</span>`,
        test.score === undefined ? '' : String(test.score),
      ]),
      2,
    )}
  </section>`;
}

/** Kinds of failure a page lists. */
const mostFailures = 50;

function tlsSection(domain: string, seen: TlsSeen, words: Speech): Markup {
  return html`<section>
    <h2>${words.say('tls-reports')}</h2>
    <p>${sessionsPhrase(seen, words)}</p>
    <ul class="plain">
      ${seen.failures.slice(0, mostFailures).map(
        (each) =>
          html`<li class="wrap">
            <span class="${isLosing(each) ? 'bad' : 'sub-tone'}">${failingPhrase(domain, each, words)}</span>
          </li> `,
      )}
    </ul>
  </section>`;
}

function gradeSection({ grade }: Posture, words: Speech): Markup {
  if (grade.rules.length === 0) return trusted('');
  return html`<section>
    <h2>${words.say('posture-why-grade')}</h2>
    ${dataTable(
      [words.say('posture-at-most'), words.say('posture-because')],
      grade.rules.map((rule) => [
        html`<span class="${letterTone(rule.atMost)}">${rule.atMost}</span>`,
        sentence(rule, words),
      ]),
      2,
    )}
  </section>`;
}

/** Look-ups a page lists: of a domain with ordinary records all. */
const mostAnswers = 300;

function answersSection({ published }: Posture, words: Speech): Markup {
  const rows = published.lookups
    .slice(0, mostAnswers)
    .map(({ name, type, outcome, records, aliases }) => [
      html`<span class="wrap">${safeText(name, 253)}</span>`,
      type,
      html`<span class="wrap"
        >${[...aliases.map((alias) => `→ ${alias}`), ...(records.length > 0 ? records.slice(0, 20) : [outcome])].join(' · ')}</span
      >`,
    ]);
  return html`<section>
    <h2>${words.say('posture-records-seen')}</h2>
    <details>
      <summary>${published.lookups.length + published.lookupsLeftOut}</summary>
      <div class="scroll">
        ${dataTable(
          [words.say('posture-question'), words.say('posture-record-type'), words.say('posture-answer')],
          rows,
          3,
        )}
      </div>
    </details>
  </section>`;
}
