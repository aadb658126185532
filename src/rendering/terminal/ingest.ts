import type { AuthenticateOutcome, DocumentState } from '../../protection/ingestion/index.ts';
import { fitted } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Speech } from '../speech.ts';
import { bar } from './bars.ts';
import { plain, wrapped } from './style.ts';
import type { Style } from './style.ts';

/** How far a run of filing is. */
export interface IngestProgress {
  readonly files: number;
  /** Absent while it is not known how many there are, as on standard input. */
  readonly totalFiles?: number;
  readonly bytes: number;
  readonly totalBytes?: number;
  readonly rows: number;
  readonly seconds: number;
}

/** One line that says how far it is, how fast it goes, and how long it will take; no wider than the terminal. */
export function progressText(progress: IngestProgress, style: Style): string {
  const words = speech(style.language);
  const { files, totalFiles, bytes, totalBytes, rows, seconds } = progress;
  const values = {
    done: words.integer(files),
    total: words.integer(totalFiles ?? 0),
    rows: words.integer(rows),
    rate: words.short(seconds > 0 ? rows / seconds : 0),
  };
  const said = [words.say(totalFiles === undefined ? 'progress-open' : 'progress', values)];
  if (totalBytes !== undefined && totalBytes > 0) {
    const share = Math.min(1, bytes / totalBytes);
    said.unshift(`${bar(share, 12, style).padEnd(12)} ${words.percent(share, 0)}`);
    // What a second of work says about the rest is worth nothing before there was one.
    if (seconds >= 1 && share > 0 && share < 1) {
      said.push(words.say('time-left', { time: durationText((seconds / share) * (1 - share)) }));
    }
  }
  return fitted(plain(said.join('  '), style), style.width - 1, plain('…', style));
}

/** What a run of filing brought. */
export interface IngestOutcome {
  readonly files: number;
  /** Of those, files whose bytes were filed before. */
  readonly knownFiles: number;
  /** Documents by what became of them. */
  readonly documents: Readonly<Partial<Record<DocumentState, number>>>;
  readonly repairedDocuments: number;
  readonly rows: number;
  readonly messages: number;
  readonly seconds: number;
}

/** A run of filing in a few lines. */
export function ingestText(
  outcome: IngestOutcome,
  style: Style,
  options: { readonly command?: string } = {},
): string[] {
  const words = speech(style.language);
  const counted = outcome.documents.counted ?? 0;
  const others = otherDocuments(outcome, words);
  if (outcome.files === 0) return wrapped(words.say('nothing-found'), style);
  if (outcome.knownFiles === outcome.files && counted === 0 && others.length === 0) {
    return wrapped(words.say('nothing-new', { files: words.integer(outcome.files) }), style);
  }
  const lines = wrapped(
    words.say('filed-summary', {
      reports: words.integer(counted),
      rows: words.integer(outcome.rows),
      messages: words.integer(outcome.messages),
      seconds: outcome.seconds.toFixed(1),
    }),
    style,
  );
  if (outcome.knownFiles > 0) {
    lines.push(...wrapped(words.say('known-files', { files: words.integer(outcome.knownFiles) }), style, 0, 'dim'));
  }
  if (others.length > 0)
    lines.push(...wrapped(words.say('not-counted', { list: others.join(', ') }), style, 0, 'warn'));
  if (outcome.repairedDocuments > 0) {
    const said = words.say('repaired-count', { documents: words.integer(outcome.repairedDocuments) });
    lines.push(...wrapped(said, style, 0, 'dim'));
  }
  if (others.length > 0 || outcome.repairedDocuments > 0) {
    const command = `${options.command ?? 'zegel'} reports --problems`;
    lines.push(...wrapped(words.say('see-problems', { command }), style, 0, 'dim'));
  }
  return lines;
}

/** How far a look at the mail of reports is, in one line. */
export function authenticatingText(looked: number, style: Style): string {
  const words = speech(style.language);
  return plain(words.say('authenticating', { reports: words.integer(looked) }), style);
}

/** What a look at the mail of reports that were filed came to; nothing when there was nothing to look at or to change. */
export function authenticatedText(
  { looked, found, setApart, counted }: AuthenticateOutcome,
  style: Style,
  options: { readonly command?: string } = {},
): string[] {
  const words = speech(style.language);
  const integer = (count: number): string => words.integer(count);
  const lines: string[] = [];
  if (looked > 0) {
    const values = {
      looked: integer(looked),
      authentic: integer(found.authentic),
      unproven: integer(found.unproven),
      refuted: integer(found.refuted),
      waiting: integer(found['not-known-yet']),
    };
    lines.push(...wrapped(words.say('authenticated-summary', values), style));
  }
  if (setApart + counted > 0) {
    const values = { apart: integer(setApart), counted: integer(counted) };
    lines.push(...wrapped(words.say('authenticated-changes', values), style, 0, 'warn'));
    const command = `${options.command ?? 'zegel'} reports --state set-apart`;
    lines.push(...wrapped(words.say('see-problems', { command }), style, 0, 'dim'));
  }
  return lines;
}

const notCounted = [
  'refused',
  'set-apart',
  'conflict',
  'duplicate',
  'replaced',
  'superseded',
  'not-understood',
] as const;

function otherDocuments({ documents }: IngestOutcome, words: Speech): string[] {
  return notCounted.flatMap((state) => {
    const count = documents[state] ?? 0;
    return count === 0 ? [] : [`${words.integer(count)} ${words.say(`state-${state}`)}`];
  });
}

/** `45s`, `3m 20s`, `2h 05m`. */
function durationText(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m ${String(whole % 60).padStart(2, '0')}s`;
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`;
}
