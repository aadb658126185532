// A small organisation with a bit of everything an assessment shows, hostile texts included, for the tests of the renderings.
import { assess, assessSource, parseDay } from '../../src/protection/assessment/index.ts';
import type { Assessment, AssessOptions, FiledDocuments, SourceDetail } from '../../src/protection/assessment/index.ts';
import { auth, historyOf } from './history.ts';
import type { Seen } from './history.ts';

/** Texts that try to be more than texts, each where a stranger's report can put it. */
export const hostile = {
  script: '<script>alert(1)</script>',
  attribute: `"><img src=x onerror='alert(2)'>`,
  terminal: '\u001B[2J\u001B]0;owned\u0007\u009B31m',
  bidi: 'safe\u202Egpj.exe\u2066',
  hidden: 'a\u200Bb\u2028c\uFEFFd\u{E0041}',
  formula: '=cmd|calc!A0',
  lines: 'one\r\ntwo\ttab',
} as const;

const day = parseDay('2026-01-05')!;

export const networks = {
  lookup: (address: string) =>
    address.startsWith('192.0.2.')
      ? { asn: 64500, name: `Home ${hostile.script}`, country: 'NL' }
      : address.startsWith('198.51.')
        ? { asn: 64501, name: 'Bulk Mailer Incorporated of the whole wide world', country: 'US' }
        : undefined,
};

export const documents: FiledDocuments = {
  tallyDocuments: () => [{ kind: 'aggregate', state: 'counted', documents: 12 }],
  tallyAuthenticity: () => ({ authentic: 3, unproven: 2, notKnownYet: 1, notLookedAt: 4, files: 2 }),
  tallyTroubles: () => [
    {
      code: 'no/such-code',
      outcome: 'repaired',
      documents: 2,
      times: 9,
      values: { name: hostile.attribute },
      examples: [{ origin: hostile.terminal, entry: hostile.script }],
    },
    {
      code: 'dns/bad-name',
      outcome: 'refused',
      documents: 3,
      times: 3,
      see: 'RFC 1035 §2.3.4',
      values: { name: `${hostile.terminal}${hostile.bidi}${hostile.script}` },
      examples: [{ origin: 'a.zip', entry: 'b.xml', key: 'k1' }],
    },
  ],
  publishedPolicies: () => [
    { policyDomain: 'tel.example', p: 'quarantine', sp: 'none', pct: 50, testing: 'y', seen: '2026-01-09' },
  ],
};

/** Rows of a few months: aligned, foreign, forged, forwarded, and texts of attackers in every field. */
export function rows(sources = 60): Seen[] {
  const all: Seen[] = [];
  for (let at = 0; at < 90; at++) {
    if (at === 40 || at === 41) continue;
    const base = { day: day + at, report: at * 4, from: 'tel.example', count: 500, disposition: 'none' } as const;
    const strict = auth('d=tel.example/s1 spf=tel.example');
    all.push({ ...base, source: '192.0.2.1', auth: strict, dkim: 'pass', spf: 'pass', generation: 'rfc9990' });
    const related = auth('d=m.tel.example/s2 spf=bounce.tel.example');
    all.push({ ...base, source: '192.0.2.2', auth: related, dkim: 'pass', spf: 'pass', count: 90, report: at * 4 + 1 });
    const foreign = { ...base, from: 'news.tel.example', policyDomain: 'tel.example', report: at * 4 + 2 };
    all.push({
      ...foreign,
      source: '198.51.100.7',
      auth: auth('d=mailer.example/m spf=mailer.example'),
      dkim: 'fail',
      spf: 'fail',
      count: 60,
    });
    if (at < 30)
      all.push({ ...base, reporter: 'quiet.example', report: at * 4 + 3, source: '192.0.2.1', auth: strict, count: 3 });
  }
  for (let at = 0; at < sources; at++) {
    const address = `203.${at >> 16}.${(at >> 8) & 255}.${at & 255}`;
    const forged = {
      day: day + (at % 38),
      from: 'tel.example',
      source: address,
      auth: auth('spf=tel.example!'),
    } as const;
    all.push({ ...forged, count: 1, dkim: 'fail', spf: 'fail', disposition: 'reject', spread: at % 7 === 0 ? 3 : 1 });
  }
  for (const [at, text] of Object.values(hostile).entries()) {
    all.push({
      day: day + at,
      reporter: text,
      from: text,
      policyDomain: text,
      count: 800,
      source: `192.0.2.${100 + at}`,
      auth: { dkim: [{ domain: text, selector: text, result: 'pass' }], spf: [{ domain: text, result: 'fail' }] },
      dkim: 'fail',
      spf: 'fail',
      reasons: [{ type: 'local_policy', comment: text }],
    });
  }
  all.push({ day: day + 3, count: 11, dkim: 'pass', spf: 'fail', from: 'tel.example' });
  all.push({ day: 0, count: 2, from: 'tel.example', auth: auth('d=m.tel.example'), dkim: 'fail', spf: 'fail' });
  return all;
}

const options: AssessOptions = { today: day + 100, series: 3 };

export function assessed(sources?: number): Promise<Assessment> {
  return assess(historyOf(rows(sources)), documents, networks, options);
}

export async function opened(): Promise<SourceDetail> {
  const history = historyOf(rows());
  const { sources } = await assess(history, documents, networks, options);
  const detail = await assessSource(history, networks, sources[0]!.id, options);
  if (detail === undefined) throw new Error('the first group cannot be opened');
  return detail;
}
