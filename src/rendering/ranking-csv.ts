import type { Ranked } from '../protection/posture/index.ts';
import type { Language } from '../words/index.ts';
import { csvLines } from './csv.ts';
import type { CsvCell } from './csv.ts';
import { sentence } from './posture-phrases.ts';
import { speech } from './speech.ts';

/** A ranking, one domain a line. Columns only ever get added, at the end. */
export function rankingCsv(ranked: readonly Ranked[], language: Language = 'en'): Generator<string> {
  const words = speech(language);
  const header = [
    'place,domain,grade,certain,role,policy,open,ways_critical,ways_serious,ways_moderate,ways_minor',
    'findings_critical,findings_serious,findings_moderate,findings_minor,worst',
  ].flatMap((names) => names.split(','));
  return csvLines(
    header,
    ranked.map((row): readonly CsvCell[] => [
      row.place,
      row.domain,
      row.letter,
      row.certain ? 'yes' : 'no',
      row.role,
      row.asks,
      row.isOpen ? 'yes' : 'no',
      ...(['critical', 'serious', 'moderate', 'minor'] as const).map((severity) => row.roads[severity]),
      ...(['critical', 'serious', 'moderate', 'minor'] as const).map((severity) => row.findings[severity]),
      row.worst === undefined ? null : sentence(row.worst, words),
    ]),
  );
}
