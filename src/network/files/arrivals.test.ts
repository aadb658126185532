import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Arrival } from '../../protection/ingestion/index.ts';
import type { Problem } from '../../standards/problem.ts';
import { SourceChanged, arrivals } from './index.ts';

const top = mkdtempSync(join(tmpdir(), 'zegel-files-'));
after(() => rmSync(top, { recursive: true, force: true }));
const message = 'From: a@b.example\nSubject: x\n\nhello\n';
const from = 'From a@b.example Thu Jan  1 00:00:00 2026\n';

let count = 0;
/** A folder with these files in it; a name that ends in `/` is a folder. */
function folder(files: Readonly<Record<string, Buffer | string>>): string {
  const path = join(top, String(++count));
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    if (name.endsWith('/')) mkdirSync(join(path, name), { recursive: true });
    else writeFileSync(join(path, name), content);
  }
  return path;
}

async function found(
  paths: string | string[],
  options: { heldBytes?: number; standardInput?: AsyncIterable<Uint8Array> } = {},
): Promise<{ arrivals: string[]; refused: string[]; total: { files: number; bytes: number } }> {
  const refused: Problem[] = [];
  let total = { files: -1, bytes: -1 };
  const list: string[] = [];
  const one = typeof paths === 'string' ? paths : (paths[0] ?? '');
  const short = (path: string): string => (one === '-' ? path : path.replace(`${one}/`, ''));
  const source = arrivals(typeof paths === 'string' ? [paths] : paths, {
    refuse: (problem) => refused.push(problem),
    found: (all) => (total = all),
    ...options,
  });
  for await (const arrival of source) {
    const bytes = await contentOf(arrival);
    assert.equal(arrival.size, bytes.length);
    assert.equal(arrival.sha256, createHash('sha256').update(bytes).digest('hex'));
    // As often as it is asked for.
    assert.deepEqual(await contentOf(arrival), bytes);
    assert.equal(arrival.bytes !== undefined, bytes.length <= (options.heldBytes ?? Infinity));
    list.push(`${short(arrival.origin)} ${arrival.road} ${bytes.toString('latin1').slice(0, 40)}`);
  }
  return {
    arrivals: list,
    refused: refused.map(({ code, values }) => `${code} ${short(String(values?.['path']))}`),
    total,
  };
}

async function contentOf(arrival: Arrival): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of arrival.chunks()) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

