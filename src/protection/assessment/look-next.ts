import type { ScenarioName } from '../simulation/index.ts';
import type { DomainAssessment, LookNext, NextStep, ReadyDomain, SourceGroup } from './assessment.ts';
import { asksOf } from './domains.ts';
import { firstFailing, ratio } from './sources.ts';

const most = 10;
const enoughAt = 0.9;
/** What settles less than this, alone, is no reason to look at it first. */
const worthwhile = 0.01;

/** Ranks sources and domains by what they settle of what would fail. */
export function lookNext(
  groups: readonly SourceGroup[],
  domains: readonly DomainAssessment[],
  fails: (name: ScenarioName) => number,
): LookNext {
  const scenario = firstFailing(fails);
  const ready = readyDomains(domains);
  if (scenario === null) {
    return { scenario, fails: 0, enough: 0, enoughShare: 0, sources: [], domains: [], ready };
  }
  const total = fails(scenario);
  const sources = ranked(
    groups.map((group) => [group.id, group.fails[scenario], adviceForSource(group, scenario)]),
    total,
  );
  const reaching = sources.findIndex(({ cumulativeShare }) => cumulativeShare >= enoughAt);
  const worth = sources.filter(({ share }) => share >= worthwhile).length;
  const enough = Math.min(reaching === -1 ? sources.length : reaching + 1, Math.max(1, worth));
  return {
    scenario,
    fails: total,
    enough,
    enoughShare: sources[enough - 1]?.cumulativeShare ?? 0,
    sources,
    domains: ranked(
      domains
        .filter((each) => each.domain !== null)
        .map((each) => [each.domain ?? '', each.fails[scenario], adviceForDomain(each, scenario)]),
      total,
    ),
    ready,
  };
}

function ranked(all: readonly (readonly [target: string, fails: number, advice: string])[], total: number): NextStep[] {
  let reached = 0;
  return all
    .filter(([, fails]) => fails > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([target, fails, advice]) => {
      reached += fails;
      return { target, fails, share: ratio(fails, total), cumulativeShare: ratio(reached, total), advice };
    });
}

/** What to find out about a group: it turns on what passes there, and for whom. */
function adviceForSource(group: SourceGroup, scenario: ScenarioName): string {
  if (scenario !== 'relaxed') return 'assessment/advice-strict';
  const mostly = (part: number): boolean => part * 2 > group.messages;
  const vouched = mostly(group.passes.dkim) || mostly(group.passes.spf);
  if (group.kind === 'rest' || group.kind === 'network' || (group.kind === 'networks' && !vouched)) {
    return 'assessment/advice-many';
  }
  const { dkimRelaxed, spfRelaxed } = group.legs;
  if (mostly(dkimRelaxed) || mostly(spfRelaxed)) return 'assessment/advice-sometimes';
  if (mostly(group.passes.dkim)) return 'assessment/advice-foreign-signature';
  if (mostly(group.passes.spf)) return 'assessment/advice-foreign-spf';
  if (group.dkim?.own === true) return 'assessment/advice-broken-signature';
  return 'assessment/advice-nothing-passes';
}

function adviceForDomain(domain: DomainAssessment, scenario: ScenarioName): string {
  if (scenario !== 'relaxed') return 'assessment/advice-domain-strict';
  if (domain.fails.relaxed === domain.messages) return 'assessment/advice-domain-all-fails';
  if (domain.ownPolicy === false) return 'assessment/advice-domain-inherits';
  return 'assessment/advice-domain';
}

function readyDomains(domains: readonly DomainAssessment[]): ReadyDomain[] {
  return domains
    .filter((each) => each.fails.relaxed === 0 && each.messages > 0 && asksOf(each) !== 'reject')
    .slice(0, most)
    .flatMap((each) =>
      each.domain === null
        ? []
        : [{ domain: each.domain, messages: each.messages, asks: asksOf(each) ?? null, days: each.daysSeen }],
    );
}
