import { Command } from 'commander';
import type { Organisation } from '../app.ts';
import { thresholdsOf } from '../protection/plan/readiness/index.ts';
import type { Readiness } from '../protection/plan/readiness/index.ts';
import { workList } from '../protection/plan/work/index.ts';
import type { KnownRecords, WorkList } from '../protection/plan/work/index.ts';
import type { Inventory } from '../protection/inventory/index.ts';
import { withListOptions } from './list-options.ts';
import type { ListOptions } from './list-options.ts';
import { opened } from './organisation.ts';
import { readinessOf } from './readiness.ts';
import { exitCodes, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { withWorldOptions } from './world.ts';
import type { WorldOptions } from './world.ts';

/** `zegel work`: what is to be done, by whom, and what the mail says of it. */
export function workCommand(finished: Finished): Command {
  return withWorldOptions(withListOptions(new Command('work'), ['priority']))
    .summary('the work list')
    .action(async (options: ListOptions & WorldOptions) => finished(await list(options)));
}

function list(options: ListOptions & WorldOptions): Promise<number> {
  return opened({ ...options, wanted: false }, async (organisation) => {
    const { tasks } = await workOf(organisation, options);
    await writeLines(tasks.map((task) => JSON.stringify(task)));
    return exitCodes.done;
  });
}

/** The work list of an organisation; what is kept of its tasks is brought up to date. */
export async function workOf(
  organisation: Organisation,
  world: WorldOptions,
): Promise<WorkList & { readonly readiness: Readiness }> {
  const { register } = organisation;
  const inventory = await organisation.inventory();
  const readiness = await readinessOf(organisation, { world, inventory });
  const found = workList({
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
  register.plans.keepTasks(found.keep);
  return { ...found, readiness };
}

/** What was kept of the DNS, for the records that tasks want. */
function recordsKept(
  { snapshots }: Organisation['register'],
  { combinations, streamOf, dictionaries }: Inventory,
): KnownRecords {
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
      const found = new Set<string>();
      for (let row = 0; row < combinations.length && found.size <= 50; row++) {
        if (streamOf[row] !== stream) continue;
        const address = dictionaries.address(combinations.source[row]!);
        if (address !== undefined) found.add(address);
      }
      return [...found].sort();
    },
  };
}
