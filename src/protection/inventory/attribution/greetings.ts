// Which mail had a null sender. Then SPF looks at the name a machine greets with (RFC 7208 §2.4), and reporters differ in what they make
// of it: some tell an empty envelope or the scope, some leave both out, some put the greeting where the envelope belongs. What one of
// them shows to be the greeting of an address is no envelope there in the words of another.
import type { Dictionaries } from '../../history.ts';
import type { InventoryColumns } from '../inventory.ts';
import type { AuthFactsIndex, Name, Names } from './facts.ts';
import { TupleNumbers } from './tuples.ts';

/** What a row shows of its sender, whatever address it is from. */
interface Shown {
  /** It says itself that the sender is null. */
  readonly isNull: boolean;
  /** The name that is certainly a greeting; that is told as an envelope. */
  readonly greets: Name | null;
  readonly mails: Name | null;
  /** The name that stands in the place of an envelope, and whether the reporter told neither envelope nor scope. */
  readonly name: Name | null;
  readonly isBare: boolean;
}

/** By combination: 1 where the sender is null. */
export function nullSenders(
  columns: InventoryColumns,
  dictionaries: Dictionaries,
  names: Names,
  auths: AuthFactsIndex,
): Uint8Array {
  const { length, auth, authorDomain, envelopeFrom, messages, source } = columns;
  const shown: Shown[] = [];
  const numbers = new TupleNumbers(length / 4);
  const shownOf = new Int32Array(length);
  for (let at = 0; at < length; at++) {
    const number = numbers.of(auth[at]!, envelopeFrom[at]!, 0);
    shownOf[at] = number;
    if (number === shown.length) shown.push(shownBy(auths.of(auth[at]!), dictionaries.name(envelopeFrom[at]!), names));
  }
  const greeted = new Set<Name>();
  const mailed = new Set<Name>();
  for (const { greets, mails } of shown) {
    if (greets !== null) greeted.add(greets);
    if (mails !== null) mailed.add(mails);
  }
  // By name and address: messages in which it is a greeting for sure, and in which it is told as an envelope.
  const places = new TupleNumbers(1000);
  const greetings: number[] = [];
  const envelopes: number[] = [];
  for (let at = 0; at < length; at++) {
    const { greets, mails } = shown[shownOf[at]!]!;
    for (const [name, sums] of [
      [greets, greetings],
      [mails, envelopes],
    ] as const) {
      if (name === null || !greeted.has(name)) continue;
      const place = places.of(name.number, source[at]!, 0);
      greetings[place] ??= 0;
      envelopes[place] ??= 0;
      sums[place]! += messages[at]!;
    }
  }
  const found = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    const { isNull, isBare, name } = shown[shownOf[at]!]!;
    if (isNull) found[at] = 1;
    else if (name !== null && greeted.has(name)) {
      if (isBare && !mailed.has(name)) found[at] = 1;
      // A machine that mails as itself puts its own name in all of them.
      else if (dictionaries.name(authorDomain[at]!) !== name.text) {
        const place = places.find(name.number, source[at]!, 0);
        if (place !== -1 && greetings[place]! > 0 && greetings[place]! >= envelopes[place]!) found[at] = 1;
      }
    }
  }
  return found;
}

function shownBy({ spf }: ReturnType<AuthFactsIndex['of']>, envelopeText: string | undefined, names: Names): Shown {
  const envelope = envelopeText === undefined || envelopeText === '' ? null : names.of(envelopeText);
  const isHelo = spf?.scope === 'helo';
  return {
    isNull: envelopeText === '' || (envelopeText === undefined && isHelo),
    greets: spf !== null && (isHelo || envelopeText === '') ? spf.name : null,
    mails: envelope ?? (spf?.scope === 'mfrom' && envelopeText !== '' ? spf.name : null),
    name: envelope ?? (spf === null || isHelo ? null : spf.name),
    isBare: envelopeText === undefined && spf?.scope === null,
  };
}
