// How long what is kept is kept: settings of the organisation. Nothing goes unless a setting says so.
import type { Arrival } from '../protection/ingestion/index.ts';
import type { HistoryStore } from './history/index.ts';
import type { OriginalsStore } from './originals/index.ts';
import { dropTlsSessions } from './register/index.ts';
import type { RegisterStore } from './register/index.ts';

const DAY_MS = 86_400_000;

/** The settings, in whole days; absent or empty: for ever. */
export const retentionSettings = { facts: 'keep/facts-days', originals: 'keep/originals-days' } as const;

/** What went. */
export interface Dropped {
  readonly facts: number;
  readonly originals: number;
}

/** Takes away what the settings say is past. @throws {StorageError} what went is gone, what did not go is whole */
export async function applyRetention(
  register: RegisterStore,
  history: HistoryStore,
  originals: OriginalsStore,
  now: number,
): Promise<Dropped> {
  const days = (name: string): number | undefined => {
    const said = register.setting(name);
    const value = Number(said);
    return said === undefined || !Number.isInteger(value) || value < 1 ? undefined : value;
  };
  const factsDays = days(retentionSettings.facts);
  const originalsDays = days(retentionSettings.originals);
  const dropped = {
    facts: factsDays === undefined ? 0 : await dropFacts(register, history, Math.floor(now / DAY_MS) - factsDays),
    originals: originalsDays === undefined ? 0 : await dropOriginals(register, originals, now - originalsDays * DAY_MS),
  };
  if (dropped.facts + dropped.originals > 0) register.note('zegel', 'retention/applied', { ...dropped });
  return dropped;
}

/** Takes away what reports said of days before one, TLS reports among them. */
async function dropFacts(register: RegisterStore, history: HistoryStore, before: number): Promise<number> {
  return dropTlsSessions(register.file, before) + (await history.dropBefore(before));
}

/**
 * Takes away the bytes of originals that were kept before a moment and are filed. What the register knows of them stays. A segment
 * goes when those of its originals that stay are in another one, on the disk, and the register says so.
 *
 * @param before milliseconds since 1970
 * @returns how many went
 */
async function dropOriginals(register: RegisterStore, originals: OriginalsStore, before: number): Promise<number> {
  const { file } = register;
  const past = "segment IS NOT NULL AND state = 'done' AND kept_at < ?";
  const segments = file.rows(`SELECT DISTINCT segment FROM originals WHERE ${past}`, before);
  if (segments.length === 0) return 0;
  await originals.roll();
  let count = 0;
  for (const segment of segments.map((row) => Number(row['segment']))) {
    const all = file.rows('SELECT * FROM originals WHERE segment = ? ORDER BY position', segment);
    const goes = all.filter((row) => row['state'] === 'done' && Number(row['kept_at']) < before);
    const stays = all.filter((row) => !goes.includes(row));
    for (const row of stays) {
      const [place] = await originals.append([asArrival(originals, row)], Number(row['kept_at']));
      file.run(
        'UPDATE originals SET segment = ?, position = ? WHERE id = ?',
        place!.segment,
        place!.position,
        row['id']!,
      );
    }
    file.transaction(() => {
      for (const row of goes) file.run('UPDATE originals SET segment = NULL, position = NULL WHERE id = ?', row['id']!);
    });
    await originals.remove(segment);
    count += goes.length;
  }
  return count;
}

/** An original that is kept, as something that arrives. */
function asArrival(originals: OriginalsStore, row: Readonly<Record<string, unknown>>): Arrival {
  const place = { segment: Number(row['segment']), position: Number(row['position']) };
  const [size, sha256] = [Number(row['size']), String(row['sha256'])];
  return {
    origin: String(row['origin']),
    road: row['road'] as Arrival['road'],
    size,
    sha256,
    chunks: () => originals.chunks(place, size, sha256),
  };
}
