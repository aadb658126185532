import { readFileSync } from 'node:fs';
import type { Organisation } from '../app.ts';
import {
  DecisionBook,
  parseBulk,
  partKey,
  partsSeen,
  plainDecision,
  saysAlready,
} from '../protection/inventory/decisions/index.ts';
import type { Decision, Narrowing } from '../protection/inventory/decisions/index.ts';
import { kinds } from '../protection/inventory/index.ts';
import type { DecisionVerdict, Inventory, MailStream } from '../protection/inventory/index.ts';
import { streamDescent } from '../protection/inventory/registry/index.ts';
import { foldedName } from '../protection/inventory/parties/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { decidedText, partText } from '../rendering/terminal/index.ts';
import type { DecidedLine } from '../rendering/terminal/index.ts';
import { lineProblem } from '../protection/inventory/decisions/index.ts';
import type { Problem } from '../standards/problem.ts';
import { countOption } from './arguments.ts';
import type { DecideCommandOptions } from './decide-options.ts';
import { styleOf } from './list-options.ts';
import { sayProblems } from './problems.ts';
import { chooseStream, chosenStream } from './stream-choice.ts';
import { UsageError, exitCodes, note, writeLines } from './terminal.ts';

/** What is to be decided, of whatever streams. `party`: a name. */
export interface Decided {
  readonly verdict: DecisionVerdict;
  readonly why: string;
  readonly party: string | undefined;
  readonly narrow: Narrowing;
}

/** The same of one stream, by its place. */
interface Planned extends Decided {
  readonly stream: number;
}

/** Decides on streams that were named. */
export async function decideOn(
  organisation: Organisation,
  names: readonly string[],
  wanted: Decided,
  options: DecideCommandOptions,
  who: string,
): Promise<number> {
  const inventory = await organisation.inventory();
  const known = organisation.register.streams.load();
  const chosen = new Set(names.map((name) => inventory.streams.indexOf(chosenStream(name, inventory.streams, known))));
  const planned = [...chosen].map((stream) => ({ ...wanted, stream }));
  const plan = prepared(organisation, inventory, planned);
  for (const { line } of plan) {
    if (line.sources === 0 && wanted.narrow.authorDomains.length > 0)
      throw new UsageError(
        `${safeText(line.name, 80)} has no mail of ${safeText(line.part, 200)}`,
        'zegel streams NAME shows its author domains',
      );
    if (line.sources === 0 && wanted.narrow.sources.length > 0)
      note(safeText(`nothing of ${line.name} comes from ${line.part} so far`, 300));
  }
  return make(organisation, plan, options, who);
}

/** Decides on every stream that the filters choose; without --yes it shows which those are. */
export async function decideByFilter(
  organisation: Organisation,
  wanted: Decided,
  options: DecideCommandOptions,
  who: string,
): Promise<number> {
  const kind = kinds.find((each) => each === options.kind);
  if (options.kind !== undefined && kind === undefined)
    throw new UsageError(`--kind ${options.kind} is not known`, `give one of: ${kinds.join(', ')}`);
  const least = shareOption(options.confidence);
  const sender = options.sender === undefined ? undefined : foldedName(options.sender);
  const inventory = await organisation.inventory();
  const book = new DecisionBook(organisation.register.decisions.list(), {
    descent: streamDescent(organisation.register.streams.load()),
  });
  const chosen = inventory.streams.flatMap((stream, place) =>
    (kind === undefined || stream.kind === kind) &&
    stream.confidence >= least &&
    (sender === undefined || isOfSender(stream, sender)) &&
    (options.again === true || isUndecided(stream, book))
      ? [place]
      : [],
  );
  const plan = prepared(organisation, inventory, chosen.map((stream) => ({ ...wanted, stream }))); // prettier-ignore
  if (options.yes === true) return make(organisation, plan, options, who);
  await show(plan, options);
  if (plan.length === 0) {
    note('no stream is chosen by this');
    return exitCodes.done;
  }
  note(`${counted(plan.length)} would be decided on; nothing is decided yet: say it with --yes`);
  return exitCodes.failed;
}

