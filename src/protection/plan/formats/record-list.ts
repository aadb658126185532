import { zoneValue } from './master-file.ts';
import { byZone, relativeName } from './record-set.ts';
import type { RecordSet } from './record-set.ts';

/**
 * Record sets as JSON for Terraform (`jsondecode(file("records.json")).records` with `for_each`) or anything else that reads JSON. `values`
 * are plain, a TXT text uncut; `rdata` is how they stand in a zone file, a TXT text as its quoted strings: providers want one or the
 * other. A set without values is to be removed, and stands under `removed`.
 */
export function formatRecordList(sets: readonly RecordSet[], zones: readonly [string, ...string[]]): string {
  const records: object[] = [];
  const removed: object[] = [];
  for (const [zone, inside] of byZone(sets, zones)) {
    for (const { name, type, ttl, values } of inside) {
      const where = { key: `${name} ${type}`, zone, fqdn: `${name}.`, name: relativeName(name, zone) || '@', type };
      if (values.length === 0) removed.push(where);
      else records.push({ ...where, ttl, values, rdata: values.map((value) => zoneValue(type, value)) });
    }
  }
  return `${JSON.stringify({ schema: 'zegel/records/1', records, removed }, undefined, 2)}\n`;
}
