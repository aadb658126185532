import { asksOf } from '../protection/assessment/index.ts';
import type { Assessment, DomainAssessment, ReporterAssessment, TroubleCount } from '../protection/assessment/index.ts';
import { safeText } from './safe-text.ts';
import type { Speech } from './speech.ts';

// What is said in the same words wherever an assessment is shown. Texts from outside in them are safe; HTML still escapes.

/** Whether what became of documents is something a person should look at. */
export function isTrouble(outcome: TroubleCount['outcome']): boolean {
  return outcome === 'refused' || outcome === 'conflict' || outcome === 'set-apart';
}

/** Whose mail it is about. */
export function titleText({ asked, domains }: Assessment, words: Speech): string {
  const named = domains.filter((each) => each.domain !== null);
  const only = asked.domain ?? (named.length === 1 ? named[0]?.domain : undefined);
  if (only !== undefined && only !== null) return words.say('title', { name: safeText(only) });
  const [largest] = named;
  if (largest?.domain === undefined || largest.domain === null) return words.say('title-all');
  const name = words.say('and-others', { name: safeText(largest.domain), count: words.integer(named.length - 1) });
  return words.say('title', { name });
}

/** Who wrote the reports that count, as far as that is known; `''` when none do. */
export function authorsText({ authenticity }: Assessment, words: Speech): string {
  const parts = [
    ['authors-authentic', authenticity.authentic],
    ['authors-unproven', authenticity.unproven],
    ['authors-waiting', authenticity.notKnownYet],
    ['authors-unlooked', authenticity.notLookedAt],
    ['authors-files', authenticity.files],
  ] as const;
  const said = parts.flatMap(([name, count]) =>
    count === 0 ? [] : [words.say(name, { count: words.integer(count) })],
  );
  return said.length === 0 ? '' : words.say('authors', { list: said.join('; ') });
}

/** The period in one line; `''` when there is none. */
export function periodText({ period }: Assessment, words: Speech): string {
  if (period.from === null || period.to === null) return '';
  return words.say('period', { from: period.from, to: period.to, days: words.integer(period.days) });
}

/** The answer in two sentences. */
export function headlines(assessment: Assessment, words: Speech): string[] {
  const { totals, aligned, domains, lookNext: next, sources } = assessment;
  if (totals.messages === 0) return [];
  const values = {
    fails: words.integer(next.fails),
    enough: words.integer(next.enough),
    groups: words.integer(sources.length),
    share: words.percent(next.enoughShare, 0),
  };
  return [
    words.say('headline', {
      share: words.percent((totals.messages - aligned.neither) / totals.messages),
      messages: words.integer(totals.messages),
      domains: words.integer(domains.length),
    }),
    next.scenario === null
      ? words.say('headline-clean')
      : words.say(next.scenario === 'relaxed' ? 'headline-settles' : 'headline-strict', values),
  ];
}

/** A domain, or that there was no From. */
export function domainText(domain: string | null, words: Speech): string {
  return domain === null ? words.say('no-from') : safeText(domain);
}

/** What a domain asks, and from where when that is not the domain itself. */
export function policyText(domain: DomainAssessment, words: Speech): string {
  const asks = asksOf(domain);
  if (domain.policy === null || asks === null || asks === undefined) return words.say('not-known');
  const testing = domain.policy.testing === 'y' ? ' t=y' : '';
  const sampled = domain.policy.pct !== undefined && domain.policy.pct < 100 ? ` pct=${domain.policy.pct}` : '';
  const policy = `${asks}${testing}${sampled}`;
  if (domain.ownPolicy !== false) return policy;
  return words.say('policy-inherited', { policy, domain: safeText(domain.policy.policyDomain) });
}

/** The sentence of a repair or problem, its values made safe, with its clause. */
export function outcomeText(trouble: TroubleCount, words: Speech): string {
  const values = Object.fromEntries(
    Object.entries(trouble.values ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? safeText(value, 80) : value,
    ]),
  );
  const said = words.say(trouble.code, values);
  return trouble.see === undefined ? said : `${said} (${trouble.see})`;
}

/** `7489`, `9990`, or both: which RFC its reports follow. */
export function generationText(reporter: Pick<ReporterAssessment, 'generations'>): string {
  return reporter.generations.map((each) => each.slice(3)).join('+');
}
