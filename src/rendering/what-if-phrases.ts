import type {
  Count,
  Drift,
  DriftSource,
  DriftStream,
  DriftSum,
  Fate,
  Standing,
  StreamFate,
  WhatIf,
} from '../protection/simulation/what-if/index.ts';
import { safeText } from './safe-text.ts';
import type { Speech } from './speech.ts';

// What is said of a what-if in the same words wherever one is shown. Texts from outside are safe in it; HTML still escapes.

/** How a sentence is to be taken. */
export type Tone = 'bad' | 'dim' | 'good' | 'warn';

export interface Toned {
  readonly text: string;
  readonly tone?: Tone;
}

const wantedStandings = ['authorised', 'thought-ours'] as const satisfies readonly Standing[];

type Named = Pick<StreamFate, 'decision' | 'id' | 'kind' | 'name'>;

/** Whether a stream is ours, by decision or as it is thought. */
export function isWanted({ decision, kind }: Named): boolean {
  return decision === 'authorised' || (decision === 'undecided' && (kind === 'own' || kind === 'third'));
}

/** What a stream is called, in at most so many characters. */
export function nameOf({ id, name }: Named, words: Speech, most = 60): string {
  return id === null ? words.say('what-if-no-stream') : safeText(name ?? id, most);
}

/** What was decided of a stream, or what it is thought to be. */
export function whoseOf({ decision, kind }: Named, words: Speech): string {
  if (decision !== 'undecided') return words.say(`what-if-decision-${decision}`);
  const thought = words.say(`what-if-kind-${kind}`);
  return kind === 'undecided' ? thought : words.say('what-if-thought-mark', { kind: thought });
}

const tones: Readonly<Record<string, Tone>> = { authorised: 'bad', own: 'bad', third: 'bad', undecided: 'warn' };

/** The colour of that, where mail of it is lost. */
export function streamTone({ decision, kind }: Named): Tone | undefined {
  return tones[decision === 'undecided' ? kind : decision];
}

/** A record set in one line. */
export function recordsShown(records: readonly string[] | null, words: Speech): string {
  if (records === null) return words.say('what-if-not-known');
  if (records.length === 0) return words.say('what-if-nothing-there');
  return records.map((text) => safeText(text, 600)).join(' · ');
}

function isUnwanted({ decision, kind }: StreamFate): boolean {
  return decision === 'forbidden' || (decision === 'undecided' && (kind === 'forged' || kind === 'abused'));
}

/** The changes in one line: the tags that are other than they were, and names otherwise. */
export function changesTitle(answer: Pick<WhatIf, 'changes' | 'signing'>, words: Speech): string {
  const parts = answer.changes.map(({ name, type, before, after }) => {
    if (name.startsWith('_dmarc.')) {
      const tags = differingTags(before?.[0] ?? '', after[0] ?? '');
      if (tags.length > 0) return `${safeText(name.slice('_dmarc.'.length), 100)} ${safeText(tags.join(' '), 200)}`;
    }
    return `${safeText(name, 100)} ${type}`;
  });
  for (const stream of answer.signing) parts.push(words.say('what-if-signs', { stream: safeText(stream, 60) }));
  return parts.join(', ');
}

function differingTags(before: string, after: string): string[] {
  const tagsOf = (text: string): Set<string> =>
    new Set(
      text
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    );
  const was = tagsOf(before);
  return [...tagsOf(after)].filter((tag) => !was.has(tag) && !/^(?:v|rua|ruf)=/.test(tag));
}

