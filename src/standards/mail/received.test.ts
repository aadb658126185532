import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDateTime, parseMessage, parseReceived, receivedTrail } from './index.ts';
import type { Received, Trust } from './index.ts';

describe('parseReceived, as MTAs write it', () => {
  const date = Date.UTC(2026, 10, 3, 8, 15, 0) / 1000;
  const cases: [mta: string, value: string, expected: Received][] = [
    [
      'Postfix',
      'from mail.sender.example (out1.sender.example [192.0.2.7]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384) by mx.ours.example (Postfix) with ESMTPS id 4ABC for <a@ours.example>; Tue,  3 Nov 2026 09:15:00 +0100 (CET)',
      {
        helo: 'mail.sender.example',
        reverseName: 'out1.sender.example',
        address: '192.0.2.7',
        by: 'mx.ours.example',
        with: 'ESMTPS',
        id: '4ABC',
        for: 'a@ours.example',
        date,
      },
    ],
    [
      'Postfix, no reverse name',
      'from localhost (unknown [IPv6:2001:DB8::1]) by mx.ours.example (Postfix) with SMTP id 1; Tue, 3 Nov 2026 08:15:00 +0000',
      { helo: 'localhost', address: '2001:db8::1', by: 'mx.ours.example', with: 'SMTP', id: '1', date },
    ],
    [
      'Postfix, an address literal as HELO: what the server saw counts',
      'from [198.51.100.1] (unknown [192.0.2.7]) by mx.ours.example (Postfix) with ESMTP id 2; Tue, 3 Nov 2026 08:15 GMT',
      { helo: '[198.51.100.1]', address: '192.0.2.7', by: 'mx.ours.example', with: 'ESMTP', id: '2', date },
    ],
    [
      'Exim',
      'from out1.sender.example ([192.0.2.7] helo=mail.sender.example) by mx.ours.example with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <b@sender.example>) id 1abc-000-X for a@ours.example; Tue, 03 Nov 2026 08:15:00 +0000',
      {
        helo: 'mail.sender.example',
        reverseName: 'out1.sender.example',
        address: '192.0.2.7',
        by: 'mx.ours.example',
        with: 'esmtps tls TLS_AES_256_GCM_SHA384',
        id: '1abc-000-X',
        for: 'a@ours.example',
        envelopeFrom: 'b@sender.example',
        date,
      },
    ],
    [
      'Exim, no reverse name',
      'from [192.0.2.7] (helo=mail.sender.example) by mx.ours.example with esmtp id 1; Tue, 03 Nov 2026 08:15:00 +0000',
      { helo: 'mail.sender.example', address: '192.0.2.7', by: 'mx.ours.example', with: 'esmtp', id: '1', date },
    ],
    [
      'sendmail, forged reverse name',
      'from mail.sender.example (bank.example [192.0.2.7] (may be forged)) by mx.ours.example (8.17/8.17) with ESMTP id x; Tue, 3 Nov 2026 00:15:00 -0800 (PST)',
      { helo: 'mail.sender.example', address: '192.0.2.7', by: 'mx.ours.example', with: 'ESMTP', id: 'x', date },
    ],
    [
      'Google',
      'from mail-sor-f41.google.example (mail-sor-f41.google.example. [209.85.220.41]) by mx.google.example with SMTPS id a-sor for <b@x.example> (Google Transport Security); Tue, 03 Nov 2026 00:15:00 -0800 (PST)',
      {
        helo: 'mail-sor-f41.google.example',
        reverseName: 'mail-sor-f41.google.example',
        address: '209.85.220.41',
        by: 'mx.google.example',
        with: 'SMTPS',
        id: 'a-sor',
        for: 'b@x.example',
        date,
      },
    ],
    [
      'Google, inside',
      'by 2002:a05:6a10:a4a6:b0:3d2:1:2 with SMTP id x; Tue, 03 Nov 2026 00:15:00 -0800 (PST)',
      { by: '2002:a05:6a10:a4a6:b0:3d2:1:2', with: 'SMTP', id: 'x', date },
    ],
    [
      'Exchange',
      'from AM0.eurprd.example (2603:10a6:0208:0000::5) by DB9.eurprd.example (2603:10a6::7) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20.1; Tue, 3 Nov 2026 08:15:00 +0000',
      {
        helo: 'AM0.eurprd.example',
        address: '2603:10a6:208::5',
        by: 'db9.eurprd.example',
        with: 'Microsoft SMTP Server',
        id: '15.20.1',
        date,
      },
    ],
    [
      'qmail',
      'from unknown (HELO mail.sender.example) (192.0.2.7) by mx.ours.example with SMTP; 3 Nov 2026 08:15:00 -0000',
      { helo: 'mail.sender.example', address: '192.0.2.7', by: 'mx.ours.example', with: 'SMTP', date },
    ],
    [
      'IPv4 in IPv6',
      'from a (b.example [::ffff:192.0.2.7]) by c',
      { helo: 'a', reverseName: 'b.example', address: '192.0.2.7', by: 'c' },
    ],
    ['not an address', 'from a (b [999.0.2.7]) by c', { helo: 'a', by: 'c' }],
    ['empty', '', {}],
    ['an open comment', 'from a (b [192.0.2.7', { helo: 'a' }],
    ['a local hand-over', '(qmail 1234 invoked by uid 0); 3 Nov 2026 08:15:00 -0000', { date }],
  ];
  for (const [mta, value, expected] of cases) it(mta, () => assert.deepEqual(parseReceived(value), expected));
});

