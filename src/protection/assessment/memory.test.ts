import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { historyOf } from '../../../test/hand-made/history.ts';
import type { Seen } from '../../../test/hand-made/history.ts';
import { networks, rows } from '../../../test/hand-made/organisation.ts';
import { arrival, asBatch, entryOf, sampleDictionaries } from '../../../test/storage/samples.ts';
import { alignmentBitsOf, publicSuffixOrganizationalDomain } from '../../standards/dmarc/index.ts';
import { openMemory } from '../../storage/index.ts';
import type { Memory } from '../../storage/index.ts';
import { assess, assessSource, parseDay } from './index.ts';
import type { FiledDocuments } from './index.ts';

const daySeconds = 86_400;
const none: FiledDocuments = {
  tallyDocuments: () => [],
  tallyTroubles: () => [],
  tallyAuthenticity: () => ({ authentic: 0, unproven: 0, notKnownYet: 0, notLookedAt: 0, files: 0 }),
  publishedPolicies: () => [],
};

/** Files each row as a report of its own. */
async function file(memory: Memory, seen: readonly Seen[]): Promise<void> {
  const kept = await memory.archive.keep(seen.map((_, at) => arrival(`report ${at}`)));
  const filing = await memory.archive.begin();
  const dictionaries = sampleDictionaries();
  for (const [at, row] of seen.entries()) {
    const { original } = kept[at]!;
    const report = {
      id: `r${at}`,
      reporter: row.reporter ?? 'receiver.example',
      policyDomain: row.policyDomain ?? row.from ?? '',
      begin: row.day * daySeconds,
      end: (row.day + (row.spread ?? 1)) * daySeconds - 1,
      generation: row.generation ?? 'rfc7489',
      rows: [{ ...row, ...(row.from === undefined ? {} : { headerFrom: row.from }) }],
    };
    const filed = filing.report(original);
    filed.rows(asBatch(report.rows, dictionaries), dictionaries);
    filed.count(entryOf(report));
    filing.done(original);
  }
  await filing.commit();
}

describe('an assessment of the real memory', () => {
  it('is the one of the same rows by hand', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'zegel-assess-'));
    const organizationalDomainOf = publicSuffixOrganizationalDomain();
    const memory = await openMemory({
      directory,
      alignment: (authorDomain, auth, envelopeFrom) =>
        alignmentBitsOf(authorDomain, auth, organizationalDomainOf, envelopeFrom),
      rule: 'test',
      clock: () => 1_770_000_000_000,
    });
    try {
      // Each row is a report here, so rows must not share one by hand either.
      const seen = rows().map((row, at) => ({ ...row, report: at + 1 }));
      await file(memory, seen);
      const today = parseDay('2026-06-01')!;
      for (const narrowed of [
        {},
        { domain: 'tel.example' },
        { since: parseDay('2026-02-01')!, until: parseDay('2026-03-10')! },
      ]) {
        const options = { today, series: 2, ...narrowed };
        const real = await assess(memory.history, none, networks, options);
        const byHand = await assess(historyOf(seen), none, networks, options);
        assert.ok(real.totals.messages > 1000);
        assert.deepEqual(sorted(real), sorted(byHand));
        const { id } = real.sources[0]!;
        assert.deepEqual(
          sorted(await assessSource(memory.history, networks, id, options)),
          sorted(await assessSource(historyOf(seen), networks, id, options)),
        );
      }
    } finally {
      await memory.close();
      rmSync(directory, { recursive: true });
    }
  });
});

/** With every list in one order: among equals, which comes first is left to the memory. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => sorted(each)).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, sorted(each)]));
}
