import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseNetworkList } from './index.ts';
import { compileTables, readTables } from './tables.ts';
import { addressBits } from './prefix.ts';
import { overlay } from './networks.ts';

const compiled = compileTables({
  asn4: '192.0.2.0,192.0.2.127,64500,"Example, ""Inc"""\n198.51.100.0,198.51.100.255,64501,R\xc3\xa9seau\n',
  asn6: '2001:db8::,2001:db8:0:ff:ffff:ffff:ffff:ffff,64500,"Example, ""Inc"""\n2001:db8:1::,2001:db8:1:0:ffff:ffff:ffff:ffff,64502,Six\n',
  country4: '192.0.2.0,192.0.2.255,NL\n',
  country6: '2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,BE\n',
});

describe('tables', () => {
  const cases: [address: string, expected: string | undefined][] = [
    ['192.0.1.255', undefined],
    ['192.0.2.0', '64500 Example, "Inc" NL'],
    ['192.0.2.127', '64500 Example, "Inc" NL'],
    ['192.0.2.128', '0  NL'],
    ['192.0.3.0', undefined],
    ['198.51.100.255', '64501 Réseau '],
    ['::ffff:192.0.2.1', '64500 Example, "Inc" NL'],
    ['2001:db8::1', '64500 Example, "Inc" BE'],
    ['2001:db8:0:ff::1', '64500 Example, "Inc" BE'],
    ['2001:db8:0:100::', '0  BE'],
    ['2001:db8:1:0:ffff::', '64502 Six BE'],
    ['2001:db7::', undefined],
    ['0.0.0.0', undefined],
    ['255.255.255.255', undefined],
    ['::', undefined],
  ];
  const tables = readTables(compiled);
  for (const [address, expected] of cases) {
    it(`looks up ${address}`, () => {
      const found = tables?.lookup(addressBits(address)!);
      assert.equal(found && `${found.asn} ${found.name} ${found.country}`, expected);
    });
  }
  it('refuses a file that is cut short, of another kind, or of another version', () => {
    assert.equal(readTables(compiled.subarray(0, compiled.length - 1)), undefined);
    assert.equal(readTables(compiled.subarray(0, 8)), undefined);
    assert.equal(readTables(new Uint8Array(compiled.length)), undefined);
    const other = Uint8Array.from(compiled);
    other[4] = 99;
    assert.equal(readTables(other), undefined);
  });
});

describe('addressBits', () => {
  const none = [
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.x',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    'g::',
    '::1.2.3',
    'fe80::1%eth0',
    '12345::',
  ];
  for (const text of none)
    it(`reads ${JSON.stringify(text)} as no address`, () => assert.equal(addressBits(text), undefined));
  const some: [text: string, high: number, low: number][] = [
    ['0.0.0.1', 0, 1],
    ['255.255.255.255', 0, 0xffff_ffff],
    ['2001:db8::', 0x2001_0db8, 0],
    ['2001:DB8:1:2:3:4:5:6', 0x2001_0db8, 0x0001_0002],
    ['::1', 0, 0],
    ['64:ff9b::192.0.2.33', 0x0064_ff9b, 0],
  ];
  for (const [text, high, low] of some) {
    it(`reads ${text}`, () => assert.deepEqual(addressBits(text), { version: text.includes(':') ? 6 : 4, high, low }));
  }
});

describe("an organisation's own networks", () => {
  const { networks, problems } = parseNetworkList(
    'prefix,asn,name,country\n# ours\n240.0.0.0/8,64510,Wide,NL\n240.1.0.0/16,AS64511,"Narrow, ours",nl\n2001:db8:9::/48,0,,\n2001:db8:9:8000::/49,7,Half,DE\nnonsense,1,x,y\n10.0.0.0/8,-1,x,y\n',
  );
  it('keeps the lines that can be read and tells of the others', () => {
    assert.equal(networks.length, 4);
    assert.deepEqual(
      problems.map((problem) => [problem.code, problem.at?.line]),
      [
        ['networks/bad-line', 7],
        ['networks/bad-line', 8],
      ],
    );
  });
  const lookup = overlay(networks);
  const cases: [address: string, name: string | undefined][] = [
    ['240.0.0.1', 'Wide'],
    ['240.1.2.3', 'Narrow, ours'],
    ['240.2.0.0', 'Wide'],
    ['241.0.0.0', undefined],
    ['2001:db8:9::1', ''],
    ['2001:db8:9:8000::1', 'Half'],
    ['2001:db8:a::1', undefined],
  ];
  for (const [address, name] of cases)
    it(`${address}: the longest prefix that holds it`, () => assert.equal(lookup(addressBits(address)!)?.name, name));
});
