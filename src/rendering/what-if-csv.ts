import type { Fate, Grouping, WhatIf } from '../protection/simulation/what-if/index.ts';
import { csvLines } from './csv.ts';
import type { CsvCell } from './csv.ts';

const columns = [
  'messages,before_delivered,before_quarantined,before_rejected,after_delivered,after_quarantined,after_rejected',
  'delivered_least,delivered_most,quarantined_least,quarantined_most,rejected_least,rejected_most',
  'lost,lost_least,lost_most,regained,regained_least,regained_most',
].flatMap((names) => names.split(','));

function cellsOf({ messages, before, after, range, lost, regained }: Fate): CsvCell[] {
  return [
    messages,
    before.delivered,
    before.quarantined,
    before.rejected,
    after.delivered,
    after.quarantined,
    after.rejected,
    ...range.delivered,
    ...range.quarantined,
    ...range.rejected,
    lost.expected,
    lost.least,
    lost.most,
    regained.expected,
    regained.least,
    regained.most,
  ];
}

/** The streams of a what-if, one a line; or, by something else, that list. Columns only ever get added, at the end. */
export function whatIfCsv(answer: WhatIf, by: Grouping | undefined): Generator<string> {
  if (by !== undefined) {
    const list = answer.by[by] ?? [];
    return csvLines(
      [by, ...columns],
      list.values().map((each): CsvCell[] => [each.key, ...cellsOf(each)]),
    );
  }
  return csvLines(
    ['id', 'name', 'kind', 'decision', 'party', 'sender', ...columns, 'both', 'dkim_only', 'spf_only', 'neither'],
    answer.streams
      .values()
      .map((stream): CsvCell[] => [
        stream.id,
        stream.name,
        stream.kind,
        stream.decision,
        stream.party,
        stream.sender,
        ...cellsOf(stream),
        stream.legs.both,
        stream.legs.dkimOnly,
        stream.legs.spfOnly,
        stream.legs.neither,
      ]),
  );
}
