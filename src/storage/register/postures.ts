import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Posture } from '../../protection/posture/index.ts';
import type { Day } from '../../protection/history.ts';
import type { RegisterFile } from './database.ts';

/** Written out, and held to by its type: the chapter that judges postures need not be loaded to open a register. */
const postureSchema: Posture['schema'] = 'zegel/posture/1';

/** A posture that was kept, and the days on which it was found so. */
export interface KeptPosture {
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly posture: Posture;
}

/** The postures of the portfolio's domains, as they were found day by day. */
export class Postures {
  readonly #file: RegisterFile;

  constructor(file: RegisterFile) {
    this.#file = file;
  }

  /**
   * The last posture kept for a domain, of a day up to one when that is given. One of another shape than today's is none: it cannot
   * be compared.
   *
   * @throws {StorageError}
   */
  last(domain: string, until: Day = 0x7fff_ffff): KeptPosture | undefined {
    const row = this.#file.row(
      'SELECT * FROM postures WHERE domain = ? AND first_day <= ? ORDER BY first_day DESC LIMIT 1',
      domain,
      until,
    );
    if (row === undefined) return undefined;
    const posture = JSON.parse(inflateRawSync(row['posture'] as Uint8Array).toString('utf8')) as Posture;
    if (posture.schema !== postureSchema) return undefined;
    return { firstDay: Number(row['first_day']), lastDay: Number(row['last_day']), posture };
  }

  /**
   * Keeps a posture as what was found on a day; a second one of the same day takes the place of the first.
   *
   * @param isSame nothing is other than in the last one: then only its days grow. @throws {StorageError}
   */
  keep(posture: Posture, day: Day, isSame: boolean): void {
    const { domain } = posture;
    this.#file.transaction(() => {
      const before = this.#file.row(
        'SELECT first_day, last_day FROM postures WHERE domain = ? AND first_day <= ? ORDER BY first_day DESC LIMIT 1',
        domain,
        day,
      );
      if (isSame && before !== undefined) {
        this.#file.run(
          'UPDATE postures SET last_day = max(last_day, ?) WHERE domain = ? AND first_day = ?',
          day,
          domain,
          Number(before['first_day']),
        );
        return;
      }
      // A span never holds a day on which something else was found: it is cut there.
      if (before !== undefined && Number(before['last_day']) > day) {
        this.#file.run(
          `INSERT INTO postures (domain, first_day, last_day, posture)
           SELECT domain, ?, last_day, posture FROM postures WHERE domain = ? AND first_day = ?`,
          day + 1,
          domain,
          Number(before['first_day']),
        );
      }
      if (before !== undefined && Number(before['first_day']) < day && Number(before['last_day']) >= day) {
        this.#file.run(
          'UPDATE postures SET last_day = ? WHERE domain = ? AND first_day = ?',
          day - 1,
          domain,
          Number(before['first_day']),
        );
      }
      this.#file.run(
        'INSERT OR REPLACE INTO postures (domain, first_day, last_day, posture) VALUES (?, ?, ?, ?)',
        domain,
        day,
        day,
        deflateRawSync(JSON.stringify(posture)),
      );
    });
  }
}
