// What `npm start` runs. With arguments: that command of Zegel, in the folder where it was typed. Without: a look at the
// example organisation, so that a newcomer sees what Zegel says before having reports at hand.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const given = process.argv.slice(2).filter((argument) => argument !== '--no-serve');
const examples = join(root, 'examples');
// The example's world is told by files: the newest zone holds the keys that its reporters sign with.
const newestZone = readdirSync(join(examples, 'zones'))
  .filter((name) => name.endsWith('.zone'))
  .sort()
  .at(-1);
const example = [
  'assess',
  join(examples, 'reports'),
  '--data',
  join(root, '.setup', 'example'),
  '--networks',
  join(examples, 'networks.csv'),
  ...(newestZone === undefined ? [] : ['--zone', join(examples, 'zones', newestZone)]),
];

const child = spawn(join(root, 'bin', 'zegel'), given.length > 0 ? given : example, {
  // npm runs scripts in the package's folder; a path is meant from where one typed it.
  cwd: given.length > 0 ? (process.env.INIT_CWD ?? process.cwd()) : root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`zegel: error: ${error.message}\n`);
  process.exitCode = 2;
});
child.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 2) : 130;
  if (given.length === 0 && code === 0) {
    process.stdout.write('\nThat was the example organisation. Your own reports: npm start -- assess FOLDER…\n');
  }
});
