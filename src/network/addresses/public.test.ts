import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isPublicAddress } from './index.ts';

const cases: readonly (readonly [address: string, isPublic: boolean])[] = [
  ['8.8.8.8', true],
  ['2a00:1450:400e:80e::200e', true],
  ['::ffff:8.8.8.8', true],
  ['127.0.0.1', false],
  ['127.255.1.1', false],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['172.31.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['192.0.0.8', false],
  ['192.0.2.1', false],
  ['198.18.0.1', false],
  ['198.51.100.1', false],
  ['203.0.113.1', false],
  ['224.0.0.1', false],
  ['240.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:7f00:1', false],
  ['::ffff:10.0.0.1', false],
  ['::127.0.0.1', false],
  ['::7f00:1', false],
  ['64:ff9b::7f00:1', false],
  ['64:ff9b:1::7f00:1', false],
  ['2002:7f00:1::1', false],
  ['2001:0:7f00:1::1', false],
  ['2001:db8::1', false],
  ['fe80::1', false],
  ['fe80::1%eth0', false],
  ['fec0::1', false],
  ['fd00::1', false],
  ['fc00::1', false],
  ['ff02::1', false],
  ['100::1', false],
  ['4000::1', false],
  ['localhost', false],
  ['', false],
];

for (const [address, isPublic] of cases) {
  it(`${address === '' ? 'nothing' : address} is ${isPublic ? '' : 'not '}of the public Internet`, () =>
    assert.equal(isPublicAddress(address), isPublic));
}
