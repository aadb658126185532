// What was kept, asked as the DNS of a day.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ResolverError } from '../../../standards/dns/index.ts';
import type { Answer, RecordType } from '../../../standards/dns/index.ts';
import { PublishedDays } from './published.ts';
import type { KeptRecord } from './published.ts';

const nothing = { ttl: 300, aliases: [], authenticated: false };
const kept = (
  name: string,
  type: KeptRecord['type'],
  records: unknown[],
  firstDay = 100,
  lastDay = 200,
): KeptRecord => ({
  name,
  type,
  firstDay,
  lastDay,
  answer: (records.length === 0 ? { ...nothing, kind: 'no-data' } : { ...nothing, kind: 'records', records }) as Answer,
});

describe('a zone that was kept whole', () => {
  const published = new PublishedDays([
    kept('x.example', 'SOA', [{}]),
    kept('x.example', 'TXT', [['apex']]),
    kept('*._report._dmarc.x.example', 'TXT', [['v=DMARC1']]),
    kept('*.shop.x.example', 'CNAME', ['host.x.example']),
    kept('mail.shop.x.example', 'MX', [{ preference: 10, exchange: 'mx.x.example' }]),
    kept('host.x.example', 'TXT', [['host']]),
    kept('*.late.x.example', 'TXT', [['late']], 150),
    kept('late.x.example', 'TXT', [['before']]),
    kept('late.x.example', 'MX', [], 150),
  ]);
  const cases: [why: string, name: string, type: RecordType, day: number, answer: string][] = [
    ['what stands there', 'x.example', 'TXT', 120, 'apex'],
    ['a name that does not exist', 'no.x.example', 'TXT', 120, 'no-such-name'],
    ['a name between', '_report._dmarc.x.example', 'TXT', 120, 'no-data'],
    [
      'RFC 4592 §3.3: a wildcard answers for names below its parent',
      'y.example._report._dmarc.x.example',
      'TXT',
      120,
      'v=DMARC1',
    ],
    ['with the types it has', 'y.example._report._dmarc.x.example', 'MX', 120, 'no-data'],
    ['and as an alias', 'a.b.shop.x.example', 'TXT', 120, 'host'],
    ['not for a name that exists', 'mail.shop.x.example', 'TXT', 120, 'no-data'],
    ['nor below one, which is nearer', 'a.mail.shop.x.example', 'TXT', 120, 'no-such-name'],
    ['of its day', 'a.late.x.example', 'TXT', 160, 'late'],
  ];
  for (const [why, name, type, day, expected] of cases)
    it(`${why}: ${name} ${type}`, async () => {
      const answer = await published.at(day)(name, type);
      const told = answer.kind === 'records' ? (answer.records as unknown[][]).flat().join() : answer.kind;
      assert.equal(told, expected);
    });

  it('of other names nothing is known', async () => {
    await assert.rejects(published.at(120)('y.example', 'TXT'), ResolverError);
  });
});
