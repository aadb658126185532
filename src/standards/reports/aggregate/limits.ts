/**
 * What a report may cost before it is refused. A report is mail from a stranger: each bound is checked before the bytes it
 * would cost are held, and each has a code of its own. The defaults are far above what honest reporters send, so that a
 * report that meets one is either an attack or a mistake worth a look.
 */
export interface Limits {
  /** Bytes of XML, after unpacking. The largest honest reports known have a million rows of less than a kilobyte: 2 GiB is twice that. */
  readonly bytes: number;
  /** Open elements. The schema needs 6; the rest is for extensions. */
  readonly depth: number;
  /** Bytes of one tag with its attributes. A `feedback` with a dozen namespaces stays under 2 kB. */
  readonly tagLength: number;
  /** Attributes of one tag. */
  readonly attributes: number;
  /** Bytes of one text, comment, processing instruction or extension. `error` and `comment` are free text, "unbounded" in RFC 9990 §3.1.5. */
  readonly textLength: number;
  /** Records of one report. */
  readonly rows: number;
  /** Messages one row may stand for. Whoever sees more than ten thousand million from one address in one period is wrong. */
  readonly count: number;
  /** DKIM results of one row: RFC 9990 §3.1.3 says that there SHOULD be at most 100; more are taken, up to here. */
  readonly dkimResults: number;
  /** SPF results or override reasons of one row, errors of a report, extensions of a row or of a report. */
  readonly listItems: number;
  /** Days between begin and end. Reports of weeks are seen, of more than a year never. */
  readonly spanDays: number;
  /** Distinct texts held by the dictionaries of a reader before it starts them anew (this refuses nothing: see `RowDictionaries`). */
  readonly distinct: number;
  /** Bytes of these texts. */
  readonly distinctBytes: number;
}

export const defaultLimits: Limits = {
  bytes: 2 ** 31,
  depth: 64,
  tagLength: 16_384,
  attributes: 64,
  textLength: 262_144,
  rows: 5_000_000,
  count: 10_000_000_000,
  dkimResults: 1_000,
  listItems: 200,
  spanDays: 400,
  distinct: 600_000,
  distinctBytes: 24 * 1024 * 1024,
};
