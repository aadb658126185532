// Test data: whole messages made by a forger who owns evil.example and its key, sends from 192.0.2.66, and holds a genuine message of
// bank.example. He wants one to pass as bank.example that the bank never sent so. Bytes are Latin-1: one character a byte.
import type { GivenConnection } from './connection.ts';

/** What the forger has in hand. */
export interface ForgersTools {
  /** A genuine message: signed by the bank over all fields, From twice (over-signed), and nothing else. */
  readonly genuine: string;
  /** The same, signed with `l=14`, which is the body as it was. */
  readonly genuineWithLength: string;
  /** The same, From, To and Subject signed once each. */
  readonly genuineSignedOnce: string;
  /** The same, expired on 2026-11-04. */
  readonly genuineExpiring: string;
  /** A message signed by the bank with a key that its record keeps for TLS reports (`s=tlsrpt`). */
  readonly signedForReports: string;
  /** The DKIM-Signature field with which evil.example signs a text, changed as asked. */
  readonly signatureOfEvil: (text: string, change?: (field: string) => string) => string;
  /** An ARC set by evil.example over a text, in which it says that all was well. */
  readonly sealOfEvil: (text: string) => Promise<string>;
  /** An unsigned message that says it is from the bank. */
  readonly plain: string;
}

/** One forged message: what it tries, the message, what is known of its connection, and the result that must come out. */
export interface ForgedMessage {
  readonly what: string;
  readonly message: (tools: ForgersTools) => Promise<string> | string;
  readonly given?: GivenConnection;
  /** A code among the reasons of the legs that says why it is not the bank's; `''` when the reason is that nothing is aligned. */
  readonly because: string;
  readonly result?: 'fail' | 'none' | 'not-known';
}

const from66: GivenConnection = { ip: '192.0.2.66', helo: 'evil.example', mailFrom: 'x@evil.example' };
const spf = (what: string, given: GivenConnection, because: string): ForgedMessage => ({
  what: `SPF: ${what}`,
  message: ({ plain }) => plain,
  given: { ...from66, ...given },
  because,
});
const by = (
  what: string,
  message: ForgedMessage['message'],
  because: string,
  more: Partial<ForgedMessage> = {},
): ForgedMessage => ({ what, message, given: from66, because, ...more });
const behind = (field: string, text: string): string => field + text;