/** What a change costs, in sentences, the weightiest first: each with how it is to be shown. */
export function costSentences(answer: WhatIf, words: Speech): Toned[] {
  const { standings, streams } = answer;
  const n = (value: number): string => words.integer(value);
  const wanted = wantedFate(answer);
  const count = streams.filter((stream) => isWanted(stream) && stream.lost.most > 0).length;
  const { expected, least, most } = wanted.lost;
  const values = { lost: n(expected), least: n(least), most: n(most), streams: n(count) };
  const said: Toned[] = [];
  const say = (code: string, with_: Record<string, string>, tone?: Tone): void =>
    void said.push({ text: words.say(code, with_), ...(tone === undefined ? {} : { tone }) });
  if (most === 0) say('what-if-free', {}, 'good');
  else if (Math.round(expected) === 0) say('what-if-cost-perhaps', values, 'warn');
  else say(least === most ? 'what-if-cost-sure' : 'what-if-cost', values, 'bad');
  for (const [code, count] of driftCosts(answer)) say(code, { lost: rangeText(count, words) }, 'warn');
  const range = ({ lost }: Pick<Fate, 'lost'>): Record<string, string> => ({
    lost: n(lost.expected),
    least: n(lost.least),
    most: n(lost.most),
  });
  if (standings.undecided.lost.most > 0) say('what-if-undecided-cost', range(standings.undecided), 'bad');
  if (refusedOf(wanted) > 0) say('what-if-refused', { messages: n(refusedOf(wanted)) }, 'warn');
  if (refusedOf(standings.undecided) > 0)
    say('what-if-undecided-refused', { messages: n(refusedOf(standings.undecided)) }, 'warn');
  const forwarded = fateSum(standings.forwarded, standings['forwarded-decided']);
  if (forwarded.lost.most > 0) say('what-if-forwarded-cost', range(forwarded), 'warn');
  if (wanted.regained.expected > 0) say('what-if-regained', { messages: n(wanted.regained.expected) }, 'good');
  const thought = standings['thought-ours'].messages;
  if (thought > 0) say('what-if-thought', { messages: n(thought) }, 'dim');
  const unwanted = unwantedFate(answer);
  if (unwanted.messages > 0) {
    say('what-if-stopped', {
      messages: n(unwanted.messages),
      stopped: n(unwanted.after.quarantined + unwanted.after.rejected),
      before: n(unwanted.before.quarantined + unwanted.before.rejected),
      through: n(unwanted.after.delivered),
    });
  }
  const { from, to } = answer.seen;
  say('what-if-seen', { from: from ?? '', to: to ?? '', messages: n(answer.total.messages) }, 'dim');
  say(`what-if-${answer.asked.records}`, {}, 'dim');
  return said;
}

type FateSum = Omit<Fate, 'range'>;

/** What becomes of the mail that is wanted, or thought to be. */
export function wantedFate({ standings }: Pick<WhatIf, 'standings'>): FateSum {
  return fateSum(standings.authorised, standings['thought-ours']);
}

/** What becomes of the mail that is forged, or forbidden. */
export function unwantedFate({ standings }: Pick<WhatIf, 'standings'>): FateSum {
  return fateSum(standings['thought-forged'], standings.forbidden);
}

/** Whole messages that receivers quarantine now, and would refuse: nobody finds them any more. */
export function refusedOf({ before, after }: Pick<Fate, 'after' | 'before'>): number {
  return Math.max(0, Math.round(Math.min(before.quarantined - after.quarantined, after.rejected - before.rejected)));
}

/** Two lots of mail together. The ranges of their fates cannot be added, so they are left out. */
export function fateSum(one: Fate, other: Fate): FateSum {
  const fates = (a: Fate['before'], b: Fate['before']): Fate['before'] => ({
    delivered: a.delivered + b.delivered,
    quarantined: a.quarantined + b.quarantined,
    rejected: a.rejected + b.rejected,
  });
  const moved = (a: Fate['lost'], b: Fate['lost']): Fate['lost'] => ({
    expected: a.expected + b.expected,
    least: a.least + b.least,
    most: a.most + b.most,
  });
  return {
    messages: one.messages + other.messages,
    before: fates(one.before, other.before),
    after: fates(one.after, other.after),
    lost: moved(one.lost, other.lost),
    regained: moved(one.regained, other.regained),
  };
}

/** The legs that a stream stands on. */
export function legsText({ legs: { both, dkimOnly, spfOnly, neither } }: StreamFate, words: Speech): string {
  const all = both + dkimOnly + spfOnly + neither;
  const found = [
    ['both', both],
    ['dkim', dkimOnly],
    ['spf', spfOnly],
    ['neither', neither],
  ] as const;
  const [most] = [...found].sort((a, b) => b[1] - a[1]);
  if (all === 0 || most === undefined) return '';
  if (most[1] / all >= 0.99) return words.say(`what-if-leg-${most[0]}`);
  return `${words.say(`what-if-leg-${most[0]}`)} ${words.percent(most[1] / all, 0)}`;
}

/** The streams of which anything changes; by what is lost, wanted ones first, unless told otherwise. */
export function changedStreams(
  { streams }: Pick<WhatIf, 'streams'>,
  words: Speech,
  sort: 'lost' | 'messages' | 'name' = 'lost',
): StreamFate[] {
  const rank = (stream: StreamFate): number => (isWanted(stream) ? 0 : isUnwanted(stream) ? 2 : 1);
  return streams
    .filter((stream) => stream.lost.most + stream.regained.most > 0 || refusedOf(stream) > 0)
    .sort((a, b) =>
      sort === 'name'
        ? nameOf(a, words).localeCompare(nameOf(b, words))
        : sort === 'messages'
          ? b.messages - a.messages
          : rank(a) - rank(b) ||
            b.lost.expected - a.lost.expected ||
            b.lost.most - a.lost.most ||
            refusedOf(b) - refusedOf(a),
    );
}

