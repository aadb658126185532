import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainName } from '../dns/index.ts';
import { organizationalDomainLookup, parseReportUri, recordLookup, verifyReportDestination } from './index.ts';
import { silent, world } from './world.testing.ts';

const records = world(`
  _dmarc.example.com.                                TXT "v=DMARC1; p=none; rua=mailto:reports@red.example.net"
  _dmarc.blue.example.com.                           TXT "v=DMARC1; p=none"
  blue.example.com._report._dmarc.red.example.net.   TXT "v=DMARC1"
  example.com._report._dmarc.trailing.example.net.   TXT "v=DMARC1;"
  *._report._dmarc.any.example.net.                  TXT "v=DMARC1"
  example.com._report._dmarc.other.example.net.      TXT "v=DMARC1; rua=mailto:new@other.example.net,mailto:b@other.example.net"
  example.com._report._dmarc.failures.example.net.   TXT "v=DMARC1; ruf=mailto:new@failures.example.net"
  example.com._report._dmarc.loop.example.net.       TXT "v=DMARC1; rua=mailto:new@victim.example.org"
  example.com._report._dmarc.wrong.example.net.      TXT "v=dmarc1"
  example.com._report._dmarc.two.example.net.        TXT "v=DMARC1"
  example.com._report._dmarc.two.example.net.        TXT "v=DMARC1; rua=mailto:b@two.example.net"
  example.com._report._dmarc.invalid.example.net.    TXT "v=DMARC1; rua=mailto:a@x.example; rua=mailto:b@x.example"
`);

describe('report destinations (RFC 9990 §4)', () => {
  const long = 'a'.repeat(60);
  const cases: [what: string, policyDomain: string, uri: string, outcome: string, uris: string[], problem?: string][] =
    [
      ['the domain itself', 'example.com', 'mailto:a@example.com', 'own', ['mailto:a@example.com']],
      [
        'the same Organizational Domain',
        'blue.example.com',
        'mailto:a@reports.example.com',
        'own',
        ['mailto:a@reports.example.com'],
      ],
      [
        'the example of §4',
        'blue.example.com',
        'mailto:reports@red.example.net',
        'authorised',
        ['mailto:reports@red.example.net'],
      ],
      [
        'for another policy domain',
        'example.com',
        'mailto:reports@red.example.net',
        'not-authorised',
        [],
        'not-authorised',
      ],
      [
        'a semicolon at the end',
        'example.com',
        'mailto:a@trailing.example.net',
        'authorised',
        ['mailto:a@trailing.example.net'],
      ],
      ['a wildcard', 'example.com', 'mailto:a@any.example.net', 'authorised', ['mailto:a@any.example.net']],
      [
        'other addresses at the same host',
        'example.com',
        'mailto:a@other.example.net',
        'authorised',
        ['mailto:new@other.example.net', 'mailto:b@other.example.net'],
      ],
      [
        'other addresses, for failure reports',
        'example.com',
        'mailto:a@failures.example.net',
        'authorised',
        ['mailto:a@failures.example.net'],
      ],
      ['another host: neither', 'example.com', 'mailto:a@loop.example.net', 'not-authorised', [], 'elsewhere'],
      ['dmarc1 in small letters', 'example.com', 'mailto:a@wrong.example.net', 'not-authorised', [], 'not-authorised'],
      ['several records agree', 'example.com', 'mailto:a@two.example.net', 'authorised', ['mailto:b@two.example.net']],
      ['an invalid list', 'example.com', 'mailto:a@invalid.example.net', 'not-authorised', [], 'not-authorised'],
      ['nothing there', 'example.com', 'mailto:a@nobody.example.net', 'not-authorised', [], 'not-authorised'],
      [
        'a host of another scheme',
        'example.com',
        'https://any.example.net/dmarc',
        'authorised',
        ['https://any.example.net/dmarc'],
      ],
      ['no host', 'example.com', 'mailto:nobody', 'no-host', [], 'without-host'],
      [
        'a name too long',
        `${long}.${long}.${long}.example.com`,
        `mailto:a@${long}.example.net`,
        'not-authorised',
        [],
        'name-too-long',
      ],
      ['no answer', 'example.com', 'mailto:a@silent.example.net', 'unknown', [], 'unknown'],
    ];
  const resolver = silent(records, 'example.com._report._dmarc.silent.example.net');
  for (const [what, policyDomain, uri, outcome, uris, problem] of cases) {
    it(what, async () => {
      const reading = parseReportUri(uri);
      assert.ok(reading.ok);
      const rule = organizationalDomainLookup(recordLookup(resolver));
      const found = await verifyReportDestination(domainName(policyDomain), 'rua', reading.value, resolver, rule);
      assert.equal(found.outcome, outcome);
      assert.deepEqual(
        found.uris.map((each) => each.uri),
        uris,
      );
      assert.deepEqual(
        found.problems.map(({ code }) => code),
        problem === undefined ? [] : [`dmarc/destination-${problem}`],
      );
    });
  }
  it('puts other addresses in place of ruf as well', async () => {
    const reading = parseReportUri('mailto:a@failures.example.net');
    assert.ok(reading.ok);
    const rule = organizationalDomainLookup(recordLookup(resolver));
    const { uris } = await verifyReportDestination(domainName('example.com'), 'ruf', reading.value, resolver, rule);
    assert.deepEqual(
      uris.map(({ uri }) => uri),
      ['mailto:new@failures.example.net'],
    );
  });
});
