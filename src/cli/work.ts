import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import type { Inventory, TakenInventory } from '../protection/inventory/index.ts';
import { thresholdsOf } from '../protection/plan/readiness/index.ts';
import type { Readiness } from '../protection/plan/readiness/index.ts';
import { actions, isAbout, workList } from '../protection/plan/tasks/index.ts';
import type { KnownRecords, Task, WorkList } from '../protection/plan/tasks/index.ts';
import { dayText } from '../protection/assessment/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { taskText, workSummary, workText } from '../rendering/terminal/index.ts';
import { letterHtml, letterMarkdown } from '../rendering/work-letter.ts';
import { domainName } from '../standards/dns/index.ts';
import { dayOption, domainOption } from './arguments.ts';
import { checkListOptions, styleOf, withData, withListOptions, writeList } from './list-options.ts';
import type { ListOptions } from './list-options.ts';
import { opened } from './organisation.ts';
import { personOf } from './person.ts';
import { readinessOf } from './readiness.ts';
import { UsageError, exitCodes, note, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { withWorldOptions } from './world.ts';
import type { WorldOptions } from './world.ts';

interface WorkCommandOptions extends ListOptions, WorldOptions {
  readonly owner?: string;
  readonly party?: string;
  readonly action?: string;
  readonly domain?: string;
  readonly done?: boolean;
  readonly by?: string;
  readonly note?: string;
  readonly who?: string;
  readonly undo?: boolean;
  readonly html?: boolean;
  readonly to?: string;
}

const sorts = ['priority', 'owner', 'deadline', 'messages', 'stream'];

/** `zegel work`: what is to be done, by whom, and what the mail says of it. */
export function workCommand(finished: Finished): Command {
  const act = (work: () => Promise<number>): Promise<void> => work().then(finished);
  const who = ['--who <name>', 'who says so (default: who runs the command)'] as const;
  const choosing = (command: Command): Command =>
    command
      .option(
        '--owner <name>',
        'only tasks of this owner, or of this party where nobody was named; - for those that have neither',
      )
      .option('--party <name>', 'only tasks of this party')
      .option('--action <what>', `only tasks of this kind: ${actions.join(', ')}`)
      .option('--domain <name>', 'only tasks about this domain or one below it');
  const command = choosing(withWorldOptions(withListOptions(new Command('work'), sorts)))
    .summary('the work list: what to do about each stream, by whom, how soon; the mail says when it is done')
    .description(
      `Lists what has to be done so that no wanted mail is lost, the most urgent first: decide on streams, let them sign, align SPF, move to the relay or
to a name that exists, merge, replace, stop. With TASK (an id) it shows one, with what to do at its sender and the records. The mail closes a task,
and opens it again if the stream slips back; every look keeps what it found.

With --json one line a task; docs/guide/work.md describes it.`,
    )
    .argument('[task]', 'one task, by its id')
    .option('--done', 'those that are done, too')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel work
  $ zegel work mailgun-s2ye:sign
  $ zegel work assign mailgun-s2ye:sign "M. de Vries" --by 2026-06-01
  $ zegel work done mailgun-s2ye:sign
  $ zegel work letter --owner "M. de Vries" --language nl > letter.md`,
    )
    .action((id: string | undefined, options: WorkCommandOptions) => act(() => list(id, options)));
  const subs = [
    withData(new Command('assign').summary('say who is to do tasks, and by when'))
      .argument('<task>')
      .argument('[owner]', '- for nobody')
      .option('--by <day>', 'by when: 2026-06-01; - takes it back')
      .option('--note <text>', 'a note')
      .option(...who)
      .action((id: string, owner: string | undefined, _: unknown, self: Command) =>
        act(() => assign(id, owner, self.optsWithGlobals())),
      ),
    withWorldOptions(withData(new Command('done').summary('say that tasks are done, and see whether the mail agrees')))
      .argument('<task...>')
      .option('--undo', 'take it back')
      .option(...who)
      .action((ids: string[], _: unknown, self: Command) => act(() => done(ids, self.optsWithGlobals()))),
    choosing(withWorldOptions(withData(new Command('letter').summary('write the open tasks of an owner as a letter'))))
      .option('--html', 'as HTML; as Markdown when not given')
      .option('--to <name>', 'who it is to (default: the owner)')
      .option('--language <code>', 'en or nl', 'en')
      .option(...who)
      .action((_: unknown, self: Command) => act(() => letter(self.optsWithGlobals()))),
  ];
  for (const sub of subs) command.addCommand(sub);
  return command;
}

function chosen(tasks: readonly Task[], options: WorkCommandOptions): Task[] {
  const { owner, party, action, domain } = options;
  if (action !== undefined && !actions.some((each) => each === action))
    throw new UsageError(`--action ${safeText(action, 30)} is not known`, `give one of: ${actions.join(', ')}`);
  const name = domain === undefined ? undefined : domainName(domainOption(domain, '--domain') ?? '');
  const isSame = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();
  return tasks.filter(
    (task) =>
      (owner === undefined || isSame(ownerName(task), owner === '-' ? '' : owner)) &&
      (party === undefined || isSame(task.party?.name ?? '', party) || isSame(task.party?.id ?? '', party)) &&
      (action === undefined || task.action === action) &&
      (name === undefined || isAbout(task, name)),
  );
}

/** Whose a task is, as the list shows it: who it was given to, else the party that the stream is of. */
function ownerName({ owner, party }: Task): string {
  return owner === '' ? (party?.name ?? '') : owner;
}

function taskNamed(id: string, tasks: readonly Task[]): Task {
  const found = tasks.find((task) => task.id === id.trim());
  if (found !== undefined) return found;
  const like = tasks.filter((task) => task.id.startsWith(id.trim().split(':')[0] ?? '')).slice(0, 5);
  throw new UsageError(
    `no task is called ${safeText(id, 100)}`,
    like.length === 0 ? 'zegel work lists them' : `perhaps ${like.map((task) => task.id).join(', ')}`,
  );
}

function list(id: string | undefined, options: WorkCommandOptions): Promise<number> {
  checkListOptions(options, sorts);
  chosen([], options);
  return opened({ ...options, wanted: false }, async (organisation) => {
    const found = await workOf(organisation, options);
    if (id !== undefined) {
      const task = taskNamed(id, found.tasks);
      if (options.json === true) await write(`${JSON.stringify(task)}\n`);
      else await writeLines(taskText(task, styleOf(options)));
      return exitCodes.done;
    }
    const tasks = chosen(found.tasks, options).filter(({ state }) => options.done === true || state !== 'closed');
    if (options.json !== true && options.csv !== true)
      await writeLines(workSummary(found.tasks, found.changed, dayText(found.readiness.asOf), styleOf(options)));
    const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
    await writeList(
      {
        lines: tasks,
        sorts: {
          priority: () => 0,
          owner: (a, b) => byText(ownerName(a) || '\uFFFF', ownerName(b) || '\uFFFF'),
          deadline: (a, b) => byText(a.deadline ?? '9999', b.deadline ?? '9999'),
          messages: (a, b) => b.lacking - a.lacking,
          stream: (a, b) => byText(a.stream.name, b.stream.name),
        },
        json: (task) => task,
        csv: {
          titles: [
            'id',
            'do',
            'stream',
            'stream id',
            'sender',
            'party',
            'owner',
            'contact',
            'deadline',
            'state',
            'reopened',
            'opened',
            'said done',
            'mail',
            'points',
            'messages',
            'not in order',
            'domains',
            'records',
          ],
          cells: (task) => [
            task.id,
            task.action,
            task.stream.name,
            task.stream.id,
            task.sender.name ?? '',
            task.party?.name ?? '',
            task.owner,
            task.party?.contact ?? '',
            task.deadline ?? '',
            task.state,
            task.reopened,
            task.opened,
            task.done?.day ?? '',
            task.done?.mail ?? '',
            task.priority.points,
            task.messages,
            task.lacking,
            task.domains.map(({ domain }) => domain).join(' '),
            task.records.map(({ name, type, value }) => `${name} ${type} ${value}`).join('; '),
          ],
        },
        text: workText,
      },
      options,
    );
    return exitCodes.done;
  });
}

function assign(id: string, owner: string | undefined, options: WorkCommandOptions): Promise<number> {
  const deadline = options.by === undefined ? undefined : options.by === '-' ? null : dayOption(options.by, '--by');
  if (owner === undefined && deadline === undefined && options.note === undefined)
    throw new UsageError('nothing is said of the task', 'zegel work assign TASK "M. de Vries" --by 2026-06-01');
  return opened({ ...options, wanted: false }, ({ register }) => {
    const change = {
      ...(owner === undefined ? {} : { owner: owner === '-' ? '' : owner.trim() }),
      ...(deadline === undefined ? {} : { deadline }),
      ...(options.note === undefined ? {} : { note: options.note }),
    };
    if (!register.plans.changeTask(id.trim(), change, personOf(options.who)))
      throw new UsageError(`no task is called ${safeText(id, 100)}`, 'zegel work lists them');
    note(`${id}: kept`);
    return Promise.resolve(exitCodes.done);
  });
}

function done(ids: readonly string[], options: WorkCommandOptions): Promise<number> {
  return opened({ ...options, wanted: false }, async (organisation) => {
    const { plans } = organisation.register;
    const before = (await workOf(organisation, options)).tasks;
    for (const id of ids) taskNamed(id, before);
    for (const id of ids) plans.changeTask(id.trim(), { done: options.undo !== true }, personOf(options.who));
    if (options.undo === true) return exitCodes.done;
    const { tasks } = await workOf(organisation, options);
    for (const id of ids) {
      // What is said of the task, up to what there is to do.
      const lines = taskText(taskNamed(id, tasks), styleOf(options));
      await writeLines(lines.slice(0, lines.indexOf('')));
    }
    return exitCodes.done;
  });
}

function letter(options: WorkCommandOptions): Promise<number> {
  const language = options.language === 'nl' ? 'nl' : 'en';
  styleOf(options);
  chosen([], options);
  return opened({ ...options, wanted: false }, async (organisation) => {
    const { tasks } = await workOf(organisation, options);
    const open = chosen(tasks, options).filter(({ state }) => state === 'open');
    if (open.length === 0)
      throw new UsageError('there are no open tasks to write about', 'zegel work lists them, with their owners');
    const settings = {
      language,
      from: personOf(options.who),
      ...(options.to === undefined ? {} : { to: options.to }),
    } as const;
    await write(options.html === true ? letterHtml(open, settings) : letterMarkdown(open, settings));
    return exitCodes.done;
  });
}

/** The work list of an organisation; what is kept of its tasks is brought up to date. */
export async function workOf(
  organisation: Organisation,
  world: WorldOptions,
): Promise<WorkList & { readonly readiness: Readiness }> {
  const inventory = await organisation.inventory();
  const readiness = await readinessOf(organisation, { world, inventory });
  const found = tasksOf(organisation, readiness, inventory);
  organisation.register.plans.keepTasks(found.keep);
  return { ...found, readiness };
}

/** The tasks of a readiness, with what is kept of them; nothing new is kept. */
export function tasksOf({ register }: Organisation, readiness: Readiness, inventory: TakenInventory): WorkList {
  return workList({
    readiness,
    inventory,
    mails: readiness.mails,
    parties: register.parties.list(),
    partyOf: new Map(
      register.streams.load().flatMap(({ id, party }) => (party === null ? [] : [[id, party] as const])),
    ),
    kept: register.plans.tasks(),
    absent: readiness.absent,
    records: recordsKept(register, inventory),
    thresholdsOf: (domain) => thresholdsOf((name) => register.setting(name), domain),
  });
}

/** What was kept of the DNS, for the records that tasks want. */
function recordsKept(
  { snapshots }: Organisation['register'],
  { combinations, streamOf, dictionaries }: Inventory,
): KnownRecords {
  // More addresses than anybody would write into a record by hand are not counted.
  const enough = 50;
  let known: Map<number, Set<string>> | undefined;
  const addressesByStream = (): Map<number, Set<string>> => {
    const found = new Map<number, Set<string>>();
    for (let row = 0; row < combinations.length; row++) {
      const list = found.get(streamOf[row]!) ?? new Set<string>();
      if (list.size === 0) found.set(streamOf[row]!, list);
      const address = list.size > enough ? undefined : dictionaries.address(combinations.source[row]!);
      if (address !== undefined) list.add(address);
    }
    return found;
  };
  return {
    alias: (name) => {
      const kept = snapshots.answerAt(name, 'CNAME', Number.MAX_SAFE_INTEGER)?.answer;
      const [target] = kept?.kind === 'records' ? (kept.records as readonly string[]) : [];
      return target;
    },
    spf: (name) => {
      const kept = snapshots.answerAt(name, 'TXT', Number.MAX_SAFE_INTEGER)?.answer;
      const texts = kept?.kind === 'records' ? (kept.records as readonly (readonly string[])[]) : [];
      return texts.map((strings) => strings.join('')).find((text) => /^v=spf1(?: |$)/i.test(text));
    },
    addresses: (stream) => {
      known ??= addressesByStream();
      return [...(known.get(stream) ?? [])].sort();
    },
  };
}