/** Decides by a list, all of it or nothing. What is decided so already is passed over, so that a list may be given twice. */
export async function decideFromFile(
  organisation: Organisation,
  options: DecideCommandOptions,
  who: string,
): Promise<number> {
  const file = options.from ?? '-';
  const { lines, problems } = parseBulk(readFileSync(file === '-' ? 0 : file, 'utf8'));
  const inventory = await organisation.inventory();
  const known = organisation.register.streams.load();
  const amiss: Problem[] = [...problems];
  const planned: Planned[] = [];
  const before = new Map<string, number>();
  for (const { line, stream, party, ...said } of lines) {
    const choice = chooseStream(stream, inventory.streams, known);
    if ('several' in choice)
      amiss.push(
        lineProblem('decisions/several-streams', line, { stream, ids: choice.several.map(({ id }) => id).join(', ') }),
      );
    else if ('none' in choice) amiss.push(lineProblem('decisions/unknown-stream', line, { stream }));
    else {
      const key = partKey(choice.one.id, said.narrow);
      const first = before.get(key);
      if (first !== undefined) amiss.push(lineProblem('decisions/twice', line, { first }));
      before.set(key, line);
      if (party !== undefined && organisation.register.parties.named(party) === undefined)
        amiss.push(lineProblem('decisions/unknown-party', line, { party }));
      planned.push({ ...said, party, stream: inventory.streams.indexOf(choice.one) });
    }
  }
  if (amiss.length > 0) {
    sayProblems(file, amiss);
    throw new UsageError('nothing was decided', 'mend the list and give it again');
  }
  const plan = prepared(organisation, inventory, planned);
  const standing = new Map<string, Decision>();
  for (const decision of organisation.register.decisions.list())
    if (decision.undone === undefined) standing.set(partKey(decision.stream, decision.narrow), decision);
  const fresh = plan.filter(
    ({ entry, partyId, stream }) =>
      !saysAlready(standing.get(partKey(entry.stream, entry.narrow)), entry) ||
      (partyId !== undefined && known.find(({ id }) => id === stream.id)?.party !== partyId),
  );
  if (fresh.length < plan.length) note(`${counted(plan.length - fresh.length)} decided so already`);
  return fresh.length === 0 ? exitCodes.done : make(organisation, fresh, options, who);
}

type Plan = ReturnType<typeof prepared>;

/** What would be kept of decisions, and how each is shown. */
function prepared(organisation: Organisation, inventory: Inventory, planned: readonly Planned[]) {
  const seen = partsSeen(inventory, planned);
  const ids = new Map<string, string>();
  const partyIdOf = (name: string | undefined): string | undefined => {
    if (name === undefined) return undefined;
    const known = ids.get(name) ?? organisation.register.parties.named(name)?.id;
    if (known === undefined)
      throw new UsageError(
        `no party is called ${safeText(name, 100)}`,
        'zegel parties lists them; zegel parties add NAME',
      );
    ids.set(name, known);
    return known;
  };
  return planned.map(({ verdict, why, narrow, party, stream: place }, at) => {
    const stream = inventory.streams[place]!;
    const { anchor, messages } = seen[at]!;
    const line: DecidedLine = {
      id: stream.id,
      name: stream.name,
      verdict,
      part: partText(narrow.sources, narrow.authorDomains),
      messages,
      sources: anchor.sources.size,
      kind: stream.kind,
      confidence: stream.confidence,
    };
    return { entry: { stream: stream.id, verdict, why, narrow, anchor }, partyId: partyIdOf(party), stream, line };
  });
}

/** Makes the decisions, and says which. */
async function make(
  { register }: Organisation,
  plan: Plan,
  options: DecideCommandOptions,
  who: string,
): Promise<number> {
  const made = register.decisions.make(
    plan.map(({ entry, partyId }) => ({ ...entry, ...(partyId === undefined ? {} : { party: partyId }) })),
    who,
  );
  if (options.json === true) {
    await writeLines(
      made.map((decision, at) =>
        JSON.stringify({ ...plainDecision(decision), name: plan[at]!.line.name, messages: plan[at]!.line.messages }),
      ),
    );
  } else await show(plan, options);
  note(`${counted(made.length)} decided on by ${safeText(who, 60)}; zegel decide --undo takes it back`);
  return exitCodes.done;
}

async function show(plan: Plan, options: DecideCommandOptions): Promise<void> {
  const lines = plan.map(({ line }) => line);
  if (options.json === true) await writeLines(lines.map((line) => JSON.stringify({ ...line, decided: false })));
  else if (lines.length > 0) {
    const limit = options.all === true ? Infinity : (countOption(options.limit, '--limit') ?? 20);
    await writeLines(decidedText(lines, styleOf(options), limit));
  }
}

function counted(count: number): string {
  return count === 1 ? '1 stream or part' : `${count} streams or parts`;
}

function isUndecided(stream: MailStream, book: DecisionBook): boolean {
  return (book.ofStream(stream.id)?.verdict ?? stream.decision) === 'undecided';
}

function isOfSender(stream: MailStream, sender: string): boolean {
  return [stream.sender, stream.senderId].some((name) => name !== null && foldedName(name) === sender);
}

function shareOption(text: string | undefined): number {
  if (text === undefined) return 0;
  const share = /^(?:0|1|0?\.\d{1,6}|1\.0{1,6})$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(share)) throw new UsageError(`--confidence ${safeText(text, 30)} is no share`, 'give one as 0.95');
  return share;
}
