// node --conditions=zegel-source tools/world/main.ts --seed S --size small|medium|full --forged 0.5 --out DIR [--play FILE] [--until DATE]
//     [--without-classes] [--only-totals] [--turning-away]
// Makes an example world; without classes, `truth/classes.jsonl` (most of a small world) is left out. Progress goes to standard error; the folder must be empty or not exist.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Size } from './model.ts';
import { dayOf } from './calendar.ts';
import { make, scales } from './world.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: 'lageland' },
    size: { type: 'string', default: 'small' },
    forged: { type: 'string', default: '0.5' },
    out: { type: 'string' },
    play: { type: 'string' },
    until: { type: 'string' },
    'without-classes': { type: 'boolean', default: false },
    'only-totals': { type: 'boolean', default: false },
    'turning-away': { type: 'boolean', default: false },
  },
});

const forged = Number(values.forged);
const wrong =
  values.out === undefined
    ? '--out DIR is missing'
    : !(values.size in scales)
      ? `--size is small, medium or full, not ${values.size}`
      : !(forged >= 0 && forged <= 0.99)
        ? `--forged is a share from 0 to 0.99, not ${values.forged}`
        : existsSync(values.out) && readdirSync(values.out).some((name) => name !== 'README.md')
          ? `${values.out} is not empty`
          : values.until !== undefined && !isWithin(values.until)
            ? `--until ${values.until} is no date within the world`
            : undefined;

if (wrong !== undefined) {
  console.error(`world: error: ${wrong}`);
  process.exitCode = 2;
} else {
  const started = performance.now();
  let shown = 0;
  const truth = await make({ seed: values.seed, size: values.size as Size, forged }, values.out!, {
    classes: !values['without-classes'],
    onlyTotals: values['only-totals'],
    turningAway: values['turning-away'],
    ...(values.play === undefined ? {} : { played: readFileSync(values.play, 'utf8') }),
    ...(values.until === undefined ? {} : { until: values.until }),
    progress: (day, days) => {
      if (performance.now() - shown < 1000 && day < days) return;
      shown = performance.now();
      process.stderr.write(`day ${day} of ${days}${process.stderr.isTTY && day < days ? '\r' : '\n'}`);
    },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(
    `${truth.rows} rows in ${truth.reports} reports, ${truth.sourcesSeen().size} sources, ${seconds} s\n`,
  );
}

function isWithin(date: string): boolean {
  const { first, days } = scales[values.size as Size];
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && dayOf(date) > first && dayOf(date) <= first + days;
}
