import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReportMetadata, ReportSummary } from '../../standards/reports/aggregate/index.ts';
import type { DocumentRecord, DocumentState, Road } from './archive.ts';
import { lastName, nameBelongsTo, reportKey, settle } from './identity.ts';

const range = { begin: 1_700_000_000, end: 1_700_086_399 };

interface Copy {
  rows?: number;
  messages?: number;
  p?: 'none' | 'reject';
  repaired?: string;
  road?: Road;
  as?: string;
  state?: DocumentState;
}

function summary(metadata: Partial<ReportMetadata>, domain: string | undefined, copy: Copy = {}): ReportSummary {
  return {
    generation: 'rfc7489',
    metadata: { errors: [], ...metadata },
    policyPublished: { ...(domain === undefined ? {} : { domain }), p: copy.p ?? 'none' },
    extensions: [],
    rows: copy.rows ?? 10,
    messages: copy.messages ?? 100,
    repaired: copy.repaired === undefined ? [] : [{ code: copy.repaired, times: 1 }],
  };
}

describe('reportKey', () => {
  const keys: [
    what: string,
    metadata: Partial<ReportMetadata>,
    domain: string | undefined,
    expected: [string, string, string],
  ][] = [
    [
      'the domain of the address',
      { email: 'r@Mail.Example', orgName: 'X', reportId: '1' },
      'Bank.example',
      ['mail.example', 'bank.example', '1'],
    ],
    [
      'an address in brackets',
      { email: 'Reports <r@mail.example>', reportId: '1' },
      'b.example',
      ['mail.example', 'b.example', '1'],
    ],
    ['a final dot', { email: 'r@mail.example.', reportId: '1' }, 'b.example.', ['mail.example', 'b.example', '1']],
    ['no address: the name', { orgName: ' Mail Inc ', reportId: '1' }, 'b.example', ['mail inc', 'b.example', '1']],
    [
      'an address that is none: the name',
      { email: 'postmaster', orgName: 'Mail', reportId: '1' },
      'b.example',
      ['mail', 'b.example', '1'],
    ],
    [
      'an id with blanks about it',
      { email: 'r@m.example', reportId: ' a b ' },
      'b.example',
      ['m.example', 'b.example', 'a b'],
    ],
    ['nothing said', {}, undefined, ['', '', '']],
  ];
  for (const [what, metadata, domain, expected] of keys) {
    it(what, () => {
      const key = reportKey(summary({ ...metadata, dateRange: range }, domain));
      assert.deepEqual([key.reporter, key.policyDomain, key.reportId], expected);
      assert.deepEqual([key.begin, key.end], [range.begin, range.end]);
      assert.match(key.text, /^[a-z2-7]{20}$/);
    });
  }

  const base = { email: 'r@m.example', reportId: '1', dateRange: range };
  const text = (metadata: Partial<ReportMetadata>, domain = 'b.example'): string =>
    reportKey(summary(metadata, domain)).text;
  const others: [what: string, metadata: Partial<ReportMetadata>, domain?: string][] = [
    ['another range (the same id twice)', { ...base, dateRange: { begin: range.begin, end: range.end + 1 } }],
    ['another reporter', { ...base, email: 'r@n.example' }],
    ['another id', { ...base, reportId: '2' }],
    ['another policy domain', base, 'c.example'],
  ];
  for (const [what, metadata, domain] of others) {
    it(`${what}: another report`, () => assert.notEqual(text(metadata, domain), text(base)));
  }
  it('another mailbox of the reporter: the same report', () =>
    assert.equal(text({ ...base, email: 'q@M.example' }), text(base)));
  it('parts that would run together stay apart', () => {
    assert.notEqual(text({ ...base, reportId: '1"' }, 'b.example'), text({ ...base, reportId: '1' }, '"b.example'));
  });
  it('is stable from one version to the next', () => assert.equal(text(base), '5lrenrsrtah2hyzcuewv'));
});

