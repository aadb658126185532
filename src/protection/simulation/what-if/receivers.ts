// How receivers differ, as far as their reports show it: which text they follow, whether they do what a policy asks, and how often
// they know better (RFC 9989 §5.4, §7.4).
import type { ReceiverGeneration } from '../../../standards/dmarc/index.ts';
import { dispositionCodes } from '../../../standards/reports/index.ts';
import type { Columns, Day, Dictionaries, History } from '../../history.ts';

/** What is known of one receiver; receivers of the same habits are alike. */
export interface Habits {
  /** `unknown`: it writes reports in the older form, which tells nothing of how it judges; it is judged both ways. */
  readonly generation: ReceiverGeneration | 'unknown';
  /** Of the mail it was asked to reject, the share it quarantined instead. */
  readonly rejectsAsQuarantine: number;
  /** Whether it has rejected mail because of a policy, and never quarantined it instead. */
  readonly isKnownToReject: boolean;
  /** Whether it takes mail that fails SPF as far as DATA, since it reports such mail. */
  readonly acceptsSpfFail: boolean;
  /**
   * Of mail that fails and that nobody passed on, the share that it may let through, now and then, without saying more than that it
   * knows better: at the most; half of it is expected.
   */
  readonly whim: number;
}

/** What the history says of receivers as a whole. */
export type ReceiverColumns = Columns<
  'disposition' | 'generation' | 'reasons' | 'reporter',
  'lastDay' | 'messages' | 'rows'
>;

/** Asks what all receivers did. @throws {StorageError} */
export function askReceivers(history: History): Promise<ReceiverColumns> {
  return history.ask({
    by: ['reporter', 'generation', 'disposition', 'reasons'],
    measures: ['messages', 'rows', 'lastDay'],
  });
}

interface Sums {
  readonly lastDay: [legacy: Day, current: Day];
  knowsSampling: boolean;
  rejected: number;
  rejectedRows: number;
  quarantinedInstead: number;
}

const rejected = dispositionCodes.indexOf('reject');
const quarantined = dispositionCodes.indexOf('quarantine');
/** Fewer rows and messages than these say nothing about a habit. */
const enough = { rows: 3, messages: 20 } as const;

/**
 * The habits of each reporter, for mail reported in either form.
 *
 * @param now whether mail would be judged by what a reporter does today, rather than by what it did on the day
 * @returns by reporter and generation code (`generationCodes`) of the report
 */
export function habitsOf(
  columns: ReceiverColumns,
  dictionaries: Dictionaries,
  of: { readonly acceptsSpfFail: (reporter: string) => boolean; readonly whim: (reporter: string) => number },
  now: boolean,
): (reporter: string, generation: number) => Habits {
  const all = new Map<string, Sums>();
  for (let row = 0; row < columns.length; row++) {
    const reporter = dictionaries.reporter(columns.reporter[row]!) ?? '';
    let sums = all.get(reporter);
    if (sums === undefined) {
      sums = {
        lastDay: [-Infinity, -Infinity],
        knowsSampling: false,
        rejected: 0,
        rejectedRows: 0,
        quarantinedInstead: 0,
      };
      all.set(reporter, sums);
    }
    const generation = columns.generation[row] === 1 ? 1 : 0;
    sums.lastDay[generation] = Math.max(sums.lastDay[generation], columns.lastDay[row]!);
    const types = dictionaries.reasons(columns.reasons[row]!).map(({ type }) => type);
    // Words that RFC 9990 no longer has: whoever uses them follows RFC 7489.
    if (generation === 0 && types.some((type) => type === 'forwarded' || type === 'sampled_out'))
      sums.knowsSampling = true;
    const disposition = columns.disposition[row]!;
    if (disposition === rejected && types.length === 0) {
      sums.rejected += columns.messages[row]!;
      sums.rejectedRows += columns.rows[row]!;
    }
    if (disposition === quarantined && types.includes('local_policy'))
      sums.quarantinedInstead += columns.messages[row]!;
  }
  const known = new Map<string, Habits>();
  return (reporter, generation) => {
    const key = `${generation} ${reporter}`;
    let habits = known.get(key);
    if (habits === undefined) known.set(key, (habits = made(reporter, generation)));
    return habits;
  };

  function made(reporter: string, generation: number): Habits {
    const sums = all.get(reporter);
    const [legacy, current] = sums?.lastDay ?? [-Infinity, -Infinity];
    const isCurrent = now ? current >= legacy && current > -Infinity : generation === 1;
    const asked = (sums?.rejected ?? 0) + (sums?.quarantinedInstead ?? 0);
    const rows = sums?.rejectedRows ?? 0;
    return {
      generation: isCurrent ? 'rfc9989' : sums?.knowsSampling === true ? 'rfc7489' : 'unknown',
      rejectsAsQuarantine: asked === 0 ? 0 : (sums?.quarantinedInstead ?? 0) / asked,
      isKnownToReject: (sums?.quarantinedInstead ?? 0) === 0 && rows >= enough.rows && asked >= enough.messages,
      acceptsSpfFail: of.acceptsSpfFail(reporter),
      whim: of.whim(reporter),
    };
  }
}
