import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assert as check, property, array, string, integer } from 'fast-check';
import { assessed, opened } from '../../../test/hand-made/organisation.ts';
import { displayWidth, safeText } from '../safe-text.ts';
import { assessmentText, bar, ingestText, progressText, sourceText, sparkline, table, wrapped } from './index.ts';
import type { IngestOutcome, Style } from './index.ts';

const style: Style = { colour: false, width: 80 };
const colours = /\u001B\[[\d;]*m/g;

describe('a table', () => {
  const columns = [
    { title: 'name', cell: (row: [string, number]) => row[0], least: 4 },
    { title: 'n', cell: (row: [string, number]) => String(row[1]), align: 'right' as const },
  ];
  it('puts numbers on the right and cuts texts', () => {
    const lines = table(
      columns,
      [
        ['a-long-name', 5],
        ['b', 12345],
      ],
      { ...style, width: 14 },
    );
    assert.deepEqual(lines, ['name         n', 'a-long…      5', 'b        12345']);
  });
  it('writes a second line under a row', () => {
    const lines = table(columns, [['a', 1]], style, { below: () => 'more', belowColumn: 1, indent: 2, bare: true });
    assert.deepEqual(lines, ['  a  1', '     more']);
  });
  it('is never wider than told, when the columns that may be cut leave room', () => {
    check(
      property(array(string({ unit: 'grapheme', maxLength: 90 })), integer({ min: 20, max: 120 }), (texts, width) => {
        const rows = texts.map((text): [string, number] => [safeText(text), text.length]);
        for (const line of table(columns, rows, { ...style, width })) assert.ok(displayWidth(line) <= width);
      }),
    );
  });
});

describe('bars and sparklines', () => {
  const bars: [share: number, drawn: string, ascii: string][] = [
    [0, '', ''],
    [0.0001, '▏', '#'],
    [0.5, '█████', '#####'],
    [1, '██████████', '##########'],
    [7, '██████████', '##########'],
  ];
  for (const [share, drawn, ascii] of bars) {
    it(`a bar of ${share}`, () =>
      assert.deepEqual([bar(share, 10, style), bar(share, 10, { ...style, unicode: false })], [drawn, ascii]));
  }
  it('shows that something is not nothing', () => assert.equal(sparkline([0, 1, 1000], 10, style), ' ▁█'));
  it('adds up what does not fit', () => assert.equal(sparkline([1, 1, 2, 2], 2, style), '▄█'));
  it('of nothing is blank', () => assert.equal(sparkline([0, 0], 10, style), '  '));
});

describe('wrapped', () => {
  it('breaks at blanks and cuts words that are too long', () => {
    const lines = wrapped(`one two ${'x'.repeat(30)} three`, { ...style, width: 20 });
    assert.ok(lines.every((line) => line.length <= 20));
    assert.equal(lines.join('').replaceAll(' ', ''), `onetwo${'x'.repeat(30)}three`);
  });
});

describe('an assessment in a terminal', async () => {
  const assessment = await assessed();
  const detail = await opened();
  const styles: Style[] = [60, 80, 120].flatMap((width) =>
    (['en', 'nl'] as const).flatMap((language) => [
      { colour: false, width, language },
      { colour: true, width, language },
      { colour: false, width, language, unicode: false },
    ]),
  );
  for (const each of styles) {
    it(`fits: ${JSON.stringify(each)}`, () => {
      for (const line of [...assessmentText(assessment, each), ...sourceText(detail, each)]) {
        const shown = each.colour ? line.replace(colours, '') : line;
        // A command is there to be typed: it is never cut.
        if (!shown.startsWith('    zegel '))
          assert.ok(displayWidth(shown) <= each.width, `${displayWidth(shown)}: ${shown}`);
        // Of what a stranger wrote nothing steers; of what we write, colours alone, and only where they are wanted.
        assert.doesNotMatch(shown, /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/);
        assert.doesNotMatch(shown, /(?:label|assessment)\//);
        if (each.unicode === false) assert.match(shown, /^[\x20-\x7E]*$/);
      }
    });
  }

  const text = assessmentText(assessment, { ...style, width: 120 }).join('\n');
  const shown: [what: string, pattern: RegExp][] = [
    ['rows and messages apart', /[\d,]+ messages in [\d,]+ rows of [\d,]+ reports/],
    ['a gap of the period', /No report tells of 2 of these days: 2026-02-14 – 2026-02-15/],
    ['dates that cannot be true', /2 messages have dates that cannot be true/],
    ['reports of several days', /cover more than a day/],
    ['messages without an address', /13 messages have no address/],
    ['who fell silent', /quiet\.example +7489 .*silent since 2026-02-04/],
    ['a strict leg that does not hold', /strict: DKIM 0.% ?, SPF 0.%/],
    ['that it is not yet lost', /not yet what you would lose/],
    ['the word of the receiver', /For 11 messages a receiver says/],
    ['what receivers dispute', /For 2 messages the reported results show/],
    ['who has no policy', /news\.tel\.example .* tel\.example +none/],
    ['what is repaired', /repaired +2/],
    ['what to type', /zegel assess --source [0-9a-z]{7}/],
  ];
  for (const [what, pattern] of shown) it(`says ${what}`, () => assert.match(text, pattern));

  it('shows 20 lines of a list and says how many more', () => {
    const many = { ...assessment, domains: Array.from({ length: 33 }, () => assessment.domains[0]!) };
    const lines = assessmentText(many, style);
    assert.ok(lines.some((line) => line === '… and 13 more: zegel assess --all'));
    assert.ok(!assessmentText(many, style, { limit: Infinity }).some((line) => line.includes('and 13 more')));
  });
});

describe('filing in words', () => {
  const outcome: IngestOutcome = {
    files: 3,
    knownFiles: 0,
    documents: { counted: 4 },
    repairedDocuments: 0,
    rows: 1200,
    messages: 5000,
    seconds: 2.04,
  };
  const cases: [name: string, change: Partial<IngestOutcome>, said: string][] = [
    ['all well', {}, 'Filed 4 reports with 1,200 rows and 5,000 messages, in 2.0 s.'],
    ['nothing there', { files: 0, documents: {} }, 'There is nothing there to file.'],
    ['nothing new', { knownFiles: 3, documents: {} }, 'Nothing new: all 3 files were filed before.'],
    [
      'some refused',
      { documents: { counted: 4, refused: 2, duplicate: 1 } },
      'Filed 4 reports with 1,200 rows and 5,000 messages, in 2.0 s. Not counted: 2 refused, 1 duplicate. See: zegel reports --problems',
    ],
  ];
  for (const [name, change, said] of cases) {
    it(name, () => assert.equal(ingestText({ ...outcome, ...change }, style).join(' '), said));
  }
  it('says how far it is, how fast, and how long', () => {
    const now = { files: 10, totalFiles: 40, bytes: 25, totalBytes: 100, rows: 50_000, seconds: 10 };
    assert.equal(progressText(now, style), '███          25\u00A0%  10 of 40 files, 50,000 rows, 5k rows/s  30s left');
    assert.ok(displayWidth(progressText(now, { ...style, width: 40 })) < 40);
    assert.equal(progressText({ files: 1, bytes: 5, rows: 10, seconds: 0 }, style), '1 file, 10 rows, 0 rows/s');
  });
});
