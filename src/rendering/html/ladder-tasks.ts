import type { Task } from '../../protection/plan/tasks/index.ts';
import { safeText, shellWord } from '../safe-text.ts';
import type { Speech } from '../speech.ts';
import { ownerText, whyText } from '../work-phrases.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** How many owners are listed, and how many tasks of each. */
const listedOwners = 20;
const listedTasks = 5;

/** The most urgent tasks of each owner, the owner of the most urgent first. */
export function tasksSection(tasks: readonly Task[], words: Speech, command: string): Markup {
  const byOwner = Map.groupBy(tasks, (task) => ownerText(task, words));
  if (byOwner.size === 0) {
    return html`<section>
      <h2>${words.say('ladder-page-tasks')}</h2>
      <p class="about">${words.say('work-none')}</p>
    </section>`;
  }
  const bodies = [...byOwner].slice(0, listedOwners).map(([owner, own]) => {
    const [first] = own;
    const name = first === undefined ? '' : first.owner === '' ? (first.party?.name ?? '-') : first.owner;
    const typed = name === '-' ? name : shellWord(safeText(name, 200));
    const left = own.length - listedTasks;
    return html`<tbody>
      <tr>
        <th class="group" colspan="5" scope="colgroup">
          ${words.say('ladder-page-owner', { owner, count: words.integer(own.length) })}
        </th>
      </tr>
      ${own.slice(0, listedTasks).map((task) => taskRow(task, words))}
      ${
        left > 0
          ? html`<tr>
              <td colspan="5">
                ${words.say('more-command', {
                  count: words.integer(left),
                  command: `${command} work --owner ${typed} --all`,
                })}
              </td>
            </tr>`
          : ''
      }
    </tbody>`;
  });
  return html`<section>
    <h2>${words.say('ladder-page-tasks')}</h2>
    <p class="about">${words.say('ladder-page-tasks-about')}</p>
    <div class="scroll">
      <table class="tasks">
        <thead>
          <tr>
            <th scope="col">${words.say('work-stream')}</th>
            <th scope="col">${words.say('work-do')}</th>
            <th class="n wide" scope="col">${words.say('work-messages')}</th>
            <th class="wide" scope="col">${words.say('work-state')}</th>
            <th class="wide" scope="col">${words.say('ladder-page-by')}</th>
          </tr>
        </thead>
        ${bodies}
      </table>
    </div>
    ${
      byOwner.size > listedOwners
        ? html`<p class="about">
            ${words.say('ladder-page-owners-more', {
              count: words.integer(byOwner.size - listedOwners),
              command: `${command} work --sort owner --all`,
            })}
          </p>`
        : ''
    }
  </section>`;
}

function taskRow(task: Task, words: Speech): Markup {
  const { stream, action, lacking, state, deadline } = task;
  return html`<tr>
    <th scope="row">${safeText(stream.name, 200)}<span class="sub">${whyText(task, words)}</span></th>
    <td class="do">${words.say(`work-${action}`)}</td>
    <td class="n wide">${words.integer(lacking)}</td>
    <td class="wide">${words.say(`work-${state}`)}</td>
    <td class="wide nowrap">${deadline ?? ''}</td>
  </tr> `;
}
