// What senders saw of the mail servers of a domain, by their TLS reports, in a terminal.
import { dayText } from '../../protection/assessment/index.ts';
import type { TlsSeen } from '../../protection/plan/wishes/index.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import { heading, wrapped } from './style.ts';
import type { Style } from './style.ts';

/** Sessions, how many failed, and how. `limit`: kinds of failure that are shown. */
export function tlsSeenText(domain: string, seen: TlsSeen, style: Style, limit = 10): string[] {
  const words = speech(style.language);
  const { successful, failed, reporters, firstDay, lastDay, failures } = seen;
  const lines = [
    ...heading(words.say('tls-reports'), style),
    ...wrapped(
      words.say('tls-sessions', {
        sessions: words.integer(successful + failed),
        failed: words.integer(failed),
        reporters: words.integer(reporters.length),
        since: dayText(firstDay),
        until: dayText(lastDay),
      }),
      style,
      2,
    ),
  ];
  for (const { type, mx, sessions, lastDay: last, effect, explained } of failures.slice(0, limit)) {
    const text = words.say('tls-failing', {
      sessions: words.integer(sessions),
      type: type === '' ? words.say('tls-untyped') : safeText(type, 60),
      mx: safeText(mx === '' ? domain : mx, 253),
      day: dayText(last),
      effect: words.say(`tls-${explained ?? effect}`),
    });
    lines.push(...wrapped(text, style, 4, explained === undefined && effect === 'lose' ? 'bad' : 'dim'));
  }
  const left = failures.length - limit;
  return left <= 0 ? lines : [...lines, ...wrapped(words.say('more', { count: words.integer(left) }), style, 4, 'dim')];
}
