// Combinations without their source: what the message showed of itself, wherever it came from. There are far fewer of these than
// of combinations, so everything that takes text is done here.
import { alignmentBits } from '../../history.ts';
import type { Dictionaries } from '../../history.ts';
import type { AuthFacts, AuthFactsIndex, Name, Names, RowSignature } from './facts.ts';
import { envelopeShape } from './facts.ts';
import { nullSenders } from './greetings.ts';
import { TupleNumbers } from './tuples.ts';
import type { InventoryColumns } from '../inventory.ts';

/** A domain of ours that signs, with its selector family: what a set-up is known by. */
export interface SigningPair {
  readonly number: number;
  readonly domain: string;
  readonly org: string;
  readonly family: string;
}

export interface RowType {
  readonly number: number;
  readonly author: Name;
  readonly envelope: Name | null;
  readonly shape: string;
  readonly auth: AuthFacts;
  /** SPF aligned, DKIM aligned (relaxed), as worked out at filing. */
  readonly spf: boolean;
  readonly dkim: boolean;
  /** The aligned signature that passed; its pair. */
  readonly signature: RowSignature | null;
  readonly pair: SigningPair | null;
  /** Pairs of signatures in our name that did not pass. */
  readonly broken: readonly SigningPair[];
  /** An envelope of another that SPF passes: whoever mailed this owns up to it. */
  readonly foreignPass: Name | null;
  /** An envelope or a signature that holds is of a domain that is neither ours nor a sender's of the catalogue. */
  readonly anotherName: boolean;
}

export class RowTypes {
  readonly all: RowType[] = [];
  readonly pairs: SigningPair[] = [];
  readonly #pairs = new Map<string, SigningPair>();
  readonly #isService: (domain: string) => boolean;

  /** @param isService whether a domain is one that a sender of the catalogue signs with or puts in the envelope */
  constructor(isService: (domain: string) => boolean) {
    this.#isService = isService;
  }

  /** @returns the row type of every combination */
  of(columns: InventoryColumns, dictionaries: Dictionaries, names: Names, auths: AuthFactsIndex): Int32Array {
    const types = new Int32Array(columns.length);
    const nulls = nullSenders(columns, dictionaries, names, auths);
    const known = new TupleNumbers(columns.length / 4);
    const { auth, authorDomain, envelopeFrom, alignment } = columns;
    for (let at = 0; at < columns.length; at++) {
      // Alignment is four bits.
      const number = known.of(auth[at]!, authorDomain[at]!, envelopeFrom[at]!, alignment[at]! + 16 * nulls[at]!);
      if (number === this.all.length)
        this.#make(
          auths.of(auth[at]!),
          names.of(dictionaries.name(authorDomain[at]!) ?? ''),
          dictionaries.name(envelopeFrom[at]!),
          alignment[at]!,
          nulls[at] === 1,
          names,
        );
      types[at] = number;
    }
    return types;
  }

  /** The pair of a signature. */
  pairOf({ name, family }: RowSignature): SigningPair {
    const key = `${family}@${name.text}`;
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      pair = { number: this.pairs.length, domain: name.text, org: name.org, family };
      this.pairs.push(pair);
      this.#pairs.set(key, pair);
    }
    return pair;
  }

  #make(
    auth: AuthFacts,
    author: Name,
    envelopeText: string | undefined,
    bits: number,
    isNull: boolean,
    names: Names,
  ): void {
    const { spf } = auth;
    const told = spf !== null && spf.scope !== 'helo' ? spf.name : null;
    const envelope = envelopeText === undefined || envelopeText === '' ? told : names.of(envelopeText);
    const dkim = (bits & alignmentBits.dkimRelaxed) !== 0;
    const signature = dkim ? bestSignature(auth.own, author) : null;
    const foreignPass = spf !== null && spf.pass && !spf.name.own ? spf.name : null;
    const number = this.all.length;
    this.all.push({
      number,
      author,
      envelope: isNull ? null : envelope,
      shape: envelopeShape(author, envelope, isNull),
      auth,
      spf: (bits & alignmentBits.spfRelaxed) !== 0,
      dkim,
      signature,
      pair: signature === null ? null : this.pairOf(signature),
      broken: auth.broken.map((each) => this.pairOf(each)),
      foreignPass,
      anotherName:
        (foreignPass !== null && !this.#isService(foreignPass.text)) ||
        auth.foreign.some(({ name }) => !this.#isService(name.text)),
    });
  }
}

/** Of the signatures that align: that of the author domain itself, one with a selector, the first. */
function bestSignature(own: readonly RowSignature[], author: Name): RowSignature | null {
  let best: RowSignature | null = null;
  let bestRank = -1;
  for (const signature of own) {
    if (signature.name.org !== author.org) continue;
    const rank = (signature.name === author ? 2 : 0) + (signature.family === '' ? 0 : 1);
    if (rank > bestRank) {
      best = signature;
      bestRank = rank;
    }
  }
  return best;
}
