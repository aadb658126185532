import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { join } from 'node:path';
import { senderCatalogue } from './catalogue.ts';
import { parseOwnSenders } from './own.ts';
import { mapSenders, parseReverseMap } from './reverse-map.ts';

const codes = (text: string): string[] => parseOwnSenders(text).problems.map(({ code }) => code);

describe('a file of one’s own senders', () => {
  const json = JSON.stringify([
    {
      id: 'press',
      name: 'Persbureau De Brug',
      category: 'bulk',
      website: 'https://debrug.example',
      recognise: {
        dkim: ['DeBrug.example'],
        selectors: ['brug#'],
        networks: ['198.51.100.7', '2001:db8::/48'],
        asns: [64496, 'AS64497'],
      },
      shared: 'both',
      align: { spf: 'no', dkim: 'cname-selectors', how: { nl: 'Bel de redactie.' } },
      sources: ['https://debrug.example/dkim'],
    },
  ]);
  const csv = [
    'id,name,category,website,dkim,selectors,networks,asns,shared,spf_alignment,dkim_alignment,how_nl,sources',
    'press,Persbureau De Brug,bulk,https://debrug.example,DeBrug.example,brug#,198.51.100.7 2001:db8::/48,64496 AS64497,both,no,cname-selectors,Bel de redactie.,https://debrug.example/dkim',
  ].join('\r\n');
  const expected = {
    id: 'press',
    name: 'Persbureau De Brug',
    category: 'bulk',
    website: 'https://debrug.example',
    recognise: {
      dkim: ['debrug.example'],
      selectors: ['brug#'],
      networks: ['198.51.100.7/32', '2001:db8::/48'],
      asns: [64496, 64497],
    },
    shared: 'both',
    align: { spf: 'no', dkim: 'cname-selectors', how: { en: 'Bel de redactie.', nl: 'Bel de redactie.' } },
    sources: ['https://debrug.example/dkim'],
  };
  it('as JSON', () => assert.deepEqual(parseOwnSenders(json), { senders: [expected], problems: [] }));
  it('as an object with a list', () =>
    assert.deepEqual(parseOwnSenders(`\uFEFF{"senders":${json}}`), { senders: [expected], problems: [] }));
  it('as CSV', () => assert.deepEqual(parseOwnSenders(csv), { senders: [expected], problems: [] }));
  it('a name makes an id, accents and all', () => {
    assert.equal(parseOwnSenders('name,reverse\nBüro Één,mail.example.nl').senders[0]?.id, 'buro-een');
  });
  it('a leading *. or dot of a suffix is left out', () => {
    assert.deepEqual(parseOwnSenders('id,reverse\nx,*.a.example .b.example').senders[0]?.recognise.reverse, [
      'a.example',
      'b.example',
    ]);
  });

  const wrong: [title: string, text: string, expected: string[]][] = [
    ['JSON that breaks off', '[{', ['senders/bad-json']],
    ['an object without a list', '{"a":1}', ['senders/not-a-list']],
    ['a list with a text', '["a"]', ['senders/not-an-entry']],
    ['CSV without a telling column', 'a,b\n1,2', ['senders/no-columns']],
    ['nothing', '', ['senders/no-columns']],
    ['a column nobody knows', 'id,colour\nsendgrid,red', ['senders/unknown-field']],
    [
      'a field nobody knows',
      '[{"id":"sendgrid","recognise":{"ptr":["a.example"]},"colour":1}]',
      ['senders/unknown-field', 'senders/unknown-field'],
    ],
    ['no name', 'id,name,dkim\n,,a.example', ['senders/nameless']],
    ['an id that is nobody’s', 'id,networks\nsendgird,192.0.2.0/24', ['senders/unknown-id']],
    ['nothing that recognises it', 'name,category\nX,bulk', ['senders/unrecognisable']],
    ['one id twice', 'id\nsendgrid\nSendGrid', ['senders/twice']],
    ['a bad category', 'id,category\nsendgrid,spam', ['senders/bad-value']],
    ['a bad alignment', 'id,spf_alignment\nsendgrid,maybe', ['senders/bad-value']],
    ['a bad shared', 'id,shared\nsendgrid,perhaps', ['senders/bad-value']],
    ['a number as name', '[{"id":"sendgrid","name":7}]', ['senders/bad-value']],
    ['a null among domains', '[{"id":"sendgrid","recognise":{"dkim":[null]}}]', ['senders/bad-value']],
    ['a bad domain', 'id,dkim\nsendgrid,a..example', ['senders/bad-domain']],
    ['a whole top-level domain', 'id,reverse\nsendgrid,nl', ['senders/too-wide']],
    ['the whole Internet', 'id,networks\nsendgrid,0.0.0.0/0', ['senders/too-wide']],
    ['a bad network', 'id,networks\nsendgrid,192.0.2.0/33', ['senders/bad-network']],
    ['a bad system', 'id,asns\nsendgrid,AS0', ['senders/bad-asn']],
    ['a bad selector', 'id,selectors\nsendgrid,**', ['senders/bad-pattern']],
  ];
  for (const [title, text, expectedCodes] of wrong)
    it(`wrong: ${title}`, () => assert.deepEqual(codes(text), expectedCodes));
  it('keeps what is right beside what is wrong, and says where', () => {
    const { senders, problems } = parseOwnSenders('# ours\nid,dkim\nx,good.example b..ad\ny,fine.example');
    assert.deepEqual(
      senders.map(({ id, recognise }) => [id, recognise.dkim]),
      [
        ['x', ['good.example']],
        ['y', ['fine.example']],
      ],
    );
    assert.deepEqual(problems[0]?.at, { line: 3 });
  });
});

