import type { IpNetwork } from '../dns/index.ts';
import type { MacroString } from './macro.ts';

/** What check_host() can say (RFC 7208 §2.6), as it stands on the wire. */
export type SpfResult = 'none' | 'neutral' | 'pass' | 'fail' | 'softfail' | 'temperror' | 'permerror';

export type Qualifier = '+' | '-' | '~' | '?';

/** The result a matching mechanism gives, by its qualifier (RFC 7208 §4.6.2). */
export const resultOf: Readonly<Record<Qualifier, 'pass' | 'fail' | 'softfail' | 'neutral'>> = {
  '+': 'pass',
  '-': 'fail',
  '~': 'softfail',
  '?': 'neutral',
};

interface TermBase {
  /** The term as it stands in the record. */
  readonly text: string;
  /** Where it begins in the record, in characters. */
  readonly offset: number;
  /** Its place among the terms of the record, from 0. */
  readonly index: number;
}

interface DirectiveBase extends TermBase {
  readonly qualifier: Qualifier;
}

/** Matches always (RFC 7208 §5.1). */
interface AllDirective extends DirectiveBase {
  readonly kind: 'all';
}
/** Matches when the record of another domain says pass (RFC 7208 §5.2), or when a name has an A record (§5.7). */
interface NameDirective extends DirectiveBase {
  readonly kind: 'include' | 'exists';
  readonly domain: MacroString;
}
/** Matches the addresses of a name, or of its mail exchangers (RFC 7208 §5.3, §5.4). */
interface HostDirective extends DirectiveBase {
  readonly kind: 'a' | 'mx';
  /** Absent: the domain of the record. */
  readonly domain?: MacroString;
  readonly prefix4: number;
  readonly prefix6: number;
}
/** Matches when the name of the client lies at or below a domain (RFC 7208 §5.5). */
interface PtrDirective extends DirectiveBase {
  readonly kind: 'ptr';
  readonly domain?: MacroString;
}
/** Matches the addresses of a network (RFC 7208 §5.6). */
interface NetworkDirective extends DirectiveBase {
  readonly kind: 'ip4' | 'ip6';
  readonly network: IpNetwork;
}
export type Directive = AllDirective | NameDirective | HostDirective | PtrDirective | NetworkDirective;

/** A name and a value (RFC 7208 §6): `redirect`, `exp`, or one this standard does not know, which means nothing. */
export interface Modifier extends TermBase {
  readonly kind: 'redirect' | 'exp' | 'unknown';
  /** As it is written. */
  readonly name: string;
  readonly value: MacroString;
}
export type Term = Directive | Modifier;

/** An SPF record that obeys the grammar of RFC 7208 §12. */
export interface SpfRecord {
  readonly text: string;
  /** All terms, in the order of the record. */
  readonly terms: readonly Term[];
  /** The mechanisms among them. */
  readonly directives: readonly Directive[];
  /** The `redirect` modifier, unless an `all` makes it void (RFC 7208 §6.1). */
  readonly redirect?: Modifier;
  readonly exp?: Modifier;
}
