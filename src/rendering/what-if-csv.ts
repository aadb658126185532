import type { DriftStream, Fate, Grouping, WhatIf } from '../protection/simulation/what-if/index.ts';
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
  const drifted = new Map(answer.drift?.streams.map((stream) => [stream.id, stream]));
  const names = ['id', 'name', 'kind', 'decision', 'party', 'sender', ...columns];
  const drift = ['leg_lost', 'leg_lost_on_dkim', 'leg_gained', 'lost', 'lost_with_change'].map(
    (name) => `drift_${name}`,
  );
  return csvLines(
    [...names, 'both', 'dkim_only', 'spf_only', 'neither', ...drift],
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
        ...driftCells(answer, drifted.get(stream.id)),
      ]),
  );
}

/** Expected messages; empty where nothing is known of drift. */
function driftCells({ drift }: WhatIf, stream: DriftStream | undefined): CsvCell[] {
  if (drift?.kept !== true) return ['', '', '', '', ''];
  return (['legLost', 'legLostOnDkim', 'legGained', 'lost', 'lostWithChange'] as const).map(
    (name) => stream?.[name].expected ?? 0,
  );
}
