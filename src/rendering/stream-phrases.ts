import { dayText } from '../protection/assessment/index.ts';
import type { Day } from '../protection/history.ts';
import type { MailStream, QueueItem, QueueReach, Reason } from '../protection/inventory/index.ts';
import { safeText } from './safe-text.ts';
import type { Speech } from './speech.ts';

// What is said of streams in the same words wherever they are shown. Texts from outside in them are safe; HTML still escapes.

/** Why, as a sentence. */
export function reasonText({ code, values }: Pick<Reason, 'code' | 'values'>, words: Speech): string {
  const said = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'number' ? words.integer(value) : safeText(value, 200),
    ]),
  );
  return words.say(code, said);
}

/**
 * What a stream is for; a guess is said to be one.
 *
 * @param why whether a guess says what it is guessed from
 */
export function purposeText({ purpose }: Pick<MailStream, 'purpose'>, words: Speech, why = false): string {
  if (purpose === null) return '';
  if (!purpose.guessed) return safeText(purpose.text, 100);
  const said = words.say(`purpose-${purpose.text}`);
  if (!why) return words.say('purpose-perhaps', { purpose: said });
  const reasons = purpose.reasons.map(({ code, values }) => {
    const { rhythm } = values;
    return reasonText(
      { code, values: rhythm === undefined ? values : { rhythm: words.say(`rhythm-${rhythm}`) } },
      words,
    );
  });
  return words.say('purpose-guess', { purpose: said, why: reasons.join('; ') });
}

/** Whether a reason speaks for what the stream is thought to be. Own and third party are both ours. */
export function speaksFor({ kind }: Pick<MailStream, 'kind'>, reason: Pick<Reason, 'for' | 'weight'>): boolean {
  const group = (each: MailStream['kind']): string => (each === 'own' || each === 'third' ? 'ours' : each);
  return group(reason.for) === group(kind) ? reason.weight > 0 : reason.weight < 0;
}

/** What to ask, and whom; `''` where nothing is open. */
export function questionText(stream: MailStream, words: Speech): string {
  const { question, kind } = stream;
  if (question === null && kind !== 'abused') return '';
  const domain = domainsText(stream, words);
  const whom = stream.party ?? '';
  const values = {
    ...question?.values,
    domain,
    sender: safeText(stream.sender ?? stream.name, 100),
    first: dayText(stream.first),
    messages: words.integer(stream.messages),
    whom:
      whom === ''
        ? words.say('ask-who-manages', { domain })
        : words.say('ask-whom', { domain, whom: safeText(whom, 100) }),
  };
  const isReplay = stream.reasons.some(({ code }) => code === 'inventory/sent-again-from-everywhere');
  return words.say(question?.code ?? (isReplay ? 'inventory/ask-replayed' : 'inventory/ask-abused'), values);
}

/** Its first author domain, and how many more there are. */
export function domainsText({ authorDomains }: Pick<MailStream, 'authorDomains'>, words: Speech): string {
  const [first, ...rest] = authorDomains;
  const name = safeText(first?.domain ?? '', 253);
  return rest.length === 0 ? name : words.say('and-others', { name, count: words.integer(rest.length) });
}

/**
 * When it should next come, `''` where that cannot be said.
 *
 * @param today the last day of which anything is known
 */
export function nextText({ rhythm }: Pick<MailStream, 'rhythm'>, today: Day, words: Speech): string {
  if (rhythm.nextExpected === null) return '';
  return words.say(rhythm.nextExpected < today ? 'streams-overdue' : 'streams-next', {
    day: dayText(rhythm.nextExpected),
  });
}

/** How far the first decisions get; `''` where nothing waits. */
export function reachText(reach: QueueReach | undefined, words: Speech): string {
  if (reach === undefined) return words.say('queue-empty');
  return words.say(reach.decisions === 1 ? 'queue-reach-one' : 'queue-reach', {
    decisions: words.integer(reach.decisions),
    messages: words.percent(reach.messages, 0),
    streams: words.integer(reach.streams),
    ours: words.integer(reach.ours),
  });
}

/** What to type for a place in the queue: the decision that is proposed, or to look where there is none. */
export function queueCommand({ stream, proposal }: QueueItem, command: string): string {
  return proposal === 'undecided' ? `${command} streams ${stream.id}` : `${command} decide ${stream.id} ${proposal}`;
}

/** How sure a kind is. */
export function sureText(stream: Pick<MailStream, 'confidence'>, words: Speech): string {
  return words.percent(stream.confidence, 0);
}

/** A part of a stream's messages, `''` where it has none. */
export function partOf({ messages }: Pick<MailStream, 'messages'>, part: number, words: Speech): string {
  return messages === 0 ? '' : words.percent(part / messages, 0);
}

/** Messages of which each leg is aligned. */
export function legSums({ legs }: Pick<MailStream, 'legs'>): { dkim: number; spf: number; both: number } {
  return { dkim: legs.both + legs.dkimOnly, spf: legs.both + legs.spfOnly, both: legs.both };
}
