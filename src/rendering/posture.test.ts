import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { lookAt, rank } from '../protection/posture/index.ts';
import type { LookOptions, Posture } from '../protection/posture/index.ts';
import { domainName, zone } from '../standards/dns/index.ts';
import { posturePage, rankingPage } from './html/posture.ts';
import { displayWidth } from './safe-text.ts';
import { postureText, rankingText } from './terminal/posture.ts';
import { zoneLines } from './zone-line.ts';

const domain = domainName('example.com');

function look(lines: string, options: LookOptions = {}): Promise<Posture> {
  const reading = zone(`. SOA a.nic. b.nic. 1 1 1 1 300\n${lines}`);
  assert.ok(reading.ok);
  return lookAt(domain, reading.value.resolver, options);
}

const ordinary = `
example.com. TXT "v=spf1 include:spf.gone.test mx ip4:10.0.0.0/8 ~all"
example.com. MX 10 mx1.example.com.
mx1.example.com. A 192.0.2.1
_dmarc.example.com. TXT "v=DMARC1; p=quarantine; sp=none; rua=mailto:d@example.com"
s1._domainkey.example.com. TXT "v=DKIM1; p="
`;
/** Records with everything in them that could steer a terminal or get out of a page. */
const nasty = String.raw`
example.com. TXT "v=spf1 \027[31mred\027[0m \226\128\174 include:\"><script>alert(1)</script> ~all"
_dmarc.example.com. TXT "v=DMARC1; p=none; \027]0;title\007x=y; rua=mailto:a@b.test\027[2J"
s1._domainkey.example.com. TXT "v=DKIM1; p=\027[H"
default._bimi.example.com. TXT "v=BIMI1; l=\027c"
`;

describe('a record as lines of a zone file', () => {
  it('reads back the same, whatever is in it, in lines that fit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 900 }),
        fc.integer({ min: 40, max: 120 }),
        (bytes, width) => {
          const value = String.fromCharCode(...bytes);
          const lines = zoneLines({ name: 'a.example', type: 'TXT', value }, width);
          for (const line of lines) assert.ok(/^[\x20-\x7E]*$/.test(line) && line.length <= width, line);
          const reading = zone(`. SOA a. b. 1 1 1 1 1\n${lines.join('\n')}`);
          assert.ok(reading.ok && reading.problems.length === 0, JSON.stringify(reading.problems));
          const found = reading.value.records.find(({ type }) => type === 'TXT');
          const parts = (found?.data ?? []) as readonly string[];
          assert.equal(parts.join(''), value);
          assert.ok(parts.every((part) => part.length <= 255));
        },
      ),
      { numRuns: 300 },
    );
  });
  it('writes other types as they are', () => {
    assert.deepEqual(zoneLines({ name: 'a.example', type: 'MX', value: '0 .' }, 80), ['a.example. MX 0 .']);
  });
});

describe('a posture in a terminal', () => {
  for (const language of ['en', 'nl'] as const) {
    for (const [what, lines] of [
      ['ordinary', ordinary],
      ['nasty', nasty],
      ['empty', ''],
    ] as const) {
      for (const all of [false, true]) {
        it(`fits 80 columns, and every sentence is said: ${what}, ${language}${all ? ', all' : ''}`, async () => {
          const posture = await look(lines, { subdomains: [domainName('a.example.com')] });
          for (const width of [60, 80, 120]) {
            const text = postureText(posture, { colour: false, width, language }, { all });
            for (const line of text) {
              assert.ok(displayWidth(line) <= width, line);
              assert.ok(!/[\u0000-\u001f\u007f-\u009f\u202e\u200b]/.test(line), JSON.stringify(line));
              assert.ok(!/label\/|posture\/|posture-[a-z]|\{\w+\}|undefined|NaN/.test(line), line);
            }
          }
        });
      }
    }
  }
  it('says the letter, the headline, the records to publish and who can be forged', async () => {
    const text = postureText(await look(ordinary), { colour: false, width: 80 }).join('\n');
    for (const part of [
      'grade F',
      'A policy is in force, but there is a way around it.',
      'whoever takes gone.test decides who may send as example.com',
      '_dmarc.example.com. TXT (\n                "v=DMARC1; p=quarantine; rua=mailto:d@example.com" )',
      'any name that does not exist',
      'not tested',
    ]) {
      assert.ok(text.replaceAll(/\s+/g, ' ').includes(part.replaceAll(/\s+/g, ' ')), `${part}\n${text}`);
    }
  });
  it('does not call closed what could not be told', async () => {
    const reading = zone(
      'example.com. SOA a. b. 1 1 1 1 1\nexample.com. TXT "v=spf1 include:i.example.net -all"\n_dmarc.example.com. TXT "v=DMARC1; p=reject"\ns1._domainkey.example.com. CNAME s1.example.net.',
    );
    assert.ok(reading.ok);
    const text = postureText(await lookAt(domain, reading.value.resolver), { colour: false, width: 80 }).join(' ');
    for (const part of [
      'but not everything could be told',
      'partly not told',
      'because they are aliases: s1',
      'provisional',
    ]) {
      assert.ok(text.replaceAll(/\s+/g, ' ').includes(part), `${part}\n${text}`);
    }
    assert.ok(!text.includes('addresses pass'));
  });
  it('shows ASCII where only that arrives', async () => {
    const text = postureText(await look(ordinary), { colour: true, width: 80, unicode: false, language: 'nl' });
    assert.ok(text.every((line) => /^[\x20-\x7E\u001B]*$/.test(line)));
  });
});

describe('a posture as a page', () => {
  it('holds nothing of a stranger that is markup, runs or is fetched', async () => {
    for (const lines of [ordinary, nasty]) {
      for (const language of ['en', 'nl'] as const) {
        const page = posturePage(await look(lines), { language });
        assert.ok(!/<script|<img|<link|javascript:|url\(|@import|src=/i.test(page));
        assert.ok(!/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/.test(page));
        assert.ok(
          !/label\/|posture\/(?!1)|>posture-|\{\w+\}(?![^<]*<\/style>)|undefined/.test(
            page.replace(/<style>[\s\S]*<\/style>/, ''),
          ),
        );
        for (const tag of ['main', 'section', 'table', 'ul', 'li', 'details', 'pre', 'code', 'p']) {
          const open = page.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0;
          assert.equal(page.match(new RegExp(`</${tag}>`, 'g'))?.length ?? 0, open, tag);
        }
      }
    }
  });
  it('holds the records to publish', async () => {
    const page = posturePage(await look(ordinary));
    assert.ok(page.includes('_dmarc.example.com. TXT &quot;v=DMARC1; p=quarantine; rua=mailto:d@example.com&quot;'));
  });
});

describe('a ranking', () => {
  it('fits, and shows how many more there are', async () => {
    const postures = [
      await look(ordinary),
      { ...(await look(nasty)), domain: domainName(`${'long.'.repeat(20)}example.com`) },
    ];
    const ranked = rank(postures);
    for (const width of [60, 80]) {
      const text = rankingText(ranked, { colour: false, width, language: 'nl' }, { limit: 1 });
      assert.ok(
        text.every((line) => displayWidth(line) <= width),
        text.join('\n'),
      );
      assert.ok(text.some((line) => line.includes('en nog 1')));
    }
    assert.ok(!rankingPage(ranked).includes('<script'));
  });
});
