// The page of an assessment as Chromium draws it: wide and narrow, light and dark, with its content policy in force.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { kinds, overviewOf } from '../../src/protection/inventory/index.ts';
import type { AddressPart } from '../../src/protection/inventory/index.ts';
import { assessmentPage } from '../../src/rendering/html/index.ts';
import { parseClientAddress } from '../../src/standards/dns/index.ts';
import { inventoryOf } from '../hand-made/inventory.ts';
import { assessed } from '../hand-made/organisation.ts';

const hostile = '<img src=x onerror="document.title=1">"\'&';
const part = (text: string, at: number): AddressPart => ({
  address: parseClientAddress(text)!,
  text,
  kind: kinds[Math.floor(at / 40) % kinds.length]!,
  messages: (at * 7919) % 5000,
  stream: 'a-2345',
  network: {
    asn: 64_500 + Math.floor(at / 40),
    name: at < 40 ? hostile : `Network ${Math.floor(at / 40)}`,
    country: 'NL',
  },
});
const space = {
  v4: Array.from({ length: 2000 }, (_, at) => part(`203.0.${Math.floor(at / 40)}.${at % 40}`, at)),
  v6: Array.from({ length: 50 }, (_, at) => part(`2001:db8::${(at + 1).toString(16)}`, at)),
};
const overview = overviewOf(
  inventoryOf(
    kinds.map((kind, at) => ({
      stream: { id: `${kind}-2345`, name: at === 0 ? hostile : `A stream with quite a long name, for ${kind}`, kind },
      rows: [`192.0.2.${at} a-name-that-is-long-and-has-no-place-to-break.example.com ${at * 1000}`],
    })),
  ),
);

describe('the page in a browser', () => {
  const home = mkdtempSync(join(tmpdir(), 'zegel-page-'));
  const file = join(home, 'page.html');
  let browser: Browser;
  before(async () => {
    writeFileSync(file, assessmentPage(await assessed(), { inventory: { overview, space } }));
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
    rmSync(home, { recursive: true, force: true });
  });

  for (const [width, colorScheme] of [
    [1200, 'light'],
    [1200, 'dark'],
    [390, 'light'],
  ] as const)
    it(`is drawn without a complaint, and no wider than the window (${width}, ${colorScheme})`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      const said: string[] = [];
      const asked: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(String(error)));
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      assert.deepEqual(said, []);
      assert.equal(asked.length, 1, 'it fetches nothing');
      assert.notEqual(await page.title(), '1');
      assert.equal(await page.locator('img, script').count(), 0);
      const widths: [number, number] = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
      assert.ok(widths[0] <= widths[1], `${widths[0]} wide in a window of ${widths[1]}`);
      const maps = page.locator('.map svg');
      assert.equal(await maps.count(), 2);
      for (const map of await maps.all()) {
        const box = await map.boundingBox();
        assert.ok(box !== null && box.width > 250 && Math.abs(box.width - box.height) < 1, JSON.stringify(box));
      }
      await page.close();
    });

  it('the picture shows each kind in its colour, and says what a patch is', async () => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    await page.goto(pathToFileURL(file).href);
    const fills: string[] = await page.evaluate(
      `${JSON.stringify(kinds)}.map((kind) => getComputedStyle(document.querySelector('.map path.m-' + kind)).fill)`,
    );
    assert.equal(new Set(fills).size, kinds.length, fills.join(' '));
    const under: [string, string] = await page.evaluate(`(() => {
      const map = document.querySelector('.map svg');
      map.scrollIntoView();
      const { left, top, width } = map.getBoundingClientRect();
      const found = document.elementFromPoint(left + width / 2, top + 20);
      return [found.tagName, found.querySelector('title')?.textContent ?? ''];
    })()`);
    assert.equal(under[0], 'path');
    assert.match(under[1], /^AS645\d\d [\s\S]*203\.0\.\d+\.\d+[\s\S]*messages$/);
    await page.close();
  });
});
