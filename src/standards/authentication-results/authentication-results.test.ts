import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import { sign, verify } from '../dkim/index.ts';
import { domainName } from '../dns/index.ts';
import type { Resolver } from '../dns/index.ts';
import { parseMessage } from '../mail/index.ts';
import {
  authenticationResultsOf,
  dkimResults,
  formatAuthenticationResults,
  parseAuthenticationResults,
} from './index.ts';
import type { AuthenticationResults } from './index.ts';

/** What a field says, in one line: `id | method=result{ptype.property=value,…}`. */
function told(value: string): string {
  const reading = parseAuthenticationResults(value);
  if (!reading.ok) return reading.problems[0]!.code;
  const { authservId, results } = reading.value;
  const parts = results.map(({ method, methodVersion, result, reason, properties }) => {
    const version = methodVersion === 1 ? '' : `/${methodVersion}`;
    const more = properties.map((each) => `${each.type}.${each.name}=${each.value}`).join(',');
    return `${method}${version}=${result}${reason === undefined ? '' : `[${reason}]`}{${more}}`;
  });
  return [authservId ?? '?', ...parts].join(' | ');
}

describe('Authentication-Results (RFC 8601 §2.2, Appendix B)', () => {
  const cases: [what: string, value: string, expected: string][] = [
    ['B.2 nothing done', 'example.org 1; none', 'example.org'],
    [
      'B.3 one result',
      'example.com; spf=pass smtp.mailfrom=example.net',
      'example.com | spf=pass{smtp.mailfrom=example.net}',
    ],
    [
      'B.4 two results, a comment',
      'example.com;\r\n          auth=pass (cleartext) smtp.auth=sender@example.net;\r\n          spf=pass smtp.mailfrom=example.net',
      'example.com | auth=pass{smtp.auth=sender@example.net} | spf=pass{smtp.mailfrom=example.net}',
    ],
    [
      'B.6 a reason, an identity',
      'example.com;\r\n dkim=pass reason="good signature"\r\n   header.i=@mail-router.example.net;\r\n dkim=fail reason="bad signature"\r\n   header.i=@newyork.example.com',
      'example.com | dkim=pass[good signature]{header.i=@mail-router.example.net} | dkim=fail[bad signature]{header.i=@newyork.example.com}',
    ],
    [
      'B.7 comments everywhere',
      "foo.example.net (foobar) 1 (baz);\r\n    dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n      policy (A dot can go here) . (like that) expired\r\n      (this surprised me) = (as I wasn't expecting it) 1362471462",
      'foo.example.net | dkim=fail{policy.expired=1362471462}',
    ],
    ['a quoted identifier', '"mx 1.example"; spf=none', 'mx 1.example | spf=none{}'],
    [
      'a quoted local part',
      'x.example; spf=pass smtp.mailfrom="a b"@example.com',
      'x.example | spf=pass{smtp.mailfrom=a b@example.com}',
    ],
    [
      'a quoted value with a semicolon',
      'x.example; dkim=fail reason="no; spf=pass" header.d=a',
      'x.example | dkim=fail[no; spf=pass]{header.d=a}',
    ],
    [
      'a comment with a semicolon and a result',
      'x.example; dkim=fail (; dkim=pass header.d=bank.example) header.d=a',
      'x.example | dkim=fail{header.d=a}',
    ],
    ['nested comments', 'x.example; spf=fail (a (b; spf=pass) c)', 'x.example | spf=fail{}'],
    [
      'capitals',
      'X.Example; SPF=Pass SMTP.MailFrom=A@Example.com',
      'X.Example | spf=pass{smtp.mailfrom=A@Example.com}',
    ],
    [
      'an empty value',
      'x.example; spf=neutral smtp.mailfrom="" smtp.helo=h',
      'x.example | spf=neutral{smtp.mailfrom=,smtp.helo=h}',
    ],
    [
      'base64 without quotes',
      'x.example; dkim=pass header.b=AbC+/=; spf=none',
      'x.example | dkim=pass{header.b=AbC+/=} | spf=none{}',
    ],
    [
      'an IPv6 address without quotes',
      'x.example; iprev=pass policy.iprev=2001:db8::1',
      'x.example | iprev=pass{policy.iprev=2001:db8::1}',
    ],
    ['a method of another version is told', 'x.example; dkim/2=pass header.d=a', 'x.example | dkim/2=pass{header.d=a}'],
    ['a semicolon at the end', 'x.example; spf=pass;', 'x.example | spf=pass{}'],
    [
      'what Microsoft writes',
      'spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example; dmarc=pass action=none header.from=a.example;compauth=pass reason=100',
      '? | spf=pass{smtp.mailfrom=a.example} | dmarc=pass{.action=none,header.from=a.example} | compauth=pass[100]{}',
    ],
    [
      'a result without an identifier before it',
      'dmarc=fail (p=none; dis=none) header.from=example.com',
      '? | dmarc=fail{header.from=example.com}',
    ],
    ['what is no result is left out', 'x.example; hello; spf=pass; =fail; dkim=', 'x.example | spf=pass{}'],
    ['an unknown version', 'x.example 2; spf=pass', 'authentication-results/unknown-version'],
    ['nothing', '', 'authentication-results/empty'],
    ['only a semicolon', ';', 'authentication-results/empty'],
    ['a comment that does not end', 'x.example; spf=pass (hello', 'authentication-results/unclosed'],
    ['a quotation that does not end', 'x.example; dkim=fail reason="; dkim=pass', 'authentication-results/unclosed'],
    ['a backslash at the end', 'x.example; dkim=fail reason="a\\', 'authentication-results/unclosed'],
  ];
  for (const [what, value, expected] of cases) it(what, () => assert.equal(told(value), expected));

  it('what is written is read back, whatever stands in it', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '"', '\\', '(', ')', ';', '=', '@', '.', '\r', '\n', '\0', 'é'),
      maxLength: 12,
    });
    const result = fc.record(
      {
        method: word,
        methodVersion: fc.constantFrom(1, 2),
        result: word,
        reason: text,
        comments: fc.array(text, { maxLength: 2 }),
        properties: fc.array(
          fc.record(
            {
              type: word,
              name: word,
              value: fc.oneof(text, fc.constant('a b@example.com'), fc.constant('@example.com')),
            },
            { noNullPrototype: true },
          ),
          { maxLength: 3 },
        ),
      },
      { requiredKeys: ['method', 'methodVersion', 'result', 'comments', 'properties'], noNullPrototype: true },
    );
    const all = fc.record(
      { authservId: fc.stringMatching(/^[a-z. ;"]{1,20}$/), results: fc.array(result, { minLength: 1, maxLength: 3 }) },
      { noNullPrototype: true },
    );
    const shown = (from: AuthenticationResults): AuthenticationResults =>
      JSON.parse(JSON.stringify(from).replace(/\\r|\\n|\\u0000/g, '?')) as never;
    fc.assert(
      fc.property(all, (value) => {
        const written = formatAuthenticationResults(value);
        assert.ok(!/[\0]|\r(?!\n)|[^\r]\n|\r\n[^ ]/.test(written), JSON.stringify(written));
        const reading = parseAuthenticationResults(written);
        assert.ok(reading.ok, JSON.stringify([written, reading.problems]));
        assert.deepEqual(reading.value, shown(value), written);
      }),
      { numRuns: 1000 },
    );
  });
  it('never throws, and takes no time over size', () => {
    const scrap = fc.constantFrom(
      'x.example',
      ';',
      '=',
      '(',
      ')',
      '"',
      '\\',
      ' ',
      'spf',
      'pass',
      '.',
      '/',
      '1',
      '\0',
      '\r\n ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(scrap, { maxLength: 40 }).map((parts) => parts.join('')),
        ),
        (value) => void parseAuthenticationResults(value),
      ),
      { numRuns: 800 },
    );
    for (const part of ['(', ';', '"', '=', 'a=b;', 'a=b c.d=e ', '\\', ' ', 'a.', '()'])
      told(`x.example; ${part.repeat(65_536 / part.length)}`);
  });
});

