import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseMessage } from '../../standards/mail/index.ts';
import { connectionOf } from './index.ts';
import type { GivenConnection } from './index.ts';

const edge =
  'Received: from out.sender.example (out.sender.example [192.0.2.7]) by edge.ours.example (Postfix) with ESMTP id 1; Tue, 3 Nov 2026 08:15:00 +0000';
const edgeExim =
  'Received: from out.sender.example ([192.0.2.7]) by edge.ours.example with esmtp (Exim 4.96) (envelope-from <b@sender.example>) id 1; Tue, 3 Nov 2026 08:15:00 +0000';
const noAddress = 'Received: from out.sender.example by edge.ours.example with SMTP; Tue, 3 Nov 2026 08:15:00 +0000';
const inner =
  'Received: from edge.ours.example (edge.ours.example [10.1.2.3]) by store.ours.example with LMTP id 2; Tue, 3 Nov 2026 08:15:02 +0000';
const spf = (client: string, sender: string) =>
  `Received-SPF: pass (x) client-ip=${client}; helo=said.example; envelope-from=${sender}; receiver=ours.example`;

describe('who brought a message: value and whose word it is', () => {
  const cases: readonly (readonly [
    what: string,
    lines: readonly string[],
    given: GivenConnection,
    /** `ip helo mailFrom`, each with where it comes from. */
    expected: string,
    codes: readonly string[],
  ])[] = [
    [
      'Return-Path above the trusted field',
      ['Return-Path: <b@sender.example>', edge],
      {},
      '192.0.2.7 (received) out.sender.example (received) b@sender.example (return-path)',
      [],
    ],
    [
      'the note of the server itself comes before Return-Path, which later servers rewrite',
      ['Return-Path: <SRS0=x@ours.example>', edgeExim],
      {},
      '192.0.2.7 (received) out.sender.example (received) b@sender.example (received)',
      [],
    ],
    [
      'Received-SPF of the same client above it',
      [spf('192.0.2.7', 'b@sender.example'), edge],
      {},
      '192.0.2.7 (received) out.sender.example (received) b@sender.example (received-spf)',
      [],
    ],
    [
      'a Received-SPF of another client is of another connection',
      [spf('198.51.100.5', 'ceo@bank.example'), edge],
      {},
      '192.0.2.7 (received) out.sender.example (received) -',
      [],
    ],
    [
      'a Received-SPF below the trusted field is anybody’s',
      [edge, spf('192.0.2.7', 'ceo@bank.example')],
      {},
      '192.0.2.7 (received) out.sender.example (received) -',
      [],
    ],
    [
      'Received-SPF tells the client that the field leaves out',
      [spf('::ffff:192.0.2.7', '<>'), noAddress],
      {},
      '192.0.2.7 (received-spf) out.sender.example (received)  (received-spf)',
      [],
    ],
    [
      'a Received-SPF that a later server wrote is not of this connection',
      [spf('10.1.2.3', 'x@ours.example'), inner, noAddress],
      { trust: { hops: 2 } },
      '- out.sender.example (received) -',
      ['verification/no-client'],
    ],
    [
      'two hops down, what stands between them',
      ['Return-Path: <r@ours.example>', inner, spf('192.0.2.7', 'b@sender.example'), edge],
      { trust: { hops: 2 } },
      '192.0.2.7 (received) out.sender.example (received) b@sender.example (received-spf)',
      [],
    ],
    [
      'an inner hop names the field that has the client',
      ['Return-Path: <b@sender.example>', inner, edge],
      {},
      '10.1.2.3 (received) edge.ours.example (received) b@sender.example (return-path)',
      ['verification/inside-client', 'verification/client-below'],
    ],
    [
      'nothing is believed',
      ['Return-Path: <b@sender.example>', spf('192.0.2.7', 'b@sender.example'), edge],
      { trust: { hops: 0 } },
      '- - -',
      ['verification/no-client', 'verification/client-below'],
    ],
    [
      'no Received: a Received-SPF on top says nothing',
      [spf('192.0.2.7', 'b@sender.example')],
      {},
      '- - -',
      ['verification/no-received'],
    ],
    [
      'what is given is not asked for, and Received-SPF not looked at',
      [spf('192.0.2.7', 'b@sender.example'), edge],
      { ip: '203.0.113.1', helo: 'h.example', mailFrom: '<m@sender.example>' },
      '203.0.113.1 (given) h.example (given) m@sender.example (given)',
      [],
    ],
    [
      'by name, down to the handover',
      ['Return-Path: <b@sender.example>', inner, edge],
      { trust: { names: ['ours.example'] } },
      '192.0.2.7 (received) out.sender.example (received) b@sender.example (return-path)',
      [],
    ],
  ];
  for (const [what, lines, given, expected, codes] of cases) {
    it(what, () => {
      const message = parseMessage(Buffer.from([...lines, 'From: a@sender.example', '', 'body', ''].join('\r\n')));
      const { ip, helo, mailFrom, problems } = connectionOf(message, given);
      const told = [ip, helo, mailFrom].map((each) => (each === undefined ? '-' : `${each.value} (${each.from})`));
      assert.equal(told.join(' '), expected);
      assert.deepEqual(
        problems.map((each) => each.code),
        codes,
      );
    });
  }
  it('says which field, and which client', () => {
    const message = parseMessage(Buffer.from([inner, inner, edge, '', ''].join('\r\n')));
    const below = connectionOf(message).problems.find((each) => each.code === 'verification/client-below');
    assert.deepEqual(below?.values, { hops: 3, ip: '192.0.2.7', by: 'edge.ours.example' });
  });
});
