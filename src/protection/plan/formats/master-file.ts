import { byZone, stringsOf } from './record-set.ts';
import type { RecordSet } from './record-set.ts';

/** A text as a quoted character-string (RFC 1035 §5.1). */
function quoted(text: string): string {
  const escaped = text.replace(/[\\"]|[^\x20-\x7e]/g, (character) =>
    character === '\\' || character === '"'
      ? `\\${character}`
      : `\\${String(character.charCodeAt(0) & 255).padStart(3, '0')}`,
  );
  return `"${escaped}"`;
}

/** What stands behind the type in a zone file: a TXT text cut into its quoted strings, other values as they are. */
export function zoneValue(type: RecordSet['type'], value: string): string {
  return type === 'TXT' ? stringsOf(value).map(quoted).join(' ') : value;
}

/** Record sets as lines of a zone file (BIND, RFC 1035 §5) with absolute names; sets that go are comments. */
export function formatMasterFile(sets: readonly RecordSet[], zones: readonly [string, ...string[]]): string {
  const lines: string[] = [];
  for (const [zone, inside] of byZone(sets, zones)) {
    if (lines.length > 0) lines.push('');
    lines.push(`; zone ${zone}: each set below takes the place of what stands at its name and type`);
    for (const { name, type, ttl, values } of inside) {
      if (values.length === 0) lines.push(`; remove ${name}. ${type}`);
      for (const value of values) lines.push(`${name}. ${ttl} IN ${type} ${zoneValue(type, value)}`);
    }
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