describe('settle', () => {
  const metadata = { email: 'r@m.example', reportId: '1', dateRange: range };
  const key = reportKey(summary(metadata, 'b.example'));
  const record = (copy: Copy, id: number): DocumentRecord => ({
    id,
    original: { id, sha256: '', origin: 'x', road: copy.road ?? 'file', size: 1 },
    entry: '',
    container: '',
    kind: 'aggregate',
    state: copy.state ?? 'counted',
    key,
    problems: [],
    repaired: [],
    filedAt: 0,
    ...(copy.state === 'refused' ? {} : { summary: summary(metadata, 'b.example', copy) }),
    ...(copy.as === undefined ? {} : { authenticatedAs: copy.as }),
  });

  const full: Copy = { rows: 20, messages: 200 };
  const cases: [what: string, incoming: Copy, copies: Copy[], expected: string][] = [
    ['the first copy', {}, [], 'counted'],
    ['the same again', {}, [{}], 'duplicate of 1'],
    ['the same again, by another road', { road: 'mail' }, [{ road: 'file' }], 'duplicate of 1'],
    ['the same again, when it contradicted before', {}, [{}, { state: 'conflict', rows: 9 }], 'duplicate of 1'],
    ['fewer rows', { rows: 9, messages: 90 }, [{}], 'duplicate of 1'],
    ['fewer rows, more messages', { rows: 9, messages: 101 }, [{}], 'conflict with 1'],
    ['as many rows, other messages', { messages: 99 }, [{}], 'conflict with 1'],
    ['another policy', { p: 'reject' }, [{}], 'conflict with 1'],
    ['more rows, by the same road', full, [{}], 'replaces 1'],
    ['more rows, fewer messages', { rows: 20, messages: 99 }, [{}], 'conflict with 1'],
    ['more rows, but its end is missing', { ...full, repaired: 'reports/unfinished-root' }, [{}], 'conflict with 1'],
    ['more rows, with a repair that loses none', { ...full, repaired: 'reports/letter-case' }, [{}], 'replaces 1'],
    ['more rows, by another road', { ...full, road: 'mail' }, [{}], 'fuller-stranger to 1'],
    ['more rows, both by mail, neither authenticated', { ...full, road: 'mail' }, [{ road: 'mail' }], 'replaces 1'],
    [
      'more rows, both authenticated as one domain',
      { ...full, road: 'mail', as: 'm.example' },
      [{ road: 'file', as: 'm.example' }],
      'replaces 1',
    ],
    [
      'more rows, authenticated as another domain',
      { ...full, as: 'n.example' },
      [{ as: 'm.example' }],
      'fuller-stranger to 1',
    ],
    ['more rows, authenticated, the first was not', { ...full, as: 'm.example' }, [{}], 'fuller-stranger to 1'],
    ['more rows, not authenticated, the first was', full, [{ as: 'm.example' }], 'fuller-stranger to 1'],
    ['after a refused copy', {}, [{ state: 'refused' }], 'counted, closes 1'],
    [
      'after two refused copies and one that counts',
      full,
      [{ state: 'refused' }, {}, { state: 'refused' }],
      'replaces 2, closes 1 3',
    ],
    ['the same again, closing a refused one', {}, [{}, { state: 'refused' }], 'duplicate of 1, closes 2'],
    ['rows where there were none', {}, [{ rows: 0, messages: 0 }], 'replaces 1'],
    ['none where there were rows', { rows: 0, messages: 0 }, [{}], 'duplicate of 1'],
    ['only a conflicting copy is left', {}, [{ state: 'conflict' }], 'counted'],
  ];
  for (const [what, incoming, copies, expected] of cases) {
    it(`${what}: ${expected}`, () => {
      const settlement = settle(
        {
          key,
          summary: summary(metadata, 'b.example', incoming),
          road: incoming.road ?? 'file',
          ...(incoming.as === undefined ? {} : { authenticatedAs: incoming.as }),
        },
        copies.map((copy, index) => record(copy, index + 1)),
      );
      const closes = settlement.closes.length === 0 ? '' : `, closes ${settlement.closes.join(' ')}`;
      const said =
        settlement.state === 'counted'
          ? 'replaces' in settlement
            ? `replaces ${settlement.replaces}`
            : 'counted'
          : settlement.problem.code === 'ingestion/fuller-stranger'
            ? `fuller-stranger to ${settlement.other}`
            : `${settlement.state} ${settlement.state === 'duplicate' ? 'of' : 'with'} ${settlement.other}`;
      assert.equal(said + closes, expected);
    });
  }
});

describe('nameBelongsTo (RFC 9990 §3.2.2.1)', () => {
  const key = reportKey(summary({ email: 'r@m.example', reportId: '1', dateRange: range }, 'b.example'));
  const names: [name: string, belongs: boolean][] = [
    [`m.example!b.example!${range.begin}!${range.end}.xml.gz`, true],
    [`M.example!B.Example!${range.begin}!${range.end}!id.xml`, true],
    [`m.example!b.example!${range.begin}!${range.end}`, true],
    [`m.example!c.example!${range.begin}!${range.end}.xml.gz`, false],
    [`m.example!b.example!${range.begin}!${range.end + 1}.xml.gz`, false],
    [`m.example!b.example!${range.begin}!${range.end}9.xml.gz`, false],
    ['report.xml.gz', false],
    ['', false],
  ];
  for (const [name, belongs] of names)
    it(`${name || 'no name'}: ${belongs}`, () => assert.equal(nameBelongsTo(name, key), belongs));
  it('looks at the last part of the path', () => {
    assert.equal(lastName('a.zip/b.xml', 'x/y.zip'), 'b.xml');
    assert.equal(lastName('', 'x/y.zip'), 'y.zip');
  });
});
