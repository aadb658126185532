// What the parts of this world hand to each other.

/** An address that mails. */
export interface Source {
  readonly address: string;
  /** Its PTR; absent where it has none. */
  readonly reverse?: string;
  /** Whether that name leads back to it. */
  readonly leadsBack?: boolean;
  /** The sender, when its tenants share the address. */
  readonly shared?: string;
}

export interface Signature {
  readonly domain: string;
  readonly selector: string;
  /** The text was changed after it was signed, or the signature was never made with the key. */
  readonly broken?: boolean;
}

/** What all messages of a lane have in common. */
export interface Shape {
  /** The domain of From. */
  readonly author: string;
  /** The domain of MAIL FROM; `''`: a null sender. */
  readonly envelope: string;
  readonly helo: string;
  readonly signatures: readonly Signature[];
}

/** One way in which an origin mails. */
export interface Lane {
  readonly shape: Shape;
  readonly sources: readonly Source[] | ((day: number) => readonly Source[]);
  /** How many of the sources mail on a day. */
  readonly hands: number;
  /** Messages on a day on which it mails, to receivers that report; of forged mail: its weight among its origin's lanes. */
  readonly volume: number;
  /** The days between which it mails, the first and the one after the last; absent: always. */
  readonly during?: readonly [from: number, until: number];
}

export type Kind = 'own' | 'third' | 'forwarder' | 'forged' | 'abused';

export interface Origin {
  readonly id: string;
  readonly kind: Kind;
  readonly party: string;
  readonly sender: string;
  /** The day of the world from which on it may mail. */
  readonly since: number;
  readonly every: 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'once';
  /** How much it mails on a day of the world, 1 being its usual volume. */
  readonly busy: (day: number) => number;
  readonly lanes: readonly Lane[];
  /** Of a forwarder: whether receivers may know it and let its mail through; a list also rewrites From where a policy is enforced. */
  readonly passedOn?: 'hop' | 'list';
  /** Of forged mail: its share of all that is forged. */
  readonly weight?: number;
  /** What it is declared as, where somebody declared it. */
  readonly declared?: { readonly domains: string; readonly networks: string; readonly purpose: string };
}

/** Mail of one lane from one source to one receiver on one day. */
export interface Flow {
  readonly origin: Origin;
  readonly day: number;
  readonly source: Source;
  readonly shape: Shape;
  readonly receiver: number;
  readonly count: number;
  /** A number of its own, by which lots are drawn for it. */
  readonly serial: number;
}

/** How large a world is. */
export interface Scale {
  readonly countries: number;
  readonly days: number;
  readonly volume: number;
  /** Addresses of the largest botnet. */
  readonly bots: number;
  /** Days a report of most reporters spans. */
  readonly span: number;
}

export const scales: Readonly<Record<'small' | 'medium', Scale>> = {
  small: { countries: 4, days: 112, volume: 0.4, bots: 420, span: 7 },
  medium: { countries: 8, days: 168, volume: 3, bots: 2400, span: 1 },
};
