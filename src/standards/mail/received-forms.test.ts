import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseReceived, parseReceivedSpf } from './index.ts';
import type { ReceivedSpf } from './index.ts';

describe('parseReceived, the ways of more MTAs: the client, what it said, the server, MAIL FROM', () => {
  /** `address | helo | reverse name | by | envelope from`, `-` for what is not there. */
  const told = (value: string): string => {
    const { address, helo, reverseName, by, envelopeFrom } = parseReceived(value);
    return [address, helo, reverseName, by, envelopeFrom].map((each) => each ?? '-').join(' | ');
  };
  const end = '; Tue, 3 Nov 2026 08:15:00 +0000';
  const cases: [mta: string, value: string, expected: string][] = [
    [
      'Postfix, an authenticated client',
      'from [192.168.1.7] (home.isp.example [192.0.2.7]) (using TLSv1.3 with cipher X (256/256 bits) key-exchange X25519 server-signature RSA-PSS (2048 bits)) (Client did not present a certificate) (Authenticated sender: joe) by mx.ours.example (Postfix) with ESMTPSA id 4C',
      '192.0.2.7 | [192.168.1.7] | home.isp.example | mx.ours.example | -',
    ],
    [
      'Postfix, from a program',
      'by mx.ours.example (Postfix, from userid 112) id 15771A0482',
      '- | - | - | mx.ours.example | -',
    ],
    [
      'Exim with a port and the null sender',
      'from [192.0.2.7] (port=41234 helo=mail.sender.example) by mx.ours.example with esmtp (Exim 4.82_1-5b7a7c0-XX) (envelope-from <>) id 1gt8kN-0003AY-1B',
      '192.0.2.7 | mail.sender.example | - | mx.ours.example | ',
    ],
    [
      'Exim, port behind the address',
      'from out.sender.example ([192.0.2.7]:58922) by mx.ours.example with esmtps (TLSv1.2:X:256) (Exim 4.82) (envelope-from <b@sender.example>) id 1',
      '192.0.2.7 | out.sender.example | - | mx.ours.example | b@sender.example',
    ],
    [
      'Exim: a literal in HELO is what the client said, not where it is',
      'from [192.0.2.66] (port=41234 helo=[198.51.100.5]) by mx.ours.example with esmtp (Exim 4.96) id 1',
      '192.0.2.66 | [198.51.100.5] | - | mx.ours.example | -',
    ],
    [
      'Exim, a reverse name, and a literal in HELO',
      'from out.evil.example ([192.0.2.66] helo=[198.51.100.5]) by mx.ours.example with esmtp (Exim 4.96) id 1',
      '192.0.2.66 | [198.51.100.5] | out.evil.example | mx.ours.example | -',
    ],
    [
      'sendmail, with ident and the envelope',
      'from mail.sender.example (root@out.sender.example [192.0.2.7]) by mx.ours.example (8.17.1/8.17.1) with ESMTPS id 3A (version=TLSv1.3 cipher=X bits=256 verify=NO)',
      '192.0.2.7 | mail.sender.example | out.sender.example | mx.ours.example | -',
    ],
    [
      'sendmail, from a program',
      'from root@localhost by mx.ours.example (8.17.1/8.17.1/Submit) id 3A',
      '- | root@localhost | - | mx.ours.example | -',
    ],
    [
      'qmail, a literal in HELO',
      'from unknown (HELO [198.51.100.5]) (192.0.2.66) by mx.ours.example with SMTP',
      '192.0.2.66 | [198.51.100.5] | - | mx.ours.example | -',
    ],
    [
      'qmail, authenticated',
      'from home.isp.example (HELO pc) (joe@192.0.2.7) by mx.ours.example with ESMTPA',
      '192.0.2.7 | pc | home.isp.example | mx.ours.example | -',
    ],
    [
      'qmail-ldap',
      'from unknown (HELO mail.sender.example) ([192.0.2.7]) (envelope-sender <b@sender.example>) by mx.ours.example (qmail-ldap-1.03) with SMTP for <a@ours.example>',
      '192.0.2.7 | mail.sender.example | - | mx.ours.example | b@sender.example',
    ],
    [
      'Exchange 2019, on the edge',
      'from mail.sender.example (192.0.2.7) by EX01.ours.local (10.1.2.3) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.2.1118.7 via Frontend Transport',
      '192.0.2.7 | mail.sender.example | - | ex01.ours.local | -',
    ],
    [
      'Microsoft 365, on the edge',
      'from out.sender.example (192.0.2.7) by BN7NAM10FT021.mail.protection.outlook.com (10.13.157.29) with Microsoft SMTP Server (version=TLS1_3, cipher=X) id 15.20.6745.21 via Frontend Transport',
      '192.0.2.7 | out.sender.example | - | bn7nam10ft021.mail.protection.outlook.com | -',
    ],
    [
      'Microsoft 365, into the mailbox',
      'from CY8PR05MB9817.namprd05.prod.outlook.com (::1) by BL0PR05MB4724.namprd05.prod.outlook.com with HTTPS',
      '::1 | CY8PR05MB9817.namprd05.prod.outlook.com | - | bl0pr05mb4724.namprd05.prod.outlook.com | -',
    ],
    [
      'the SMTP service of IIS',
      'from mail.sender.example ([192.0.2.7]) by mx.ours.example with Microsoft SMTPSVC(6.0.3790.4675)',
      '192.0.2.7 | mail.sender.example | - | mx.ours.example | -',
    ],
    [
      'Gmail, from a program of a user',
      'from [192.168.1.7] (home.isp.example. [192.0.2.7]) by smtp.gmail.com with ESMTPSA id x-20020a (version=TLS1_3 cipher=X bits=128/128)',
      '192.0.2.7 | [192.168.1.7] | home.isp.example | smtp.gmail.com | -',
    ],
    [
      'Yahoo',
      'from 127.0.0.1  (EHLO out.sender.example) (192.0.2.7)\r\n by mta4321.mail.bf1.yahoo.com with SMTPs',
      '192.0.2.7 | out.sender.example | 127.0.0.1 | mta4321.mail.bf1.yahoo.com | -',
    ],
    [
      'Yahoo, inside',
      'from 10.217.151.75\r\n by atlas103.free.mail.bf1.yahoo.com with HTTPS',
      '10.217.151.75 | 10.217.151.75 | - | atlas103.free.mail.bf1.yahoo.com | -',
    ],
    [
      'Amazon SES',
      'from out.sender.example (out.sender.example [192.0.2.7]) by inbound-smtp.us-east-1.amazonaws.com with SMTP id abc123 for a@ours.example',
      '192.0.2.7 | out.sender.example | out.sender.example | inbound-smtp.us-east-1.amazonaws.com | -',
    ],
    [
      'Proofpoint, on the edge',
      'from out.sender.example (out.sender.example [192.0.2.7])\r\n\tby mx0a-00123.pphosted.com (PPS) with ESMTPS id 3xyz-1\r\n\t(version=TLSv1.2 cipher=X bits=256 verify=NOT)\r\n\tfor <a@ours.example>',
      '192.0.2.7 | out.sender.example | out.sender.example | mx0a-00123.pphosted.com | -',
    ],
    [
      'Proofpoint, its filter',
      'from pps.filterd (m0098.ppops.net [127.0.0.1]) by m0098.ppops.net (8.17.1.19/8.17.1.19) with ESMTP id 3A',
      '127.0.0.1 | pps.filterd | m0098.ppops.net | m0098.ppops.net | -',
    ],
    [
      'Mimecast',
      'from out.sender.example (out.sender.example [192.0.2.7]) (Using TLS\r\n with cipher X (256/256 bits)) by relay.mimecast.com with ESMTP with\r\n STARTTLS (version=TLSv1.3, cipher=X) id uk-mta-24-xyz-1',
      '192.0.2.7 | out.sender.example | out.sender.example | relay.mimecast.com | -',
    ],
    [
      'OpenSMTPD',
      'from out.sender.example (out.sender.example [192.0.2.7])\r\n\tby mx.ours.example (OpenSMTPD) with ESMTPS id 5f3c0bd1 (TLSv1.3:X:256:NO)\r\n\tfor <a@ours.example>',
      '192.0.2.7 | out.sender.example | out.sender.example | mx.ours.example | -',
    ],
    [
      'Haraka',
      'from mail.sender.example (out.sender.example [192.0.2.7])\r\n\tby mx.ours.example (Haraka/3.0.3) with ESMTPS id 5A3C.1\r\n\tenvelope-from <b@sender.example>\r\n\ttls TLS_AES_256_GCM_SHA384',
      '192.0.2.7 | mail.sender.example | out.sender.example | mx.ours.example | b@sender.example',
    ],
    [
      'Courier',
      'from mail.sender.example (out.sender.example [::ffff:192.0.2.7])\r\n  (TLS: TLSv1/SSLv3,256bits,X)\r\n  by mx.ours.example with ESMTPS; Tue, 03 Nov 2026 08:15:00 +0000\r\n  id 0000000001.5A',
      '192.0.2.7 | mail.sender.example | out.sender.example | mx.ours.example | -',
    ],
    [
      'CommuniGate Pro',
      'from mail.sender.example ([192.0.2.7] verified)\r\n  by mx.ours.example (CommuniGate Pro SMTP 6.1.20)\r\n  with ESMTPS id 12345678 for a@ours.example',
      '192.0.2.7 | mail.sender.example | - | mx.ours.example | -',
    ],
    [
      'CommuniGate Pro, authenticated',
      'from [192.0.2.7] (account joe@ours.example HELO [10.0.0.5])\r\n  by mx.ours.example (CommuniGate Pro SMTP 6.1.20) with ESMTPSA id 1',
      '192.0.2.7 | [10.0.0.5] | - | mx.ours.example | -',
    ],
    [
      'MDaemon',
      'from out.sender.example (out.sender.example [192.0.2.7]) by mx.ours.example with ESMTPS id md50001.msg (MDaemon PRO v23.0.1)',
      '192.0.2.7 | out.sender.example | out.sender.example | mx.ours.example | -',
    ],
    [
      'Domino',
      'from out.sender.example ([192.0.2.7])\r\n          by mx.ours.example (HCL Domino Release 12.0.2)\r\n          with ESMTP id 2026110309150012-4711',
      '192.0.2.7 | out.sender.example | - | mx.ours.example | -',
    ],
    [
      'Zimbra, its filter',
      'from localhost (localhost [127.0.0.1]) by mx.ours.example (Postfix) with ESMTP id 1',
      '127.0.0.1 | localhost | localhost | mx.ours.example | -',
    ],
    [
      'PowerMTA',
      'by out.sender.example (PowerMTA(TM) v5.0r1) id hm0ks6 for <a@ours.example>; Tue, 3 Nov 2026 08:15:00 +0000 (envelope-from <b@sender.example>)',
      '- | - | - | out.sender.example | -',
    ],
    [
      'Momentum (ecelerity)',
      'from [192.0.2.7] ([192.0.2.7:4227] helo=out.sender.example) by mx.ours.example (envelope-from <b@sender.example>) (ecelerity 3.6.21.53563 r(Core:3.6.21.0)) with ESMTPS (cipher=X) id CA/91',
      '192.0.2.7 | out.sender.example | - | mx.ours.example | b@sender.example',
    ],
    [
      'Stalwart, from itself',
      'from mail.ours.example ([mail.ours.example]) by 127.0.0.1 (Stalwart JMAP) with LMTP',
      '- | mail.ours.example | - | 127.0.0.1 | -',
    ],
    [
      'an address in brackets without parentheses (RFC 6376 §A.2)',
      'from client1.football.example.com  [192.0.2.1]\r\n      by submitserver.example.com with SUBMISSION',
      '192.0.2.1 | client1.football.example.com | - | submitserver.example.com | -',
    ],
    [
      'a HELO that looks like what a server writes: two addresses are none',
      'from bank.example (mail.bank.example [198.51.100.5]) (unknown [192.0.2.66]) by mx.ours.example (Postfix) with ESMTP id 1',
      '- | bank.example | - | mx.ours.example | -',
    ],
    [
      'a HELO with a sender in it, in front of the address',
      'from x (envelope-from <ceo@bank.example>) (unknown [192.0.2.66]) by mx.ours.example (Postfix) with ESMTP id 1',
      '192.0.2.66 | x | - | mx.ours.example | -',
    ],
  ];
  for (const [mta, value, expected] of cases)
    it(mta, () => assert.equal(told(value.includes('; ') ? value : value + end), expected));
});

