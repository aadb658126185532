import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import { narrowingOf } from '../protection/inventory/decisions/index.ts';
import type { StreamIdentity } from '../protection/inventory/registry/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { collect } from './arguments.ts';
import type { CommonOptions } from './arguments.ts';
import { withData } from './list-options.ts';
import { opened } from './organisation.ts';
import { personOf } from './person.ts';
import { chosenStream } from './stream-choice.ts';
import { UsageError, exitCodes, note, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';

interface EditOptions extends CommonOptions {
  readonly who?: string;
  readonly source?: string[];
  readonly domain?: string[];
  readonly key?: string[];
  readonly name?: string;
  readonly keys?: boolean;
}

/** `zegel streams rename|split|merge|unsplit|unmerge`: what persons say of which mail is one stream. It sticks, whatever is found later. */
export function streamSubcommands(finished: Finished): Command[] {
  const act = (work: () => Promise<number>): Promise<void> => work().then(finished);
  const described = (command: Command): Command =>
    withData(command).option('--who <name>', 'who says so (default: who runs the command)');
  return [
    described(
      new Command('rename').summary('name a stream').argument('<stream>').argument('<name>', '- takes the name back'),
    ).action((stream: string, name: string, _: unknown, self: Command) =>
      act(() => rename(stream, name, self.optsWithGlobals())),
    ),
    described(
      new Command('split')
        .summary('make a part of a stream one of its own')
        .description(
          `Takes a part out of a stream: the mail of some addresses or networks, of some author domains, or of some of its set-ups (--keys lists
these). Of several kinds all must hold, of one kind any. The part has what was decided of the stream until now.`,
        )
        .argument('<stream>')
        .argument('[name]', 'what the part is called'),
    )
      .option('--source <address>', 'an address or network of it; may be given several times', collect)
      .option('--domain <name>', 'an author domain of it; may be given several times', collect)
      .option('--key <key>', 'a set-up of it; may be given several times', collect)
      .option('--keys', 'list the set-ups of the stream instead')
      .action((stream: string, name: string | undefined, _: unknown, self: Command) =>
        act(() => split(stream, name, self.optsWithGlobals())),
      ),
    described(
      new Command('merge')
        .summary('make streams part of another one, decisions and all')
        .argument('<stream...>', 'the streams, and last the one they become part of'),
    ).action((streams: string[], _: unknown, self: Command) => act(() => merge(streams, self.optsWithGlobals()))),
    described(
      new Command('unmerge').summary('take a merge back').argument('<id>', 'the id of the stream that was merged'),
    ).action((id: string, _: unknown, self: Command) => act(() => unmerge(id, self.optsWithGlobals()))),
    described(
      new Command('unsplit').summary('put a part back into the stream it was taken out of').argument('<stream>'),
    ).action((stream: string, _: unknown, self: Command) => act(() => unsplit(stream, self.optsWithGlobals()))),
  ];
}

/** Opens the register with the streams that stand for themselves. */
function onStreams(
  options: EditOptions,
  work: (
    streams: Organisation['register']['streams'],
    choose: (text: string) => StreamIdentity,
    who: string,
  ) => Promise<void> | void,
): Promise<number> {
  return opened({ ...options, wanted: false }, async ({ register }) => {
    const known = register.streams.load();
    const standing = known.filter(({ mergedInto }) => mergedInto === null);
    await work(register.streams, (text) => chosenStream(text, standing, known), personOf(options.who));
    return exitCodes.done;
  });
}

function rename(text: string, name: string, options: EditOptions): Promise<number> {
  const wanted = name.trim();
  if (wanted === '') throw new UsageError('a stream needs a name', '- takes back the name it was given');
  return onStreams(options, (streams, choose, who) => {
    const stream = choose(text);
    streams.rename(stream.id, wanted === '-' ? undefined : wanted, who);
    note(
      wanted === '-'
        ? `${stream.id} goes by what is found of it again`
        : safeText(`${stream.id} is called ${wanted}`, 300),
    );
  });
}

function split(text: string, name: string | undefined, options: EditOptions): Promise<number> {
  const { narrow, problems } = narrowingOf(options.source ?? [], options.domain ?? []);
  const [problem] = problems;
  if (problem !== undefined)
    throw new UsageError(
      safeText(
        `${String(problem.values?.['source'] ?? problem.values?.['domain'])} is no address, network or domain`,
        200,
      ),
    );
  const keys = options.key ?? [];
  return onStreams(options, async (streams, choose, who) => {
    const stream = choose(text);
    if (options.keys === true) return writeLines(stream.keys.map((key) => safeText(key, 1000)));
    const strange = keys.filter((key) => !stream.keys.includes(key));
    if (strange.length > 0)
      throw new UsageError(
        safeText(`${strange.join(', ')} is no set-up of ${stream.id}`, 300),
        `zegel streams split ${stream.id} --keys lists them`,
      );
    if (
      keys.length > 0 &&
      keys.length === stream.keys.length &&
      narrow.sources.length + narrow.authorDomains.length === 0
    )
      throw new UsageError(`${stream.id} has no other set-ups`, 'what is taken out must leave something');
    const id = streams.split({ of: stream.id, name: name?.trim() || `part of ${stream.name}`, keys, ...narrow }, who);
    if (id === undefined) throw new UsageError('nothing says what the part is', 'give --source, --domain or --key');
    note(safeText(`${id} is a stream of its own, taken out of ${stream.name}`, 300));
    await writeLines([id]);
  });
}

function merge(texts: readonly string[], options: EditOptions): Promise<number> {
  if (texts.length < 2)
    throw new UsageError('two streams or more are needed', 'the last is the one the others become part of');
  return onStreams(options, (streams, choose, who) => {
    const chosen = texts.map(choose);
    const into = chosen.at(-1)!;
    const merged = streams.merge(chosen.slice(0, -1).map(({ id }) => id), into.id, who); // prettier-ignore
    note(safeText(`${merged.length} merged into ${into.name} (${into.id})`, 300));
  });
}

function unmerge(id: string, options: EditOptions): Promise<number> {
  return onStreams(options, (streams, _, who) => {
    if (!streams.unmerge(id, who))
      throw new UsageError(
        `${safeText(id, 80)} is not merged into another stream`,
        'zegel streams NAME shows what was merged',
      );
    note(`${id} is a stream of its own again`);
  });
}

function unsplit(text: string, options: EditOptions): Promise<number> {
  return onStreams(options, (streams, choose, who) => {
    const { id } = choose(text);
    if (!streams.unsplit(id, who)) throw new UsageError(`${id} was not split off from another stream`);
    note(`${id} is part of what it was taken out of again`);
  });
}
