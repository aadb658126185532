import type { ScenarioResult } from '../../protection/assessment/index.ts';
import { scenarioNames } from '../../protection/simulation/index.ts';
import { whoIs } from '../who.ts';
import { shareBar } from './charts.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { dataTable, shareOf } from './parts.ts';
import type { Page } from './parts.ts';

/** What would fail, by scenario, with the sources behind each number. */
export function scenariosSection({ assessment, words }: Page): Markup {
  const { scenarios, sources, totals } = assessment;
  const byId = new Map(sources.map((group) => [group.id, group]));
  const behind = (result: ScenarioResult): Markup => {
    if (result.sources.length === 0) return trusted('');
    const rows = result.sources.flatMap((each) => {
      const group = byId.get(each.source);
      if (group === undefined) return [];
      const { name, where } = whoIs(group, words);
      return [
        [
          html`${name}<span class="sub">${where}</span>`,
          words.integer(each.fails),
          words.percent(each.share),
          words.percent(each.cumulativeShare),
        ],
      ];
    });
    const others =
      result.others.groups > 0
        ? html`<p class="sub">
            ${words.say('more', { count: words.integer(result.others.groups) })}: ${words.integer(result.others.fails)}
          </p>`
        : '';
    return html`<details>
      <summary>${words.say('behind')}</summary>
      ${dataTable(
        [words.say('source'), words.say('messages'), words.say('share'), words.say('together')],
        rows,
        1,
      )}${others}
    </details>`;
  };
  const rows = scenarioNames.map((name) => {
    const result = scenarios[name];
    const unknown =
      result.unknown > 0
        ? html`<span class="sub">${words.say('up-to', { messages: words.integer(result.unknown) })}</span>`
        : '';
    return html`<tr>
      <th scope="row">${words.say(name)}${behind(result)}</th>
      <td class="n">${words.integer(result.fails)}${unknown}</td>
      <td class="n">${words.percent(result.share)}</td>
      <td class="n wide">${words.integer(result.rows)}</td>
      <td class="bar">${shareBar(result.share, { after: shareOf(result.unknown, totals.messages) })}</td>
    </tr> `;
  });
  const notes = [
    ...(scenarios.assumed.messages > 0
      ? [words.say('assumed', { messages: words.integer(scenarios.assumed.messages) })]
      : []),
    ...(scenarios.disputed.messages > 0
      ? [words.say('disputed', { messages: words.integer(scenarios.disputed.messages) })]
      : []),
  ];
  return html`<section>
    <h2>${words.say('would-fail')}</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col"></th>
            <th class="n" scope="col">${words.say('messages')}</th>
            <th class="n" scope="col">${words.say('share')}</th>
            <th class="n wide" scope="col">${words.say('rows')}</th>
            <th></th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <p class="caveat">${words.say(scenarios.caveat)}</p>
    ${notes.map((note) => html`<p class="about">${note}</p>`)}
  </section>`;
}
