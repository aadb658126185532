import { judge } from './facts.ts';
import type { AlignmentRule } from './facts.ts';
import type { LoadedDictionaries } from './dictionaries.ts';
import type { Connection } from './duckdb.ts';
import { inSlices, readState, writeState } from './migrate.ts';
import type { LongWork } from './migrate.ts';
import { flagBits } from './schema.ts';
import { factsChanged } from './sums.ts';

/**
 * Makes sure that the alignment bits of all facts were worked out by the rule of today: those of another rule are worked out
 * again, once for each combination of author domain, authentication results and envelope-from.
 *
 * @throws {StorageError} `storage/interrupted` when the signal says so; the next opening goes on where it stopped
 */
export async function judgeAgain(
  connection: Connection,
  rule: string,
  alignment: AlignmentRule,
  dictionaries: () => Promise<LoadedDictionaries>,
  work: LongWork,
): Promise<void> {
  const before = (await readState(connection)).get('rule');
  if (before === rule) return;
  const { columns, length } = await connection.columns(
    'SELECT DISTINCT author_domain, auth, envelope_from FROM facts WHERE author_domain <> 0 AND auth <> 0',
  );
  if (length === 0) {
    await connection.transaction(({ sql }) => writeState(sql, 'rule', rule));
    return;
  }
  const [authorDomain, auth, envelopeFrom] = columns as Int32Array[];
  const known = await dictionaries();
  const bits = new Int32Array(length);
  for (let row = 0; row < length; row++) {
    bits[row] = judge(known, alignment, authorDomain![row]!, auth![row]!, envelopeFrom![row]!);
  }
  await connection.run(`CREATE OR REPLACE TEMP TABLE judged
    (author_domain INTEGER NOT NULL, auth INTEGER NOT NULL, envelope_from INTEGER NOT NULL, bits INTEGER NOT NULL)`);
  await connection.transaction(async (writing) => {
    (await writing.append('judged')).rows([authorDomain!, auth!, envelopeFrom!, bits], 0, length);
  });
  const { mask, shift } = flagBits.alignment;
  await inSlices(connection, 'judging', rule, work, {
    begin: () => Promise.resolve(),
    async slice(sql, range) {
      await sql.run(`UPDATE facts SET flags = (flags & ~${mask << shift}) | (judged.bits << ${shift})
        FROM judged
        WHERE facts.author_domain = judged.author_domain AND facts.auth = judged.auth
          AND facts.envelope_from = judged.envelope_from AND ((flags >> ${shift}) & ${mask}) <> judged.bits AND ${range}`);
    },
    async end(sql) {
      await factsChanged(sql);
      await writeState(sql, 'rule', rule);
    },
  });
  await connection.run('DROP TABLE judged');
}