export const forgedMessages: readonly ForgedMessage[] = [
  // SPF: whose domain is it that passes?
  spf('his own domain passes', {}, ''),
  spf('the victim as sender', { mailFrom: 'ceo@bank.example' }, 'spf/matched'),
  spf('the victim as sender, in capitals and with a final dot', { mailFrom: 'CEO@BANK.EXAMPLE.' }, 'spf/matched'),
  spf('the victim in a quoted local part', { mailFrom: '"ceo@bank.example"@evil.example' }, ''),
  spf('the victim behind two @', { mailFrom: 'x@evil.example@bank.example' }, 'spf/matched'),
  spf('the victim before two @', { mailFrom: 'ceo@bank.example@evil.example' }, ''),
  spf('a source route through the victim', { mailFrom: '<@bank.example:x@evil.example>' }, ''),
  spf('a domain without a local part', { mailFrom: 'bank.example' }, 'spf/matched'),
  spf('a NUL between the victim and him', { mailFrom: 'ceo@bank.example\0.evil.example' }, ''),
  spf('a space between the victim and him', { mailFrom: 'ceo@bank.example .evil.example' }, ''),
  spf('a line break and a second sender', { mailFrom: 'x@evil.example\r\nMAIL FROM:<ceo@bank.example>' }, ''),
  spf('a wide full stop in the victim', { mailFrom: 'ceo@bank\u3002example' }, 'spf/matched'),
  spf('macros in the local part', { mailFrom: '%{d}.bank.example@evil.example' }, ''),
  spf('macros in the local part, of the victim with macros', { mailFrom: '%{i}@macro.bank.example' }, ''),
  spf('a local part that ends the name', { mailFrom: '"x.evil.example."@macro.bank.example' }, ''),
  spf('a local part of 300 labels', { mailFrom: `${'a.'.repeat(300)}b@macro.bank.example` }, ''),
  spf('HELO of the victim, and a sender', { helo: 'bank.example' }, ''),
  spf('HELO of the victim, and the null sender', { helo: 'bank.example', mailFrom: '' }, 'spf/matched'),
  spf('his own HELO, and the null sender', { helo: 'evil.example', mailFrom: '<>' }, ''),
  spf('an address literal as HELO', { helo: '[192.0.2.1]', mailFrom: '' }, ''),
  spf('the address of the victim mapped into IPv6', { ip: '::ffff:192.0.2.66', mailFrom: 'ceo@bank.example' }, ''),
  spf('a name below the victim that is not there', { mailFrom: 'x@nowhere.bank.example' }, ''),
  // Whose word is it that counts?
  by(
    'a Received field of the victim, below the trusted one',
    ({ plain }) =>
      `Received: from evil.example (evil.example [192.0.2.66]) by mx.ours.example; Tue, 3 Nov 2026 09:15:00 +0100\r\nReturn-Path: <ceo@bank.example>\r\nReceived-SPF: pass client-ip=192.0.2.1; envelope-from=ceo@bank.example\r\nReceived: from bank.example (bank.example [192.0.2.1]) by mx.ours.example; Tue, 3 Nov 2026 09:14:00 +0100\r\n${plain}`,
    '',
    { given: {}, result: 'not-known' },
  ),
  by(
    'HELO that looks like what a server writes',
    ({ plain }) =>
      `Return-Path: <ceo@bank.example>\r\nReceived: from bank.example (bank.example [192.0.2.1]) (unknown [192.0.2.66]) by mx.ours.example; Tue, 3 Nov 2026 09:15:00 +0100\r\n${plain}`,
    '',
    { given: {}, result: 'not-known' },
  ),
  by(
    'a literal of the victim as HELO, as Exim writes it down',
    ({ plain }) =>
      `Return-Path: <ceo@bank.example>\r\nReceived: from [192.0.2.66] (helo=[192.0.2.1]) by mx.ours.example with esmtp (Exim 4.96) id 1; Tue, 3 Nov 2026 09:15:00 +0100\r\n${plain}`,
    'spf/matched',
    { given: {} },
  ),
  by(
    'a literal of the victim as HELO, as qmail writes it down',
    ({ plain }) =>
      `Return-Path: <ceo@bank.example>\r\nReceived: from unknown (HELO [192.0.2.1]) (192.0.2.66) by mx.ours.example with SMTP; 3 Nov 2026 08:15:00 -0000\r\n${plain}`,
    'spf/matched',
    { given: {} },
  ),
  by(
    'Authentication-Results and ARC results that say all is well',
    ({ plain }) =>
      `Authentication-Results: mx.ours.example; dmarc=pass header.from=bank.example\r\nARC-Authentication-Results: i=1; mx.ours.example; dmarc=pass header.from=bank.example\r\n${plain}`,
    'arc/incomplete-set',
  ),
  by('an ARC chain of his own that holds', async ({ plain, sealOfEvil }) => behind(await sealOfEvil(plain), plain), ''),

  // DKIM: signatures of his own.
  by('his own signature', ({ plain, signatureOfEvil }) => behind(signatureOfEvil(plain), plain), ''),
  ...(
    [
      ['d= changed to the victim', 'd=evil.example', 'd=bank.example', 'dkim/header-changed'],
      ['d= with a final dot', 'd=evil.example', 'd=bank.example.', 'dkim/bad-signing-domain'],
      ['d= in capitals', 'd=evil.example', 'd=BANK.EXAMPLE', 'dkim/header-changed'],
      ['d= with a wide full stop', 'd=evil.example', 'd=bank\u00e3\u0080\u0082example', 'dkim/header-changed'],
      ['d= twice', 'd=evil.example', 'd=evil.example; d=bank.example', 'dkim/duplicate-tag'],
      ['d= with a fold in it', 'd=evil.example', 'd=bank.\r\n example', 'dkim/bad-signing-domain'],
      ['d= with a NUL', 'd=evil.example', 'd=evil.example\0bank.example', 'dkim/bad-tag'],
      ['d= of a top-level domain', 'd=evil.example', 'd=example', 'dkim/bad-signing-domain'],
      ['i= of the victim', 'd=evil.example', 'd=evil.example; i=ceo@bank.example', 'dkim/auid-outside-domain'],
      [
        'i= with the victim in its local part',
        'd=evil.example',
        'd=evil.example; i=ceo=40bank.example@evil.example',
        'dkim/header-changed',
      ],
      ['D= in capitals beside d=', 'd=evil.example', 'd=evil.example; D=bank.example', 'dkim/header-changed'],
      ['his selector at the victim', 's=k', 's=k._domainkey.evil.example.', 'dkim/bad-selector'],
      ['h= without From', /h=[^;]*/, 'h=subject:to', 'dkim/from-not-signed'],
      ['h= with From in a name', /h=[^;]*/, 'h=x-from:from-x', 'dkim/from-not-signed'],
      ['SHA-1', /a=[^;]*/, 'a=rsa-sha1', 'dkim/sha1-signature'],
      ['no algorithm', /a=[^;]*/, 'a=none', 'dkim/unknown-algorithm'],
      ['an empty signature', /\bb=[A-Za-z0-9+/=\s]*/, 'b=\r\n', 'dkim/bad-base64'],
    ] as const
  ).map(([what, from, to, because]) =>
    by(
      `his signature, ${what}`,
      ({ plain, signatureOfEvil }) =>
        behind(
          signatureOfEvil(plain, (field) => field.replace(from, to)),
          plain,
        ),
      because,
    ),
  ),
  by('a key that is for TLS reports', ({ signedForReports }) => signedForReports, 'dkim/key-not-for-mail'),

  // DKIM: a genuine message, changed.
  by('the body', ({ genuine }) => genuine.replace('All is well', 'Pay here'), 'dkim/body-changed'),
  by('text behind the body', ({ genuine }) => `${genuine}Pay here.\r\n`, 'dkim/body-changed'),
  by('l= put in', ({ genuine }) => `${genuine.replace('v=1;', 'v=1; l=14;')}Pay here.\r\n`, 'dkim/header-changed'),
  by('l= made smaller', ({ genuineWithLength }) => genuineWithLength.replace(/l=\d+/, 'l=0'), 'dkim/body-changed'),
  by(
    'l= larger than the body',
    ({ genuineWithLength }) => genuineWithLength.replace(/l=\d+/, 'l=9999'),
    'dkim/body-shorter-than-signed',
  ),
  by('the subject', ({ genuine }) => genuine.replace('Your account', 'Pay now'), 'dkim/header-changed'),
  by('a second subject on top, over-signed', ({ genuine }) => `Subject: Pay now\r\n${genuine}`, 'dkim/header-changed'),
  by('a second From on top', ({ genuine }) => `From: <x@evil.example>\r\n${genuine}`, 'mail/several-from-fields', {
    result: 'none',
  }),
  by(
    'a second From on top, signed once',
    ({ genuineSignedOnce }) => `From: <x@evil.example>\r\n${genuineSignedOnce}`,
    'mail/several-from-fields',
    { result: 'none' },
  ),
  by(
    'a second From below, signed once',
    ({ genuineSignedOnce }) => genuineSignedOnce.replace('\r\n\r\n', '\r\nFrom: <x@evil.example>\r\n\r\n'),
    'mail/several-from-fields',
    { result: 'none' },
  ),
  by('another display name', ({ genuine }) => genuine.replace('The Bank', 'Your Boss'), 'dkim/header-changed'),
  by('expired', ({ genuineExpiring }) => genuineExpiring, 'dkim/expired'),
  by(
    'expired, and a Received field of his that is not',
    ({ genuineExpiring }) =>
      `Received: from a by b; Tue, 3 Nov 2026 09:15:00 +0100\r\nDate: Tue, 3 Nov 2026 09:15:00 +0100\r\n${genuineExpiring}`,
    'dkim/expired',
  ),
  by('x= taken out', ({ genuineExpiring }) => genuineExpiring.replace(/ x=\d+;/, ''), 'dkim/header-changed'),
  by(
    'x= in the far future',
    ({ genuineExpiring }) => genuineExpiring.replace(/ x=\d+;/, ' x=9999999999;'),
    'dkim/header-changed',
  ),
  by(
    'a hundred signatures of his on top',
    ({ plain, signatureOfEvil }) => behind(signatureOfEvil(plain).repeat(100), plain),
    '',
  ),
  by(
    'the genuine header over a body of his, behind another header',
    ({ genuine }) => `Subject: x\r\n\r\n${genuine}`,
    'mail/no-from',
    { result: 'none' },
  ),
];
