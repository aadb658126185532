// Makes the stores agree again after a kill, or after a disk that filled up between two commits. The register decides.
import type { HistoryStore } from './history/index.ts';
import type { OriginalsStore } from './originals/index.ts';
import type { RegisterStore } from './register/index.ts';

/** Takes up what was written of originals just before a kill. @throws {StorageError} */
export async function recoverOriginals(register: RegisterStore, originals: OriginalsStore): Promise<void> {
  const { file } = register;
  const known = new Map(
    file
      .rows('SELECT segment, max(position + size) AS end FROM originals WHERE segment IS NOT NULL GROUP BY segment')
      .map((row) => [Number(row['segment']), Number(row['end'])]),
  );
  const found = await originals.recover(known);
  file.transaction(() => {
    for (const { head, segment, position } of found) {
      file.run(
        `INSERT OR IGNORE INTO originals (sha256, origin, road, size, segment, position, state, kept_at)
         VALUES (?, ?, ?, ?, ?, ?, 'pending', ?)`,
        head.sha256,
        head.origin,
        head.road,
        head.size,
        segment,
        position,
        head.keptAt,
      );
    }
  });
  // A segment in which nothing is that the register points to was left behind when what stays in it was moved.
  const used = new Set(file.rows('SELECT DISTINCT segment FROM originals').map((row) => row['segment']));
  for (const segment of await originals.segments()) if (!used.has(segment)) await originals.remove(segment);
}

/**
 * Makes the history agree with the register: facts of filings that the register never heard of go, facts of reports that were
 * replaced go, and reports whose facts are missing are filed again from their originals.
 *
 * @throws {StorageError} when that cannot be done now
 */
export async function settleStores(register: RegisterStore, history: HistoryStore): Promise<void> {
  const filed = register.counter('filing');
  if (history.filing > filed) await history.withdrawAbove(register.counter('document'), filed);
  if (history.filing < register.counter('filing_with_facts')) await fileMissingAgain(register, history);
  const withdrawn = register.file.rows('SELECT document FROM withdrawals').map((row) => Number(row['document']));
  if (withdrawn.length > 0) {
    await history.withdraw(withdrawn);
    register.file.run('DELETE FROM withdrawals');
  }
}

/**
 * The history is older than the register: its file was taken away, or put back from a copy. What it lacks is filed again: the
 * originals become pending, and what the register knew of their documents is forgotten. Documents whose original is no longer
 * kept stay as they are.
 */
async function fileMissingAgain(register: RegisterStore, history: HistoryStore): Promise<void> {
  const { file } = register;
  const there = await history.reports();
  const counted = file.rows(
    `SELECT d.id, d.original, o.segment FROM documents d JOIN originals o ON o.id = d.original
     WHERE d.state = 'counted' AND d.rows > 0`,
  );
  const missing = counted.filter((row) => !there.has(Number(row['id'])));
  const again = new Set(missing.filter((row) => row['segment'] !== null).map((row) => Number(row['original'])));
  const known = new Set(counted.map((row) => Number(row['id'])));
  const gone = new Set([...there].filter((report) => !known.has(report)));
  for (const row of counted) if (again.has(Number(row['original']))) gone.add(Number(row['id']));
  await history.withdraw([...gone].filter((report) => there.has(report)));
  file.transaction(() => {
    for (const original of again) {
      file.run('DELETE FROM troubles WHERE document IN (SELECT id FROM documents WHERE original = ?)', original);
      file.run(
        'UPDATE documents SET other = NULL WHERE other IN (SELECT id FROM documents WHERE original = ?)',
        original,
      );
      file.run('DELETE FROM documents WHERE original = ?', original);
      file.run("UPDATE originals SET state = 'pending' WHERE id = ?", original);
    }
    register.setCounter('filing_with_facts', history.filing);
    register.note('zegel', 'history/filed-again', {
      originals: again.size,
      reports: missing.length,
      withoutOriginal: missing.filter((row) => row['segment'] === null).length,
    });
  });
}
