import type { Problem } from '../../standards/problem.ts';
import type { DocumentRecord, Standing } from './archive.ts';
import { settle } from './identity.ts';
import type { Settlement } from './identity.ts';

// Whether a report may count: who wrote it, as far as that can be known, and what a person said of it. Where it cannot be known,
// it counts: a folder of files tells nothing of who wrote them.

/** A document of a report that could be read. */
export type Copy = DocumentRecord & Required<Pick<DocumentRecord, 'key' | 'summary'>>;

/**
 * Why a report is to be set apart; `undefined` when it may count.
 *
 * @param end the end of its period, in seconds
 * @param authenticSince the end of the earliest report of the same reporter that was found authentic, if one was
 */
export function reasonToSetApart(
  { authenticity, decided }: Standing,
  end: number,
  authenticSince: number | undefined,
): readonly Problem[] | undefined {
  if (decided === 'count') return undefined;
  if (decided === 'set-apart') return [{ code: 'ingestion/set-apart-by-hand' }];
  if (authenticity === undefined) return undefined;
  const { result, reason, reporter, lack } = authenticity;
  const notAuthentic = { code: 'ingestion/not-authentic' };
  if (result === 'refuted') return [notAuthentic, reason];
  if (result !== 'unproven' || authenticSince === undefined || lack === undefined || lack === 'open') return undefined;
  if (lack === 'later' && end < authenticSince) return undefined;
  return [notAuthentic, reason, { code: 'ingestion/reporter-signs', values: { reporter } }];
}

/**
 * The same of a TLS report. RFC 8460 §3: one that came by mail without its reporter's signature must be ignored, whatever others of that
 * reporter have. A key that is gone by now says nothing.
 */
export function reasonToSetTlsApart({ authenticity, decided }: Standing): readonly Problem[] | undefined {
  if (decided === 'count') return undefined;
  if (decided === 'set-apart') return [{ code: 'ingestion/set-apart-by-hand' }];
  if (authenticity === undefined) return undefined;
  const { result, reason, lack } = authenticity;
  const isUnsigned = result === 'unproven' && lack === 'missing';
  return result === 'refuted' || isUnsigned ? [{ code: 'ingestion/not-authentic' }, reason] : undefined;
}

/** Which of the copies of a report counts, and what becomes of the others. */
export interface Grouping {
  readonly counts?: Copy;
  readonly others: readonly { readonly copy: Copy; readonly settlement: Settlement }[];
}

/**
 * Settles all copies of a report anew, as if they had come one after the other: those that may count, oldest first. One that a
 * person wants to count does, the last of several.
 */
export function regroup(copies: readonly Copy[]): Grouping {
  const wanted = copies.findLast((copy) => copy.decided === 'count');
  const ordered = wanted === undefined ? copies : [wanted, ...copies.filter((copy) => copy !== wanted)];
  let counts: Copy | undefined;
  const others = new Map<Copy, Settlement>();
  for (const copy of ordered) {
    if (counts === undefined) {
      counts = copy;
      continue;
    }
    const settlement = settle(
      {
        key: copy.key,
        summary: copy.summary,
        road: copy.original.road,
        ...(copy.authenticatedAs === undefined ? {} : { authenticatedAs: copy.authenticatedAs }),
      },
      [{ ...counts, state: 'counted' }],
    );
    if (settlement.state !== 'counted') others.set(copy, settlement);
    else if ('replaces' in settlement && wanted === undefined) {
      others.set(counts, settlement);
      counts = copy;
    } else if ('problem' in settlement) {
      others.set(copy, { state: 'conflict', other: counts.id, closes: [], problem: settlement.problem });
    }
  }
  return {
    ...(counts === undefined ? {} : { counts }),
    others: [...others].map(([copy, settlement]) => ({ copy, settlement })),
  };
}
