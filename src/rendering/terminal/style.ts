import { displayWidth } from '../safe-text.ts';
import type { Language } from '../../words/index.ts';

/** What a terminal can show, and in which language. */
export interface Style {
  readonly colour: boolean;
  /** Columns; no line is wider. */
  readonly width: number;
  /** Whether more than ASCII arrives as it is meant; yes when it is not said. */
  readonly unicode?: boolean;
  readonly language?: Language;
}

export type Paint = 'bad' | 'bold' | 'dim' | 'good' | 'heading' | 'warn';

const codes: Readonly<Record<Paint, string>> = {
  bad: '31',
  bold: '1',
  dim: '2',
  good: '32',
  heading: '1;36',
  warn: '33',
};

/** The text in a colour, where colours are wanted. */
export function paint(text: string, as: Paint | undefined, style: Style): string {
  return as === undefined || !style.colour || text === '' ? text : `\u001B[${codes[as]}m${text}\u001B[0m`;
}

/** The text as the terminal can show it: where only ASCII arrives, our own signs by ASCII ones, and what is left by `?`. */
export function plain(text: string, style: Style): string {
  if (style.unicode !== false || /^[\x20-\x7E]*$/.test(text)) return text;
  return text
    .replaceAll('…', '~')
    .replaceAll('·', '-')
    .replaceAll('–', '-')
    .replaceAll('\u00A0', ' ')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^\x20-\x7E]/gu, '?');
}

/** A heading with a line before it. */
export function heading(text: string, style: Style): string[] {
  return ['', paint(plain(text, style), 'heading', style)];
}

/** A sentence over as many lines as it needs, broken at blanks; words longer than a line are cut. */
export function wrapped(text: string, style: Style, indent = 0, as?: Paint): string[] {
  const room = Math.max(20, style.width - indent);
  const lines: string[] = [];
  let line = '';
  for (const whole of plain(text, style).split(' ')) {
    let word = whole;
    while (displayWidth(word) > room) {
      if (line !== '') lines.push(line);
      line = '';
      lines.push(word.slice(0, room));
      word = word.slice(room);
    }
    if (line === '') line = word;
    else if (displayWidth(line) + 1 + displayWidth(word) <= room) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  return lines.map((each) => ' '.repeat(indent) + paint(each, as, style));
}
