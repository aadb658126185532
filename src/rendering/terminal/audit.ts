import { auditSentence, auditWhy } from '../audit-phrases.ts';
import type { AuditLine, AuditNames } from '../audit-phrases.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import { moreLines } from './parts.ts';
import { paint, plain, wrapped } from './style.ts';
import type { Style } from './style.ts';

/** The audit log as a list, the newest first: when, who, what, and below it why. Nothing of it is cut. */
export function auditText(lines: readonly AuditLine[], names: AuditNames, style: Style, limit = 20): string[] {
  const words = speech(style.language);
  if (lines.length === 0) return wrapped(words.say('audit-none'), style);
  const times = lines.map(({ at }) => at);
  const title = words.say('audit-title', {
    count: words.integer(lines.length),
    from: moment(times.reduce((a, b) => Math.min(a, b))).slice(0, 10),
    to: moment(times.reduce((a, b) => Math.max(a, b))).slice(0, 10),
  });
  const shown = lines.slice(0, limit);
  const indent = 18;
  return [
    ...wrapped(title, style, 0, 'bold'),
    '',
    ...shown.flatMap((line) => {
      const why = auditWhy(line);
      const [first = '', ...rest] = wrapped(
        `${safeText(line.who, 60)}: ${auditSentence(line, names, words)}`,
        style,
        indent,
      );
      return [
        `${paint(plain(moment(line.at), style), 'dim', style)}  ${first.trimStart()}`,
        ...rest,
        ...(why === '' ? [] : wrapped(words.say('audit-why', { why: safeText(why, 500) }), style, indent, 'dim')),
      ];
    }),
    ...moreLines(lines.length - shown.length, style, words),
  ];
}

function moment(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
