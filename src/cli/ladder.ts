import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import { dayText } from '../protection/assessment/index.ts';
import { rungs } from '../protection/plan/index.ts';
import type { Gate } from '../protection/plan/readiness/index.ts';
import { shutText } from '../rendering/gate-phrases.ts';
import { speech } from '../rendering/speech.ts';
import { ladderText, whenText } from '../rendering/terminal/index.ts';
import { toldWhen } from '../rendering/when-phrases.ts';
import type { ToldWhen } from '../rendering/when-phrases.ts';
import { thresholdsOf } from '../protection/plan/readiness/index.ts';
import { streamSightings, unseenEstimate } from '../protection/plan/unseen/index.ts';
import { whenOf } from '../protection/plan/tasks/index.ts';
import { countOption, today } from './arguments.ts';
import { ageOf } from './gate.ts';
import { checkListOptions, styleOf, withListOptions, writeList } from './list-options.ts';
import type { ListOptions } from './list-options.ts';
import { opened } from './organisation.ts';
import { readinessOf } from './readiness.ts';
import { UsageError, exitCodes, note, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { workOf } from './work.ts';
import { withWorldOptions } from './world.ts';
import type { WorldOptions } from './world.ts';

interface LadderOptions extends ListOptions, WorldOptions {
  readonly when?: boolean;
  readonly html?: string;
}

const sorts = ['gate', 'domain', 'rung', 'held', 'messages'];

/** `zegel ladder`: where every domain stands, and what comes next. */
export function ladderCommand(finished: Finished): Command {
  return withWorldOptions(withListOptions(new Command('ladder'), sorts))
    .summary('where every domain stands on the way to reject, and which gates are open')
    .description(
      `Lists the domains of the portfolio with the rung each stands on and for how many days (+: or longer), whether the gate to the next is open,
sp and np beside it (sp= it is set, sp it may be set, (sp) its gate is shut), and what shuts the gate in a few words. A role with ? is proposed; a person says
what a domain is for (zegel domains role).

With --json one line a domain, as zegel gate --json says it. With --when it forecasts instead: from how many streams were closed in the last twelve
weeks, when each domain may reach its last rung, with a range of eight in ten; and how many streams there may be that no report has shown yet,
which never opens a gate. --when --json is one document; docs/guide/ladder.md describes both.`,
    )
    .option(
      '--when',
      'when domains may reach their last rung, how the work goes down, and what may not have been seen yet',
    )
    .option(
      '--html <file>',
      'also write where the portfolio stands, when, why and what to do first, as one self-contained page',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ zegel ladder
  $ zegel ladder --when
  $ zegel ladder --html ladder.html             a page to send to somebody
  $ zegel ladder --sort messages --all
  $ zegel gate example.com`,
    )
    .action(async (options: LadderOptions) => finished(await (options.when === true ? when(options) : run(options))));
}

/** What can be gone on with first, then what is shut, then what is there. */
const gateOrder: readonly Gate['gate'][] = ['open', 'shut', 'end'];

const height = ({ rung }: Gate): number => (rung === null ? -1 : rungs.indexOf(rung));
const byName = (a: Gate, b: Gate): number => (a.domain < b.domain ? -1 : 1);

const orders: Readonly<Record<string, (a: Gate, b: Gate) => number>> = {
  gate: (a, b) =>
    gateOrder.indexOf(a.gate) - gateOrder.indexOf(b.gate) || b.evidence.messages - a.evidence.messages || byName(a, b),
  domain: byName,
  rung: (a, b) => height(a) - height(b) || byName(a, b),
  held: (a, b) => (b.held?.days ?? -1) - (a.held?.days ?? -1) || byName(a, b),
  messages: (a, b) => b.evidence.messages - a.evidence.messages || byName(a, b),
};

function run(options: LadderOptions): Promise<number> {
  checkListOptions(options, sorts);
  return opened({ ...options, wanted: false }, async (organisation) => {
    const work = options.html === undefined ? undefined : await workOf(organisation, options);
    const { gates } = work?.readiness ?? (await readinessOf(organisation, { world: options }));
    if (work !== undefined) await writePage(work, await tellWhen(organisation, work), options);
    const words = speech(options.language === 'nl' ? 'nl' : 'en');
    const age = gates[0] === undefined ? 0 : ageOf(gates[0].asOf);
    if (age > 14) note(words.say('gate-old', { day: gates[0]!.asOf, days: words.integer(age) }));
    await writeList(
      {
        lines: gates,
        sorts: orders,
        json: (gate) => gate,
        csv: {
          titles: [
            'domain',
            'role',
            'role decided',
            'rung',
            'since',
            'days',
            'next',
            'gate',
            'opens',
            'sp',
            'np',
            'messages',
            'wanted messages',
            'what shuts it',
          ],
          cells: (gate) => [
            gate.domain,
            gate.role.role,
            gate.role.isDecided ? 'yes' : 'no',
            gate.rung ?? '',
            gate.held?.since ?? '',
            gate.held?.days ?? '',
            gate.next ?? '',
            gate.gate,
            gate.opens ?? '',
            gate.beside.sp.gate,
            gate.beside.np.gate,
            gate.evidence.messages,
            gate.evidence.wantedMessages,
            shutText(gate, words),
          ],
        },
        text: ladderText,
      },
      options,
    );
    return exitCodes.done;
  });
}

/** The forecast as one document. */
function when(options: LadderOptions): Promise<number> {
  checkListOptions(options, sorts);
  if (options.csv === true) throw new UsageError('--when has no --csv', 'give --json');
  const limit = options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
  return opened({ ...options, wanted: false }, async (organisation) => {
    const work = await workOf(organisation, options);
    const told = await tellWhen(organisation, work);
    if (options.html !== undefined) await writePage(work, told, options);
    if (options.json === true) await write(`${JSON.stringify(told)}\n`);
    else await writeLines(whenText(told, styleOf(options), limit));
    return exitCodes.done;
  });
}

type Work = Awaited<ReturnType<typeof workOf>>;

/** When the domains may be there, and what may not have been seen. */
async function tellWhen({ register, memory }: Organisation, { tasks, readiness }: Work): Promise<ToldWhen> {
  const found = whenOf(readiness, tasks, register.decisions.list(), (domain) =>
    thresholdsOf((name) => register.setting(name), domain),
  );
  const { sightings, units } = await streamSightings(memory.history, readiness.whole.inventory);
  const { first, last } = readiness.whole.inventory.period;
  return toldWhen(found, { ...unseenEstimate(sightings, units), weeks: units }, readiness.asOf, { first, last });
}

async function writePage({ readiness, tasks }: Work, when: ToldWhen, options: LadderOptions): Promise<void> {
  const file = options.html!;
  const { ladderPage } = await import('../rendering/html/index.ts');
  const page = ladderPage(
    {
      gates: readiness.gates.toSorted(orders[options.sort ?? 'gate']),
      when,
      tasks: tasks.filter(({ state }) => state !== 'closed'),
    },
    { language: options.language === 'nl' ? 'nl' : 'en', today: dayText(today()), ageDays: ageOf(when.asOf) },
  );
  writeFileSync(file, page);
  note(`wrote ${file}`);
}
