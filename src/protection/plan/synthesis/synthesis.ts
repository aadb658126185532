// What comes of a synthesis, as plain data: it is what `zegel spf synthesise --json` prints and what a plan is made of.
import type { AddressSpan } from '../../permission/index.ts';
import type { DomainName } from '../../../standards/dns/index.ts';
import type { Problem } from '../../../standards/problem.ts';
import type { VoidLookups } from '../../../standards/spf/index.ts';
import type { IncludeVerdict, SenderInclude } from './senders.ts';

/** Addresses that belong together. */
export interface SynthesisPart {
  /** Whose mail it is; a proposal can then name it. */
  readonly stream?: string;
  /** Networks that the organisation has declared: they stand in the record whatever else lets them in. */
  readonly networks?: readonly string[];
  /** Addresses that were seen and authorised: left out where a sender's include lets them in. */
  readonly addresses?: readonly string[];
}

export interface SynthesisLimits {
  /** Terms that ask the DNS: 10 (RFC 7208 §4.6.4). */
  readonly lookups: number;
  /** Void lookups: 2. */
  readonly voids: number;
  /** Bytes of a record: 450, so that its answer stays under 512 with a name and a signature of some other text beside it. */
  readonly bytes: number;
}

export const defaultSynthesisLimits: SynthesisLimits = { lookups: 10, voids: 2, bytes: 450 };

export interface SynthesisWish extends SynthesisPart {
  /** Whose record: an envelope domain or a HELO name. */
  readonly domain: DomainName;
  readonly parts?: readonly SynthesisPart[];
  readonly includes?: readonly SenderInclude[];
  /** What all others get. A domain that sends keeps `~all` unless the evidence says otherwise; `~all` when not given. */
  readonly all?: '-all' | '~all';
  readonly limits?: Partial<SynthesisLimits>;
  /** Lays everything out afresh, around nothing that is published. */
  readonly afresh?: boolean;
  /** Whether a zone of `exists` names may take what does not fit: never, unless it is asked for. */
  readonly exists?: 'always' | 'never' | 'when-needed';
}

/** A record of the chain. */
export interface SynthesisedRecord {
  readonly name: string;
  readonly type: 'TXT';
  readonly text: string;
  /** The text cut into strings of at most 255 bytes. */
  readonly strings: readonly string[];
  readonly bytes: number;
  /** Bytes of the answer that holds it, with the other TXT records of the name. */
  readonly answerBytes: number;
  /** What it holds. */
  readonly holds: {
    readonly networks: number;
    readonly addresses: AddressSpan;
    readonly includes: readonly string[];
    /** The page that comes after it. */
    readonly next?: string;
  };
  readonly change: 'changed' | 'new' | 'same';
  /** What stands there now, when that is something else. */
  readonly before?: string;
}

/** Something that would make it fit, or make it smaller: a code with its values. */
export interface Proposal {
  /** `plan/propose-…` */
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly see: string;
  /** Whether this alone makes everything fit. */
  readonly fits: boolean;
}

/** A set of addresses: how many, and as the fewest networks. */
export interface Listed extends AddressSpan {
  readonly prefixes: readonly string[];
}

export interface Synthesis {
  readonly schema: 'zegel/spf-synthesis/1';
  readonly domain: DomainName;
  /**
   * `fits`: the records hold everything. `exists`: they do, with a zone beside them. `does-not-fit`: no records; see `over` and
   * `proposals`. `unknown`: an include could not be looked up, so nothing can be said.
   */
  readonly outcome: 'does-not-fit' | 'exists' | 'fits' | 'unknown';
  readonly all: '-all' | '~all';
  readonly limits: SynthesisLimits;
  /** In the order in which a receiver comes to them. */
  readonly records: readonly SynthesisedRecord[];
  /** What the records let in that is not let in now, and the other way round: includes and all. Absent without records. */
  readonly difference?: { readonly added: Listed; readonly removed: Listed };
  /** Pages that are published and lead nowhere any more. */
  readonly unused: readonly { readonly name: string; readonly before: string }[];
  /** Everything was laid out afresh, since it did not fit around what is published; pages then have new names. */
  readonly isAfresh: boolean;
  /** What the most lookups and void lookups are that any client needs. */
  readonly lookups: number;
  readonly voidLookups: VoidLookups;
  /** The addresses that the records name, and as how many networks. */
  readonly named: AddressSpan & { readonly networks: number; readonly bytes: number };
  /** By how much it does not fit. */
  readonly over?: { readonly lookups: number; readonly voids: number; readonly pagesNeeded: number };
  readonly includes: readonly IncludeVerdict[];
  /** Seen addresses that an include lets in, and are therefore not named: how many, by include. */
  readonly covered: readonly (AddressSpan & { readonly include: string })[];
  /** The zone of `exists` names, when there is one. */
  readonly existsZone?: { readonly apex: string; readonly names: number };
  readonly problems: readonly Problem[];
  readonly proposals: readonly Proposal[];
}
