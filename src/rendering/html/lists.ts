import { authorsText, domainText, generationText, isTrouble, outcomeText, policyText } from '../phrases.ts';
import { shareBar, sparkDrawing } from './charts.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { dataTable, shareOf, toneOf } from './parts.ts';
import type { Page } from './parts.ts';

/** How many lines a list of a page has. */
const listed = 200;

/** The Author Domains. */
export function domainsSection({ assessment, words, command }: Page): Markup {
  const all = assessment.domains;
  const rows = all.slice(0, listed).map((row) => {
    const share = shareOf(row.messages - row.aligned.neither, row.messages);
    return html`<tr>
      <th scope="row">${domainText(row.domain, words)}<span class="sub">${policyText(row, words)}</span></th>
      <td class="n">${words.integer(row.messages)}</td>
      <td class="n ${toneOf(share)}">${row.messages === 0 ? '' : words.percent(share)}</td>
      <td class="bar wide">${shareBar(share, { kind: 'both' })}</td>
      <td class="n">${words.integer(row.fails.relaxed)}</td>
      <td class="n wide">${words.integer(row.fails.strictBoth)}</td>
      <td class="n wide">${words.integer(row.addresses)}</td>
      <td class="wide">${words.say(`trend-${row.trend.word}`)}${sparkDrawing(row.bins)}</td>
    </tr> `;
  });
  return html`<section>
    <h2>${words.say('domains')}</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.say('domain')}</th>
            <th class="n" scope="col">${words.say('messages')}</th>
            <th class="n" scope="col">${words.say('aligned')}</th>
            <th class="wide"></th>
            <th class="n" scope="col">${words.say('fails')}</th>
            <th class="n wide" scope="col">${words.say('strictBoth')}</th>
            <th class="n wide" scope="col">${words.say('addresses')}</th>
            <th class="wide" scope="col">${words.say('trend')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${hidden(all.length, `${command} assess --all`, words)}
  </section>`;
}

/** The Author Domains that live on another's policy. */
export function inheritedSection({ assessment, words, command }: Page): Markup {
  const all = assessment.withoutOwnPolicy;
  if (all.length === 0) {
    return html`<section>
      <h2>${words.say('without-own-policy')}</h2>
      <p class="about">${words.say('all-own-policy')}</p>
    </section>`;
  }
  return html`<section>
    <h2>${words.say('without-own-policy')}</h2>
    <p class="about">${words.say('without-own-policy-about')}</p>
    <div class="scroll">
      ${dataTable(
        [words.say('domain'), words.say('messages'), words.say('fails'), words.say('asks')],
        all
          .slice(0, listed)
          .map((row) => [
            html`${row.domain}<span class="sub">${words.say('policy-from')} ${row.policyDomain}</span>`,
            words.integer(row.messages),
            words.integer(row.fails),
            row.relation === 'unrelated'
              ? html`<span class="warn">${words.say('unrelated')}</span>`
              : html`<span class="${row.asks === 'none' ? 'warn' : ''}">${row.asks ?? words.say('not-known')}</span>`,
          ]),
        1,
      )}
    </div>
    ${hidden(all.length, `${command} assess --all`, words)}
  </section>`;
}

/** The reporting organisations. */
export function reportersSection({ assessment, words, command }: Page): Markup {
  const all = assessment.reporters;
  const silent = all.filter((each) => each.silentSince !== null).length;
  const rows = all.slice(0, listed).map(
    (row) =>
      html`<tr>
        <th scope="row">${row.reporter}<span class="sub">RFC ${generationText(row)}</span></th>
        <td class="n">${words.integer(row.reports)}</td>
        <td class="n">${words.integer(row.messages)}<span class="sub">${words.percent(row.share)}</span></td>
        <td class="wide">${sparkDrawing(row.bins)}</td>
        <td class="nowrap">
          ${row.silentSince === null ? html`${row.first}<span class="sub">${row.last}</span>` : html`<span class="warn">${words.say('silent', { day: row.silentSince })}</span>`}
        </td>
      </tr> `,
  );
  return html`<section>
    <h2>${words.say('reporters')}</h2>
    <p class="about">
      ${words.say('reporters-caveat')}${silent > 0 ? ` ${words.say('silent-count', { count: silent })}` : ''}
      ${authorsText(assessment, words)}
    </p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.say('reporter')}</th>
            <th class="n" scope="col">${words.say('reports')}</th>
            <th class="n" scope="col">${words.say('messages')}</th>
            <th class="wide"></th>
            <th scope="col">${words.say('seen')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${hidden(all.length, `${command} assess --all`, words)}
  </section>`;
}

/** What was repaired, replaced and refused. */
export function problemsSection({ assessment, words, command }: Page): Markup {
  const all = assessment.problems;
  if (all.length === 0) {
    return html`<section>
      <h2>${words.say('problems')}</h2>
      <p class="about">${words.say('no-problems')}</p>
    </section>`;
  }
  const rows = all.slice(0, listed).map((row) => {
    const [example] = row.examples;
    const where =
      example === undefined
        ? ''
        : (example.key ?? (example.entry === '' ? example.origin : `${example.origin} ${example.entry}`));
    return html`<tr>
      <th scope="row">
        ${outcomeText(row, words)}<span class="sub">${where === '' ? '' : words.say('example', { where })}</span>
      </th>
      <td class="${isTrouble(row.outcome) ? 'bad' : ''} nowrap">${words.say(`state-${row.outcome}`)}</td>
      <td class="n">${words.integer(row.documents)}</td>
    </tr> `;
  });
  return html`<section>
    <h2>${words.say('problems')}</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.say('what')}</th>
            <th scope="col">${words.say('outcome')}</th>
            <th class="n" scope="col">${words.say('documents')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <p class="about">${words.say('see-problems', { command: `${command} reports --problems` })}</p>
    ${hidden(all.length, `${command} assess --all`, words)}
  </section>`;
}

function hidden(all: number, command: string, words: Page['words']): Markup {
  if (all <= listed) return trusted('');
  return html`<p class="about">${words.say('more-command', { count: words.integer(all - listed), command })}</p>`;
}
