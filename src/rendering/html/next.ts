import type { NextStep } from '../../protection/assessment/index.ts';
import { safeText, shellWord } from '../safe-text.ts';
import { whoIs } from '../who.ts';
import { shareBar } from './charts.ts';
import { html, trusted } from './markup.ts';
import type { Markup } from './markup.ts';
import { dataTable } from './parts.ts';
import type { Page } from './parts.ts';

/** What to look at next: the few that settle most, and the command that opens each. */
export function lookNextSection({ assessment, words, command }: Page): Markup {
  const { lookNext: next, sources } = assessment;
  const byId = new Map(sources.map((group) => [group.id, group]));
  const item = (step: NextStep, name: string, sub: string, typed: string): Markup =>
    html`<li>
      <div class="name">${name}${sub === '' ? '' : html`<span class="sub">${sub}</span>`}</div>
      <div class="figures">
        <b>${words.percent(step.share)}</b>${shareBar(step.share, { before: step.cumulativeShare - step.share })}<span
          class="sub"
          >${words.integer(step.fails)} · ${words.say('together')} ${words.percent(step.cumulativeShare)}</span
        >
      </div>
      <p>${words.say(step.advice)}</p>
      <div class="cmd"><code>${typed}</code></div>
    </li>`;
  const list = next.sources.slice(0, Math.max(3, next.enough)).map((step) => {
    const group = byId.get(step.target);
    const { name, where, spf } = group === undefined ? { name: step.target, where: '', spf: '' } : whoIs(group, words);
    const sub = [where, spf].filter((part) => part !== '').join(' · ');
    return item(step, name, sub, `${command} assess --source ${step.target}`);
  });
  const domains = next.domains
    .slice(0, 5)
    .map((step) => item(step, step.target, '', `${command} assess --domain ${shellWord(safeText(step.target))}`));
  const ready =
    next.ready.length === 0
      ? trusted('')
      : html`<h3>${words.say('ready')}</h3>
          ${dataTable(
            [words.say('domain'), words.say('messages'), words.say('days'), words.say('asks')],
            next.ready.map((row) => [
              row.domain,
              words.integer(row.messages),
              words.integer(row.days),
              row.asks ?? words.say('not-known'),
            ]),
            1,
          )}`;
  return html`<section>
    <h2>${words.say('look-next')}</h2>
    ${
      next.scenario === null
        ? html`<p>${words.say('headline-clean')}</p>`
        : html`<p class="about">${words.say('look-next-sources')}</p>
            <ol class="next">
              ${list}
            </ol>
            <h3>${words.say('look-next-domains')}</h3>
            <ol class="next">
              ${domains}
            </ol>`
    }
    ${ready}
  </section>`;
}
