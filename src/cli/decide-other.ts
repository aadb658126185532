import { readFileSync, writeFileSync } from 'node:fs';
import { dayText } from '../protection/assessment/index.ts';
import {
  DecisionBook,
  decisionCells,
  decisionColumns,
  decisionLines,
  latestFirst,
  newSources,
  parseDecisions,
  plainDecision,
} from '../protection/inventory/decisions/index.ts';
import type { Decision, NewSource } from '../protection/inventory/decisions/index.ts';
import { streamDescent } from '../protection/inventory/registry/index.ts';
import { csvLines } from '../rendering/csv.ts';
import { safeText } from '../rendering/safe-text.ts';
import { decisionsText, newSourcesText } from '../rendering/terminal/index.ts';
import type { DecisionLine } from '../rendering/terminal/index.ts';
import type { DecideCommandOptions } from './decide-options.ts';
import { checkListOptions, writeList } from './list-options.ts';
import { opened } from './organisation.ts';
import { sayProblems } from './problems.ts';
import { chosenStream } from './stream-choice.ts';
import { UsageError, exitCodes, note, write, writeLines } from './terminal.ts';

/** Every decision there was, or those about one stream. */
export function showHistory(options: DecideCommandOptions, sorts: readonly string[]): Promise<number> {
  checkListOptions(options, sorts);
  return opened({ ...options, wanted: false }, async ({ register }) => {
    const streams = register.streams.load();
    const all = register.decisions.list();
    let decisions = all.toSorted(latestFirst);
    if (typeof options.history === 'string') {
      const standing = streams.filter(({ mergedInto }) => mergedInto === null);
      const { id } = chosenStream(options.history, standing, streams);
      decisions = new DecisionBook(all, { descent: streamDescent(streams) }).history(id);
    }
    const names = new Map(streams.map(({ id, name }) => [id, name]));
    const lines = decisions.map((decision): DecisionLine => ({
      decision,
      name: names.get(decision.stream) ?? decision.stream,
    }));
    const told = { parties: [], streams, decisions };
    const cells = new Map([...decisionCells(told)].map((row) => [row[0]!, row]));
    await writeList(
      {
        lines,
        sorts: {
          latest: (one, other) => latestFirst(one.decision, other.decision),
          stream: (one, other) => compareTexts(one.name, other.name) || latestFirst(one.decision, other.decision),
          verdict: (one, other) =>
            compareTexts(one.decision.verdict, other.decision.verdict) || latestFirst(one.decision, other.decision),
          who: (one, other) =>
            compareTexts(one.decision.who, other.decision.who) || latestFirst(one.decision, other.decision),
        },
        json: ({ decision, name }) => ({ ...plainDecision(decision), name }),
        csv: { titles: decisionColumns, cells: ({ decision }) => cells.get(decision.id) ?? [] },
        text: decisionsText,
      },
      options,
    );
    return exitCodes.done;
  });
}

/** Undoes one decision, or what the last command decided. */
export function undoDecisions(options: DecideCommandOptions, who: string): Promise<number> {
  return opened({ ...options, wanted: false }, async ({ register }) => {
    const { decisions } = register;
    let ids: string[];
    if (typeof options.undo === 'string') {
      const decision = decisions.find(options.undo);
      if (decision === undefined)
        throw new UsageError(
          `no decision has the id ${safeText(options.undo, 60)}`,
          'zegel decide --history lists them',
        );
      if (decision.undone !== undefined)
        throw new UsageError(`${decision.id} is undone already`, 'zegel decide --history shows by whom');
      ids = [decision.id];
    } else {
      ids = decisions.lastBatch().map(({ id }) => id);
      if (ids.length === 0) throw new UsageError('there is no decision to undo', 'zegel decide --history lists them');
    }
    const undone = decisions.undo(ids, who, options.why ?? '');
    const names = new Map(register.streams.load().map(({ id, name }) => [id, name]));
    await showUndone(undone, names, options);
    note(`${undone.length === 1 ? '1 decision is' : `${undone.length} decisions are`} undone`);
    return exitCodes.done;
  });
}

