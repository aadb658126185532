import { displayWidth, fitted } from '../safe-text.ts';
import { paint, plain } from './style.ts';
import type { Paint, Style } from './style.ts';

/** A column of a table. Texts of cells must be safe already. */
export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T, index: number) => string;
  readonly align?: 'left' | 'right';
  /** It may be cut when the table is too wide, down to this many columns. Columns without it never are. */
  readonly least?: number;
  readonly paint?: (row: T) => Paint | undefined;
  /** It may be left out where even cut columns do not fit. */
  readonly optional?: boolean;
}

export interface TableOptions<T> {
  /** A second line under a row, indented to the column with this number and as wide as what is left. */
  readonly below?: (row: T, index: number) => string;
  readonly belowColumn?: number;
  /** Blanks before every line. */
  readonly indent?: number;
  /** Without the line of titles. */
  readonly bare?: boolean;
}

const gap = 2;

/**
 * A table of plain text as lines, no line wider than `style.width`: numbers on the right, titles over their columns, texts cut
 * with an ellipsis where it would be too wide, the widest first; where that is not enough, optional columns go, the last first.
 */
export function table<T>(
  columns: readonly Column<T>[],
  rows: readonly T[],
  style: Style,
  options: TableOptions<T> = {},
): string[] {
  const indent = options.indent ?? 0;
  const cells = rows.map((row, index) => columns.map((column) => plain(column.cell(row, index), style)));
  const titles = columns.map((column) => (options.bare === true ? '' : plain(column.title, style)));
  const widths = columns.map((_, at) =>
    cells.reduce((widest, row) => Math.max(widest, displayWidth(row[at]!)), displayWidth(titles[at]!)),
  );
  const over = narrow(
    widths,
    columns.map((column) => column.least),
    style.width - indent - gap * (columns.length - 1),
  );
  const optional = columns.findLastIndex((column) => column.optional === true);
  if (over > 0 && optional !== -1) {
    return table(
      columns.filter((_, at) => at !== optional),
      rows,
      style,
      { ...options, belowColumn: Math.min(options.belowColumn ?? 0, columns.length - 2) },
    );
  }
  const ellipsis = plain('…', style);
  const line = (texts: readonly string[], paints: readonly (Paint | undefined)[]): string =>
    ' '.repeat(indent) +
    texts
      .map((text, at) => {
        const shown = fitted(text, widths[at]!, ellipsis);
        const blank = ' '.repeat(Math.max(0, widths[at]! - displayWidth(shown)));
        const painted = paint(shown, paints[at], style);
        if (columns[at]!.align === 'right') return blank + painted;
        return at === texts.length - 1 ? painted : painted + blank;
      })
      .join(' '.repeat(gap))
      .trimEnd();
  const lines: string[] = [];
  if (options.bare !== true)
    lines.push(
      line(
        titles,
        columns.map(() => 'dim' as const),
      ),
    );
  const start = indent + widths.slice(0, options.belowColumn ?? 0).reduce((sum, width) => sum + width + gap, 0);
  for (const [index, row] of rows.entries()) {
    lines.push(
      line(
        cells[index]!,
        columns.map((column) => column.paint?.(row)),
      ),
    );
    const below = options.below?.(row, index) ?? '';
    if (below !== '') {
      lines.push(' '.repeat(start) + paint(fitted(plain(below, style), style.width - start, ellipsis), 'dim', style));
    }
  }
  return lines;
}

/** Takes columns from the widest that may be cut until all fit, or none can give more: gives how much is then still too much. */
function narrow(widths: number[], least: readonly (number | undefined)[], room: number): number {
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    let widest = -1;
    for (const [at, width] of widths.entries()) {
      if (least[at] !== undefined && width > least[at] && (widest === -1 || width > widths[widest]!)) widest = at;
    }
    if (widest === -1) return over;
    widths[widest]! -= 1;
    over -= 1;
  }
  return 0;
}
