import type { WhatIf } from '../../protection/simulation/what-if/index.ts';
import { safeText } from '../safe-text.ts';
import type { Speech } from '../speech.ts';
import {
  driftCountText,
  driftNotes,
  driftSentences,
  driftSources,
  driftStreams,
  nameOf,
  recordsShown,
  todayText,
  whoseOf,
} from '../what-if-phrases.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { dataTable } from './parts.ts';

/** How many streams and addresses are listed, and how many records. */
const listed = 100;
const listedRecords = 20;

/** The records that changed since the mail came, the streams that this touches, and what is not known of it; nothing where nothing drifted. */
export function driftSection(answer: WhatIf, words: Speech): Markup {
  const { drift } = answer;
  if (drift === null) return trusted('');
  const heading = html`<h2>${words.say('what-if-drift')}</h2>`;
  if (!drift.kept)
    return html`<section>
      ${heading}
      <p class="about">${words.say('what-if-drift-none-kept')}</p>
    </section>`;
  const streams = driftStreams(drift);
  const notes = driftNotes(drift, words);
  if (streams.length === 0 && notes.length === 0) return trusted('');
  const sources = driftSources(drift);
  const touched =
    streams.length === 0
      ? trusted('')
      : html`${driftSentences(answer, words).map((sentence) => html`<p>${sentence}</p>`)}
          <div class="scroll stream">
            ${dataTable(
              ['what-if-stream', 'what-if-drift-leg-lost', 'what-if-drift-on-dkim', 'what-if-drift-leg-gained'].map(
                (code) => words.say(code),
              ),
              streams
                .slice(0, listed)
                .map((stream) => [
                  html`${nameOf(stream, words, 200)}<span class="sub">${whoseOf(stream, words)}</span>`,
                  driftCountText(stream.legLost, words),
                  driftCountText(stream.legLostOnDkim, words),
                  driftCountText(stream.legGained, words),
                ]),
              1,
            )}
          </div>
          ${left(streams.length, listed, words)}
          <ul class="diff">
            ${drift.records.slice(0, listedRecords).map(
              ({ name, type, seenUntil, day, before, after }) =>
                html`<li>
                  <div class="name">
                    ${words.say('what-if-drift-between', { name: safeText(name, 253), type, from: seenUntil, to: day })}
                  </div>
                  <code class="minus">${recordsShown(before, words)}</code>
                  <code class="plus">${recordsShown(after, words)}</code>
                </li>`,
            )}
          </ul>
          ${left(drift.records.length, listedRecords, words)}
          <details>
            <summary>${words.say('what-if-page-addresses')}</summary>
            <div class="scroll">
              ${dataTable(
                [
                  'what-if-drift-source',
                  'what-if-drift-domain',
                  'what-if-drift-said',
                  'what-if-drift-today',
                  'what-if-messages',
                ].map((code) => words.say(code)),
                sources
                  .slice(0, listed)
                  .map((source) => [
                    safeText(source.source ?? '', 45),
                    source.domain === null ? words.say('what-if-not-said') : safeText(source.domain, 253),
                    safeText(source.reported, 12),
                    todayText(source, words),
                    words.integer(source.messages),
                  ]),
                4,
              )}
            </div>
            ${left(sources.length, listed, words)}
          </details>`;
  return html`<section>${heading} ${touched} ${notes.map((note) => html`<p class="about">${note}</p>`)}</section>`;
}

function left(count: number, shown: number, words: Speech): Markup {
  if (count <= shown) return trusted('');
  return html`<p class="about">${words.say('more', { count: words.integer(count - shown) })}</p>`;
}
