import { generationCodes } from '../history.ts';
import type { Columns, Day, Dictionaries } from '../history.ts';
import type { ReporterAssessment } from './assessment.ts';
import { binsOf, dayText, trendOf } from './calendar.ts';
import { ratio } from './sources.ts';
import type { Late } from './sources.ts';

export type ReporterSums = Columns<'generation' | 'reporter' | 'spread', 'messages' | 'reports' | 'rows'>;
export type ReporterDays = Columns<'day' | 'reporter', 'messages'>;

/** The reporting organisations, most messages first. */
export function reporterAssessments(
  sums: ReporterSums,
  days: ReporterDays,
  dictionaries: Dictionaries,
  period: { readonly first: Day; readonly last: Day },
  late: Late,
): ReporterAssessment[] {
  const bins = binsOf(period.last - period.first + 1);
  const byId = new Map<number, Gathered>();
  const of = (id: number): Gathered => {
    let known = byId.get(id);
    if (known === undefined) {
      known = {
        generations: new Set(),
        reports: 0,
        rows: 0,
        messages: 0,
        spreadReports: 0,
        days: [],
        recent: 0,
        bins: Array.from({ length: bins.count }, () => 0),
      };
      byId.set(id, known);
    }
    return known;
  };
  let total = 0;
  for (let row = 0; row < sums.length; row++) {
    const reporter = of(sums.reporter[row]!);
    reporter.generations.add(sums.generation[row]!);
    reporter.reports += sums.reports[row]!;
    reporter.rows += sums.rows[row]!;
    reporter.messages += sums.messages[row]!;
    if (sums.spread[row]! > 1) reporter.spreadReports += sums.reports[row]!;
    total += sums.messages[row]!;
  }
  const recentFrom = late.periodLast - late.windowDays + 1;
  for (let row = 0; row < days.length; row++) {
    const reporter = of(days.reporter[row]!);
    const day = days.day[row]!;
    if (day < period.first || day > period.last) continue;
    reporter.days.push(day);
    if (day >= recentFrom) reporter.recent += days.messages[row]!;
    reporter.bins[Math.floor((day - period.first) / bins.days)]! += days.messages[row]!;
  }
  const reporters: ReporterAssessment[] = [];
  for (const [id, gathered] of byId) {
    const seen = gathered.days.sort((a, b) => a - b);
    const first = seen[0] ?? period.first;
    const last = seen.at(-1) ?? period.last;
    const silent = silentSince(seen, period.last);
    reporters.push({
      reporter: dictionaries.reporter(id) ?? '',
      generations: [...gathered.generations].sort((a, b) => a - b).map((code) => generationCodes[code] ?? 'rfc7489'),
      reports: gathered.reports,
      rows: gathered.rows,
      messages: gathered.messages,
      share: ratio(gathered.messages, total),
      first: dayText(first),
      last: dayText(last),
      daysSeen: seen.length,
      spreadReports: gathered.spreadReports,
      silentSince: silent === undefined ? null : dayText(silent),
      trend: trendOf({ first, last, ...late, recentMessages: gathered.recent, messages: gathered.messages }),
      bins: gathered.bins,
    });
  }
  return reporters.sort(
    (a, b) => b.messages - a.messages || b.reports - a.reports || (a.reporter < b.reporter ? -1 : 1),
  );
}

interface Gathered {
  readonly generations: Set<number>;
  reports: number;
  rows: number;
  messages: number;
  spreadReports: number;
  readonly days: Day[];
  recent: number;
  readonly bins: number[];
}

/**
 * The first day of a silence that is out of the ordinary: the reporter told something on most days of its span, over at least a
 * week, and has now told nothing for more than three days and more than twice its usual longest pause.
 *
 * @param seen the days it told something, rising
 */
function silentSince(seen: readonly Day[], end: Day): Day | undefined {
  const first = seen[0];
  const last = seen.at(-1);
  if (first === undefined || last === undefined || seen.length < 7) return undefined;
  if (seen.length * 2 <= last - first + 1) return undefined;
  const pauses = seen.slice(1).map((day, at) => day - seen[at]! - 1);
  pauses.sort((a, b) => a - b);
  const usual = pauses[Math.floor((pauses.length - 1) * 0.95)] ?? 0;
  return end - last > Math.max(3, usual * 2) ? last + 1 : undefined;
}
