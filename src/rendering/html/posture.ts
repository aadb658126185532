// A posture, or a ranking of many, as a page to send to somebody: one file, no script, nothing fetched, everything from outside escaped.
import { postureSchema } from '../../protection/posture/index.ts';
import type { Finding, Posture, Ranked, Severity } from '../../protection/posture/index.ts';
import type { Language } from '../../words/index.ts';
import {
  asksText,
  nameText,
  opensText,
  postureHeadline,
  publishedParts,
  remedyText,
  sentence,
} from '../posture-phrases.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { zoneLines } from '../zone-line.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { dataTable } from './parts.ts';
import { styleSheet } from './style-sheet.ts';

export interface PosturePageOptions {
  readonly language?: Language;
}

/** Styles of the page itself and nothing else: should a text of a stranger ever get out of its quotes, it can do nothing here. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** What only these pages have, beside the style they share with the others. */
const ownStyles = `
.letter{display:inline-grid;place-content:center;min-width:2.1em;height:2.1em;border-radius:10px;font-size:1.5rem;font-weight:700;color:var(--paper);background:var(--bad);padding:0 .2em;float:right;margin-left:16px}
.letter.good{background:var(--good);color:var(--paper)}.letter.warn{background:var(--warn);color:var(--paper)}.letter.bad{background:var(--bad);color:var(--paper)}
pre{background:var(--ground);border:1px solid var(--line);border-radius:6px;padding:8px 10px;margin:6px 0;overflow-x:auto;font:.84rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
ul.findings{list-style:none;margin:0;padding:0}ul.findings li{padding:12px 0;border-bottom:1px solid var(--line);break-inside:avoid}ul.findings li:last-child{border-bottom:0}
ul.findings p{margin:2px 0}.tag{display:inline-block;font-size:.78rem;font-weight:650;border:1px solid currentColor;border-radius:5px;padding:0 6px;margin-right:8px}
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
    opening(posture, title, words),
    publishedSection(posture, words),
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
  const rows = ranked.map((row) => [
    html`${row.domain}<span class="sub">${words.say(`posture-is-${row.role}`)}</span>`,
    html`<b class="${letterTone(row.letter)}">${row.letter}${row.certain ? '' : '?'}</b>`,
    words.say(`posture-asks-${row.asks}`),
    row.worst === undefined ? words.say('posture-no-way') : sentence(row.worst, words),
    words.integer(row.roads.critical + row.roads.serious + row.roads.moderate + row.roads.minor),
  ]);
  return shell(title, words, [
    html`<header><h1>${title}</h1></header>`,
    html`<section>
      <div class="scroll">
        ${dataTable(
          [
            words.say('posture-domain'),
            '',
            words.say('posture-now'),
            words.say('posture-worst'),
            words.say('posture-ways'),
          ],
          rows,
          4,
        )}
      </div>
    </section>`,
  ]);
}

function shell(title: string, words: Speech, body: readonly Markup[]): string {
  return html`<!doctype html>
    <html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${trusted(contentPolicy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="Zegel ${postureSchema}" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${trusted(styleSheet)}${trusted(ownStyles)}
        </style>
      </head>
      <body>
        <main>
          ${body}
          <footer><p>${words.say('posture-made-by')}</p></footer>
        </main>
      </body>
    </html> `.text;
}

function opening(posture: Posture, title: string, words: Speech): Markup {
  const { grade, role, roleTold } = posture;
  const roleText = words.say(roleTold ? 'posture-role' : 'posture-role-proposed', {
    role: words.say(`posture-is-${role}`),
  });
  return html`<header>
    <span class="letter ${letterTone(grade.letter)}" title="${words.say('posture-grade', { letter: grade.letter })}"
      >${grade.letter}</span
    >
    <h1>${title}</h1>
    <p class="when">${roleText}</p>
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
      >${sentence(finding, words)}
    </p>
    ${(finding.because ?? []).map((problem) => html`<p class="sub">${sentence(problem, words)}</p>`)}
    ${finding.remedy === 'posture/do-nothing' ? [] : html`<p class="wrap">${remedyText(finding, words)}</p>`} ${records}
    <p class="sub">${finding.where.name} · ${finding.see}</p>
  </li>`;
}

function forgerySection({ forgery }: Posture, words: Speech): Markup {
  const rows = forgery.names.map((row) => [
    html`${nameText(row, words)}<span class="sub">${words.say(`posture-kind-${row.kind}`)}</span>`,
    asksText(row.current, words),
    asksText(row.older, words),
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
      ['', '', ''],
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

function gradeSection({ grade }: Posture, words: Speech): Markup {
  if (grade.rules.length === 0) return trusted('');
  return html`<section>
    <h2>${words.say('posture-why-grade')}</h2>
    ${dataTable(
      ['', ''],
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
      <div class="scroll">${dataTable(['', '', ''], rows, 3)}</div>
    </details>
  </section>`;
}
