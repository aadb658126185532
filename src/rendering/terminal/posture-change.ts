import type { Finding, PostureChange, Road } from '../../protection/posture/index.ts';
import { sentence } from '../posture-phrases.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { heading, paint, plain, wrapped } from './style.ts';
import type { Paint, Style } from './style.ts';

/** Whether nothing of a domain is other than it was. */
export function isUnchanged({ grade, appeared, gone, altered, opened, closed, records }: PostureChange): boolean {
  return (
    grade === undefined &&
    [appeared, gone, altered, opened, closed, records].every((list: readonly unknown[]) => list.length === 0)
  );
}

/** What changed at a domain since a day (`2026-03-01`); `undefined`: it was not looked at before. */
export function changeText(change: PostureChange | undefined, since: string | undefined, style: Style): string[] {
  const words = speech(style.language);
  if (change === undefined || since === undefined) return ['', ...wrapped(words.say('change-first'), style, 0, 'dim')];
  if (isUnchanged(change) && change.untold.length === 0)
    return ['', ...wrapped(words.say('change-none', { day: since }), style, 0, 'dim')];
  return [...heading(words.say('change-heading', { day: since }), style), ...changeLines(change, style, words)];
}

/** What changed at many domains, each since it was last looked at. `limit`: how many of them are shown. */
export function changesText(changes: readonly PostureChange[], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  const changed = changes.filter((change) => !isUnchanged(change));
  if (changed.length === 0)
    return changes.length === 0 ? [] : ['', ...wrapped(words.say('change-none-many'), style, 0, 'dim')];
  const lines = heading(words.say('change-many'), style);
  for (const change of changed.slice(0, limit)) {
    lines.push(paint(safeText(change.domain, 253), 'bold', style), ...changeLines(change, style, words));
  }
  const left = changed.length - limit;
  return left <= 0 ? lines : [...lines, ...wrapped(words.say('more', { count: words.integer(left) }), style, 0, 'dim')];
}

const listed = 12;

function changeLines(change: PostureChange, style: Style, words: Speech): string[] {
  const { grade, appeared, gone, altered, untold, opened, closed, records } = change;
  const lines: string[] = [];
  const width = 10;
  const line = (label: string, text: string, as: Paint): void => {
    const [first = '', ...rest] = wrapped(text, style, 2 + width);
    lines.push(`  ${paint(plain(words.say(label), style).padEnd(width), as, style)}${first.trimStart()}`, ...rest);
  };
  const many = <T>(list: readonly T[], label: string, as: Paint, text: (each: T) => string): void => {
    for (const each of list.slice(0, listed)) line(label, text(each), as);
    if (list.length > listed) {
      lines.push(...wrapped(words.say('more', { count: list.length - listed }), style, 2 + width, 'dim'));
    }
  };
  const said = (each: Finding | Road): string => sentence(each, words);
  if (grade !== undefined) lines.push(...wrapped(words.say('change-grade', grade), style, 2, 'bold'));
  many(opened, 'change-opened', 'bad', said);
  many(closed, 'change-closed', 'good', said);
  many(appeared, 'change-appeared', 'warn', said);
  many(altered, 'change-altered', 'warn', ({ after }) => said(after));
  many(gone, 'change-gone', 'good', said);
  many(untold, 'change-untold', 'dim', said);
  const texts = (list: readonly string[]): string =>
    list.length === 0 ? '-' : list.map((text) => safeText(text, 300)).join(' | ');
  many(
    records,
    'change-record',
    'dim',
    ({ name, type, before, after }) => `${safeText(name, 253)} ${type}: ${texts(before)} -> ${texts(after)}`,
  );
  return lines;
}
