// The pages of the ladder and of a what-if as Chromium draws them: wide and narrow, light and dark, with their content policy in force.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { ladderPage, whatIfPage } from '../../src/rendering/html/index.ts';
import { changeAnswer, portfolioGates, portfolioOf, portfolioTasks } from '../hand-made/portfolio.ts';

const home = mkdtempSync(join(tmpdir(), 'zegel-page-'));
const files = { ladder: join(home, 'ladder.html'), 'what-if': join(home, 'what-if.html') };
const today = '2026-03-01';

describe('the pages of the ladder and of a what-if in a browser', () => {
  let browser: Browser;
  before(async () => {
    writeFileSync(files.ladder, ladderPage(portfolioOf(portfolioGates(), portfolioTasks()), { today, ageDays: 30 }));
    writeFileSync(files['what-if'], whatIfPage(await changeAnswer(), { today, language: 'nl' }));
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
    rmSync(home, { recursive: true, force: true });
  });
  const shown = async (file: string, width: number, colorScheme: 'dark' | 'light' = 'light'): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    await page.goto(pathToFileURL(file).href);
    return page;
  };

  for (const [name, file] of Object.entries(files))
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [1280, 'dark'],
      [390, 'light'],
    ] as const)
      it(`${name} is drawn without a complaint, and no wider than the window (${width}, ${colorScheme})`, async () => {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
        const said: string[] = [];
        const asked: string[] = [];
        page.on('console', (message) => said.push(message.text()));
        page.on('pageerror', (error) => said.push(String(error)));
        page.on('request', (request) => asked.push(request.url()));
        await page.goto(pathToFileURL(file).href);
        await page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");
        assert.deepEqual(said, []);
        assert.equal(asked.length, 1, 'it fetches nothing');
        assert.notEqual(await page.title(), '1');
        assert.equal(await page.locator('img, script').count(), 0);
        const widths: [number, number] = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
        assert.ok(widths[0] <= widths[1], `${widths[0]} wide in a window of ${widths[1]}`);
        const picture = await page.screenshot();
        assert.ok(picture.length > 10_000, 'something is drawn');
        await page.close();
      });

  for (const width of [1280, 390])
    it(`each part of the bar of rungs is as wide as its domains are many, in a colour of its own, and shows its number (${width})`, async () => {
      const page = await shown(files.ladder, width);
      const parts: { name: string; count: number; width: number; fill: string; fits: boolean }[] =
        await page.evaluate(`[...document.querySelectorAll('.rungs span')].map((each) => ({
          name: each.className, count: Number(each.textContent), width: each.getBoundingClientRect().width,
          fill: getComputedStyle(each).backgroundColor, fits: each.scrollWidth <= each.clientWidth,
        }))`);
      assert.deepEqual(
        parts.map(({ name, count }) => [name, count]),
        [
          ['r-no-record', 1],
          ['r-none', 3],
          ['r-quarantine-soft', 1],
          ['r-quarantine', 1],
          ['r-reject-soft', 1],
          ['r-reject', 1],
        ],
      );
      assert.equal(new Set(parts.map(({ fill }) => fill)).size, parts.length);
      assert.ok(parts.every(({ fits }) => fits));
      assert.ok(Math.abs(parts[1]!.width / parts[0]!.width - 3) < 0.1, JSON.stringify(parts));
      await page.close();
    });

  it('the week under the pointer says its numbers, and the marks of the forecast lie to the right of the weeks', async () => {
    const page = await shown(files.ladder, 1280);
    const found: { title: string; last: number; marks: number[] } = await page.evaluate(`(() => {
      const chart = document.querySelector('.burn svg');
      chart.scrollIntoView();
      const { left, top, height } = chart.getBoundingClientRect();
      const under = document.elementFromPoint(left + 5, top + height - 5);
      const touched = [...chart.querySelectorAll('.touch')].at(-1).getBoundingClientRect();
      return { title: under.querySelector('title').textContent, last: touched.right,
        marks: [...chart.querySelectorAll('.mark, .ahead')].map((each) => each.getBoundingClientRect().left) };
    })()`);
    assert.match(found.title, /^Week up to 2025-08-24: 40 in the way, 1 came, 2 went$/);
    assert.equal(found.marks.length, 3);
    for (const mark of found.marks) assert.ok(mark > found.last, JSON.stringify(found));
    await page.close();
  });

  it('a bar of fates shows delivered, quarantined and rejected mail in colours of their own', async () => {
    const page = await shown(files['what-if'], 1280);
    const fills: string[] = await page.evaluate(
      `['delivered', 'quarantined', 'rejected'].map((each) => getComputedStyle(document.querySelector('.swatch.' + each)).backgroundColor)`,
    );
    assert.equal(new Set(fills).size, 3, fills.join(' '));
    const bars: number = await page.evaluate("document.querySelectorAll('.fate svg').length");
    assert.equal(bars, 8, 'two for wanted, undecided, forwarded and unwanted mail each');
    await page.close();
  });

  it('on paper it has the pictures and the table, and nothing folded away', async () => {
    const page = await shown(files.ladder, 1280);
    await page.emulateMedia({ media: 'print' });
    const visible: [boolean, boolean] = await page.evaluate(
      `[...[document.querySelector('.rungs'), document.querySelector('details')].map((each) => each.getClientRects().length > 0)]`,
    );
    assert.deepEqual(visible, [true, false]);
    assert.ok((await page.pdf()).length > 10_000);
    await page.close();
  });
});
