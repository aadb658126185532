import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainName, isAtOrBelow, parseDomainName } from './index.ts';

describe('parseDomainName', () => {
  const read: [text: string, name: string][] = [
    ['example.com', 'example.com'],
    ['EXAMPLE.Com.', 'example.com'],
    ['_dmarc.example.com', '_dmarc.example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['straße.example', 'xn--strae-oqa.example'],
    ['a。example', 'a.example'],
    ['-a-.example', '-a-.example'],
    ['com', 'com'],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  ];
  for (const [text, name] of read) {
    it(`reads ${JSON.stringify(text.slice(0, 40))}`, () => {
      const reading = parseDomainName(text);
      assert.equal(reading.ok && reading.value, name);
    });
  }
  const refused: [text: string, code: string][] = [
    ['', 'dns/empty-name'],
    ['.', 'dns/empty-name'],
    ['a..example', 'dns/empty-label'],
    ['.example', 'dns/empty-label'],
    [`${'a'.repeat(64)}.example`, 'dns/label-too-long'],
    [`${'ü'.repeat(60)}.example`, 'dns/label-too-long'],
    [`${'a.'.repeat(130)}example`, 'dns/name-too-long'],
    ['a'.repeat(100_000), 'dns/name-too-long'],
    ['a b.example', 'dns/bad-name'],
    ['a@b.example', 'dns/bad-name'],
    ['a\0b.example', 'dns/bad-name'],
    ['192.0.2.1/24', 'dns/bad-name'],
    ['<script>.example', 'dns/bad-name'],
  ];
  for (const [text, code] of refused) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))} as ${code}`, () => {
      const reading = parseDomainName(text);
      assert.equal(reading.ok ? reading.value : reading.problems[0]?.code, code);
    });
  }
});

describe('isAtOrBelow', () => {
  const cases: [name: string, ancestor: string, expected: boolean][] = [
    ['example.com', 'example.com', true],
    ['a.example.com', 'example.com', true],
    ['badexample.com', 'example.com', false],
    ['com', 'example.com', false],
  ];
  for (const [name, ancestor, expected] of cases) {
    it(`${name} and ${ancestor}: ${expected}`, () =>
      assert.equal(isAtOrBelow(domainName(name), domainName(ancestor)), expected));
  }
});
