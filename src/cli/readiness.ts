import type { Organisation } from '../app.ts';
import type { TakenInventory } from '../protection/inventory/index.ts';
import { takeReadiness } from '../protection/plan/readiness/index.ts';
import type { Gate, Readiness, ReadinessOptions } from '../protection/plan/readiness/index.ts';
import { publishedTypes } from '../protection/simulation/what-if/index.ts';
import { parseDmarcRecord } from '../standards/dmarc/index.ts';
import type { DmarcRecord } from '../standards/dmarc/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { today } from './arguments.ts';
import { note } from './terminal.ts';
import { worldOf } from './world.ts';
import type { WorldOptions } from './world.ts';

/** The records that the newest reports say were published. */
export function reportedRecords({ register }: Organisation): Map<string, DmarcRecord> {
  const records = new Map<string, DmarcRecord>();
  for (const policy of register.publishedPolicies()) {
    const { policyDomain, p, sp, np, adkim, aspf, pct, testing } = policy;
    const tags = Object.entries({ p, sp, np, adkim, aspf, pct, t: testing }).filter(([, value]) => value !== undefined);
    const reading = parseDmarcRecord(['v=DMARC1', ...tags.map(([tag, value]) => `${tag}=${value}`)].join('; '));
    if (reading.ok) records.set(policyDomain, reading.value);
  }
  return records;
}

/**
 * Judges the gates of domains by everything that is remembered of the organisation. What is published is taken from what was kept, from zone
 * files or a name server when these are named, and from what reports say where nothing else is known.
 */
export async function readinessOf(
  organisation: Organisation,
  options: ReadinessOptions & { readonly world: WorldOptions; readonly inventory?: TakenInventory },
): Promise<Readiness> {
  const { register, memory } = organisation;
  const { world: asked, ...rest } = options;
  const isAsked = asked.zone !== undefined || asked.resolver !== undefined;
  const world = isAsked ? await worldOf(asked) : undefined;
  const inventory = options.inventory ?? (await organisation.inventory());
  // Without a report there is no last day that reports tell of.
  const day = inventory.combinations.length === 0 ? { asOf: today() } : {};
  try {
    return await takeReadiness(
      {
        history: memory.history,
        register,
        inventory,
        kept: register.snapshots.ofTypes(publishedTypes),
        ...(world === undefined ? {} : { now: world.resolver }),
        reported: reportedRecords(organisation),
        policyDays: register.plans.policyDays(
          options.domains === undefined ? undefined : namesAtOrAbove(options.domains),
        ),
        acceptances: register.plans.acceptances(),
        shown: register.shownRules(),
      },
      { ...day, ...rest },
    );
  } finally {
    world?.close();
  }
}

/** The names at which a record may stand that governs one of these. */
function namesAtOrAbove(domains: readonly string[]): string[] {
  const names = new Set<string>();
  for (const domain of domains)
    for (let at = domain; at.includes('.'); at = at.slice(at.indexOf('.') + 1)) names.add(at);
  return [...names];
}

/** Says of domains that somebody typed that nothing is known of them: a slip of the pen looks like a domain without a care. */
export function noteStrangers({ register }: Organisation, gates: readonly Gate[]): void {
  const portfolio = new Set<string>(register.portfolio.list().map(({ domain }) => domain));
  for (const { domain, evidence } of gates) {
    if (evidence.from !== null || portfolio.has(domain)) continue;
    note(`${safeText(domain, 253)} is not in the portfolio, and no report tells of mail from it: is it spelled right?`);
  }
}
