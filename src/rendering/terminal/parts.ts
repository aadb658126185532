import type { Assessment, SourceGroup } from '../../protection/assessment/index.ts';
import type { Speech } from '../speech.ts';
import { paint, plain, wrapped } from './style.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

/** How many lines a list shows unless asked otherwise. */
export const listLength = 20;

/** What a part of the answer needs to be written. */
export interface Page {
  readonly assessment: Assessment;
  readonly style: Style;
  readonly words: Speech;
  readonly limit: number;
  readonly command: string;
}

/** What part of a group's messages a leg holds for. */
export function legText(group: Pick<SourceGroup, 'messages'>, part: number, words: Speech): string {
  return group.messages === 0 ? '' : words.percent(part / group.messages, 0);
}

/** A column of whole numbers. */
export function number<T>(title: string, of: (row: T) => number, words: Speech): Column<T> {
  return { title, cell: (row) => words.integer(of(row)), align: 'right' };
}

/** The line under a list that was cut. */
export function more(count: number, command: string, style: Style, words: Speech): string[] {
  if (count <= 0) return [];
  return [paint(plain(words.say('more-command', { count: words.integer(count), command }), style), 'dim', style)];
}

/** The same where a list may have been narrowed in many ways: what was typed, and `--all`. */
export function moreLines(count: number, style: Style, words: Speech): string[] {
  return count <= 0 ? [] : [paint(plain(words.say('list-more', { count: words.integer(count) }), style), 'dim', style)];
}

/** The first lines of a list as a table, and how many more there are. */
export function listed<T>(
  columns: readonly Column<T>[],
  rows: readonly T[],
  style: Style,
  words: Speech,
  limit: number,
): string[] {
  const left = rows.length - Math.min(rows.length, limit);
  return [
    ...table(columns, rows.slice(0, limit), style),
    ...(left > 0 ? wrapped(words.say('more', { count: words.integer(left) }), style, 0, 'dim') : []),
  ];
}
