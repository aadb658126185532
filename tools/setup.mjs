// Installs what is missing, once: run before `npm start` and `npm test`. Plain JavaScript that any Node from 20 on can run,
// since it is what brings Node 24. A stamp holds a hash of the lockfile and the platform; when it is current, nothing is done.
// Two set-ups at once wait for one another; one that was killed half way is done again by the next.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const home = join(root, '.setup');
const stampFile = join(home, 'installed');
const lock = join(home, 'lock');
const quiet = process.env.CI !== undefined || !process.stderr.isTTY;

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex');

function current() {
  return (
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === wanted &&
    existsSync(join(root, 'node_modules', '.bin', 'node'))
  );
}

function say(text) {
  process.stderr.write(`zegel: ${text}\n`);
}

function fail(text, hint) {
  say(`error: ${text}`);
  say(`hint: ${hint}`);
  process.exit(2);
}

/** The process that a lock names: its pid, or undefined when none can be read. */
function holder(path) {
  try {
    const pid = Number(readFileSync(join(path, 'pid'), 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** True while the lock is somebody's. One without a readable pid counts as held for ten seconds: its owner may be about to write it. */
function held() {
  const pid = holder(lock);
  if (pid !== undefined) return lives(pid);
  try {
    return Date.now() - statSync(lock).mtimeMs < 10_000;
  } catch {
    return false;
  }
}

/** Takes away a lock whose owner is gone. Two that try at once cannot take away each other's fresh one: it is put back. */
function breakLock() {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  const pid = holder(aside);
  if (pid !== undefined && lives(pid) && !existsSync(lock)) renameSync(aside, lock);
  else rmSync(aside, { recursive: true, force: true });
}

function acquire() {
  let said = false;
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!held()) {
      breakLock();
      continue;
    }
    if (!said) say('another set-up is running; waiting for it');
    said = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function install() {
  const started = Date.now();
  if (!quiet) say('first run here: installing what is missing (about half a minute)');
  rmSync(stampFile, { force: true });
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--prefer-offline', '--loglevel=error'];
  const done =
    npm !== undefined && /\.c?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
      : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (done.error) fail(`npm could not be started (${done.error.message})`, 'install npm, then run this again');
  if (done.status !== 0) {
    fail(
      'installing the parts failed; npm says why above',
      'check the network and the free disk space, then run this again',
    );
  }
  if (!existsSync(join(root, 'node_modules', '.bin', 'node'))) {
    fail('Node 24 was not installed', 'npm must be allowed to run the install script of the package "node"');
  }
  prepare();
  writeFileSync(stampFile, wanted);
  if (!quiet) say(`installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** Compiles what ships as text and is read as tables, so that the first command does not have to. It would do so by itself. */
function prepare() {
  const node = join(root, 'node_modules', '.bin', 'node');
  spawnSync(
    node,
    ['--disable-warning=ExperimentalWarning', '--conditions=zegel-source', join(root, 'tools', 'prepare.ts')],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
}

if (!current()) {
  mkdirSync(home, { recursive: true });
  acquire();
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.on('exit', release);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
  if (!current()) install();
}