describe('parseDateTime (RFC 5322 §3.3, §4.3)', () => {
  const cases: [text: string, expected: string | undefined][] = [
    ['Tue, 3 Nov 2026 09:15:01 +0100', '2026-11-03T08:15:01.000Z'],
    ['3 Nov 2026 09:15 +0100', '2026-11-03T08:15:00.000Z'],
    ['Thu, 8 Mar 2005 14:00:00 EDT', '2005-03-08T18:00:00.000Z'],
    ['Tue (day) , 3 (d) Nov (m) 2026 09:15:01 (t) +0100 (CET)', '2026-11-03T08:15:01.000Z'],
    ['3 Nov 99 09:15:01 Z', '1999-11-03T09:15:01.000Z'],
    ['3 Nov 26 09:15:01 UT', '2026-11-03T09:15:01.000Z'],
    ['Fri, 28 Sep 2018 08:48:36.716 +0000 (UTC)', '2018-09-28T08:48:36.000Z'],
    ['31 Dec 2026 23:59:60 +0000', '2026-12-31T23:59:59.000Z'],
    ['3 Nox 2026 09:15:01 Z', undefined],
    ['3 Nov 2026 29:15:01 Z', undefined],
    ['2026-11-03T09:15:01Z', undefined],
    ['', undefined],
    ['(', undefined],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => {
      const seconds = parseDateTime(text);
      assert.equal(seconds === undefined ? undefined : new Date(seconds * 1000).toISOString(), expected);
    });
  }
});

describe('receivedTrail: a client that cannot be made out', () => {
  it('is where trust ends', () => {
    const message = parseMessage(
      Buffer.from(
        'Received: from somewhere by mx.ours.example with ESMTP id 1\r\nReceived: from mail.bank.example (mail.bank.example [198.51.100.5]) by mx.ours.example with ESMTP id 0\r\n\r\n',
      ),
    );
    const trail = receivedTrail(message, { names: ['ours.example'] });
    assert.deepEqual(
      trail.hops.map((hop) => hop.trusted),
      [true, false],
    );
    assert.equal(trail.handover?.helo, 'somewhere');
    assert.equal(trail.handover?.address, undefined);
  });
});

describe('receivedTrail: trust runs from the top down', () => {
  const message = parseMessage(
    Buffer.from(
      [
        'Received: from mx.ours.example (mx.ours.example [203.0.113.1]) by store.ours.example with LMTP id 3',
        'Received: from localhost (localhost [127.0.0.1]) by mx.ours.example (filter) with ESMTP id 2',
        'Received: from evil (out.evil.example [192.0.2.66]) by mx.ours.example (Postfix) with ESMTP id 1',
        'Received: from bank (mail.bank.example [198.51.100.5]) by mx.ours.example (Postfix) with ESMTP id 0',
        'Received: by 192.0.2.66 with HTTP',
        'From: a@b.example',
        '',
        '',
      ].join('\r\n'),
    ),
  );
  const cases: [what: string, trust: Trust, trusted: number, client: string | undefined][] = [
    ['three hops', { hops: 3 }, 3, '192.0.2.66'],
    ['no hop', { hops: 0 }, 0, undefined],
    ['more hops than there are', { hops: 9 }, 5, undefined],
    ['by name: a hop below the handover is invented, whatever it says', { names: ['ours.example'] }, 3, '192.0.2.66'],
    ['a name that wrote nothing', { names: ['other.example'] }, 0, undefined],
    ['a name that only ends alike', { names: ['urs.example'] }, 0, undefined],
    [
      'an inner client known by address',
      { names: ['ours.example'], addresses: (address) => address === '192.0.2.66' },
      4,
      '198.51.100.5',
    ],
  ];
  for (const [what, trust, trusted, client] of cases) {
    it(what, () => {
      const trail = receivedTrail(message, trust);
      assert.equal(trail.hops.length, 5);
      assert.equal(trail.hops.filter((hop) => hop.trusted).length, trusted);
      assert.equal(trail.handover?.address, client);
    });
  }
});
