import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import { auditSentence, auditWhy } from '../rendering/audit-phrases.ts';
import type { AuditLine, AuditNames } from '../rendering/audit-phrases.ts';
import { foldedName } from '../protection/inventory/parties/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { speech } from '../rendering/speech.ts';
import { auditText } from '../rendering/terminal/index.ts';
import { dayOption } from './arguments.ts';
import { checkListOptions, styleOf, withListOptions, writeList } from './list-options.ts';
import type { ListOptions } from './list-options.ts';
import { opened } from './organisation.ts';
import { UsageError, exitCodes } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface AuditOptions extends ListOptions {
  readonly since?: string;
  readonly until?: string;
  readonly who?: string;
  readonly what?: string;
  readonly stream?: string;
  readonly people?: boolean;
}

const sorts = ['newest', 'oldest'];

/** `zegel audit`: who changed what, when and why. */
export function auditCommand(finished: Finished): Command {
  return withListOptions(new Command('audit'), sorts)
    .summary('the audit log: who changed what, when, and why; it only ever grows')
    .description(
      `Shows the audit log, the newest first: every decision and undoing, every party, name, split and merge, what was declared, senders of
your own, domains and roles, what was accepted at gates, plans, tasks, settings, and what Zegel did by itself. Nothing in it is ever changed or
taken out; a line says what it was about at that moment, with the names that streams and parties have today.

With --json one line each: id, at, who, what (a code: decision/made), said (in words), why (or null), streams (ids), details.`,
    )
    .option('--since <day>', 'only from this day on: 2026-03-01, or 30d, 8w, 6m, 1y ago')
    .option('--until <day>', 'only up to this day')
    .option('--who <name>', 'only what this person did, or whose name holds this')
    .option('--what <code>', 'only this code, or codes that begin so: decision, party/added')
    .option('--stream <id>', 'only what is about this stream: its id or its name')
    .option('--people', 'only what people did: without what Zegel did by itself')
    .addHelpText(
      'after',
      `
Examples:
  $ zegel audit --since 30d --people
  $ zegel audit --stream billing-7f3k --all
  $ zegel audit --what decision --csv > decisions.csv`,
    )
    .action(async (options: AuditOptions) => finished(await run(options)));
}

function run(options: AuditOptions): Promise<number> {
  checkListOptions(options, sorts);
  const since = dayOption(options.since, '--since') ?? -Infinity;
  const until = dayOption(options.until, '--until') ?? Infinity;
  if (since > until) throw new UsageError('--since comes after --until');
  const who = options.who === undefined ? undefined : foldedName(options.who);
  return opened({ ...options, wanted: false }, async ({ register }) => {
    const known = register.streams.load();
    const ids = new Map(known.map(({ id, name }) => [id, name]));
    const stream = options.stream === undefined ? undefined : streamOf(options.stream, known);
    const parties = new Map(register.parties.list().map(({ id, name }) => [id, name]));
    const names: AuditNames = { stream: (id) => ids.get(id), party: (id) => parties.get(id) };
    const lines = register
      .audit()
      .map((entry): AuditLine => ({ ...entry, streams: streamsIn(entry.details, ids) }))
      .filter((line) => {
        const day = Math.floor(line.at / 86_400_000);
        if (day < since || day > until) return false;
        if (options.people === true && line.who === 'zegel') return false;
        if (who !== undefined && !foldedName(line.who).includes(who)) return false;
        if (options.what !== undefined && line.what !== options.what && !line.what.startsWith(`${options.what}/`))
          return false;
        return stream === undefined || line.streams.some((id) => stream.has(id));
      });
    const words = speech(styleOf(options).language);
    await writeList(
      {
        lines,
        sorts: { newest: (one, other) => other.id - one.id, oldest: (one, other) => one.id - other.id },
        json: (line) => ({
          id: line.id,
          at: new Date(line.at).toISOString(),
          who: line.who,
          what: line.what,
          said: auditSentence(line, names, words),
          why: auditWhy(line) || null,
          streams: line.streams,
          details: line.details,
        }),
        csv: {
          titles: ['id', 'at', 'who', 'what', 'said', 'why', 'streams', 'details'],
          cells: (line) => [
            line.id,
            new Date(line.at).toISOString(),
            line.who,
            line.what,
            auditSentence(line, names, words),
            auditWhy(line),
            line.streams.join(' '),
            JSON.stringify(line.details),
          ],
        },
        text: (sorted, style, limit) => auditText(sorted, names, style, limit),
      },
      options,
    );
    return exitCodes.done;
  });
}

/** The ids that a text stands for: an id, or a name, which several streams may have had. @throws {UsageError} */
function streamOf(text: string, known: ReturnType<Organisation['register']['streams']['load']>): ReadonlySet<string> {
  const folded = foldedName(text);
  const found = known.filter(({ id, name }) => id === text.trim() || foldedName(name) === folded).map(({ id }) => id);
  if (found.length === 0)
    throw new UsageError(`no stream is called ${safeText(text, 100)}`, 'zegel streams lists them');
  return new Set(found);
}

/** The streams that a line is about: every id of one that stands in it. */
function streamsIn(value: unknown, known: ReadonlyMap<string, string>, found = new Set<string>()): string[] {
  if (typeof value === 'string') {
    if (known.has(value)) found.add(value);
  } else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) streamsIn(each, known, found);
  return [...found];
}
