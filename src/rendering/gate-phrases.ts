import type { Gate, GateReason } from '../protection/plan/readiness/index.ts';
import { safeText } from './safe-text.ts';
import type { Speech } from './speech.ts';

// What is said of gates in the same words wherever one is shown. Texts from outside are safe in it; HTML still escapes.

const rhythms = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'once', 'irregular'];
const roles = ['users', 'sending', 'receiving', 'parked', 'absent'];

/** The value of a reason or a problem as it is said: numbers with their separators, our own words in the language, texts made safe. */
function shownValue(key: string, value: number | string, words: Speech): string {
  if (typeof value === 'number') return words.integer(value);
  if (key === 'rhythm' && rhythms.includes(value)) return words.say(`rhythm-${value}`);
  if (key === 'role' && roles.includes(value)) return words.say(`domains-role-${value}`);
  if (key === 'certainty') return words.say(`gate-certainty-${value}`);
  if (key === 'rung' || key === 'next') return words.say(`rung-${value}`);
  // The file that is to be served is worth nothing when it is cut.
  return safeText(value, key === 'file' ? 2000 : 120);
}

/** A sentence with its values made fit to be shown. */
export function shownSentence(
  code: string,
  values: Readonly<Record<string, number | string>> | undefined,
  words: Speech,
): string {
  const shown = Object.entries(values ?? {}).map(([key, value]) => [key, shownValue(key, value, words)] as const);
  return words.say(code, { ...Object.fromEntries(shown), amount: amountText(values ?? {}, words) });
}

/** How much of the messages is lost, by `lost`, `messages`, and what is at the `least` and the `most` possible: `all 12 messages`, `3 of 12 messages (2 to 5)`. */
function amountText(values: Readonly<Record<string, number | string>>, words: Speech): string {
  const [lost = 0, messages = 0] = [values['lost'], values['messages']].map(Number);
  const [least = lost, most = lost] = [values['least'] ?? lost, values['most'] ?? lost].map(Number);
  const told = { lost: words.integer(lost), messages: words.integer(messages) };
  const amount =
    lost !== messages
      ? words.say('amount-of', told)
      : messages === 1
        ? words.say('amount-one')
        : words.say('amount-all', told);
  if (least !== lost)
    return words.say('amount-range', { amount, least: words.integer(least), most: words.integer(most) });
  return most === lost ? amount : words.say('amount-at-most', { amount, most: words.integer(most) });
}

/** The sentence of a reason, and how long it will shut the gate when that is known. */
export function reasonText({ code, values, until, shuts, acceptedBy }: GateReason, words: Speech): string {
  const sentence = shownSentence(code, values, words);
  const more = [
    ...(shuts && until !== undefined ? [words.say('gate-until', { day: until })] : []),
    ...(acceptedBy === undefined ? [] : [words.say('gate-accepted-by', { who: safeText(acceptedBy, 60) })]),
  ];
  return more.length === 0 ? sentence : `${sentence} (${more.join('; ')})`;
}

/** By what a reason is counted in a list of many domains. */
const groups: Readonly<Record<string, string>> = {
  'gate/loses': 'loses',
  'gate/strays': 'loses',
  'gate/unseen-until': 'waits',
  'gate/unseen-since': 'waits',
  'gate/mended-lately': 'waits',
  'gate/signed-lately': 'waits',
  'gate/undecided': 'undecided',
  'gate/perhaps-ours': 'undecided',
  'gate/unknown-mail': 'undecided',
  'gate/forwarders-undecided': 'undecided',
  'gate/spf-alone': 'spf-alone',
  'gate/declared-unseen': 'declared',
  'gate/declared-unseen-yet': 'declared',
  'gate/users': 'acceptance',
  'gate/role-proposed': 'acceptance',
  'gate/held-too-short': 'time',
  'gate/hold-unknown': 'time',
};

/** What shuts a gate, in a few words. */
export function shutText(gate: Pick<Gate, 'reasons'>, words: Speech): string {
  const counts = new Map<string, number>();
  for (const { code, shuts, values } of gate.reasons) {
    if (!shuts) continue;
    const group = groups[code] ?? 'evidence';
    const count = code === 'gate/forwarders-undecided' ? Number(values['streams'] ?? 1) : 1;
    counts.set(group, (counts.get(group) ?? 0) + count);
  }
  return [...counts].map(([group, count]) => words.say(`ladder-${group}`, { count: words.integer(count) })).join(', ');
}

/** The name of a rung; of none, that there is no record. */
export function rungText(rung: string | null, words: Speech): string {
  return words.say(`rung-${rung ?? 'no-record'}`);
}

/** How many domains stand where they are to end, and how many gates are open and shut, in a sentence. */
export function countsText(gates: readonly Pick<Gate, 'gate'>[], words: Speech): string {
  const count = (state: Gate['gate']): string => words.integer(gates.filter(({ gate }) => gate === state).length);
  return words.say('ladder-counts', {
    domains: words.integer(gates.length),
    there: count('end'),
    open: count('open'),
    shut: count('shut'),
  });
}

const ladder = [null, 'none', 'quarantine-soft', 'quarantine', 'reject-soft', 'reject'] as const;

/** The rungs on which domains stand, from the lowest, and how many stand there. */
export function rungCounts(gates: readonly Pick<Gate, 'rung'>[]): { rung: Gate['rung']; count: number }[] {
  return ladder
    .map((rung) => ({ rung, count: gates.filter((gate) => gate.rung === rung).length }))
    .filter(({ count }) => count > 0);
}

/** The same in one line: `2 on none, 1 on reject`. */
export function rungCountsText(gates: readonly Pick<Gate, 'rung'>[], words: Speech): string {
  return rungCounts(gates)
    .map(({ rung, count }) => words.say('ladder-on', { count: words.integer(count), rung: rungText(rung, words) }))
    .join(', ');
}