async function* input(...chunks: (Buffer | string)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

describe('arrivals', () => {
  it('are the files below a folder, by name, whatever they are called', async () => {
    const path = folder({ 'b.xml': '<feedback/>', 'a/z': 'z', 'a/b/c.txt': 'c', A: message, 'empty/': '', 'e.gz': '' });
    assert.deepEqual(await found(path), {
      arrivals: [
        'A mail From: a@b.example\nSubject: x\n\nhello\n',
        'b.xml file <feedback/>',
        'e.gz file ',
        'a/z file z',
        'a/b/c.txt file c',
      ],
      refused: [],
      total: { files: 5, bytes: message.length + 13 },
    });
  });

  it('are a file that is named, also by a link', async () => {
    const path = folder({ 'a.xml': '<a/>' });
    symlinkSync('a.xml', join(path, 'link'));
    assert.deepEqual((await found([join(path, 'link'), join(path, 'a.xml')])).arrivals.length, 2);
  });

  it('are the messages of an mbox, told by its content', async () => {
    const path = folder({ 'reports.txt': `${from}${message}\n${from}A: 1\n\n>From x\n` });
    assert.deepEqual((await found(path)).arrivals, [
      'reports.txt#1 mail From: a@b.example\nSubject: x\n\nhello\n',
      'reports.txt#2 mail A: 1\n\nFrom x\n',
    ]);
  });

  it('are the same when they are too large to hold', async () => {
    const long = `${'x'.repeat(70)}\n>From y\n`.repeat(20);
    const path = folder({ mbox: `${from}${message}\n${from}A: 1\n\n${long}`, 'big.xml': `<a>${long}</a>` });
    const held = await found(path);
    assert.deepEqual((await found(path, { heldBytes: 200 })).arrivals, held.arrivals);
    assert.deepEqual(held.arrivals.length, 3);
  });

  it('are the messages of a Maildir, without what is still being written and its indexes', async () => {
    const path = folder({
      'box/cur/1:2,S': message,
      'box/new/2': `${from}no mbox: a message that begins so\n`,
      'box/tmp/3': message,
      'box/dovecot.index.cache': 'x',
      'box/.Reports/cur/4': message,
      'box/.Reports/new/': '',
      'box/.Reports/tmp/': '',
      'cur/5': message,
    });
    const { arrivals: list, refused } = await found(path);
    assert.deepEqual(
      list.map((arrival) => arrival.split(' ').slice(0, 2).join(' ')),
      ['box/.Reports/cur/4 mail', 'box/cur/1:2,S mail', 'box/new/2 mail', 'cur/5 mail'],
    );
    assert.deepEqual(refused, []);
  });

  it('pass over what is hidden, links, and what is no file, and say so', async () => {
    const path = folder({ 'a.xml': '<a/>', '.hidden/b': 'b', '.DS_Store': 'x', 'sub/c': 'c' });
    symlinkSync('/etc', join(path, 'out'));
    symlinkSync('nowhere', join(path, 'dangling'));
    symlinkSync('sub', join(path, 'in'));
    symlinkSync('..', join(path, 'sub', 'up'));
    execFileSync('mkfifo', [join(path, 'pipe')]);
    const { arrivals: list, refused } = await found(path);
    assert.deepEqual(list, ['a.xml file <a/>', 'sub/c file c']);
    assert.deepEqual(refused, [
      'files/hidden .DS_Store',
      'files/hidden .hidden',
      'files/link-to-nothing dangling',
      'files/link-outside out',
      'files/special pipe',
    ]);
  });

  it('say what is not there, and go on', async () => {
    const path = folder({ 'a.xml': '<a/>' });
    const { arrivals: list, refused, total } = await found([path, join(path, 'none'), '/dev/null']);
    assert.deepEqual(list, ['a.xml file <a/>']);
    assert.deepEqual(refused, ['files/not-found none', 'files/special /dev/null']);
    assert.deepEqual(total, { files: 1, bytes: 4 });
  });

  it(
    'say what may not be read, and go on',
    { skip: process.getuid?.() === 0 ? 'root may read everything' : false },
    async () => {
      const path = folder({ 'a.xml': '<a/>', b: 'b' });
      chmodSync(join(path, 'a.xml'), 0);
      assert.deepEqual(await found(path), {
        arrivals: ['b file b'],
        refused: ['files/no-access a.xml'],
        total: { files: 2, bytes: 5 },
      });
    },
  );

  const inputs: [what: string, content: Buffer | string, expected: string[]][] = [
    ['a report', '<feedback/>', ['- standard-input <feedback/>']],
    ['a gzip', gzipSync(''), [`- standard-input ${gzipSync('').toString('latin1')}`]],
    ['a message', message, [`- mail ${message}`]],
    ['an mbox', `${from}${message}\n${from}${message}`, [`-#1 mail ${message}`, `-#2 mail ${message}`]],
    ['nothing', '', ['- standard-input ']],
  ];
  for (const [what, content, expected] of inputs) {
    for (const heldBytes of [1 << 20, 10]) {
      it(`standard input: ${what}${heldBytes === 10 ? ', beyond what is held' : ''}`, async () => {
        const bytes = Buffer.from(content);
        const options = { standardInput: input(bytes.subarray(0, 3), bytes.subarray(3)), heldBytes };
        assert.deepEqual((await found(['-'], options)).arrivals, expected);
      });
    }
  }

  it('that change before they are read again are an error of their own', async () => {
    const path = folder({ big: 'x'.repeat(1000) });
    for await (const arrival of arrivals([path], { refuse: () => {}, heldBytes: 10 })) {
      appendFileSync(join(path, 'big'), 'y');
      await assert.rejects(
        contentOf(arrival),
        (error: unknown) => error instanceof SourceChanged && error.code === 'files/changed',
      );
    }
  });
});
