// Comma-separated values as they are written by hand and by spreadsheets (RFC 4180 §2, and what is usual beside it): commas,
// semicolons or tabs, quoted cells with line breaks in them, a byte order mark, comment lines.
import type { Problem } from '../../standards/problem.ts';

/** A line of cells; `line` is where it begins, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A row by the titles of its columns. A column that is not there, or a cell that is missing, is `''`. */
export interface TitledRow {
  readonly line: number;
  of(title: string): string;
  /** Whether the file has this column at all. */
  has(title: string): boolean;
}

/** What a spreadsheet takes for a formula; a cell that begins so is written with an apostrophe before it. */
const formula = String.raw`(?:[\s\u0000-\u001F]*[=+\-@|%＝＋－＠]|[\t\r\n])`;
const guarded = new RegExp(`^'+(?:#|${formula})`);

/**
 * The text of a cell that is to be written with `csvLines`, which puts an apostrophe before what looks like a formula: one that has
 * such an apostrophe of its own gets a second, and so does what would begin a comment, so that exactly what was written is read back.
 */
export function keptCell(text: string): string {
  return text.startsWith('#') || guarded.test(text) ? `'${text}` : text;
}

/** The text of a cell as it was before it was guarded against spreadsheets. `'s-Hertogenbosch` keeps its apostrophe. */
function restoredCell(text: string): string {
  return guarded.test(text) ? text.slice(1) : text;
}

/**
 * Reads rows of cells. The separator is the comma, unless the first line has a semicolon or a tab and no comma outside of quotes.
 * Blanks around a cell that is not quoted are cut off. Empty lines and lines that begin with `#` are passed over.
 */
export function csvRows(text: string): CsvRow[] {
  const whole = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(whole);
  const rows: CsvRow[] = [];
  let at = 0;
  let line = 1;
  while (at < whole.length) {
    const begin = line;
    const cells: string[] = [];
    const comment = whole[at] === '#';
    for (;;) {
      const cell = comment ? plainCell(whole, at, '') : cellAt(whole, at, separator);
      cells.push(cell.text);
      line += cell.breaks;
      at = cell.end;
      if (whole[at] !== separator || comment) break;
      at += 1;
    }
    if (whole[at] === '\r') at += 1;
    if (whole[at] === '\n') at += 1;
    line += 1;
    if (!comment && cells.some((cell) => cell !== '')) rows.push({ line: begin, cells });
  }
  return rows;
}

interface Cell {
  readonly text: string;
  readonly end: number;
  readonly breaks: number;
}

function cellAt(whole: string, start: number, separator: string): Cell {
  let at = start;
  while (whole[at] === ' ') at += 1;
  if (whole[at] !== '"') return plainCell(whole, start, separator);
  let text = '';
  at += 1;
  for (;;) {
    const quote = whole.indexOf('"', at);
    // A quote that is never closed takes the rest: what follows it cannot be told apart.
    if (quote === -1) {
      text += whole.slice(at);
      at = whole.length;
      break;
    }
    text += whole.slice(at, quote);
    at = quote + 1;
    if (whole[at] !== '"') break;
    text += '"';
    at += 1;
  }
  // What stands behind the closing quote belongs to the cell: a name typed as "A" Ltd is not lost.
  const rest = plainCell(whole, at, separator);
  const behind = whole.slice(at, rest.end).trimEnd();
  return { text: restoredCell(text) + behind, end: rest.end, breaks: text.split('\n').length - 1 };
}

function plainCell(whole: string, start: number, separator: string): Cell {
  let end = start;
  while (end < whole.length && whole[end] !== separator && whole[end] !== '\n' && whole[end] !== '\r') end += 1;
  return { text: restoredCell(whole.slice(start, end).trim()), end, breaks: 0 };
}

function separatorOf(whole: string): string {
  const first = (/^(?:(?:#.*|[ \t]*)\r?\n)*([^\r\n]*)/.exec(whole)?.[1] ?? '').replace(/"(?:[^"]|"")*"/g, '');
  return first.includes(',') ? ',' : ([';', '\t'].find((each) => first.includes(each)) ?? ',');
}

/**
 * Reads rows whose columns have titles. A first line that holds one of the `telling` titles says the order of the columns, in upper
 * or lower case, blanks and hyphens as underscores; else the columns are `order`.
 */
export function titledRows(
  text: string,
  order: readonly string[],
  telling: readonly string[] = order,
): { readonly rows: TitledRow[]; readonly titles: readonly string[] } {
  const rows = csvRows(text);
  const first = rows[0]?.cells.map((cell) => cell.trim().toLowerCase().replace(/[ -]/g, '_')) ?? [];
  const isHeader = first.some((title) => telling.includes(title));
  const titles = isHeader ? first : order;
  const places = new Map(titles.map((title, place) => [title, place]));
  return {
    titles,
    rows: (isHeader ? rows.slice(1) : rows).map(({ line, cells }) => ({
      line,
      of: (title) => cells[places.get(title) ?? -1] ?? '',
      has: (title) => places.has(title),
    })),
  };
}

/** The parts of a cell that holds several names or networks, which stand apart by blanks, commas or semicolons. */
export function cellParts(cell: string): string[] {
  return cell.split(/[\s,;]+/).filter((part) => part !== '');
}

/** A problem of a line. */
export function lineProblem(
  code: string,
  line: number,
  values: Readonly<Record<string, number | string>> = {},
): Problem {
  return { code, values: { ...values, line }, at: { line } };
}
