import { byZone, relativeName, stringsOf } from './record-set.ts';
import type { RecordSet } from './record-set.ts';

/**
 * Record sets for dnscontrol's `dnsconfig.js`, as `D_EXTEND` blocks to be put behind the domain's own `D`. What the file says of the same
 * name and type already has to be taken out by hand, since dnscontrol adds up what it is told; comments say where.
 */
export function formatDnscontrol(sets: readonly RecordSet[], zones: readonly [string, ...string[]]): string {
  const blocks: string[] = [];
  for (const [zone, inside] of byZone(sets, zones)) {
    const notes: string[] = [];
    const records: string[] = [];
    for (const { name, type, ttl, values } of inside) {
      const label = relativeName(name, zone) || '@';
      notes.push(`// ${values.length === 0 ? 'remove' : 'in place of'} ${type} ${label}`);
      for (const value of values)
        records.push(`  ${type}(${[text(label), ...rest(type, value), `TTL(${ttl})`].join(', ')})`);
    }
    // The language is that of 2009, which has no comma behind a last argument.
    const body = records.length === 0 ? [] : [`D_EXTEND(${text(zone)},`, records.join(',\n'), ');'];
    blocks.push([...notes, ...body].join('\n'));
  }
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

function rest(type: RecordSet['type'], value: string): string[] {
  switch (type) {
    case 'TXT': {
      const strings = stringsOf(value);
      return [strings.length === 1 ? text(strings[0]!) : `[${strings.map(text).join(', ')}]`];
    }
    case 'MX': {
      const [preference = '', exchange = ''] = value.split(' ');
      return [preference, text(exchange)];
    }
    case 'TLSA': {
      const [usage = '', selector = '', matchingType = '', ...data] = value.split(' ');
      return [usage, selector, matchingType, text(data.join(''))];
    }
    default:
      return [text(value)];
  }
}

/** A string literal; JSON's are JavaScript's but for two line ends, which no record holds. */
function text(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