describe('whose results (RFC 8601 §2.5, §5)', () => {
  const message = parseMessage(
    Buffer.from(
      'Authentication-Results: mx.ours.example; spf=fail\r\nAuthentication-Results: mx.evil.example; dkim=pass header.d=bank.example\r\nAuthentication-Results: MX.OURS.EXAMPLE (x); dkim=none\r\nAuthentication-Results: spf=pass\r\nAuthentication-Results: mx.ours.example.evil.example; dkim=pass\r\n\r\n',
    ),
  );
  it('all, or those of known writers', () => {
    assert.equal(authenticationResultsOf(message).length, 5);
    const ours = authenticationResultsOf(message, ['mx.ours.example']);
    assert.deepEqual(
      ours.map(({ reading }) =>
        reading.ok ? reading.value.results.map((each) => `${each.method}=${each.result}`).join() : '',
      ),
      ['spf=fail', 'dkim=none'],
    );
  });
});

describe('DKIM results as written (RFC 8601 §2.7.1, RFC 6008)', () => {
  const nothing: Resolver = async () => ({ kind: 'no-such-name', ttl: 1, aliases: [], authenticated: false });
  const letter = 'From: a@example.com\r\n\r\nHello\r\n';
  it('each signature, and none', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const field = sign(parseMessage(Buffer.from(letter)), {
      signingDomain: domainName('example.com'),
      selector: 'sel',
      privateKey,
    });
    const found = await verify(
      parseMessage(Buffer.from(`DKIM-Signature: v=1; d="; spf=pass\r\n${field}${letter}`)),
      nothing,
    );
    const text = formatAuthenticationResults({ authservId: 'mx.example', results: dkimResults(found, (code) => code) });
    assert.match(
      told(text),
      /^mx\.example \| dkim=neutral\[dkim\/missing-tag\]\{\} \| dkim=permerror\[dkim\/no-such-selector\]\{header\.d=example\.com,header\.i=@example\.com,header\.s=sel,header\.a=ed25519-sha256,header\.b=.{8}\}$/,
    );
    const unsigned = await verify(parseMessage(Buffer.from(letter)), nothing);
    assert.equal(
      told(formatAuthenticationResults({ authservId: 'mx.example', results: dkimResults(unsigned) })),
      'mx.example | dkim=none{}',
    );
  });
});
