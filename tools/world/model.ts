// The words of a world: what exists in it before any day of it is lived.
import type { Day, Rhythm } from './calendar.ts';
import type { Random } from './random.ts';

type Kind = 'abused' | 'forged' | 'forwarder' | 'own' | 'third';
export type Size = 'full' | 'medium' | 'small';

/** What a person asks for on the command line. */
export interface Wish {
  readonly seed: string;
  readonly size: Size;
  /** The share of all reported messages that are forged, 0 to 0.99. */
  readonly forged: number;
}

/** How big each size is. */
export interface Scale {
  readonly first: Day;
  readonly days: number;
  /** Author domains that exist, subdomains and parked ones included. */
  readonly domains: number;
  /** Rows wanted over all days, about. */
  readonly rows: number;
  /** Multiplies pools of addresses: 1 is full. */
  readonly pools: number;
  /** Whether reports are kept together in few files. */
  readonly bundled: boolean;
  /** Days between two looks at what is published: records change on these days only. */
  readonly grid: number;
}

/** A DKIM signature as it left its signer. `intact` says whether it still fits the message when a receiver looks. */
export interface Signature {
  readonly domain: string;
  readonly selector: string;
  readonly intact: boolean;
}

/** Addresses that mail goes out of. `draw` gives the number of a source (`Sources`) that is in use on a day of the world. */
export interface Pool {
  readonly sources: readonly number[];
  draw(dice: Random, dayInWorld: number): number;
}

/** One way mail of an origin looks on the wire, before the world's records judge it. */
export interface Lane {
  readonly authorDomain: string;
  /** The domain of MAIL FROM; `''` is the null sender, and then `helo` is what SPF looks at (RFC 7208 §2.4). */
  readonly envelope: string;
  readonly helo: string;
  readonly signatures: readonly Signature[];
  readonly pool: Pool;
  readonly weight: number;
  /** Days of the world, `since` included, `until` not. */
  readonly since: number;
  readonly until: number;
  /** Mail of lists that rewrite From as soon as the author domain's policy enforces: from then on it is no longer seen. */
  readonly untilEnforced?: boolean;
}

/** Who gets the mail, which says which receivers report it. */
export type Audience = 'business' | 'consumers' | 'everyone' | 'unreported';

/** Whatever mails as the organisation: a stream of ours, a forwarder, a forger, an abuse of something of ours. */
export interface Origin {
  readonly id: string;
  readonly kind: Kind;
  readonly party: string;
  readonly sender: string;
  readonly purpose: string;
  readonly rhythm: Rhythm;
  /** Reported messages on a usual day of sending, before the forged share is applied. */
  readonly volume: number;
  readonly audience: Audience;
  readonly lanes: readonly Lane[];
  readonly since: number;
  readonly until: number;
  /** Overrides that receivers who know this origin give: a reason, and in which share of its failing rows. */
  readonly override?: {
    readonly type: 'mailing_list' | 'trusted_forwarder';
    readonly comment: string;
    readonly share: number;
  };
}

/** What a stream asks of the records of the organisation, and what it says of itself when asked. */
export interface Declaration {
  readonly party: string;
  readonly sender: string;
  readonly domains: readonly string[];
  readonly networks: readonly string[];
  readonly purpose: string;
  readonly rhythm: string;
}
