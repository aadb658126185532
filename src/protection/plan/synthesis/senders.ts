// What the senders' own includes cost and let in, and which of them stay.
import { parseDomainName, overlay } from '../../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import {
  addressesWith,
  compile,
  difference,
  equal,
  noAddresses,
  toStrings,
  treeOf,
  union,
} from '../../../standards/spf/index.ts';
import type { AddressSet, SpfTree, VoidLookups } from '../../../standards/spf/index.ts';

/** What was seen of a sender whose mail never had this domain for its envelope. */
export interface NeverAligns {
  /** Messages of it that were seen: without any there is no evidence, and the include stays. */
  readonly messages: number;
  /** First and last day, `2026-01-31`. */
  readonly from: string;
  readonly until: string;
  /** The envelope domains it used instead. */
  readonly envelopeDomains: readonly string[];
}

/** A sender's own record that is to be included. */
export interface SenderInclude {
  readonly name: string;
  /** Given when it has never aligned by SPF; it is then dropped, with this as the reason. */
  readonly neverAligns?: NeverAligns;
}

/** An include, whether it stays and why, and what it costs. */
export interface IncludeVerdict {
  readonly name: string;
  readonly kept: boolean;
  readonly reason: Problem;
  /** Lookups of the whole tree below it, itself included. */
  readonly lookups: number;
  readonly voidLookups: VoidLookups;
}

export interface Senders {
  readonly verdicts: readonly IncludeVerdict[];
  /** What all that stay let in, whoever the sender is. */
  readonly lets: AddressSet;
  readonly byName: ReadonlyMap<string, AddressSet>;
  readonly lookups: number;
  readonly voidLookups: VoidLookups;
  /** Some terms of theirs look at the message, so what they let in is not all told. */
  readonly depends: boolean;
  /** An include whose cost could not be told, since the DNS did not answer. */
  readonly unknown: readonly string[];
}

/** Asks what the includes come to, and says which of them stay. */
export async function judgeSenders(
  domain: DomainName,
  includes: readonly SenderInclude[],
  resolver: Resolver,
): Promise<Senders> {
  const verdicts: IncludeVerdict[] = [];
  const byName = new Map<string, AddressSet>();
  const unknown: string[] = [];
  const none = { lookups: 0, voidLookups: { v4: 0, v6: 0 } };
  const wanted: SenderInclude[] = [];
  for (const include of includes) {
    const reading = parseDomainName(include.name);
    if (!reading.ok) {
      verdicts.push({
        name: include.name,
        kept: false,
        reason: dropped('plan/include-no-name', include.name),
        ...none,
      });
    } else if (!wanted.some(({ name }) => name === reading.value)) wanted.push({ ...include, name: reading.value });
  }
  const trees = await treesOf(domain, wanted, resolver);
  let lets = noAddresses;
  let depends = false;
  for (const { name, neverAligns } of wanted) {
    const { tree, lookups, voidLookups, matches, hangs, failure } = trees.get(name)!;
    const cost = { lookups, voidLookups };
    const isNever = neverAligns !== undefined && neverAligns.messages > 0;
    if (isNever) {
      const { messages, from, until, envelopeDomains } = neverAligns;
      const values = { messages, from, until, envelopes: envelopeDomains.slice(0, 5).join(', ') };
      verdicts.push({ name, kept: false, reason: dropped('plan/include-never-aligns', name, values), ...cost });
    } else if (tree !== undefined && isUntold(tree)) {
      unknown.push(name);
      verdicts.push({ name, kept: true, reason: dropped('plan/include-unknown', name), ...cost });
    } else if (tree?.status !== 'record') {
      verdicts.push({
        name,
        kept: false,
        reason: dropped('plan/include-broken', name, { status: tree?.status ?? 'loop' }),
        ...cost,
      });
    } else if (failure !== undefined) {
      // It stays, since some of its addresses may pass before the error; nothing is left to it that is known to be ours.
      const values = { failure: failure.code, ...placeOf(failure) };
      verdicts.push({ name, kept: true, reason: dropped('plan/include-fails-within', name, values), ...cost });
      depends = true;
    } else {
      const adds = difference(matches, lets);
      const reason =
        !hangs && equal(adds, noAddresses)
          ? kept('plan/include-adds-nothing', name)
          : neverAligns === undefined
            ? kept('plan/include-kept', name)
            : kept('plan/include-without-evidence', name);
      verdicts.push({ name, kept: true, reason, ...cost });
      byName.set(name, matches);
      lets = union(lets, matches);
      depends ||= hangs;
    }
  }
  // One that ends in an error ends the check, so it comes behind those that do not.
  const fails = ({ reason }: IncludeVerdict): number => Number(reason.code === 'plan/include-fails-within');
  verdicts.sort((one, other) => fails(one) - fails(other));
  const stay = verdicts.filter((verdict) => verdict.kept);
  return {
    verdicts,
    lets,
    byName,
    lookups: stay.reduce((sum, { lookups }) => sum + lookups, 0),
    voidLookups: {
      v4: stay.reduce((sum, { voidLookups }) => sum + voidLookups.v4, 0),
      v6: stay.reduce((sum, { voidLookups }) => sum + voidLookups.v6, 0),
    },
    depends,
    unknown,
  };
}

interface Found {
  readonly tree: SpfTree | undefined;
  readonly lookups: number;
  readonly voidLookups: VoidLookups;
  readonly matches: AddressSet;
  /** What it lets in hangs on more than the address. */
  readonly hangs: boolean;
  /** Why checks that come to it end in an error, for some addresses or all. */
  readonly failure: Problem | undefined;
}

/** Whether the DNS kept something of a tree to itself, so that its cost is not known. */
function isUntold(tree: SpfTree): boolean {
  return (
    tree.status === 'no-answer' ||
    tree.status === 'not-fetched' ||
    tree.terms.some(({ child }) => child !== undefined && isUntold(child))
  );
}

/** The name or term an error speaks of. */
function placeOf({ values = {} }: Problem): { readonly at: string | number } {
  return { at: values['domain'] ?? values['name'] ?? values['term'] ?? '' };
}

/** Each include is looked at as if it were the only one, so that no other's limits fall on it. */
async function treesOf(
  domain: DomainName,
  includes: readonly SenderInclude[],
  resolver: Resolver,
): Promise<Map<string, Found>> {
  const found = await Promise.all(
    includes.map(async ({ name }): Promise<[string, Found]> => {
      const record = toStrings(`v=spf1 include:${name} -all`);
      const compiled = await compile(domain, overlay([{ name: domain, type: 'TXT', records: [record] }], resolver), {
        limits: { lookups: 100, voidLookups: Infinity },
      });
      const term = treeOf(compiled).terms[0]!;
      const { child, lookups, voidLookups } = term;
      return [
        name,
        {
          tree: child,
          lookups,
          voidLookups,
          matches: addressesWith(compiled, 'pass'),
          hangs: compiled.outcomes.some(({ depends }) => depends.length > 0),
          failure: compiled.outcomes.find(({ result }) => result === 'permerror')?.reason,
        },
      ];
    }),
  );
  return new Map(found);
}

function kept(code: string, include: string): Problem {
  return { code, values: { include }, see: 'RFC 7208 §5.2' };
}

function dropped(code: string, include: string, values: Problem['values'] = {}): Problem {
  return { code, values: { include: include.slice(0, 253), ...values }, see: 'RFC 7208 §5.2' };
}
