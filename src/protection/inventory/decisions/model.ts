import type { DecisionVerdict } from '../model.ts';
import type { AddressSet } from './address-set.ts';

/** Which part of a stream a decision is about; both empty: all of it. Where both are given, both must hold. */
export interface Narrowing {
  /** Addresses and networks in their canonical text. */
  readonly sources: readonly string[];
  readonly authorDomains: readonly string[];
}

/** An aligned signing domain and the family of its selectors: whoever signs so holds a key that we published. */
export interface SigningFamily {
  readonly domain: string;
  readonly family: string;
}

/**
 * What a decision was made about: what the person could see at that moment. It is why a decision does not spread by itself to
 * whatever lands in the stream later.
 */
export interface Anchor {
  readonly signing: readonly SigningFamily[];
  /** The addresses the stream (or the part of it) had. */
  readonly sources: AddressSet;
}

/** What a person said of a stream, or of a part of it. It is never changed; it may be undone, and a later one may say otherwise. */
export interface Decision {
  /** Made of what it says: the same decision brought in twice is one. */
  readonly id: string;
  /** Those of one command: they are undone together. */
  readonly batch: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly who: string;
  readonly why: string;
  readonly verdict: DecisionVerdict;
  readonly stream: string;
  readonly narrow: Narrowing;
  readonly anchor: Anchor;
  readonly undone?: Undoing;
}

export interface Undoing {
  readonly at: number;
  readonly who: string;
  readonly why: string;
}

/** A decision that is about to be made: whoever keeps it says when, and gives it its id. */
export type NewDecision = Pick<Decision, 'anchor' | 'narrow' | 'stream' | 'verdict' | 'why'>;

export const wholeStream: Narrowing = { sources: [], authorDomains: [] };

export function isNarrow({ sources, authorDomains }: Narrowing): boolean {
  return sources.length > 0 || authorDomains.length > 0;
}
