import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import { dayText } from '../protection/assessment/index.ts';
import { DecisionBook, plainDecision } from '../protection/inventory/decisions/index.ts';
import {
  decisionVerdicts,
  kinds,
  queueOf,
  streamDetail,
  toldQueueItem,
  toldStream,
} from '../protection/inventory/index.ts';
import type { MailStream } from '../protection/inventory/index.ts';
import { streamDescent } from '../protection/inventory/registry/index.ts';
import type { CsvCell } from '../rendering/csv.ts';
import { queueText, streamText, streamsText } from '../rendering/terminal/index.ts';
import { countOption } from './arguments.ts';
import { shownStream, streamFilter, withInventoryOptions } from './inventory-options.ts';
import type { InventoryOptions, StreamFilterOptions } from './inventory-options.ts';
import { checkListOptions, styleOf, withListOptions, writeList } from './list-options.ts';
import type { ListOptions } from './list-options.ts';
import { opened } from './organisation.ts';
import { describedSource, toldSource } from './source-words.ts';
import { streamSubcommands } from './stream-edit.ts';
import { UsageError, exitCodes, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface StreamsOptions extends ListOptions, InventoryOptions, StreamFilterOptions {
  readonly queue?: boolean;
}

const by =
  (of: (stream: MailStream) => number | string) =>
  (one: MailStream, other: MailStream): number => {
    const [a, b] = [of(one), of(other)];
    return a < b ? -1 : a > b ? 1 : other.messages - one.messages;
  };

const sorts: Readonly<Record<string, (one: MailStream, other: MailStream) => number>> = {
  messages: by(({ messages }) => -messages),
  name: by(({ name }) => name.toLowerCase()),
  kind: by(({ kind }) => kinds.indexOf(kind)),
  confidence: by(({ confidence }) => confidence),
  party: by(({ party }) => party?.toLowerCase() ?? '\uFFFF'),
  decision: by(({ decision }) => decisionVerdicts.indexOf(decision)),
  sources: by(({ sources }) => -sources),
  first: by(({ first }) => -first),
  last: by(({ last }) => -last),
  next: by(({ rhythm }) => rhythm.nextExpected ?? Infinity),
};
const sortNames = Object.keys(sorts);

/** `zegel streams`: who mails as us. */
export function streamsCommand(finished: Finished): Command {
  const command = new Command('streams')
    .summary('who mails as you: the mail streams, with kind, party, legs and decision; what to decide next')
    .description(
      `Lists the mail streams: the mail that one party sends through one set-up. Each has a kind (${kinds.join(', ')}), how sure that
is, the part of its mail of which DKIM, SPF and both are aligned, what was decided, and, where it keeps a rhythm, when it should next come.
With NAME, an id, a name or a part that only one stream has, everything about one stream and why it is thought to be what it is.

--queue lists what to decide next, in the order that settles most messages and streams, each with what to type.

With --json one line a stream; with NAME one line with the sources, weeks and decisions besides; docs/guide/streams.md says what each field is.`,
    )
    .argument('[name]', 'one stream: its id, its name, or a part of these')
    .option('--queue', 'what to decide next, in the order that settles most')
    .option('--kind <kind>', `only streams of these kinds: ${kinds.join(', ')}`)
    .option('--decision <verdict>', `only streams so decided: ${decisionVerdicts.join(', ')}`)
    .option('--undecided', 'only streams that nobody decided on')
    .option('--domain <name>', 'only streams that mail as this domain or a name below it')
    .option('--sender <name>', 'only streams of this sender: its id in the catalogue, or a part of its name')
    .option('--party <name>', 'only streams of this party, or a part of its name; - is none')
    // What stands behind a subcommand is its own: both know --domain, each in its own way.
    .enablePositionalOptions()
    .helpCommand(false);
  withInventoryOptions(withListOptions(command, sortNames))
    .addHelpText(
      'after',
      `
Examples:
  $ zegel streams                              what there is, and what to decide next
  $ zegel streams --kind own,third --undecided what is yours and still waits for a decision
  $ zegel streams sendgrid-k2m9                everything about one stream
  $ zegel streams --queue                      decide down this list
  $ zegel streams rename sendgrid-k2m9 "Web shop, receipts"`,
    )
    .action(async (name: string | undefined, options: StreamsOptions) => finished(await run(name, options)));
  for (const sub of streamSubcommands(finished)) command.addCommand(sub);
  return command;
}

function run(name: string | undefined, options: StreamsOptions): Promise<number> {
  checkListOptions(options, sortNames);
  const isWanted = streamFilter(options);
  const withoutReverse = options.withoutReverse === true;
  return opened({ ...options, wanted: false }, async (organisation) => {
    if (name !== undefined) return showStream(organisation, name, options);
    const overview = await organisation.streams({ withoutReverse });
    const limit = options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
    if (options.queue === true) {
      const queue = queueOf(overview).filter(({ stream }) => isWanted(stream));
      if (options.csv === true || options.json === true)
        await writeList(
          {
            lines: queue,
            sorts: {},
            json: toldQueueItem,
            csv: {
              titles: [
                'stream',
                'name',
                'kind',
                'confidence',
                'proposal',
                'messages',
                'messages_settled',
                'streams_settled',
              ],
              cells: (item) => {
                const told = toldQueueItem(item);
                return [
                  told.stream,
                  told.name,
                  told.kind,
                  told.confidence,
                  told.proposal,
                  told.messages,
                  told.messagesSettled,
                  told.streamsSettled,
                ];
              },
            },
            text: () => [],
          },
          options,
        );
      else await writeLines(queueText(overview, styleOf(options), { limit, queue }));
      return exitCodes.done;
    }
    const shown = overview.streams.filter(isWanted);
    await writeList(
      {
        lines: shown,
        sorts,
        json: toldStream,
        csv: { titles: csvTitles, cells: csvCells },
        text: (lines, style) => streamsText(overview, lines, style, { limit }),
      },
      options,
    );
    return exitCodes.done;
  });
}

const csvTitles = [
  'id,name,kind,confidence,sender,party,decision,messages,rows,sources,dkim,spf,both,dkim_strict,spf_strict',
  'rhythm,next_expected,first,last,purpose,domains',
].flatMap((names) => names.split(','));

function csvCells(stream: MailStream): CsvCell[] {
  const told = toldStream(stream);
  const { legs } = stream;
  return [
    told.id,
    told.name,
    told.kind,
    told.confidence,
    told.sender,
    told.party,
    told.decision,
    told.messages,
    told.rows,
    told.sources,
    legs.both + legs.dkimOnly,
    legs.both + legs.spfOnly,
    legs.both,
    legs.dkimStrict,
    legs.spfStrict,
    told.rhythm.every,
    told.rhythm.nextExpected,
    told.first,
    told.last,
    told.purpose?.text ?? null,
    told.authorDomains.join(' '),
  ];
}

async function showStream(organisation: Organisation, name: string, options: StreamsOptions): Promise<number> {
  if (options.csv === true)
    throw new UsageError('--csv is for lists', 'zegel sources --stream STREAM --csv lists its addresses');
  const { register, memory } = organisation;
  const inventory = await organisation.inventory({ withoutReverse: options.withoutReverse === true });
  const known = register.streams.load();
  const stream = shownStream(name, inventory.streams, known);
  const detail = await streamDetail(inventory, memory.history, inventory.streams.indexOf(stream));
  const book = new DecisionBook(register.decisions.list(), { descent: streamDescent(known) });
  const decisions = book.history(stream.id);
  const owner = known.find(({ id }) => id === stream.id)?.party;
  const party = register.parties.list().find(({ id, name: called }) => id === owner || called === stream.party);
  if (options.json === true) {
    const language = styleOf(options).language ?? 'en';
    const told = {
      ...toldStream(stream),
      decided: Object.fromEntries(detail.decided.map(({ verdict, messages }) => [verdict, messages])),
      decisions: decisions.map(plainDecision),
      weeks: detail.weeks,
      firstWeek: dayText(detail.firstWeek),
      sourceList: detail.sources.map((line) => toldSource(line, inventory)),
      howToAlign:
        detail.sender === undefined
          ? null
          : {
              spf: detail.sender.align.spf,
              dkim: detail.sender.align.dkim,
              how: detail.sender.align.how[language],
              sources: detail.sender.sources,
            },
    };
    await writeLines([JSON.stringify(told)]);
  } else {
    const style = styleOf(options);
    const limit = options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
    const about = (line: (typeof detail.sources)[number]) => describedSource(line.source, inventory);
    await writeLines(streamText({ detail, decisions, party, about }, style, { limit }));
  }
  return exitCodes.done;
}
