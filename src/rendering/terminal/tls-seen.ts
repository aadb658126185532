// What senders saw of the mail servers of a domain, by their TLS reports, in a terminal.
import type { TlsSeen } from '../../protection/plan/wishes/index.ts';
import { speech } from '../speech.ts';
import { failingPhrase, isLosing, sessionsPhrase } from '../tls-phrases.ts';
import { heading, wrapped } from './style.ts';
import type { Style } from './style.ts';

/** Sessions, how many failed, and how. `limit`: kinds of failure that are shown. */
export function tlsSeenText(domain: string, seen: TlsSeen, style: Style, limit = 10): string[] {
  const words = speech(style.language);
  const { failures } = seen;
  const lines = [
    ...heading(words.say('tls-reports'), style),
    ...wrapped(sessionsPhrase(seen, words), style, 2),
    ...failures
      .slice(0, limit)
      .flatMap((each) => wrapped(failingPhrase(domain, each, words), style, 4, isLosing(each) ? 'bad' : 'dim')),
  ];
  const left = failures.length - limit;
  return left <= 0 ? lines : [...lines, ...wrapped(words.say('more', { count: words.integer(left) }), style, 4, 'dim')];
}
