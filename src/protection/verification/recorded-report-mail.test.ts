import { describe, it, before } from 'node:test';
import assert from 'node:assert/strict';
import type { KeyObject } from 'node:crypto';
import { formatKeyRecord, generateKeys, sign } from '../../standards/dkim/index.ts';
import { domainName } from '../../standards/dns/index.ts';
import type { Answer, RecordType } from '../../standards/dns/index.ts';
import { parseMessage } from '../../standards/mail/index.ts';
import { recordedReportMailJudge } from './recorded-report-mail.ts';

const day = (date: string): number => Date.parse(date) / 86_400_000;
const told = (
  type: RecordType,
  name: string,
  firstDay: string,
  records: readonly unknown[],
): { name: string; type: RecordType; firstDay: number; answer: Answer } => ({
  name,
  type,
  firstDay: day(firstDay),
  answer: (records.length === 0
    ? { kind: 'no-such-name', aliases: [], ttl: 60, authenticated: false }
    : {
        kind: 'records',
        records: type === 'TXT' ? records.map((text) => [text]) : records,
        aliases: [],
        ttl: 60,
        authenticated: false,
      }) as unknown as Answer,
});

let first: { privateKey: KeyObject; text: string };
let second: { privateKey: KeyObject; text: string };

before(async () => {
  const made = async () => {
    const keys = await generateKeys('ed25519');
    return { privateKey: keys.privateKey, text: formatKeyRecord(keys.record) };
  };
  first = await made();
  second = await made();
});

const from = 'dmarc@mail.example';
const named = { reporter: 'mail.example', email: from };
const letter = (date: string, author = from): string =>
  [`From: ${author}`, `Date: ${date}`, 'Subject: Report Domain: bank.example', '', 'a report', ''].join('\r\n');
const signed = (text: string, privateKey: KeyObject, selector = 'k', domain = 'mail.example'): Uint8Array =>
  Buffer.from(
    sign(parseMessage(Buffer.from(text)), { signingDomain: domainName(domain), selector, privateKey }) + text,
  );

describe('who wrote the mail of a report, by what is remembered of the DNS', () => {
  const history = () => [
    told('TXT', 'K._domainkey.mail.example', '2026-01-01', [first.text]),
    told('TXT', 'k._domainkey.mail.example', '2026-03-01', [second.text]),
    told('CNAME', 'c._domainkey.mail.example', '2026-01-01', ['k._domainkey.host.example']),
    told('TXT', 'k._domainkey.host.example', '2026-01-01', [first.text]),
    told('TXT', 'gone._domainkey.mail.example', '2026-01-01', [first.text]),
    told('TXT', 'gone._domainkey.mail.example', '2026-02-01', []),
    told('TXT', 'bank.example', '2026-01-01', ['v=spf1 -all']),
  ];
  const found = async (bytes: Uint8Array, who: { reporter: string; email?: string } = named) => {
    const authenticity = await recordedReportMailJudge(history())!.judge(bytes, who);
    return authenticity === undefined
      ? 'nothing known'
      : `${authenticity.result} ${authenticity.reason.code.slice(12)}`;
  };
  const cases: readonly (readonly [what: string, bytes: () => Uint8Array, said: string])[] = [
    [
      'the key of its day',
      () => signed(letter('Mon, 5 Jan 2026 10:00:00 +0000'), first.privateKey),
      'authentic authentic',
    ],
    [
      'the key of its day, later',
      () => signed(letter('Thu, 5 Mar 2026 10:00:00 +0000'), second.privateKey),
      'authentic authentic',
    ],
    [
      'before anything was kept, the key seen first',
      () => signed(letter('Fri, 5 Dec 2025 10:00:00 +0000'), first.privateKey),
      'authentic authentic',
    ],
    [
      'a date that is not so: the newest key too',
      () => signed(letter('Mon, 5 Jan 2026 10:00:00 +0000'), second.privateKey),
      'authentic authentic',
    ],
    ['without a date, the newest key', () => signed(letter('soon'), second.privateKey), 'authentic authentic'],
    [
      'an alias that was kept is followed',
      () => signed(letter('Mon, 5 Jan 2026 10:00:00 +0000'), first.privateKey, 'c'),
      'authentic authentic',
    ],
    [
      'a key that went later',
      () => signed(letter('Mon, 5 Jan 2026 10:00:00 +0000'), first.privateKey, 'gone'),
      'authentic authentic',
    ],
    [
      'a key that had gone',
      () => signed(letter('Thu, 5 Feb 2026 10:00:00 +0000'), first.privateKey, 'gone'),
      'unproven key-gone',
    ],
    [
      'a key of which nothing is kept',
      () => signed(letter('Mon, 5 Jan 2026 10:00:00 +0000'), first.privateKey, 'other'),
      'nothing known',
    ],
    ['unsigned', () => Buffer.from(letter('Mon, 5 Jan 2026 10:00:00 +0000')), 'unproven unsigned'],
    [
      'changed on its way',
      () =>
        Buffer.from(
          Buffer.from(signed(letter('Mon, 5 Jan 2026 10:00:00 +0000'), first.privateKey))
            .toString('latin1')
            .replace('a report', 'b report'),
        ),
      'unproven changed',
    ],
  ];
  for (const [what, bytes, said] of cases)
    it(`${what}: ${said}`, async () => {
      assert.equal(await found(bytes()), said);
    });
  it('of a reporter none of whose keys was kept nothing is known, signed or not', async () => {
    const other = { reporter: 'elsewhere.example' };
    assert.equal(
      await found(Buffer.from(letter('Mon, 5 Jan 2026 10:00:00 +0000', 'a@elsewhere.example')), other),
      'nothing known',
    );
  });
  it('a new key concerns the reports of its organisation', () => {
    const keepers = recordedReportMailJudge(history())!.keepersOf(['k._DomainKey.dmarc.Mail.example', 'bank.example']);
    assert.deepEqual(
      ['mail.example', 'x.mail.example', 'bank.example', 'some company'].map((reporter) => keepers({ reporter })),
      [true, true, false, false],
    );
  });
  it('where no key was kept there is no judge', () => {
    assert.equal(recordedReportMailJudge([told('TXT', 'bank.example', '2026-01-01', ['v=spf1 -all'])]), undefined);
  });
});
