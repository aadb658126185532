import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SaxesParser } from 'saxes';
import { assessed } from '../../../test/hand-made/organisation.ts';
import { assess } from '../../protection/assessment/index.ts';
import { historyOf } from '../../../test/hand-made/history.ts';
import { html } from './markup.ts';
import { assessmentPage } from './index.ts';

/** Elements and attributes of the body, read by an XML parser: what is not well-formed there has not been escaped. */
function bodyOf(page: string): { elements: Set<string>; attributes: Set<string>; text: string } {
  const start = page.indexOf('<main>');
  const body = page.slice(start, page.indexOf('</main>') + '</main>'.length);
  const elements = new Set<string>();
  const attributes = new Set<string>();
  let text = '';
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    elements.add(tag.name);
    for (const name of Object.keys(tag.attributes)) attributes.add(name);
  });
  parser.on('text', (part) => (text += part));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(body).close();
  return { elements, attributes, text };
}

describe('the page of an assessment', async () => {
  const assessment = await assessed();
  for (const language of ['en', 'nl'] as const) {
    const page = assessmentPage(assessment, { language });
    it(`holds nothing that is not ours (${language})`, () => {
      const { elements, attributes, text } = bodyOf(page);
      const ours =
        'main header h1 h2 h3 p dl div dt dd section ul li ol span svg g line path rect title table thead tbody tr th td details summary code b footer';
      assert.deepEqual(
        [...elements].filter((name) => !ours.split(' ').includes(name)),
        [],
      );
      const allowed =
        'class role aria-label aria-hidden style viewBox preserveAspectRatio d x y x1 x2 y1 y2 width height scope';
      assert.deepEqual(
        [...attributes].filter((name) => !allowed.split(' ').includes(name)),
        [],
      );
      assert.ok(text.includes('<script>alert(1)</script>'), 'hostile texts are shown as texts');
      assert.doesNotMatch(
        text,
        /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/,
      );
      assert.doesNotMatch(text, /(?:label|assessment)\//);
    });

    it(`fetches nothing and runs nothing (${language})`, () => {
      assert.match(page, /http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'/);
      assert.doesNotMatch(page, /<script|<link|<iframe|<img|<object|@import|url\(|\bsrc="|\bhref="|https?:\/\//i);
      assert.match(page, new RegExp(`<html lang="${language}">`));
    });
  }

  it('has a text alternative for every picture', () => {
    const pictures = assessmentPage(assessment).match(/<svg[^>]*>/g) ?? [];
    assert.ok(pictures.length > 10);
    for (const picture of pictures) assert.match(picture, /aria-hidden="true"|role="img" aria-label="[^"]+"/);
  });

  it('is under 3 MB with 24,000 sources', async () => {
    const page = assessmentPage(await assessed(24_000));
    assert.ok(page.length > 50_000 && Buffer.byteLength(page) < 3_000_000, String(page.length));
  });

  it('says when there is nothing', async () => {
    const nothing = await assess(
      historyOf([]),
      {
        tallyDocuments: () => [],
        tallyTroubles: () => [],
        tallyAuthenticity: () => ({ authentic: 0, unproven: 0, notKnownYet: 0, notLookedAt: 0, files: 0 }),
        publishedPolicies: () => [],
      },
      { lookup: () => undefined },
      { today: 20_000 },
    );
    assert.match(bodyOf(assessmentPage(nothing)).text, /No report is filed that tells of this/);
  });
});

describe('html', () => {
  it('escapes values for content and for attributes', () => {
    assert.equal(
      html`<a title="${`"'><&\``}">${'<b>\u202E'}</a>`.text,
      '<a title="&quot;&#39;&gt;&lt;&amp;&#96;">&lt;b&gt;\uFFFD</a>',
    );
  });
  it('takes markup, lists of it, and numbers as they are', () => {
    assert.equal(html`${[html`<b>${1}</b>`, html`<i>${'&'}</i>`]}`.text, '<b>1</b><i>&amp;</i>');
  });
});