describe('a map of reverse names', () => {
  const map = [
    'base_reverse_dns,name,type',
    'alpha.example,"Alpha, Mail",Marketing',
    'alpha-two.example,"Alpha, Mail",Marketing',
    'lines.example,Alpha Lines,ISP',
    'alpha.example,Somebody Else,SaaS',
    'works.example,Works,Manufacturing',
    'nl,Everyone,ISP',
    'ünder.example,Ünder,Web Host',
    '日本.example,日本,ISP',
  ].join('\r\n');
  const { entries, problems } = parseReverseMap(map);
  const senders = mapSenders(entries);
  it('one sender a name and kind, the first line for a domain counts', () => {
    assert.deepEqual(
      senders.map(({ id, category, recognise }) => [id, category, recognise.reverse, recognise.rented ?? []]),
      [
        ['map-alpha-mail', 'bulk', ['alpha.example', 'alpha-two.example'], []],
        ['map-alpha-lines', 'access', [], ['lines.example']],
        ['map-works', 'organisation', ['works.example'], []],
        ['map-under', 'hosting', [], ['xn--nder-zra.example']],
        ['map-xn-wgv71a-example', 'access', [], ['xn--wgv71a.example']],
      ],
    );
  });
  it('a line that claims too much is a problem', () =>
    assert.deepEqual(problems, [{ code: 'senders/bad-map-line', values: { line: 7, domain: 'nl' }, at: { line: 7 } }]));
  it('another file is none', () =>
    assert.deepEqual(
      parseReverseMap('a,b\n1,2').problems.map(({ code }) => code),
      ['senders/bad-map-line', 'senders/bad-map-line'],
    ));
  it('a line or a rented machine is a place', () => {
    const catalogue = senderCatalogue({ imported: senders });
    assert.equal(catalogue.byReverse('1-2-3-4.lines.example')?.strength, 'place');
    assert.equal(catalogue.byReverse('mx.works.example')?.strength, 'service');
  });
});

describe('other people’s files', () => {
  const corpora = process.env['ZEGEL_CORPORA'];
  it('the public map is read whole', (t) => {
    if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
    const { entries, problems } = parseReverseMap(
      readFileSync(join(corpora, 'senders-parsedmarc', 'base_reverse_dns_map.csv'), 'utf8'),
    );
    const senders = mapSenders(entries);
    assert.ok(senders.length > 30_000, `${senders.length}`);
    // Two lines of it are names of one label.
    assert.ok(problems.length < 10, `${problems.length}`);
    const catalogue = senderCatalogue({ imported: senders });
    assert.equal(catalogue.byReverse('a8-50.smtp-out.amazonses.com')?.sender.id, 'amazon-ses');
    assert.equal(new Set(catalogue.senders.map(({ id }) => id)).size, catalogue.senders.length);
  });
});
