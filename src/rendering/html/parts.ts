import type { Assessment } from '../../protection/assessment/index.ts';
import type { Speech } from '../speech.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** What a section of a page needs. */
export interface Page {
  readonly assessment: Assessment;
  readonly words: Speech;
  readonly command: string;
}

/** A table; columns from `numbersFrom` on are numbers. A cell is a text, or markup. */
export function dataTable(
  titles: readonly string[],
  rows: readonly (readonly (Markup | string)[])[],
  numbersFrom: number,
): Markup {
  const kind = (at: number) => (at >= numbersFrom ? 'n' : '');
  return html`<table>
    <thead>
      <tr>
        ${titles.map((title, at) => html`<th class="${kind(at)}" scope="col">${title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell, at) => (at === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="${kind(at)}">${cell}</td>`))}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

/** A share of a whole, 0 when there is none. */
export function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

/** The class of a share that should be high. */
export function toneOf(share: number): string {
  return share >= 0.95 ? 'good' : share <= 0.05 ? 'bad' : 'warn';
}
