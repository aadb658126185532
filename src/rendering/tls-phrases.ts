// What senders saw of the mail servers of a domain, by their TLS reports, in phrases that the terminal and the page share.
import { dayText } from '../protection/assessment/index.ts';
import type { TlsFailing, TlsSeen } from '../protection/plan/wishes/index.ts';
import { safeText } from './safe-text.ts';
import type { Speech } from './speech.ts';

/** Sessions, how many failed, of which days, told by how many. */
export function sessionsPhrase({ successful, failed, reporters, firstDay, lastDay }: TlsSeen, words: Speech): string {
  return words.say('tls-sessions', {
    sessions: words.integer(successful + failed),
    failed: words.integer(failed),
    reporters: words.integer(reporters.length),
    since: dayText(firstDay),
    until: dayText(lastDay),
  });
}

/** One kind of failure at one server, and what it means. */
export function failingPhrase(domain: string, failing: TlsFailing, words: Speech): string {
  const { type, mx, sessions, lastDay, effect, explained } = failing;
  return words.say('tls-failing', {
    sessions: words.integer(sessions),
    type: type === '' ? words.say('tls-untyped') : safeText(type, 60),
    mx: safeText(mx === '' ? domain : mx, 253),
    day: dayText(lastDay),
    effect: words.say(`tls-${explained ?? effect}`),
  });
}

/** Whether mail would be lost by it under MTA-STS in the mode enforce. */
export function isLosing({ effect, explained }: TlsFailing): boolean {
  return effect === 'lose' && explained === undefined;
}
