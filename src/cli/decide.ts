import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import { narrowingOf } from '../protection/inventory/decisions/index.ts';
import { decisionVerdicts, kinds } from '../protection/inventory/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { assertNever } from '../standards/problem.ts';
import { collect } from './arguments.ts';
import { decideByFilter, decideFromFile, decideOn } from './decide-many.ts';
import type { Decided } from './decide-many.ts';
import { exportDecisions, importDecisions, showHistory, showNew, undoDecisions } from './decide-other.ts';
import type { DecideCommandOptions } from './decide-options.ts';
import { withListOptions } from './list-options.ts';
import { UsageError } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { opened } from './organisation.ts';
import { personOf } from './person.ts';

/** What the command is asked to do, of which it does one at a time. */
const deeds = ['undo', 'history', 'new', 'export', 'import', 'from'] as const;
const sorts = ['latest', 'stream', 'verdict', 'who', 'messages'];

/** `zegel decide`: says of streams whether they may mail as us. */
export function decideCommand(finished: Finished): Command {
  const command = new Command('decide')
    .summary('say of streams whether they may mail as you; history, undo, lists of new sources')
    .description(
      `Decides on streams: authorised, forbidden, forwarder, or undecided (which takes back what was said before). Streams are named by their id
or their name. With --source or --domain it is about that part of them; the narrowest decision counts, then the latest.

A decision is about what its stream has at that moment. An address that comes later inherits it only when it signs with an aligned domain
and a selector family that the stream signed with, or lies in a network that is declared exclusively yours (zegel declared); any other
new address is undecided, and stands in zegel decide --new.

Many at once: --from FILE reads a CSV (stream,verdict,why,party,sources,domains) and decides all of it or, when a line is wrong, nothing;
--kind, --confidence and --sender choose streams that are undecided (--again: others too), show them, and decide with --yes.

With --json one line a decision: id, batch, at, who, why, verdict, stream, sources, authorDomains, signing [{domain, family}], known (the
addresses it was made about), undone {at, who, why} or null, and besides name and messages. --new: source, stream, name, verdict,
decision, messages, rows, firstDay, lastDay, authorDomains.`,
    )
    .argument('[stream-and-verdict...]', `streams, and then one of: ${decisionVerdicts.join(', ')}`)
    .option('--why <text>', 'why it was decided so')
    .option('--source <address>', 'only about this address or network; may be given several times', collect)
    .option('--domain <name>', 'only about mail of this author domain; may be given several times', collect)
    .option('--party <name>', 'whose the streams are (zegel parties)')
    .option('--who <name>', 'who decided it (default: who runs the command)')
    .option('--from <file>', 'decide by a list: CSV; - is standard input')
    .option('--kind <kind>', `choose streams of this kind: ${kinds.join(', ')}`)
    .option('--confidence <p>', 'choose streams whose kind is at least this sure: 0 to 1')
    .option('--sender <name>', 'choose streams of this sender')
    .option('--again', 'choose streams that were decided on, too')
    .option('--yes', 'decide on the streams that were chosen, not only show them')
    .option('--undo [id]', 'undo a decision, or all that the last command decided')
    .option('--history [stream]', 'every decision, or those about a stream')
    .option('--new', 'sources that came to streams after these were decided on')
    .option(
      '--export <file>',
      'write all decisions: CSV when the name ends in .csv, else JSON lines; - is standard output',
    )
    .option('--import <file>', 'bring in what was exported; - is standard input');
  return withListOptions(command, sorts)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel decide billing-7f3k authorised --why "invoices, contract 2024-17" --party Finance
  $ zegel decide sendgrid-k2m9 forbidden --source 192.0.2.0/24
  $ zegel decide forbidden --kind forged --confidence 0.95 --yes
  $ zegel decide --from decisions.csv
  $ zegel decide --history
  $ zegel decide --undo`,
    )
    .action(async (words: string[], options: DecideCommandOptions) => finished(await run(words, options)));
}

function run(words: readonly string[], options: DecideCommandOptions): Promise<number> {
  const asked = deeds.filter((deed) => options[deed] !== undefined && options[deed] !== false);
  if (asked.length > 1) throw new UsageError(`--${asked[0]} and --${asked[1]} cannot be given together`);
  const [deed] = asked;
  if (deed !== undefined && words.length > 0)
    throw new UsageError(`--${deed} takes no stream or verdict besides`, 'zegel decide --help says how it is used');
  const who = personOf(options.who);
  if (deed === undefined) return decide(words, options, who);
  switch (deed) {
    case 'undo':
      return undoDecisions(options, who);
    case 'history':
      return showHistory(options, sorts);
    case 'new':
      return showNew(options);
    case 'export':
      return exportDecisions(options);
    case 'import':
      return importDecisions(options, who);
    case 'from':
      return opening(options, (organisation) => decideFromFile(organisation, options, who));
    default:
      return assertNever(deed);
  }
}

function decide(words: readonly string[], options: DecideCommandOptions, who: string): Promise<number> {
  const verdict = decisionVerdicts.find((each) => each === words.at(-1)?.toLowerCase());
  const names = words.slice(0, -1);
  const chooses = options.kind !== undefined || options.confidence !== undefined || options.sender !== undefined;
  if (verdict === undefined) {
    throw new UsageError(
      words.length === 0 ? 'nothing is said to be decided' : `${safeText(words.at(-1) ?? '', 60)} is no verdict`,
      `give streams and then one of: ${decisionVerdicts.join(', ')}`,
    );
  }
  if (names.length === 0 && !chooses)
    throw new UsageError('no stream is named', 'zegel streams lists them; --kind and --sender choose several');
  if (names.length > 0 && chooses)
    throw new UsageError('streams are either named or chosen by --kind, --confidence and --sender');
  const { narrow, problems } = narrowingOf(options.source ?? [], options.domain ?? []);
  const [problem] = problems;
  if (problem !== undefined) {
    const isSource = problem.code === 'decisions/bad-source';
    const text = String(problem.values?.[isSource ? 'source' : 'domain'] ?? '');
    throw new UsageError(
      isSource
        ? `--source ${safeText(text, 60)} is no address and no network`
        : `--domain ${safeText(text, 100)} is no domain name`,
      isSource ? 'give one as 192.0.2.1, 192.0.2.0/24 or 2001:db8::/48' : 'give a name as example.com',
    );
  }
  const wanted: Decided = { verdict, why: options.why ?? '', party: options.party, narrow };
  return opening(options, (organisation) =>
    names.length > 0
      ? decideOn(organisation, names, wanted, options, who)
      : decideByFilter(organisation, wanted, options, who),
  );
}

function opening(
  options: DecideCommandOptions,
  work: (organisation: Organisation) => Promise<number>,
): Promise<number> {
  return opened({ ...options, wanted: false }, work);
}
