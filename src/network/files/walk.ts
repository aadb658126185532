import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import { join, sep } from 'node:path';
import type { Problem } from '../../standards/problem.ts';

/** A file that is to be read. */
export interface FoundFile {
  readonly path: string;
  readonly size: number;
  /** It lies in `cur` or `new` of a Maildir, and is a message by definition. */
  readonly maildir: boolean;
  /** It was named outright, so a link is followed. */
  readonly named: boolean;
}

/** Says of a path that it is passed over, and why. */
export type Refuse = (problem: Problem) => void;

/**
 * Finds the files at and below paths, in the order of their names, so that two runs over one tree do the same. Of a Maildir only
 * the messages are taken (`tmp` holds those still being written). Links are not followed: one that points into the tree names
 * something that is met anyway, and one that points out of it is refused. So is what is no file: sockets, pipes, devices.
 *
 * @param refuse told of everything that is passed over
 * @param sizes whether the sizes are wanted, which costs a question to the system for each; else they are 0
 */
export function* walk(paths: readonly string[], refuse: Refuse, sizes: boolean): Generator<FoundFile> {
  for (const path of paths) {
    let stats: Stats;
    try {
      stats = statSync(path);
    } catch (error) {
      refuse(unreadable(path, error));
      continue;
    }
    if (stats.isDirectory()) {
      let root: string;
      try {
        root = realpathSync(path);
      } catch (error) {
        refuse(unreadable(path, error));
        continue;
      }
      yield* walkFolder(path, root, refuse, sizes);
    } else if (stats.isFile()) yield { path, size: stats.size, maildir: false, named: true };
    else refuse({ code: 'files/special', values: { path, kind: kindOf(stats) } });
  }
}

function* walkFolder(top: string, root: string, refuse: Refuse, sizes: boolean): Generator<FoundFile> {
  // A stack rather than recursion: how deep a tree is, is up to whoever made it.
  const folders: { path: string; maildir: boolean }[] = [{ path: top, maildir: false }];
  for (;;) {
    const folder = folders.pop();
    if (folder === undefined) return;
    let entries: Dirent[];
    try {
      entries = readdirSync(folder.path, { withFileTypes: true });
    } catch (error) {
      refuse(unreadable(folder.path, error));
      continue;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const isFolder = (name: string): boolean => entries.some((entry) => entry.name === name && entry.isDirectory());
    const isMaildir = isFolder('cur') && isFolder('new');
    const below: typeof folders = [];
    for (const entry of entries) {
      const path = join(folder.path, entry.name);
      if (isMaildir && !isOfMaildir(entry)) continue;
      if (entry.name.startsWith('.') && !(isMaildir && entry.isDirectory())) {
        refuse({ code: 'files/hidden', values: { path } });
      } else if (entry.isDirectory()) {
        below.push({ path, maildir: isMaildir && (entry.name === 'cur' || entry.name === 'new') });
      } else if (entry.isFile()) {
        const size = sizes ? sizeOf(path, refuse) : 0;
        if (size !== undefined) yield { path, size, maildir: folder.maildir, named: false };
      } else if (entry.isSymbolicLink()) judgeLink(path, root, refuse);
      else refuse({ code: 'files/special', values: { path, kind: kindOf(entry) } });
    }
    // Last in, first out: put them in backwards.
    folders.push(...below.reverse());
  }
}

/** Of a Maildir, its two folders of messages and the folders that Maildir++ keeps beside them; its indexes are no mail. */
function isOfMaildir(entry: Dirent): boolean {
  return (
    entry.isDirectory() &&
    (entry.name === 'cur' || entry.name === 'new' || (entry.name !== 'tmp' && entry.name !== '..'))
  );
}

function sizeOf(path: string, refuse: Refuse): number | undefined {
  try {
    return lstatSync(path).size;
  } catch (error) {
    refuse(unreadable(path, error));
    return undefined;
  }
}

function judgeLink(path: string, root: string, refuse: Refuse): void {
  let target: string;
  try {
    target = realpathSync(path);
  } catch {
    refuse({ code: 'files/link-to-nothing', values: { path } });
    return;
  }
  if (target !== root && !target.startsWith(root.endsWith(sep) ? root : root + sep)) {
    refuse({ code: 'files/link-outside', values: { path, target } });
  }
}

function kindOf(entry: Dirent | Stats): string {
  if (entry.isFIFO()) return 'pipe';
  if (entry.isSocket()) return 'socket';
  return entry.isBlockDevice() || entry.isCharacterDevice() ? 'device' : 'special file';
}

/** Why the system would not let a path be read, as a problem. */
export function unreadable(path: string, error: unknown): Problem {
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  // Only the system says which of its calls failed; anything else is a bug.
  if (typeof code !== 'string' || typeof syscall !== 'string') throw error;
  if (code === 'ENOENT') return { code: 'files/not-found', values: { path } };
  if (code === 'EACCES' || code === 'EPERM') return { code: 'files/no-access', values: { path } };
  return { code: 'files/unreadable', values: { path, reason: code } };
}
