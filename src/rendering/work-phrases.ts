import type { Task } from '../protection/plan/tasks/index.ts';
import { safeText } from './safe-text.ts';
import type { Speech } from './speech.ts';

/** Who is to do a task: who it was given to, else the party that the stream is of, else nobody. */
export function ownerText({ owner, party }: Task, words: Speech): string {
  if (owner !== '') return safeText(owner, 60);
  return party === null ? words.say('work-nobody') : safeText(party.name, 60);
}
