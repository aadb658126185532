import { byZone, relativeName } from './record-set.ts';
import type { RecordSet } from './record-set.ts';

/**
 * Record sets as octoDNS zone files: one YAML document a zone, the name of its file in the comment above. Names are in natural order, as
 * octoDNS wants them, and semicolons in TXT are escaped, as its YAML provider reads them. It cuts long texts itself.
 */
export function formatOctodns(sets: readonly RecordSet[], zones: readonly [string, ...string[]]): string {
  const documents: string[] = [];
  for (const [zone, inside] of byZone(sets, zones)) {
    const names = new Map<string, RecordSet[]>();
    const gone: string[] = [];
    for (const set of inside) {
      const label = relativeName(set.name, zone);
      if (set.values.length === 0) gone.push(`# remove ${label === '' ? "''" : label} ${set.type}`);
      else names.set(label, [...(names.get(label) ?? []), set]);
    }
    const lines = ['---', `# ${zone}.yaml`, ...gone];
    for (const label of [...names.keys()].sort(naturally)) {
      lines.push(`${scalar(label)}:`);
      for (const { type, ttl, values } of names.get(label)!) {
        lines.push(`  - type: ${type}`, `    ttl: ${ttl}`);
        if (type === 'CNAME') lines.push(`    value: ${scalar(values[0]!)}`);
        else lines.push('    values:', ...values.flatMap((value) => item(type, value)));
      }
    }
    documents.push(lines.join('\n'));
  }
  return documents.length === 0 ? '' : `${documents.join('\n')}\n`;
}

function item(type: RecordSet['type'], value: string): string[] {
  if (type === 'MX') {
    const [preference = '', exchange = ''] = value.split(' ');
    return [`      - exchange: ${scalar(exchange)}`, `        preference: ${preference}`];
  }
  if (type === 'TLSA') {
    const [usage = '', selector = '', matchingType = '', ...data] = value.split(' ');
    return [
      `      - certificate_association_data: ${scalar(data.join(''))}`,
      `        certificate_usage: ${usage}`,
      `        matching_type: ${matchingType}`,
      `        selector: ${selector}`,
    ];
  }
  return [`      - ${scalar(type === 'TXT' ? value.replaceAll(';', '\\;') : value)}`];
}

/** A single-quoted scalar of YAML, in which only the quote is special. */
function scalar(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** As people count: `_spf2` before `_spf10`. */
function naturally(one: string, other: string): number {
  const parts = (text: string): string[] => text.split(/(\d+)/);
  const [ours, theirs] = [parts(one), parts(other)];
  for (let at = 0; at < Math.min(ours.length, theirs.length); at++) {
    const order =
      at % 2 === 1
        ? Number(ours[at]) - Number(theirs[at])
        : ours[at]! < theirs[at]!
          ? -1
          : Number(ours[at]! > theirs[at]!);
    if (order !== 0) return order;
  }
  return ours.length - theirs.length;
}
