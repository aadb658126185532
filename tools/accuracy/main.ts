// npm run accuracy [-- --world DIR]: how good Zegel is at telling who mails as us. Makes worlds with seeds that nothing was tuned on (or
// takes one that is given), has Zegel read what it may, asks it by its own commands, and holds the answers against the truth.
// Prints a JSON line a figure on standard output, progress on standard error. Exit 0: every target met; 1: one was not; 2: could not run.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { attribution } from './attribution.ts';
import { gates } from './gates.ts';
import { page } from './page.ts';
import type { Line } from './page.ts';
import type { Part } from './part.ts';
import { ownZegel, runZegel } from './product.ts';
import type { Zegel } from './product.ts';
import { simulation } from './simulation.ts';
import { unseen } from './unseen.ts';
import { fileWorld, makeWorld } from './world.ts';
import type { WorldName } from './world.ts';

/** The parts of the judgement; one more is a file and an element here. */
const parts: readonly Part[] = [attribution, simulation, gates, unseen];

const usage = `npm run accuracy [-- OPTIONS]
  --world DIR         a world that is there already (tools/world/README.md has its layout)
  --seeds A,B         seeds of the worlds to make (default: judge-1)
  --sizes S,T         small, medium, full (default: medium)
  --forged N,M        shares of forged mail (default: 0.05,0.5,0.95)
  --without-reverse   also without reverse DNS
  --without-playing   without playing changed worlds, which what-ifs, gates and estimates are held against
  --playing S,T       sizes of which changed worlds are played (default: all)
  --really            take decisions by zegel decide, and ask again, rather than reckon them
  --explain N         show the N worst answers on standard error
  --zegel PROGRAM     the program to judge (default: bin/zegel of this checkout)
  --write FILE        write the figures as a page too`;

/** What is typed cannot be done. */
class UsageError extends Error {}

function wishes(): {
  readonly worlds: readonly (WorldName & { readonly folder?: string })[];
  readonly write: string | undefined;
  readonly zegel: Zegel;
  readonly withoutReverse: boolean;
  /** Whether changed worlds are played, by the size of the world. */
  readonly playing: (size: string) => boolean;
  readonly really: boolean;
  readonly explain: number;
} {
  const { values } = parseArgs({
    options: {
      world: { type: 'string', multiple: true },
      seeds: { type: 'string', default: 'judge-1' },
      sizes: { type: 'string', default: 'medium' },
      forged: { type: 'string', default: '0.05,0.5,0.95' },
      'without-reverse': { type: 'boolean', default: false },
      'without-playing': { type: 'boolean', default: false },
      playing: { type: 'string' },
      really: { type: 'boolean', default: false },
      explain: { type: 'string', default: '0' },
      zegel: { type: 'string' },
      write: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) throw new UsageError('');
  const list = (text: string): string[] => text.split(',').filter((each) => each !== '');
  const shares = list(values.forged).map(Number);
  for (const share of shares)
    if (!(share >= 0 && share <= 0.99)) throw new UsageError(`--forged ${values.forged}: shares from 0 to 0.99`);
  if (!/^\d{1,4}$/.test(values.explain)) throw new UsageError(`--explain ${values.explain} is no number`);
  const sizes = list(values.sizes);
  for (const size of sizes)
    if (!['small', 'medium', 'full'].includes(size)) throw new UsageError(`--sizes ${size}: small, medium or full`);
  const played = values.playing === undefined ? undefined : list(values.playing);
  for (const size of played ?? [])
    if (!sizes.includes(size)) throw new UsageError(`--playing ${size}: none of the sizes ${sizes.join(', ')}`);
  // npm runs scripts in the folder of the package; paths are meant from where one stands.
  const from = process.env['INIT_CWD'] ?? process.cwd();
  const worlds =
    values.world === undefined
      ? sizes.flatMap((size) =>
          list(values.seeds).flatMap((seed) => shares.map((forgedShare) => ({ seed, size, forgedShare }))),
        )
      : values.world.map((folder) => ({
          seed: basename(resolve(from, folder)),
          size: 'given',
          forgedShare: null,
          folder: resolve(from, folder),
        }));
  if (worlds.length === 0) throw new UsageError('there is no world to judge by');
  const program = values.zegel === undefined ? ownZegel : resolve(from, values.zegel);
  return {
    worlds,
    zegel: (args, onLine) => runZegel(program, args, onLine),
    write: values.write === undefined ? undefined : resolve(from, values.write),
    withoutReverse: values['without-reverse'],
    playing: (size) => !values['without-playing'] && (played?.includes(size) ?? true),
    really: values.really,
    explain: Number(values.explain),
  };
}

function commitOf(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    // Not a checkout: the figures stand without it.
    return 'unknown';
  }
}

async function run(): Promise<number> {
  const { worlds, write, zegel, playing, ...options } = wishes();
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const commit = commitOf();
  const lines: Line[] = [];
  for (const { folder, ...world } of worlds) {
    const say = (text: string): void =>
      void process.stderr.write(
        `accuracy: ${world.seed}${world.forgedShare === null ? '' : `, ${world.size}, ${world.forgedShare * 100} % forged`}: ${text}\n`,
      );
    const home = mkdtempSync(join(tmpdir(), 'zegel-accuracy-'));
    const gone = (): void => rmSync(home, { recursive: true, force: true });
    process.on('exit', gone);
    try {
      const made = folder ?? join(home, 'world');
      if (folder === undefined) {
        say('making the world');
        await makeWorld(world, made);
      }
      const filed = await fileWorld(made, home, zegel, { withoutReverse: options.withoutReverse, say });
      for (const part of parts) {
        for (const judged of await part.judge({
          world: made,
          filed,
          zegel,
          say,
          options: { ...options, playing: playing(world.size) },
          ...(folder === undefined ? { made: world } : {}),
        })) {
          const line = { world, ...judged };
          lines.push(line);
          process.stdout.write(`${JSON.stringify({ schema: 'zegel-accuracy/1', version, commit, ...line })}\n`);
          if (judged.met === false) say(`NOT MET ${told(line)}`);
        }
      }
    } finally {
      gone();
      process.off('exit', gone);
    }
  }
  if (write !== undefined) writeFileSync(write, page(lines));
  return lines.some(({ met }) => met === false) ? 1 : 0;
}

function told({ metric, by, stratum, variant, value, target, ceiling }: Line): string {
  const number = (each: number | null): string => (each === null ? 'none' : String(Math.round(each * 10_000) / 10_000));
  return `${metric} by ${by}, ${stratum}${variant === undefined ? '' : `, ${variant}`}: ${number(value)}, target ${number(target)}, ceiling ${number(ceiling)}`;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(2));
try {
  process.exitCode = await run();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(message === '' ? `${usage}\n` : `accuracy: error: ${message}\n`);
  process.exitCode = 2;
}
