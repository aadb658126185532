// How receivers differ, as far as their reports show it: which text they follow, how they find a policy, whether they do what it asks,
// and how often they know better (RFC 9989 §5.4, §7.4).
import type { ReceiverGeneration } from '../../../standards/dmarc/index.ts';
import { dispositionCodes } from '../../../standards/reports/index.ts';
import { generationCodes } from '../../history.ts';
import type { Columns, Day, Dictionaries, History } from '../../history.ts';
import { discoveryMethods, discoveryOf, placeOf, rulesOf } from './rules.ts';
import type { DiscoveryMethod } from './rules.ts';

/** What is known of one receiver; receivers of the same habits are alike. */
export interface Habits {
  /**
   * Places in `allRules`: what it may go by, the likeliest first. It writes reports in the older form, which tells nothing of how it judges, or
   * does not show how it finds policies: then it is judged by all that is possible.
   */
  readonly rules: readonly number[];
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

/** What reports of a reporter show of how it finds policies. */
export interface ShownRules {
  /** As the history names it. */
  readonly reporter: string;
  /** The form of the reports. */
  readonly form: (typeof generationCodes)[number];
  /** `discovery_method` (RFC 9990 §3.1.1.5). */
  readonly discovery?: DiscoveryMethod;
  /** Whether `np` was among what they say was published: whoever writes that tag knows it. */
  readonly np: boolean;
  /** The last day of a report that shows this. */
  readonly lastDay: Day;
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
 * @param of.shown what reports show of how policies are found; where nothing is handed in, that is taken to go with the text
 * @param now whether mail would be judged by what a reporter does today, rather than by what it did on the day
 * @returns by reporter and generation code (`generationCodes`) of the report
 */
export function habitsOf(
  columns: ReceiverColumns,
  dictionaries: Dictionaries,
  of: {
    readonly acceptsSpfFail: (reporter: string) => boolean;
    readonly whim: (reporter: string) => number;
    readonly shown?: readonly ShownRules[] | undefined;
  },
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
  const shownBy = new Map<string, ShownRules[]>();
  for (const each of of.shown ?? []) shownBy.set(each.reporter, [...(shownBy.get(each.reporter) ?? []), each]);
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
      rules: rulesBy(
        reporter,
        generation,
        isCurrent ? 'rfc9989' : sums?.knowsSampling === true ? 'rfc7489' : 'unknown',
      ),
      rejectsAsQuarantine: asked === 0 ? 0 : (sums?.quarantinedInstead ?? 0) / asked,
      isKnownToReject: (sums?.quarantinedInstead ?? 0) === 0 && rows >= enough.rows && asked >= enough.messages,
      acceptsSpfFail: of.acceptsSpfFail(reporter),
      whim: of.whim(reporter),
    };
  }

  function rulesBy(reporter: string, form: number, text: ReceiverGeneration | 'unknown'): readonly number[] {
    const generations = text === 'unknown' ? (['rfc7489', 'rfc9989'] as const) : [text];
    const shown = shownBy.get(reporter) ?? [];
    const knowsNp = shown.some(({ np }) => np);
    if (of.shown === undefined) return generations.map((each) => placeOf(discoveryOf[each], each, knowsNp));
    const method = now ? methodOfNow(shown) : methodOfThen(shown, generationCodes[form] ?? 'rfc7489');
    const likely = method ?? discoveryOf[generations[0]!];
    const others = method === undefined ? discoveryMethods.filter((each) => each !== likely) : [];
    return rulesOf(generations, [likely, ...others], knowsNp);
  }
}

/** How a reporter finds policies, by what it showed last; `undefined` where it showed nothing, or both on one day. */
function methodOfNow(shown: readonly ShownRules[]): DiscoveryMethod | undefined {
  const lastDay = (method: DiscoveryMethod): Day =>
    Math.max(-Infinity, ...shown.filter(({ discovery }) => discovery === method).map((each) => each.lastDay));
  const [psl, treewalk] = [lastDay('psl'), lastDay('treewalk')];
  return psl === treewalk ? undefined : psl > treewalk ? 'psl' : 'treewalk';
}

/**
 * How it found them when it wrote in one form: what it shows in that form, when that is always the same. Of the time of its older form nothing
 * shows that in most; who keeps to the list afterwards had no other before.
 */
function methodOfThen(shown: readonly ShownRules[], form: ShownRules['form']): DiscoveryMethod | undefined {
  const inForm = methodsOf(shown.filter((each) => each.form === form));
  const [one, other] = inForm.size > 0 ? inForm : methodsOf(shown);
  if (one === undefined || other !== undefined) return undefined;
  return inForm.size > 0 || (one === 'psl' && form === 'rfc7489') ? one : undefined;
}

function methodsOf(shown: readonly ShownRules[]): ReadonlySet<DiscoveryMethod> {
  return new Set(shown.flatMap(({ discovery }) => discovery ?? []));
}
