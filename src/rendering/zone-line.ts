import type { PublishedRecord } from '../protection/posture/index.ts';

/** The longest character-string of a TXT record (RFC 1035 §3.3.14). */
const maxString = 255;

/**
 * A record as lines of a zone file (RFC 1035 §5.1), to be copied as they stand: a long text in several strings in parentheses, what is no plain
 * character as \DDD, so that nothing of a stranger's text can steer a terminal.
 *
 * @param width columns that a line should have at most; a name that is longer stays whole
 */
export function zoneLines({ name, type, value }: PublishedRecord, width: number): string[] {
  const owner = `${plainName(name)}. ${type}`;
  if (type !== 'TXT') return [`${owner} ${plainValue(value)}`];
  const whole = `${owner} "${Array.from(value, escaped).join('')}"`;
  if (whole.length <= width && value.length <= maxString) return [whole];
  const room = Math.max(20, width - 6);
  const strings: string[] = [];
  let text = '';
  let length = 0;
  for (const character of value) {
    const next = escaped(character);
    if (text.length + next.length > room || length >= maxString) {
      // Cut behind the last blank, where people can read it; the strings are put together without anything between.
      const blank = text.lastIndexOf(' ');
      const at = blank > room / 2 ? blank + 1 : text.length;
      strings.push(text.slice(0, at));
      text = text.slice(at);
      length = text.length;
    }
    text += next;
    length += 1;
  }
  if (text !== '' || strings.length === 0) strings.push(text);
  return [`${owner} (`, ...strings.map((string, at) => `  "${string}"${at === strings.length - 1 ? ' )' : ''}`)];
}

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code <= 0x7e) return character;
  // Texts of TXT records are bytes, one character each.
  return [...new TextEncoder().encode(code <= 0xff ? '' : character), ...(code <= 0xff ? [code] : [])]
    .map((byte) => `\\${String(byte).padStart(3, '0')}`)
    .join('');
}

function plainName(name: string): string {
  return name.replace(/[^\x21-\x7E]/g, '?');
}

function plainValue(value: string): string {
  return value.replace(/[^\x20-\x7E]/g, '?');
}