describe('parseReceivedSpf (RFC 7208 §9.1)', () => {
  const cases: [who: string, value: string, expected: ReceivedSpf][] = [
    [
      'the example of the RFC',
      'pass (mybox.example.org: domain of myname@example.com designates 192.0.2.1 as permitted sender) receiver=mybox.example.org; client-ip=192.0.2.1; envelope-from="myname@example.com"; helo=foo.example.com;',
      { result: 'pass', clientIp: '192.0.2.1', envelopeFrom: 'myname@example.com', helo: 'foo.example.com' },
    ],
    [
      'Microsoft 365',
      'Pass (protection.outlook.com: domain of sender.example designates 192.0.2.7 as permitted sender) receiver=protection.outlook.com; client-ip=192.0.2.7; helo=out.sender.example; pr=C',
      { result: 'pass', clientIp: '192.0.2.7', helo: 'out.sender.example' },
    ],
    [
      'policyd-spf',
      'Pass (sender SPF authorized) identity=mailfrom; client-ip=192.0.2.7; helo=out.sender.example; envelope-from=b@sender.example; receiver=a@ours.example',
      { result: 'pass', clientIp: '192.0.2.7', helo: 'out.sender.example', envelopeFrom: 'b@sender.example' },
    ],
    [
      'Google',
      'softfail (google.com: domain of transitioning b@sender.example does not designate 2001:db8::7 as permitted sender) client-ip=2001:db8::7;',
      { result: 'softfail', clientIp: '2001:db8::7' },
    ],
    [
      'the null sender',
      'none client-ip=192.0.2.7; envelope-from=<>; helo=a',
      { result: 'none', clientIp: '192.0.2.7', envelopeFrom: '', helo: 'a' },
    ],
    [
      'what stands in a comment is what a sender chose',
      'fail (domain of "x client-ip=198.51.100.5; "@evil.example) client-ip=192.0.2.66',
      { result: 'fail', clientIp: '192.0.2.66' },
    ],
    [
      'a quoted value is one value',
      'fail envelope-from="x; client-ip=198.51.100.5"; client-ip=192.0.2.66',
      { result: 'fail', envelopeFrom: 'x; client-ip=198.51.100.5', clientIp: '192.0.2.66' },
    ],
    ['nothing', '', { result: '' }],
  ];
  for (const [who, value, expected] of cases) it(who, () => assert.deepEqual(parseReceivedSpf(value), expected));
});
