import { safeText } from '../safe-text.ts';

/** HTML that is right as it stands. Only `html` and `trusted` make it, so a text of a stranger cannot become one by accident. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | number | readonly Markup[] | string;

/** A template whose values are made safe and escaped, for element content and for attribute values in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  let text = strings[0] ?? '';
  for (const [at, value] of values.entries()) text += partText(value) + (strings[at + 1] ?? '');
  return new Markup(text);
}

/** A text of our own that is HTML already: a style sheet, the path of a drawing. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function partText(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(part);
  return part.map((each) => each.text).join('');
}

/** The text as content of an element or of a quoted attribute. */
function escaped(text: string): string {
  return safeText(text, 2000)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('`', '&#96;');
}
