import type { Rhythm } from '../model.ts';

/** A sender that the organisation says it has. */
export interface Declaration {
  readonly party: string;
  readonly sender: string;
  readonly domains: readonly string[];
  /** Canonical prefixes. */
  readonly networks: readonly string[];
  readonly purpose: string;
  readonly rhythm: string;
  /** Whether nobody but the organisation mails from these networks; `null` when that was not said. */
  readonly exclusive: boolean | null;
}

/** How people write a rhythm, and how many days may pass without mail when it comes as it is said to. */
const rhythms: readonly (readonly [every: Rhythm['every'], quiet: number, words: readonly string[]])[] = [
  ['daily', 7, ['daily', 'every day', 'continuous', 'dagelijks', 'elke dag', 'doorlopend']],
  ['weekly', 14, ['weekly', 'every week', 'wekelijks', 'elke week']],
  ['monthly', 62, ['monthly', 'every month', 'maandelijks', 'elke maand']],
  ['quarterly', 184, ['quarterly', 'every quarter', 'per quarter', 'per kwartaal', 'elk kwartaal', 'kwartaal']],
  ['yearly', 732, ['yearly', 'annual', 'annually', 'every year', 'jaarlijks', 'elk jaar']],
  ['once', Infinity, ['once', 'one-off', 'eenmalig', 'een keer']],
  [
    'irregular',
    Infinity,
    ['irregular', 'irregularly', 'occasionally', 'sometimes', 'onregelmatig', 'soms', 'af en toe'],
  ],
];

function known(text: string): (typeof rhythms)[number] | undefined {
  const word = text.trim().toLowerCase();
  return rhythms.find(([, , words]) => words.includes(word));
}

/** How often it is said to come, in the words of streams; `undefined` where the text does not tell. */
export function rhythmOf(text: string): Rhythm['every'] | undefined {
  return known(text)?.[0];
}

/** How many days may pass without it, when it comes as it is said to; `Infinity` where that is not known. */
export function quietDays(text: string): number {
  return known(text)?.[1] ?? Infinity;
}
