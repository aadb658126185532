import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { ChunkReader } from './content.ts';
import { restoreFromLines, splitMbox } from './mbox.ts';

const from = 'From MAILER-DAEMON Thu Jan  1 00:00:00 2026';

async function split(text: string, most = 1 << 20, chunk = 1 << 20): Promise<string[]> {
  const bytes = Buffer.from(text, 'latin1');
  const found: string[] = [];
  for await (const message of splitMbox(new ChunkReader(slices(bytes, chunk)), most)) {
    found.push(
      message.bytes === undefined ? `${message.start}-${message.end}` : Buffer.from(message.bytes).toString('latin1'),
    );
  }
  return found;
}

function* slices(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('splitMbox', () => {
  const cases: [what: string, mbox: string, messages: string[]][] = [
    ['one message', `${from}\nA: 1\n\nx\n`, ['A: 1\n\nx\n']],
    ['two messages', `${from}\nA: 1\n\nx\n\n${from}\nB: 2\n\ny\n`, ['A: 1\n\nx\n', 'B: 2\n\ny\n']],
    [
      'two messages, CRLF',
      `${from}\r\nA: 1\r\n\r\nx\r\n\r\n${from}\r\nB: 2\r\n\r\ny\r\n`,
      ['A: 1\r\n\r\nx\r\n', 'B: 2\r\n\r\ny\r\n'],
    ],
    [
      'a quoted From line (mboxrd, mboxo)',
      `${from}\nA: 1\n\n>From x\n>>From y\n> From z\na >From b\n`,
      ['A: 1\n\nFrom x\n>From y\n> From z\na >From b\n'],
    ],
    [
      'a From line in a text that follows no empty line',
      `${from}\nA: 1\n\nhello\n${from}\nB: 2\n`,
      [`A: 1\n\nhello\n${from}\nB: 2\n`],
    ],
    [
      'a sentence that begins with From',
      `${from}\nA: 1\n\nx\n\nFrom here on it is cold.\nReally.\n`,
      ['A: 1\n\nx\n\nFrom here on it is cold.\nReally.\n'],
    ],
    [
      'a From line without a date, before a field',
      `From a@b.example\nA: 1\n\nx\n\nFrom c@d.example\nB: 2\n\ny\n`,
      ['A: 1\n\nx\n', 'B: 2\n\ny\n'],
    ],
    [
      'the From line of Thunderbird',
      `From - Thu Jan 01 00:00:00 2026\nA: 1\n\nx\n\nFrom - Thu Jan 01 00:00:00 2026\nB: 2\n\ny\n`,
      ['A: 1\n\nx\n', 'B: 2\n\ny\n'],
    ],
    [
      'the From line of an export',
      `From 17@xxx Thu Jan 01 00:00:00 +0000 2026\r\nA: 1\r\n\r\nx\r\n\r\nFrom 18@xxx Thu Jan 01 00:00:00 +0000 2026\r\nB: 2\r\n\r\ny`,
      ['A: 1\r\n\r\nx\r\n', 'B: 2\r\n\r\ny'],
    ],
    ['a message of nothing', `${from}\n\n${from}\nB: 2\n`, ['', 'B: 2\n']],
    ['nothing', '', []],
  ];
  for (const [what, mbox, messages] of cases) {
    it(what, async () => assert.deepEqual(await split(mbox), messages));
    it(`${what}, in chunks of 3 bytes`, async () => assert.deepEqual(await split(mbox, 1 << 20, 3), messages));
  }

  it('gives the place of a message that is too large to hold', async () => {
    const text = `${from}\nA: 1\n\n${'x'.repeat(100)}\n\n${from}\nB: 2\n`;
    const [first, second] = await split(text, 50);
    const [start, end] = first!.split('-').map(Number);
    assert.equal(text.slice(start, end), `A: 1\n\n${'x'.repeat(100)}\n`);
    assert.equal(second, 'B: 2\n');
  });

  it('gives back what was written, for any messages, endings and chunks', async () => {
    const line = fc.constantFrom('From x', '>From y', '>>From', 'From ', 'a', '', 'A: 1', from, '\xe9', '>');
    const message = fc.array(line, { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 60 }),
        async (messages, eol, chunk) => {
          const texts = messages.map((lines) => lines.map((text) => `${text}${eol}`).join(''));
          // As mboxrd writes: one more `>` before every line that begins `>*From `.
          const quoted = texts.map((text) => text.replace(/^(?=>*From )/gm, '>'));
          const mbox = quoted.map((text) => `${from}${eol}${text}${eol}`).join('');
          // The empty line behind the last message cannot be told from one of its own.
          const expected = texts.map((text, i) => (i === texts.length - 1 ? `${text}${eol}` : text));
          assert.deepEqual(await split(mbox, 1 << 20, chunk), expected);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('splitMbox, with messages that are longer than what it looks ahead', () => {
  it('finds every message, wherever chunks end', async () => {
    const body = fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 70 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(body, { minLength: 2, maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1000, max: 9000 }),
        async (bodies, eol, chunk) => {
          const texts = bodies.map(
            ([lines, length], i) => `Subject: ${i}${eol}${eol}${`${'x'.repeat(length)}.${eol}`.repeat(lines)}`,
          );
          const mbox = texts.map((text) => `${from}${eol}${text}${eol}`).join('');
          assert.deepEqual(
            await split(mbox, 1 << 20, chunk),
            texts.map((text, i) => (i === texts.length - 1 ? `${text}${eol}` : text)),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('finds it at each place in a chunk', async () => {
    for (const eol of ['\n', '\r\n']) {
      const first = `A: 1${eol}${eol}${'y'.repeat(3000)}${eol}`;
      const mbox = `${from}${eol}${first}${eol}${from}${eol}${first}${eol}`;
      const at = from.length + first.length + 2 * eol.length;
      for (let chunk = at - 10; chunk < at + 60; chunk++) {
        assert.deepEqual(
          await split(mbox, 1 << 20, chunk),
          [first, first + eol],
          `${JSON.stringify(eol)} ${chunk - at}`,
        );
      }
    }
  });
});

describe('restoreFromLines', () => {
  it('does in chunks of any size what is done at once', async () => {
    const piece = fc.constantFrom('\n', '>From ', '>>From ', 'From ', '>', 'x\n', '\r\n', '\n>From a\n');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 20 }), async (pieces, chunk) => {
        const bytes = Buffer.from(pieces.join(''));
        const read = async (size: number): Promise<string> => {
          let text = '';
          for await (const part of restoreFromLines(asyncly(slices(bytes, size)))) text += Buffer.from(part).toString();
          return text;
        };
        assert.equal(await read(chunk), bytes.toString().replace(/^>(?=>*From )/gm, ''));
      }),
      { numRuns: 500 },
    );
  });

  async function* asyncly(chunks: Iterable<Buffer>): AsyncGenerator<Buffer> {
    yield* chunks;
  }
});
