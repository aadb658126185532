/** Records one `$GENERATE` may make. */
const maxGenerated = 65_536;

/**
 * Writes out a `$GENERATE` line, which BIND and others have beside RFC 1035: `$GENERATE 1-254 $ PTR host-$.example.com.`
 * A `$` stands for the number, `${offset,width,base}` for the number moved, padded and in base `d`, `o`, `x` or `X`; `\$` is a dollar.
 *
 * @param range `first-last` or `first-last/step`. @param rest what follows it, as it is written.
 * @returns the lines, or `undefined` when it cannot be read or would make too many.
 */
export function generatedLines(range: string, rest: string): string[] | undefined {
  const found = /^(\d{1,10})-(\d{1,10})(?:\/(\d{1,10}))?$/.exec(range);
  if (found === null) return undefined;
  const [first, last, step] = [Number(found[1]), Number(found[2]), Number(found[3] ?? '1')];
  if (step < 1 || last < first || (last - first) / step >= maxGenerated || rest.length > 1000) return undefined;
  const lines: string[] = [];
  let readable = true;
  for (let number = first; number <= last; number += step) {
    lines.push(
      rest.replace(/\\\$|\$(?:\{([^}]*)\})?/g, (whole, modifier: string | undefined) => {
        if (whole === '\\$') return '$';
        if (modifier === undefined) return String(number);
        const [, offset, width = '0', base = 'd'] = /^(-?\d{1,10})(?:,(\d{1,2})(?:,([doxX]))?)?$/.exec(modifier) ?? [];
        const value = number + Number(offset);
        if (offset === undefined || value < 0) {
          readable = false;
          return '';
        }
        const digits = value.toString(base === 'd' ? 10 : base === 'o' ? 8 : 16).padStart(Number(width), '0');
        return base === 'X' ? digits.toUpperCase() : digits;
      }),
    );
  }
  return readable ? lines : undefined;
}
