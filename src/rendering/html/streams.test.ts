import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SaxesParser } from 'saxes';
import { inventoryOf } from '../../../test/hand-made/inventory.ts';
import { kinds, overviewOf } from '../../protection/inventory/index.ts';
import type { AddressPart, AddressSpace } from '../../protection/inventory/index.ts';
import { parseClientAddress } from '../../standards/dns/index.ts';
import { speech } from '../speech.ts';
import { streamSections } from './streams.ts';

const hostile = '"><script>alert(1)</script><b onclick="x">';
const part = (text: string, kind: AddressPart['kind'], messages: number, name = 'Home'): AddressPart => ({
  address: parseClientAddress(text)!,
  text,
  kind,
  messages,
  stream: 'a-2345',
  network: { asn: 64_500, name, country: 'NL' },
});
const overview = overviewOf(
  inventoryOf([
    { stream: { id: 'a-2345', name: hostile, party: hostile }, rows: [`192.0.2.1 ${hostile.replaceAll(' ', '')} 10`] },
    {
      stream: {
        id: 'b-2345',
        kind: 'undecided',
        question: { code: 'inventory/ask', values: { whom: hostile } },
        reasons: [
          { code: 'inventory/nothing-of-ours', values: {}, origin: 'report', for: 'forged', weight: 1, messages: 3 },
        ],
      },
      rows: ['2001:db8::1 example.com 3'],
    },
  ]),
);

interface Shape {
  readonly kind: string;
  readonly area: number;
  readonly title: string;
}

/** What the sections hold, read by an XML parser: what is not well-formed has not been escaped. */
function read(text: string): { elements: Set<string>; attributes: Set<string>; shapes: Shape[]; said: string } {
  const elements = new Set<string>();
  const attributes = new Set<string>();
  const shapes: { kind: string; area: number; title: string }[] = [];
  let said = '';
  let inTitle = false;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes: given }) => {
    elements.add(name);
    for (const each of Object.keys(given)) attributes.add(each);
    inTitle = name === 'title';
    const { class: kind, d } = given as { class?: string; d?: string };
    if (name !== 'path' || kind?.startsWith('m-') !== true) return;
    const rectangles = [...(d ?? '').matchAll(/m-?\d+ -?\d+h(\d+)v(\d+)h-\1/g)];
    shapes.push({
      kind: kind.slice(2),
      area: rectangles.reduce((sum, [, width, height]) => sum + Number(width) * Number(height), 0),
      title: '',
    });
  });
  parser.on('closetag', () => (inTitle = false));
  parser.on('text', (piece) => {
    said += piece;
    if (inTitle && shapes.length > 0) shapes.at(-1)!.title += piece;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(`<main>${text}</main>`).close();
  return { elements, attributes, shapes, said };
}

describe('the streams of a page', () => {
  const space: AddressSpace = {
    v4: [
      part('192.0.2.1', 'own', 900, hostile),
      part('192.0.2.9', 'own', 0, hostile),
      part('198.51.100.1', 'forged', 100),
    ],
    v6: [part('2001:db8::1', 'undecided', 3)],
  };
  for (const language of ['en', 'nl'] as const) {
    const { elements, attributes, said } = read(streamSections({ overview, space }, speech(language), 'zegel').text);
    it(`hold nothing that is not ours (${language})`, () => {
      const ours =
        'main section h2 p ol ul li div span b code svg path rect text tspan title figure figcaption table thead tbody tr th td details summary';
      assert.deepEqual(
        [...elements].filter((name) => !ours.split(' ').includes(name)),
        [],
      );
      assert.deepEqual(
        [...attributes].filter((name) => name.startsWith('on')),
        [],
      );
    });
    it(`say every sentence (${language})`, () => assert.doesNotMatch(said, /label\/|inventory\/|\{\w+\}/));
  }
  it('are left out where there are none', () =>
    assert.equal(
      streamSections({ overview: overviewOf(inventoryOf([])), space: { v4: [], v6: [] } }, speech('en'), 'zegel').text,
      '',
    ));

  it('the picture has a patch a network and kind, whose areas are as their messages', () => {
    const { shapes } = read(streamSections({ overview, space }, speech('en'), 'zegel').text);
    assert.deepEqual(
      shapes.map(({ kind }) => kind),
      ['own', 'forged', 'undecided'],
    );
    const [own, forged] = shapes as [Shape, Shape, Shape];
    assert.equal(own.area + forged.area, 32 * 32);
    assert.ok(Math.abs(own.area / (own.area + forged.area) - 0.9) < 0.01, String(own.area));
    assert.match(own.title, /192\.0\.2\.1 – 192\.0\.2\.9/);
    assert.match(own.title, /2 addresses, 900 messages/);
    assert.match(forged.title, /AS64500 Home, NL\n198\.51\.100\.1\nforged · a-2345\n1 address, 100 messages/);
  });

  it('24,000 addresses in as many networks stay a light page, and none is lost', () => {
    const v4 = Array.from({ length: 24_000 }, (_, at) =>
      part(
        `${1 + Math.floor(at / 256)}.${at % 256}.0.${(at * 7) % 256}`,
        kinds[(at * 5) % 6]!,
        (at * 7919) % 1000,
        `Network ${at}`,
      ),
    );
    const { text } = streamSections({ overview, space: { v4, v6: [] } }, speech('en'), 'zegel');
    assert.ok(text.length < 2_000_000, `${text.length} bytes`);
    const { shapes } = read(text);
    assert.equal(
      shapes.reduce((sum, { area }) => sum + area, 0),
      512 * 512,
    );
    const counted = shapes.reduce(
      (sum, { title }) => sum + Number(/([\d,]+) address/.exec(title)![1]!.replaceAll(',', '')),
      0,
    );
    assert.equal(counted, 24_000);
  });
});
