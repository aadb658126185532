// Damage to the bytes of a report, and which of its texts it lies in.

/** Bytes from `start` to `end` are replaced by others. */
export interface Damage {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
/** What is put in: the characters XML lives by, pieces of reports, and bytes that are none of UTF-8. */
const insertions = (
  '< > & " \' / </ /> <!-- --> ]]> <![CDATA[ <? ?> &#49; &#0; &amp; &x; - . 0 9 é \uFFFD <row> </row> <record> </record> ' +
  '<count> </count> <count>7</count> </feedback> <feedback> <x> </x> <bad@x> <> <extension> <begin>'
)
  .split(' ')
  .concat('\0', ' ', '\n')
  .map((text) => encoder.encode(text));
insertions.push(Uint8Array.of(0x91), Uint8Array.of(0xff), Uint8Array.of(0xc3), Uint8Array.of(0xe2, 0x82));

/** A few damages to a report, apart from each other, the last in the text first; half of them in its texts. */
export function damages(source: Uint8Array, spans: readonly TextSpan[], random: () => number): Damage[] {
  const made: Damage[] = [];
  for (let left = random() % 2 === 0 ? 1 : 1 + (random() % 3); left > 0; left--) {
    const one = damage(source, spans, random);
    if (made.every((other) => one.end < other.start || other.end < one.start)) made.push(one);
  }
  return made.sort((a, b) => b.start - a.start);
}

function damage(source: Uint8Array, spans: readonly TextSpan[], random: () => number): Damage {
  const { length } = source;
  const span = spans[random() % spans.length]!;
  const inText = random() % 2 === 0 && span.end > span.start;
  const start = inText ? span.start + (random() % (span.end - span.start)) : random() % length;
  const some = Math.min(length, start + 1 + (random() % 12));
  switch (random() % 8) {
    case 0:
      return { start, end: some, bytes: new Uint8Array(0) };
    case 1:
      return { start, end: start, bytes: insertions[random() % insertions.length]! };
    case 2:
      return { start, end: start + 1, bytes: insertions[random() % insertions.length]! };
    case 3:
      return { start, end: start + 1, bytes: Uint8Array.of(source[start]! ^ (1 << (random() % 8))) };
    case 4:
      return { start, end: start + 1, bytes: Uint8Array.of(random() % 256) };
    case 5: {
      // A piece of the report itself, at another place.
      const from = random() % length;
      return { start, end: start, bytes: source.slice(from, Math.min(length, from + (random() % 200))) };
    }
    case 6:
      return { start, end: Math.min(length, start + (random() % 400)), bytes: new Uint8Array(0) };
    default:
      return random() % 4 === 0
        ? { start, end: length, bytes: new Uint8Array(0) }
        : { start, end: start + 1, bytes: Uint8Array.of(source[random() % length]!) };
  }
}

/** The bytes with a damage in them. */
export function apply(bytes: Uint8Array, { start, end, bytes: put }: Damage): Uint8Array {
  const result = new Uint8Array(bytes.length - (end - start) + put.length);
  result.set(bytes.subarray(0, start));
  result.set(put, start);
  result.set(bytes.subarray(end), start + put.length);
  return result;
}

/** A text of a report: where it stands, and the name `differences` has for it. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
  readonly place: string;
}

/** The texts of a whole report, as bytes of ASCII structure; what stands in extensions is none. */
export function textSpans(bytes: Uint8Array): TextSpan[] {
  const text = new TextDecoder('latin1').decode(bytes);
  const spans: TextSpan[] = [];
  let row = -1;
  let within = '';
  for (const match of text.matchAll(/<(\/?)([a-z_]+)[^<>]*>([^<]*)/g)) {
    const [whole, closing = '', name = '', content = ''] = match;
    if (closing === '' && name === 'record') row++;
    if (name === 'auth_results') within = closing === '' ? 'auth/' : '';
    if (closing !== '') continue;
    const start = match.index + whole.length - content.length;
    spans.push({ start, end: start + content.length, place: row < 0 ? name : `${row}/${within}${name}` });
  }
  return spans;
}

/** The texts a damage lies wholly in, or between them and the name of their closing tag: what they say may have changed. */
export function touched(spans: readonly TextSpan[], { start, end }: Damage): string[] {
  return spans.filter((span) => start >= span.start && end <= span.end + 2).map((span) => span.place);
}
