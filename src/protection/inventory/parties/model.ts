/** What a party is to the organisation. */
export const partyTypes = ['own-company', 'department', 'supplier', 'agency', 'partner', 'customer', 'other'] as const;
export type PartyType = (typeof partyTypes)[number];

/** Who owns the relation behind a stream: who may be asked about it, and can have it mended. */
export interface Party {
  /** Made of its first name, and stays when that changes. */
  readonly id: string;
  readonly name: string;
  readonly type: PartyType;
  /** Who in the organisation answers for it. */
  readonly owner: string;
  /** How the party is reached. */
  readonly contact: string;
  /** What was agreed, where the contract lies. */
  readonly contract: string;
  /** 1 comes first; `null` when nobody said. */
  readonly priority: number | null;
}

/** What is said of a party: what is left out stays as it is. */
export type PartyChange = Partial<Omit<Party, 'id'>> & { readonly id?: string };

export const greatestPriority = 99;

export function isPartyType(text: string): text is PartyType {
  return (partyTypes as readonly string[]).includes(text);
}

/** An id of a name: letters and digits, and a number behind it where it is taken. */
export function newPartyId(name: string, isTaken: (id: string) => boolean): string {
  const word =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{Mark}/gu, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40)
      .replace(/-+$/, '') || 'party';
  if (!isTaken(word)) return word;
  for (let number = 2; ; number++) if (!isTaken(`${word}-${number}`)) return `${word}-${number}`;
}

/** The party that is meant by an id or a name; names are the same in upper and lower case. */
export function partyNamed<T extends Pick<Party, 'id' | 'name'>>(text: string, parties: readonly T[]): T | undefined {
  const folded = foldedName(text);
  return parties.find(({ id }) => id === text) ?? parties.find(({ name }) => foldedName(name) === folded);
}

/** A name as two of them are compared: without case, and blanks as one. */
export function foldedName(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
