import type { SourceGroup } from '../../protection/assessment/index.ts';
import { domainText } from '../phrases.ts';
import { networkText, strictText, whoIs } from '../who.ts';
import { sparkDrawing } from './charts.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { dataTable, shareOf, toneOf } from './parts.ts';
import type { Page } from './parts.ts';

/** How many groups a page lists, and how many of them with their addresses: enough to work with, little enough to send. */
const listed = 150;
const opened = 60;
const addressesShown = 15;

/** The groups of sources, each with what it sends as and who is behind it. */
export function sourcesSection({ assessment, words, command }: Page): Markup {
  const { sources } = assessment;
  const drawn = sources.some((group) => group.bins !== null);
  const leg = (part: number, group: SourceGroup): Markup => {
    const share = shareOf(part, group.messages);
    return html`<td class="n ${toneOf(share)}">${group.messages === 0 ? '' : words.percent(share, 0)}</td>`;
  };
  const behind = (group: SourceGroup): Markup => {
    const rows = group.behind
      .slice(0, addressesShown)
      .map((each) => [
        html`${each.address ?? words.say('unknown-address')}${
          group.network === null && each.network !== null
            ? html`<span class="sub">${networkText(each.network)}</span>`
            : ''
        }`,
        words.integer(each.messages),
        words.integer(each.fails),
        `${each.first} – ${each.last}`,
      ]);
    const more = Math.max(group.addresses, group.behind.length) - rows.length;
    const summary =
      group.addresses === 0
        ? words.say('unknown-address')
        : group.addresses === 1
          ? words.say('one-address')
          : words.say('count-addresses', { count: words.integer(group.addresses) });
    const domains = group.domains.map((each) => domainText(each.domain, words)).join(', ');
    const others = group.domainCount - group.domains.length;
    return html`<details>
      <summary>${summary}</summary>
      <p class="sub">
        ${words.say('sends-as')}
        ${domains}${others > 0 ? ` ${words.say('more', { count: words.integer(others) })}` : ''}
      </p>
      ${dataTable([words.say('address'), words.say('messages'), words.say('fails'), words.say('seen')], rows, 1)}
      ${more > 0 ? html`<p class="sub">${words.say('more-command', { count: words.integer(more), command: `${command} assess --source ${group.id} --all` })}</p>` : ''}
    </details>`;
  };
  const rows = sources.slice(0, listed).map((group, at) => {
    const { name, spf, where } = whoIs(group, words);
    const sub = [where, spf, strictText(group, words)].filter((part) => part !== '').join(' · ');
    return html`<tr>
      <th scope="row">
        ${name} <span class="id">${group.id}</span><span class="sub">${sub}</span>${at < opened ? behind(group) : ''}
      </th>
      <td class="n">${words.integer(group.messages)}<span class="sub">${words.percent(group.share)}</span></td>
      ${leg(group.legs.dkimRelaxed, group)}${leg(group.legs.spfRelaxed, group)}
      <td class="n wide">${words.integer(group.fails.relaxed)}</td>
      <td class="wide">
        ${words.say(`trend-${group.trend.word}`)}${drawn && group.bins !== null ? sparkDrawing(group.bins) : ''}
      </td>
      <td class="wide nowrap">${group.first}<span class="sub">${group.last}</span></td>
    </tr> `;
  });
  const hidden = sources.length - rows.length;
  return html`<section>
    <h2>${words.say('sources')}</h2>
    <p class="about">${words.say('sources-about')}</p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.say('source')}</th>
            <th class="n" scope="col">${words.say('messages')}</th>
            <th class="n" scope="col">DKIM</th>
            <th class="n" scope="col">SPF</th>
            <th class="n wide" scope="col">${words.say('fails')}</th>
            <th class="wide" scope="col">${words.say('trend')}</th>
            <th class="wide" scope="col">${words.say('seen')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${hidden > 0 ? html`<p class="about">${words.say('more-command', { count: words.integer(hidden), command: `${command} assess --all` })}</p>` : ''}
  </section>`;
}
