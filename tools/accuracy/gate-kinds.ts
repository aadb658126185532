// The kinds of gates: which step of a domain each is about, what that step publishes, and what it is held against.
import { belowRecord, rungRecord, strictRecord } from './rung-records.ts';

/** A gate as the product tells it; only what is used. */
export interface GateTold {
  readonly gate: string;
  readonly reasons: readonly { readonly code: string; readonly id: string; readonly shuts: boolean }[];
}

interface BesideTold extends GateTold {
  readonly now: string;
  readonly target: string;
}

/** A line of `zegel ladder --json`, as far as it is used. */
export interface GateLine extends GateTold {
  readonly domain: string;
  readonly role: { readonly role: string };
  readonly record: { readonly found: string; readonly at: string | null };
  readonly rung: string | null;
  readonly next: string | null;
  readonly beside: Readonly<Record<'np' | 'sp', BesideTold>>;
  readonly optional: Readonly<Record<'adkim' | 'aspf', BesideTold> & { readonly all: BesideTold | null }>;
}

/** A gate that is asked about: one step of one domain. */
export interface GateAsked extends GateTold {
  readonly domain: string;
  /** The step, in words: `quarantine → reject-soft`. */
  readonly step: string;
}

/** The DMARC records that stand on the day. */
export interface Published {
  /** By domain. */
  readonly records: ReadonlyMap<string, string>;
  /** Where reports go when there is no record that says so. */
  readonly rua: string;
}

export const gateKindNames = ['p', 'sp', 'np', 'adkim=s', 'aspf=s', '-all'] as const;
export type GateKindName = (typeof gateKindNames)[number];

export interface GateKind {
  readonly name: GateKindName;
  /** The step of a domain; `undefined` where there is none to take. */
  asked(line: GateLine): GateAsked | undefined;
  /** The lines of a zone for a domain, whether the step is taken or not. */
  lines(line: GateLine, isTaken: boolean, published: Published): string;
  /** Mail is turned away by the SPF domain, rather than refused by the policy of the author domain. */
  readonly isOfSpf: boolean;
  /** Whether mail that is lost with the step and without it is the business of its gate. */
  readonly isOfStep: (loss: { readonly domain: string; readonly author: string }) => boolean;
}

const dmarc = (domain: string, text: string): string => `_dmarc.${domain}. IN TXT "${text}"\n`;

/** The record as it stands, held still: nobody else moves it meanwhile. */
const still = ({ domain }: GateLine, { records }: Published): string => dmarc(domain, records.get(domain) ?? '');

function besideAsked({ domain }: GateLine, told: BesideTold | null): GateAsked | undefined {
  if (told === null || (told.gate !== 'open' && told.gate !== 'shut')) return undefined;
  return { domain, gate: told.gate, reasons: told.reasons, step: `${told.now} → ${told.target}` };
}

const rung: GateKind = {
  name: 'p',
  isOfSpf: false,
  isOfStep: () => true,
  asked: (line) =>
    line.next === null
      ? undefined
      : { domain: line.domain, gate: line.gate, reasons: line.reasons, step: `${String(line.rung)} → ${line.next}` },
  lines: (line, isTaken, published) => {
    if (!isTaken || line.next === null) return still(line, published);
    const { at } = line.record;
    const governing = at === null ? undefined : published.records.get(at);
    return dmarc(line.domain, rungRecord(governing, at === line.domain, line.next, published.rua));
  },
};

/** What lies below a domain is asked for by its own record alone. */
function below(tag: 'np' | 'sp'): GateKind {
  return {
    name: tag,
    isOfSpf: false,
    isOfStep: ({ domain, author }) => author !== domain,
    asked: (line) => (line.record.found === 'own' ? besideAsked(line, line.beside[tag]) : undefined),
    lines: (line, isTaken, published) => {
      const now = published.records.get(line.domain);
      if (now === undefined) return still(line, published);
      const target = isTaken ? line.beside[tag].target : undefined;
      return dmarc(line.domain, belowRecord(now, tag, target, published.rua));
    },
  };
}

function strict(tag: 'adkim' | 'aspf'): GateKind {
  return {
    name: `${tag}=s`,
    isOfSpf: false,
    // What has no leg at all is refused by the policy, however alignment is asked for.
    isOfStep: () => false,
    asked: (line) => (line.record.found === 'own' ? besideAsked(line, line.optional[tag]) : undefined),
    lines: (line, isTaken, published) => {
      const now = published.records.get(line.domain);
      if (now === undefined) return still(line, published);
      return dmarc(line.domain, strictRecord(now, isTaken ? tag : undefined, published.rua));
    },
  };
}

const all: GateKind = {
  name: '-all',
  isOfSpf: true,
  isOfStep: () => true,
  asked: (line) => besideAsked(line, line.optional.all),
  lines: (line, isTaken, published) => still(line, published) + (isTaken ? `$SPF-END ${line.domain} -all\n` : ''),
};

/** The kinds, in the order of `gateKindNames`. */
export const gateKinds: readonly GateKind[] = [rung, below('sp'), below('np'), strict('adkim'), strict('aspf'), all];
