import type { Task } from '../protection/plan/tasks/index.ts';
import { shownSentence } from './gate-phrases.ts';
import { safeText } from './safe-text.ts';
import type { Speech } from './speech.ts';

// What is said of a task in the same words wherever one is shown. Texts from outside are safe in it; HTML still escapes.

/** Who is to do a task: who it was given to, else the party that the stream is of, else nobody. */
export function ownerText({ owner, party }: Task, words: Speech): string {
  if (owner !== '') return safeText(owner, 60);
  return party === null ? words.say('work-nobody') : safeText(party.name, 60);
}

/** Why it is a task: what is amiss, or what to ask and whom. */
export function whyText({ why, stream, sender, seen, domains, messages }: Task, words: Speech): string {
  const values = why.values ?? {};
  const { kind, whom } = values;
  if (kind !== undefined) return shownSentence(why.code, { ...values, kind: words.say(`kind-${kind}-long`) }, words);
  if (whom === undefined) return shownSentence(why.code, values, words);
  const [first, ...rest] = domains;
  const name = safeText(first?.domain ?? '', 253);
  const domain = rest.length === 0 ? name : words.say('and-others', { name, count: words.integer(rest.length) });
  return words.say(why.code, {
    domain,
    sender: safeText(sender.name ?? stream.name, 100),
    first: seen.first,
    messages: words.integer(messages),
    whom:
      whom === ''
        ? words.say('ask-who-manages', { domain })
        : words.say('ask-whom', { domain, whom: safeText(String(whom), 100) }),
  });
}
