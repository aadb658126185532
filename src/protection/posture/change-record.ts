import { formatDmarcRecord, parseDmarcRecord } from '../../standards/dmarc/index.ts';
import type { DmarcRecord } from '../../standards/dmarc/index.ts';
import { txt } from './finding.ts';
import type { PublishedRecord } from './posture.ts';
import type { DmarcPosture } from './published.ts';

/** The record that governs a domain. */
export type Governing = NonNullable<DmarcPosture['record']>;

/** The record that governs, changed: the very text to publish. */
export function changed(
  record: Governing,
  change: (record: DmarcRecord) => DmarcRecord | undefined,
): readonly PublishedRecord[] | undefined {
  const reading = parseDmarcRecord(record.text);
  const next = reading.ok ? change(reading.value) : undefined;
  return next === undefined ? undefined : [txt(`_dmarc.${record.domain}`, formatDmarcRecord(next))];
}

/** A record without some of its tags. */
export function withoutTags(record: DmarcRecord, ...tags: readonly (keyof DmarcRecord)[]): DmarcRecord {
  const gone = new Set<string>(tags);
  return Object.fromEntries(Object.entries(record).filter(([tag]) => !gone.has(tag))) as unknown as DmarcRecord;
}
