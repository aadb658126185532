import { assertNever } from '../../../standards/problem.ts';
import { formatDnscontrol } from './dnscontrol.ts';
import { formatMasterFile } from './master-file.ts';
import { formatOctodns } from './octodns.ts';
import { formatRecordList } from './record-list.ts';
import type { RecordSet } from './record-set.ts';

/** How record sets can be written: a zone file, for dnscontrol, for octoDNS, and as JSON (for Terraform). */
export const recordFormats = ['bind', 'dnscontrol', 'octodns', 'terraform'] as const;
export type RecordFormat = (typeof recordFormats)[number];

/**
 * Writes record sets for whoever publishes them.
 *
 * @param zones the zones they belong to. @throws {RangeError} for a set whose name lies in none of them
 */
export function formatRecordSets(
  sets: readonly RecordSet[],
  format: RecordFormat,
  zones: readonly [string, ...string[]],
): string {
  switch (format) {
    case 'bind':
      return formatMasterFile(sets, zones);
    case 'dnscontrol':
      return formatDnscontrol(sets, zones);
    case 'octodns':
      return formatOctodns(sets, zones);
    case 'terraform':
      return formatRecordList(sets, zones);
    default:
      return assertNever(format);
  }
}
