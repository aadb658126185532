import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { evidenceProblems, logoProblems } from './index.ts';

const svg = (attributes: string, inside = '<title>Example</title><path d="M0 0"/>'): string =>
  `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`;
const good = 'version="1.2" baseProfile="tiny-ps" viewBox="0 0 100 100"';

describe('a logo', () => {
  const cases: [name: string, text: string, problems: string[]][] = [
    ['as it is wanted', svg(good), []],
    ['with a prefix', svg(good).replace('<svg', '<s:svg').replace('</svg', '</s:svg'), []],
    ['of another profile', svg('version="1.1" baseProfile="full"'), ['logo-profile']],
    ['without any', svg(''), ['logo-profile']],
    ['without a title', svg(good, '<path d="M0 0"/>'), ['logo-no-title']],
    ['with an empty title', svg(good, '<title> </title>'), ['logo-no-title']],
    ['that says where it stands', svg(`${good} x="0px" y="0px"`), ['logo-position']],
    ['with a script', svg(good, '<title>T</title><script>1</script>'), ['logo-forbidden']],
    ['that moves', svg(good, '<title>T</title><animate attributeName="x"/>'), ['logo-forbidden']],
    [
      'with a picture inside',
      svg(good, '<title>T</title><image href="data:image/png;base64,AA"/>'),
      ['logo-forbidden', 'logo-reference'],
    ],
    ['with a link', svg(good, '<title>T</title><use xlink:href="https://example.net/a.svg#b"/>'), ['logo-reference']],
    ['with entities', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg(good)}`, ['logo-forbidden']],
    ['that is large', svg(good, `<title>T</title><path d="${'M0 0'.repeat(9_000)}"/>`), ['logo-large']],
    ['that is a page', '<html><body>404</body></html>', ['logo-no-svg']],
    ['that is empty', '', ['logo-no-svg']],
    ['compressed', '\u001f\u008b\u0008', []],
  ];
  for (const [name, text, problems] of cases) {
    it(`${name}: ${problems.join(' ') || 'nothing amiss'}`, () =>
      assert.deepEqual(
        logoProblems(new Uint8Array(Buffer.from(text, 'latin1'))).map(({ code }) => code.slice('bimi/'.length)),
        problems,
      ));
  }
  it('takes time in proportion to its length, whatever it is', () => {
    const before = process.cpuUsage();
    for (const part of ['<svg ', '<', '<title', 'href="', '<svg version="', '<title ']) {
      logoProblems(new Uint8Array(Buffer.from(part.repeat(260_000 / part.length))));
    }
    assert.ok(process.cpuUsage(before).user < 3_000_000);
  });
  it('never throws', () => fc.assert(fc.property(fc.uint8Array(), (bytes) => void logoProblems(bytes))));
});

/** Made once with OpenSSL, hold from 2026-11-24 to 2036-11-21: one with the purpose of a mark certificate, for example.com; one for a server. */
const markPem = `-----BEGIN CERTIFICATE-----
MIIBkjCCATmgAwIBAgIUazqPKBoXBd1LYswxKNRCSlNTh3wwCgYIKoZIzj0EAwIw
EzERMA8GA1UEAwwIUHJvZWYgQ0EwHhcNMjYxMTI0MTMyNDQ5WhcNMzYxMTIxMTMy
NDQ5WjAPMQ0wCwYDVQQDDARtYXJrMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
05XPvWuQlnDM0li1pprpU7v9d11++FFCTU7pfi2ysXis3NORteDt3M5gzp9YhDR6
BlxlFtXXs4xiWOE+qNECLqNvMG0wFgYDVR0RBA8wDYILZXhhbXBsZS5jb20wEwYD
VR0lBAwwCgYIKwYBBQUHAx8wHQYDVR0OBBYEFE3SV6Aff5RghoGDQDFEWA/f/NUb
MB8GA1UdIwQYMBaAFJn/3XZG/YpFxT/nKG+VvE8X2qwoMAoGCCqGSM49BAMCA0cA
MEQCIANyLAp+hOS1ykcErArJO/Q+ZLT/3qVVxhOMWObgHiBMAiBFU8shM36OeVk0
xS4pZfxYM8O5WWX1jT6r7QxbaOxhTQ==
-----END CERTIFICATE-----
`;
const serverPem = `-----BEGIN CERTIFICATE-----
MIIBoDCCAUagAwIBAgIUazqPKBoXBd1LYswxKNRCSlNTh3swCgYIKoZIzj0EAwIw
EzERMA8GA1UEAwwIUHJvZWYgQ0EwHhcNMjYxMTI0MTMyNDQ5WhcNMzYxMTIxMTMy
NDQ5WjAOMQwwCgYDVQQDDANteDEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATT
lc+9a5CWcMzSWLWmmulTu/13XX74UUJNTul+LbKxeKzc05G14O3czmDOn1iENHoG
XGUW1dezjGJY4T6o0QIuo30wezAuBgNVHREEJzAlgg9teDEuZXhhbXBsZS5jb22C
Eioud2lsZC5leGFtcGxlLmNvbTAJBgNVHRMEAjAAMB0GA1UdDgQWBBRN0legH3+U
YIaBg0AxRFgP3/zVGzAfBgNVHSMEGDAWgBSZ/912Rv2KRcU/5yhvlbxPF9qsKDAK
BggqhkjOPQQDAgNIADBFAiEAySwEzvx5m+LHPxiMVWslIw/nCKDCk04fvMGXlEmc
fMoCIAao2Wb4DVqKwvAWyMxz55tcwTeTuwDRo1vq/eoJUbEC
-----END CERTIFICATE-----
`;

describe('a mark certificate', () => {
  it('that is none', () =>
    assert.deepEqual(
      evidenceProblems(new Uint8Array([1, 2]), ['example.com'], new Date(0)).map(({ code }) => code),
      ['bimi/evidence-unreadable'],
    ));
  const cases: [name: string, pem: string, domains: string[], at: string, problems: string[]][] = [
    ['of the domain', markPem, ['example.com'], '2030-01-01', []],
    ['of the domain above', markPem, ['news.example.com', 'example.com'], '2030-01-01', []],
    ['of another', markPem, ['example.net'], '2030-01-01', ['evidence-name']],
    ['that has ended', markPem, ['example.com'], '2040-01-01', ['evidence-expired']],
    ['for servers', serverPem, ['mx1.example.com'], '2030-01-01', ['evidence-no-mark']],
  ];
  for (const [name, pem, domains, at, problems] of cases) {
    it(`${name}: ${problems.join(' ') || 'nothing amiss'}`, () =>
      assert.deepEqual(
        evidenceProblems(new Uint8Array(Buffer.from(pem)), domains, new Date(at)).map(({ code }) =>
          code.slice('bimi/'.length),
        ),
        problems,
      ));
  }
});
