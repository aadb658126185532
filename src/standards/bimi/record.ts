/** A BIMI Assertion Record (draft-brand-indicators-for-message-identification, "Assertion Record Definition"). */
export interface BimiRecord {
  /** Where the logo lies, over HTTPS; `''` declines to show one. */
  readonly l: string;
  /** Where the evidence lies (a mark certificate), over HTTPS; `''`: there is none. */
  readonly a: string;
  /** The local part of the sender is tried as a selector, when it begins with one of these; `[]`: always. Absent: never. */
  readonly lps?: readonly string[];
  /** Whether the logo or the sender's own picture is to be shown. */
  readonly avp?: 'brand' | 'personal';
  /** Tags that the draft does not know, in the order in which they came; they are ignored. */
  readonly others: readonly { readonly name: string; readonly value: string }[];
}
