import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostOf, isUri, mailboxOf, schemeOf } from './uri.ts';

describe('URIs (RFC 3986)', () => {
  const cases: [text: string, is: boolean, host?: string][] = [
    ['https://example.com/a?b=c#d', true, 'example.com'],
    ['HTTPS://user:pass@Example.com:8443', true, 'Example.com'],
    ['https://[2001:db8::1]:443/x', true],
    ['https://[2001:db8::1', false],
    ['https://example.com/[x]', false],
    ['https://example.com/#a#b', false],
    ['https://example.com/%4', false],
    ['https://example.com/ü', false],
    ['https://example.com/a b', false],
    ['https://example.com/"', false],
    ['mailto:a@example.com', true],
    ['mailto:', true],
    ['urn:a:b', true],
    ['example.com', false],
    [':a', false],
    ['1a:b', false],
    ['', false],
  ];
  for (const [text, is, host] of cases) {
    it(`${text}: ${is}`, () => {
      assert.equal(isUri(text), is);
      if (is) assert.equal(hostOf(text), host);
    });
  }
  it('has its scheme in lower case', () => assert.equal(schemeOf('MailTo:a@example.com'), 'mailto'));
  it('is judged in time that grows with its length, however long', () => {
    const before = process.cpuUsage();
    for (const part of ['a', '%20', '@', '[', '#', ':', '//'])
      assert.equal(isUri(`https://${part.repeat(60_000)} `), false);
    assert.ok(process.cpuUsage(before).user < 1_000_000);
  });
});

describe('mailto (RFC 6068 §2)', () => {
  const cases: [uri: string, mailbox: string | undefined][] = [
    ['mailto:a@example.com', 'a at example.com'],
    ['MAILTO:a%2Bb@example.com?subject=x', 'a+b at example.com'],
    ['mailto:%22a%40b%22@example.com', '"a@b" at example.com'],
    ['mailto:a@example.com,b@example.com', undefined],
    ['mailto:a%2Cb@example.com', undefined],
    ['mailto:?to=a@example.com', undefined],
    ['mailto:@example.com', undefined],
    ['mailto:a@', undefined],
    ['mailto:%E0%A4%A@example.com', undefined],
  ];
  for (const [uri, mailbox] of cases) {
    it(`${uri}: ${mailbox ?? '-'}`, () => {
      const found = mailboxOf(uri);
      assert.equal(found && `${found.localPart} at ${found.domain}`, mailbox);
    });
  }
});
