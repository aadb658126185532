// Worlds to judge by: made for the occasion in a folder that goes away, or given. Zegel is handed what it may read, never `truth/`.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Zegel } from './product.ts';

/** Which world a figure is of. */
export interface WorldName {
  readonly seed: string;
  readonly size: string;
  readonly forgedShare: number | null;
}

const maker = fileURLToPath(new URL('../world/main.ts', import.meta.url));

/** What of a world is otherwise. */
interface MakeOptions {
  /** A file of records that hold instead of its own. */
  readonly play?: string;
  /** The date on which it stops. */
  readonly until?: string;
  /** Without the classes of its truth. */
  readonly withoutClasses?: boolean;
  /** Nothing but what was played, from the last `$FROM` on. */
  readonly onlyTotals?: boolean;
  /** Some receivers turn away at MAIL FROM what SPF fails. */
  readonly turningAway?: boolean;
}

/** Makes a world. @throws when its maker fails */
export async function makeWorld(
  { seed, size, forgedShare }: WorldName,
  directory: string,
  { play, until, withoutClasses = false, onlyTotals = false, turningAway = false }: MakeOptions = {},
): Promise<void> {
  const args = [
    '--conditions=zegel-source',
    maker,
    `--seed=${seed}`,
    `--size=${size}`,
    `--forged=${forgedShare ?? 0.5}`,
    `--out=${directory}`,
    ...(play === undefined ? [] : [`--play=${play}`]),
    ...(until === undefined ? [] : [`--until=${until}`]),
    ...(withoutClasses ? ['--without-classes'] : []),
    ...(onlyTotals ? ['--only-totals'] : []),
    ...(turningAway ? ['--turning-away'] : []),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-1000)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`the world ${seed} could not be made: ${said.trim()}`);
}

/** The folders of a world that Zegel has read: with its reverse names, and without when that was asked for. */
export interface Filed {
  readonly data: string;
  readonly withoutReverse: string | undefined;
}

/**
 * Gives Zegel a world: what was published, what is declared, whose the networks are, the reports, and last what addresses are called.
 *
 * @param directory an empty folder, for the folders Zegel keeps
 */
export async function fileWorld(
  world: string,
  directory: string,
  zegel: Zegel,
  options: { readonly withoutReverse: boolean; readonly say: (text: string) => void },
): Promise<Filed> {
  const data = join(directory, 'data');
  const at = ['--data', data];
  for (const [file, day] of zones(join(world, 'zones'))) await zegel(['snapshot', '--zone', file, '--at', day, ...at]);
  const declared = join(world, 'declared.csv');
  if (existsSync(declared)) await zegel(['declared', 'import', declared, ...at]);
  options.say('taking in the reports');
  const networks = join(world, 'networks.csv');
  await zegel([
    'assess',
    join(world, 'reports'),
    '--json',
    ...at,
    ...(existsSync(networks) ? ['--networks', networks] : []),
  ]);
  let bare: string | undefined;
  if (options.withoutReverse) {
    bare = join(directory, 'without-reverse');
    cpSync(data, bare, { recursive: true });
  }
  for (const [file, day] of zones(join(world, 'reverse')))
    await zegel(['snapshot', '--zone', file, '--at', day, ...at]);
  return { data, withoutReverse: bare };
}

/** The zone files of a folder with their days, in order. */
function zones(folder: string): [file: string, day: string][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d{4}-\d{2}-\d{2}\.zone$/.test(name))
    .sort()
    .map((name) => [join(folder, name), name.slice(0, 10)]);
}

/** The text of a world's networks.csv; empty when it has none. */
export function networksOf(world: string): string {
  const file = join(world, 'networks.csv');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
