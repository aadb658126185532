import { say } from '../words/index.ts';
import type { Language } from '../words/index.ts';

/** How numbers and short phrases are said in a language. */
export interface Speech {
  readonly language: Language;
  /** The label or sentence of a code (`label/` may be left out), its values filled in. */
  say(code: string, values?: Readonly<Record<string, string | number>>): string;
  /** A whole number with separators between thousands. */
  integer(value: number): string;
  /** A number with so many digits behind the point of the language. */
  decimal(value: number, digits: number): string;
  /** A share (0 to 1) in per cent. Never rounded to 0 or 100 when it is neither: these two words mean none and all. */
  percent(share: number, digits?: number): string;
  /** An amount in at most five characters: `950`, `5k`, `12.3k`, `4.1M`. */
  short(value: number): string;
}

export function speech(language: Language = 'en'): Speech {
  const [thousands, point, beforePercent] = language === 'nl' ? ['.', ',', '\u00A0'] : [',', '.', '\u00A0'];
  const decimal = (value: number, digits: number) => value.toFixed(digits).replace('.', point);
  return {
    language,
    say: (code, values) => say(code.includes('/') ? code : `label/${code}`, values, language),
    integer: (value) =>
      Number.isFinite(value) ? String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, thousands) : String(value),
    decimal,
    percent(share, digits = 1) {
      const step = 10 ** -digits;
      const value = share * 100;
      if (share > 0 && value < step) return `<${decimal(step, digits)}${beforePercent}%`;
      if (share < 1 && value > 100 - step) return `>${decimal(100 - step, digits)}${beforePercent}%`;
      return `${share === 0 || share === 1 ? String(value) : decimal(value, digits)}${beforePercent}%`;
    },
    short(value) {
      if (value < 1000) return String(Math.round(value));
      const power = Math.min(4, Math.floor(Math.log10(value) / 3));
      const scaled = value / 1000 ** power;
      // 999,960 would round to 1000k: the next unit says it shorter.
      if (scaled >= 999.5 && power < 4) return `1${'kMGT'[power]}`;
      const round = scaled >= 99.95 || Math.abs(scaled - Math.round(scaled)) < 0.05;
      return `${round ? String(Math.round(scaled)) : decimal(scaled, 1)}${'kMGT'[power - 1]}`;
    },
  };
}
