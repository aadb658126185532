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

describe('Authentication-Results, as receivers write it', () => {
  const cases: [who: string, value: string, expected: string][] = [
    [
      'Google',
      'mx.google.com;\r\n       dkim=pass header.i=@sender.example header.s=s1 header.b="Ab/C+d1=";\r\n       dkim=neutral (no key) header.i=@other.example header.s=20230601 header.b=Lw9xYz12;\r\n       spf=pass (google.com: domain of b+c=d@sender.example designates 192.0.2.7 as permitted sender) smtp.mailfrom="b+c=d@sender.example";\r\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=sender.example;\r\n       dara=pass header.i=@gmail.com',
      'mx.google.com | dkim=pass{header.i=@sender.example,header.s=s1,header.b=Ab/C+d1=} | dkim=neutral{header.i=@other.example,header.s=20230601,header.b=Lw9xYz12} | spf=pass{smtp.mailfrom=b+c=d@sender.example} | dmarc=pass{header.from=sender.example} | dara=pass{header.i=@gmail.com}',
    ],
    [
      'Microsoft 365, without an identifier',
      'spf=pass (sender IP is 192.0.2.7)\r\n smtp.mailfrom=sender.example; dkim=pass (signature was verified)\r\n header.d=sender.example;dmarc=pass action=none\r\n header.from=sender.example;compauth=pass reason=100',
      '? | spf=pass{smtp.mailfrom=sender.example} | dkim=pass{header.d=sender.example} | dmarc=pass{.action=none,header.from=sender.example} | compauth=pass[100]{}',
    ],
    [
      'Microsoft 365, one leaving',
      'dkim=none (message not signed)\r\n header.d=none;dmarc=none action=none header.from=sender.example;',
      '? | dkim=none{header.d=none} | dmarc=none{.action=none,header.from=sender.example}',
    ],
    [
      'Microsoft 365, no address, and the recipient in the way',
      'spf=none (sender IP is )\r\n smtp.mailfrom=a@sender.example; ours.example; dkim=fail (body hash did not verify) header.d=sender.example;ours.example; dmarc=fail action=oreject header.from=sender.example;',
      '? | spf=none{smtp.mailfrom=a@sender.example} | dkim=fail{header.d=sender.example} | dmarc=fail{.action=oreject,header.from=sender.example}',
    ],
    [
      'Microsoft, in an ARC set',
      'mx.microsoft.com 1; spf=pass (sender ip is\r\n 192.0.2.7) smtp.rcpttodomain=ours.example smtp.mailfrom=sender.example;\r\n dmarc=pass (p=reject sp=reject pct=100) action=none header.from=sender.example;\r\n dkim=pass (signature was verified) header.d=sender.example; arc=pass (0 oda=1\r\n ltdi=1 spf=[1,1,smtp.mailfrom=sender.example] dkim=[1,1,header.d=sender.example]\r\n dmarc=[1,1,header.from=sender.example])',
      'mx.microsoft.com | spf=pass{smtp.rcpttodomain=ours.example,smtp.mailfrom=sender.example} | dmarc=pass{.action=none,header.from=sender.example} | dkim=pass{header.d=sender.example} | arc=pass{}',
    ],
    [
      'Yahoo',
      'atlas103.free.mail.bf1.yahoo.com;\r\n dkim=pass header.i=@sender.example header.s=s1;\r\n spf=pass smtp.mailfrom=sender.example;\r\n dmarc=success(p=REJECT,sp=REJECT) header.from=sender.example;',
      'atlas103.free.mail.bf1.yahoo.com | dkim=pass{header.i=@sender.example,header.s=s1} | spf=pass{smtp.mailfrom=sender.example} | dmarc=success{header.from=sender.example}',
    ],
    [
      'Yahoo, as it once wrote',
      'mta1030.mail.gq1.yahoo.com  from=sender.example; domainkeys=neutral (no sig);  from=sender.example; dkim=pass (ok)',
      'mta1030.mail.gq1.yahoo.com | domainkeys=neutral{} | dkim=pass{}',
    ],
    [
      'Fastmail',
      'mx6.messagingengine.com;\r\n    x-csa=none;\r\n    x-ptr=pass smtp.helo=out.sender.example policy.ptr=out.sender.example;\r\n    bimi=pass header.d=sender.example header.selector=default\r\n      policy.authority=pass policy.authority-uri=https://sender.example/vmc.pem;\r\n    arc=none (no signatures found);\r\n    dkim=pass (2048-bit rsa key sha256) header.d=sender.example\r\n      header.i=@sender.example header.b=Ab/C+d1= header.a=rsa-sha256 header.s=s1\r\n      x-bits=2048;\r\n    dmarc=pass policy.published-domain-policy=reject\r\n      policy.applied-disposition=none policy.evaluated-disposition=none\r\n      (p=reject,d=none,d.eval=none) policy.policy-from=p header.from=sender.example;\r\n    iprev=pass smtp.remote-ip=192.0.2.7 (out.sender.example);\r\n    spf=pass smtp.mailfrom=b@sender.example smtp.helo=out.sender.example',
      'mx6.messagingengine.com | x-csa=none{} | x-ptr=pass{smtp.helo=out.sender.example,policy.ptr=out.sender.example} | bimi=pass{header.d=sender.example,header.selector=default,policy.authority=pass,policy.authority-uri=https://sender.example/vmc.pem} | arc=none{} | dkim=pass{header.d=sender.example,header.i=@sender.example,header.b=Ab/C+d1=,header.a=rsa-sha256,header.s=s1,.x-bits=2048} | dmarc=pass{policy.published-domain-policy=reject,policy.applied-disposition=none,policy.evaluated-disposition=none,policy.policy-from=p,header.from=sender.example} | iprev=pass{smtp.remote-ip=192.0.2.7} | spf=pass{smtp.mailfrom=b@sender.example,smtp.helo=out.sender.example}',
    ],
    [
      'OpenDMARC',
      'mx.ours.example; dmarc=fail (p=none dis=none) header.from=sender.example',
      'mx.ours.example | dmarc=fail{header.from=sender.example}',
    ],
    [
      'OpenDMARC, the SPF result it works with',
      'OpenDMARC; spf=pass smtp.mailfrom="b@sender.example"',
      'OpenDMARC | spf=pass{smtp.mailfrom=b@sender.example}',
    ],
    [
      'OpenDKIM',
      'mx.ours.example;\r\n\tdkim=pass (2048-bit key; unprotected) header.d=sender.example header.i=@sender.example header.a=rsa-sha256 header.s=s1 header.b=Abc;\r\n\tdkim=fail reason="signature verification failed" (1024-bit key) header.d=other.example header.b=Q1;\r\n\tdkim-atps=neutral',
      'mx.ours.example | dkim=pass{header.d=sender.example,header.i=@sender.example,header.a=rsa-sha256,header.s=s1,header.b=Abc} | dkim=fail[signature verification failed]{header.d=other.example,header.b=Q1} | dkim-atps=neutral{}',
    ],
    [
      'rspamd',
      'mx.ours.example;\r\n\tdkim=pass header.d=sender.example header.s=s1 header.b=Abc;\r\n\tdmarc=pass (policy=reject) header.from=sender.example;\r\n\tspf=pass (mx.ours.example: domain of b@sender.example designates 192.0.2.7 as permitted sender) smtp.mailfrom=b@sender.example;\r\n\tarc=reject ("signature check failed: fail, {[1] = sig:x.example:reject}")',
      'mx.ours.example | dkim=pass{header.d=sender.example,header.s=s1,header.b=Abc} | dmarc=pass{header.from=sender.example} | spf=pass{smtp.mailfrom=b@sender.example} | arc=reject{}',
    ],
    [
      'Mimecast',
      'relay.mimecast.com;\r\n\tdkim=pass header.d=sender.example header.s=s1 header.b=abc;\r\n\tdmarc=pass (policy=quarantine) header.from=sender.example;\r\n\tspf=softfail (relay.mimecast.com: 192.0.2.7 is neither permitted nor denied by domain of b@sender.example) smtp.mailfrom=b@sender.example',
      'relay.mimecast.com | dkim=pass{header.d=sender.example,header.s=s1,header.b=abc} | dmarc=pass{header.from=sender.example} | spf=softfail{smtp.mailfrom=b@sender.example}',
    ],
    [
      'Proofpoint',
      'ppops.net; spf=pass smtp.mailfrom=b@sender.example;\r\n dkim=pass header.s=s1 header.d=sender.example; dmarc=pass header.from=sender.example',
      'ppops.net | spf=pass{smtp.mailfrom=b@sender.example} | dkim=pass{header.s=s1,header.d=sender.example} | dmarc=pass{header.from=sender.example}',
    ],
    [
      'Zoho',
      'mx.zohomail.com;\r\n\tdkim=pass;\r\n\tspf=pass (zohomail.com: domain of b@sender.example designates 192.0.2.7 as permitted sender)  smtp.mailfrom=b@sender.example;\r\n\tdmarc=pass(p=reject dis=none)  header.from=sender.example',
      'mx.zohomail.com | dkim=pass{} | spf=pass{smtp.mailfrom=b@sender.example} | dmarc=pass{header.from=sender.example}',
    ],
    [
      'Comcast',
      'resimta-po-01v.sys.comcast.net;\r\n\tdkim=pass header.d=sender.example header.b=Abc',
      'resimta-po-01v.sys.comcast.net | dkim=pass{header.d=sender.example,header.b=Abc}',
    ],
    [
      'Amazon SES, with fields of Received-SPF among the results',
      'amazonses.com;\r\n spf=pass (spfCheck: domain of sender.example designates 192.0.2.7 as permitted sender) client-ip=192.0.2.7; envelope-from=b@sender.example; helo=out.sender.example;\r\n dkim=pass header.i=@sender.example;\r\n dmarc=pass header.from=sender.example;',
      'amazonses.com | spf=pass{.client-ip=192.0.2.7} | dkim=pass{header.i=@sender.example} | dmarc=pass{header.from=sender.example}',
    ],
    [
      'Exim',
      'mx.ours.example;\r\n\tiprev=pass (out.sender.example) smtp.remote-ip=192.0.2.7;\r\n\tspf=pass smtp.mailfrom=sender.example;\r\n\tdkim=pass header.d=sender.example header.s=s1 header.a=rsa-sha256;\r\n\tdmarc=pass header.from=sender.example;\r\n\tarc=none',
      'mx.ours.example | iprev=pass{smtp.remote-ip=192.0.2.7} | spf=pass{smtp.mailfrom=sender.example} | dkim=pass{header.d=sender.example,header.s=s1,header.a=rsa-sha256} | dmarc=pass{header.from=sender.example} | arc=none{}',
    ],
    [
      'iCloud',
      'dkim-verifier.icloud.com;\r\n\tdkim=pass (2048-bit key) header.d=sender.example header.i=@sender.example header.b=Ab/C+d1=',
      'dkim-verifier.icloud.com | dkim=pass{header.d=sender.example,header.i=@sender.example,header.b=Ab/C+d1=}',
    ],
    [
      'LinkedIn, with what TLS found',
      'mail516.prod.linkedin.com; iprev=pass policy.iprev="192.0.2.7"; spf=neutral smtp.mailfrom="" smtp.helo="out.sender.example"; dkim=none (message not signed) header.d=none; tls=pass (verified) key.length="256" tls.v="tlsv1.2" cert.client="OU=Domain Control Validated,CN=*.sender.example"; dmarc=fail (p=none; dis=none) header.from=sender.example',
      'mail516.prod.linkedin.com | iprev=pass{policy.iprev=192.0.2.7} | spf=neutral{smtp.mailfrom=,smtp.helo=out.sender.example} | dkim=none{header.d=none} | tls=pass{key.length=256,tls.v=tlsv1.2,cert.client=OU=Domain Control Validated,CN=*.sender.example} | dmarc=fail{header.from=sender.example}',
    ],
    [
      'mail.ru',
      'mxs.mail.ru; spf=pass (mx279.i.mail.ru: domain of sender.example designates 192.0.2.7 as permitted sender) smtp.mailfrom=b@sender.example smtp.helo=out.sender.example;\r\n\t dkim=pass header.d=sender.example; dmarc=pass header.from=b@sender.example',
      'mxs.mail.ru | spf=pass{smtp.mailfrom=b@sender.example,smtp.helo=out.sender.example} | dkim=pass{header.d=sender.example} | dmarc=pass{header.from=b@sender.example}',
    ],
  ];
  for (const [who, value, expected] of cases) it(who, () => assert.equal(told(value), expected));
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