async function showUndone(
  undone: readonly Decision[],
  names: ReadonlyMap<string, string>,
  options: DecideCommandOptions,
): Promise<void> {
  const lines = undone.map((decision) => ({ decision, name: names.get(decision.stream) ?? decision.stream }));
  await writeList(
    {
      lines,
      sorts: {},
      json: ({ decision, name }) => ({ ...plainDecision(decision), name }),
      csv: {
        titles: ['id', 'stream', 'verdict'],
        cells: ({ decision }) => [decision.id, decision.stream, decision.verdict],
      },
      text: decisionsText,
    },
    options,
  );
}

const newSorts = ['latest', 'messages', 'stream'];

/** Sources that came to streams after these were decided on. */
export function showNew(options: DecideCommandOptions): Promise<number> {
  checkListOptions(options, ['latest', 'stream', 'verdict', 'who', 'messages']);
  if (options.sort !== undefined && !newSorts.includes(options.sort))
    throw new UsageError(`--sort ${options.sort} is not known here`, `give one of: ${newSorts.join(', ')}`);
  return opened({ ...options, wanted: false }, async (organisation) => {
    const inventory = await organisation.inventory();
    const lines = newSources(inventory, inventory.rulings).map((each) => ({
      ...each,
      name: inventory.streams[each.stream]!.name,
    }));
    type Line = NewSource & { readonly name: string };
    await writeList<Line>(
      {
        lines,
        sorts: {
          latest: () => 0,
          messages: (one, other) => other.messages - one.messages,
          stream: (one, other) => compareTexts(one.name, other.name),
        },
        json: ({ stream, source, name, decision, messages, rows, firstDay, lastDay, authorDomains }) => ({
          source: source ?? null,
          stream: inventory.streams[stream]!.id,
          name,
          verdict: decision.verdict,
          decision: decision.id,
          messages,
          rows,
          firstDay: dayText(firstDay),
          lastDay: dayText(lastDay),
          authorDomains,
        }),
        csv: {
          titles: ['source', 'stream', 'name', 'verdict', 'decision', 'messages', 'rows', 'first', 'last', 'domains'],
          cells: ({ stream, source, name, decision, messages, rows, firstDay, lastDay, authorDomains }) => [
            source ?? '',
            inventory.streams[stream]!.id,
            name,
            decision.verdict,
            decision.id,
            messages,
            rows,
            dayText(firstDay),
            dayText(lastDay),
            authorDomains.join(' '),
          ],
        },
        text: newSourcesText,
      },
      options,
    );
    return exitCodes.done;
  });
}

/** Writes everything people said, to be brought in elsewhere or again. */
export function exportDecisions(options: DecideCommandOptions): Promise<number> {
  const file = options.export ?? '-';
  return opened({ ...options, wanted: false }, async ({ register }) => {
    const told = register.decisions.told();
    const isCsv = options.csv === true || file.toLowerCase().endsWith('.csv');
    const texts = isCsv
      ? csvLines(decisionColumns, decisionCells(told))
      : decisionLines(told).map((line) => `${line}\n`);
    if (file === '-') for (const text of texts) await write(text);
    else writeFileSync(file, [...texts].join(''), { mode: 0o600 });
    note(
      `${told.decisions.length} decisions, ${isCsv ? '' : `${told.streams.length} streams and ${told.parties.length} parties `}written`,
    );
    return exitCodes.done;
  });
}

/** Brings in what was exported: all of it or nothing; a second time it changes nothing. */
export function importDecisions(options: DecideCommandOptions, who: string): Promise<number> {
  const file = options.import ?? '-';
  const reading = parseDecisions(readFileSync(file === '-' ? 0 : file, 'utf8'));
  if (!reading.ok) {
    sayProblems(file, reading.problems);
    throw new UsageError('nothing was brought in', 'give a file that zegel decide --export wrote');
  }
  return opened({ ...options, wanted: true }, async ({ register }) => {
    const brought = register.decisions.bring(reading.value, who);
    if (options.json === true) await writeLines([JSON.stringify(brought)]);
    const { added, known, undone, streams, parties } = brought;
    note(
      `${added} decisions added, ${known} known already, ${undone} undone; ${streams} streams and ${parties} parties taken over`,
    );
    return exitCodes.done;
  });
}

function compareTexts(one: string, other: string): number {
  return one.localeCompare(other, 'en');
}