/** Wanted streams that would stand on one leg, the largest first. */
export function oneLegged({ streams }: Pick<WhatIf, 'streams'>): StreamFate[] {
  return streams
    .filter((stream) => isWanted(stream) && stream.onlyLeg !== null)
    .sort((a, b) => b.messages - a.messages);
}

/** A number of messages, and the sentence that goes with it. */
export interface Counted {
  readonly messages: number;
  readonly text: string;
}

/** How unwanted mail would still be delivered. */
export function throughSentences({ through }: Pick<WhatIf, 'through'>, words: Speech): Counted[] {
  return through.map(({ code, values, messages }) => ({ messages, text: words.say(code, safeValues(values, words)) }));
}

/** What is not certain of the wanted mail that it changes. */
export function doubtSentences({ doubts }: Pick<WhatIf, 'doubts'>, words: Speech): Counted[] {
  return doubts
    .filter(({ wanted }) => wanted > 0)
    .map(({ code, wanted }) => ({ messages: wanted, text: words.say(code) }));
}

/** The values of a way through, made fit to be shown. */
function safeValues(values: Readonly<Record<string, number | string>>, words: Speech): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number'
        ? words.integer(value)
        : value === ''
          ? words.say('what-if-not-said')
          : safeText(value, 120),
    ]),
  );
}

type DriftCount = Exclude<keyof DriftSum, 'messages'>;

/** A number, with the least and the most where these are others. */
function rangeText({ expected, least, most }: Count, words: Speech): string {
  const n = (value: number): string => words.integer(value);
  if (least === most) return n(expected);
  return words.say('what-if-drift-range', { expected: n(expected), least: n(least), most: n(most) });
}

/** What wanted mail drift costs: of what the change loses, and whatever is asked; those that cost nothing are left out. */
function driftCosts(answer: WhatIf): (readonly [code: string, count: Count])[] {
  const all = [
    ['what-if-drift-part', wantedDrift(answer, 'lostWithChange')],
    ['what-if-drift-lost', wantedDrift(answer, 'lost')],
  ] as const;
  return all.filter(([, { most }]) => most > 0);
}

function wantedDrift({ drift }: WhatIf, name: DriftCount): Count {
  const sum = { expected: 0, least: 0, most: 0 };
  for (const standing of wantedStandings) {
    const count = drift?.standings[standing][name];
    for (const end of ['expected', 'least', 'most'] as const) sum[end] += count?.[end] ?? 0;
  }
  return sum;
}

/** The streams of which a leg is lost or gained since records changed. */
export function driftStreams({ streams }: Drift): DriftStream[] {
  return streams.filter(({ legLost, legGained }) => legLost.most + legGained.most > 0);
}

/** What wanted mail lost and gained by it, in sentences. */
export function driftSentences(answer: WhatIf, words: Speech): string[] {
  const [lost, gained] = [wantedDrift(answer, 'legLost'), wantedDrift(answer, 'legGained')];
  const values = {
    lost: rangeText(lost, words),
    dkim: rangeText(wantedDrift(answer, 'legLostOnDkim'), words),
    gained: rangeText(gained, words),
  };
  return [
    ...(lost.most > 0 ? [words.say('what-if-drift-legs', values)] : []),
    ...(gained.most > 0 ? [words.say('what-if-drift-gained', values)] : []),
  ];
}

/** The addresses of which SPF would say today that they may, or may no longer. */
export function driftSources({ sources }: Drift): DriftSource[] {
  return sources.filter(({ reported, today }) => (reported === 'pass') !== (today === 'pass'));
}

/** A count of drift in a cell: expected, and the most where that is another. */
export function driftCountText({ expected, most }: Count, words: Speech): string {
  return expected === most ? words.integer(most) : `${words.integer(expected)}–${words.integer(most)}`;
}

/** What SPF would say today; with a mark where that is not sure. */
export function todayText({ today, why }: DriftSource, words: Speech): string {
  if (today === null) return words.say('what-if-not-known');
  return why === 'changed' ? today : words.say('what-if-drift-maybe', { today });
}

/** What is not known of drift, in sentences. */
export function driftNotes({ notKept, notKnown }: Drift, words: Speech): string[] {
  const notes = [
    ['what-if-drift-not-kept', notKept],
    ['what-if-drift-not-known', notKnown],
  ] as const;
  return notes.flatMap(([code, { messages }]) =>
    messages > 0 ? [words.say(code, { messages: words.integer(messages) })] : [],
  );
}
