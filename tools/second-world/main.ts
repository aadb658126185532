// Makes an example world of the second kind: node --conditions=zegel-source tools/second-world/main.ts --seed S --forged 0.3 --out DIR
import { existsSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeWorld } from './world.ts';

const usage = 'main.ts --seed S --forged 0.3 --out DIR [--scale small|medium] [--days N]\n';

/** Does what the words of a command line say. @returns the exit code: 0 done, 2 could not */
function run(): number {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      forged: { type: 'string', default: '0.3' },
      out: { type: 'string' },
      scale: { type: 'string', default: 'small' },
      days: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { seed, out, scale } = values;
  const forged = Number(values.forged);
  const days = values.days === undefined ? undefined : Number(values.days);
  const isWrong =
    seed === undefined ||
    out === undefined ||
    !(forged >= 0 && forged <= 0.95) ||
    (scale !== 'small' && scale !== 'medium') ||
    (days !== undefined && !(Number.isInteger(days) && days >= 28 && days <= 200));
  if (values.help || isWrong) {
    (values.help ? process.stdout : process.stderr).write(usage);
    return values.help ? 0 : 2;
  }
  if (existsSync(out) && readdirSync(out).length > 0) {
    process.stderr.write(`${out} is not empty\n`);
    return 2;
  }
  const made = makeWorld({ seed, scale, forged, ...(days === undefined ? {} : { days }) }, out);
  process.stdout.write(
    `${made.messages} messages, ${made.rows} rows in ${made.reports} reports, ${made.sources} sources\n`,
  );
  return 0;
}

process.exitCode = run();
