import type { Style } from './style.ts';

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const heights = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const asciiHeights = [' ', '.', '.', ':', '-', '=', '+', '*', '#'];

/** A bar for a share (0 to 1) of `width` columns: something that is not nothing shows. */
export function bar(share: number, width: number, style: Style): string {
  const bounded = Math.max(0, Math.min(1, share));
  if (style.unicode === false) return '#'.repeat(bounded === 0 ? 0 : Math.max(1, Math.round(bounded * width)));
  const parts = bounded === 0 ? 0 : Math.max(1, Math.round(bounded * width * 8));
  return '█'.repeat(Math.floor(parts / 8)) + eighths[parts % 8]!;
}

/** A sparkline: one column a value, each of at least the lowest height when it is not 0. Values are added up where there are more than `width`. */
export function sparkline(values: readonly number[], width: number, style: Style): string {
  const per = Math.max(1, Math.ceil(values.length / Math.max(1, width)));
  const sums: number[] = [];
  for (const [at, value] of values.entries()) {
    const slot = Math.floor(at / per);
    sums[slot] = (sums[slot] ?? 0) + value;
  }
  const most = Math.max(...sums, 0);
  const signs = style.unicode === false ? asciiHeights : heights;
  return sums
    .map((sum) => (sum <= 0 || most === 0 ? signs[0] : signs[Math.max(1, Math.round((sum / most) * 8))]))
    .join('');
}
