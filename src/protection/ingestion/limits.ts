/**
 * What one arrival may cost. Reports are mail from strangers, so every size is bounded before its bytes are there, and each
 * bound has a problem code of its own (`ingestion/…`), so that an operator sees which one to raise.
 */
export interface IngestionLimits {
  /** Bytes of an arrival as it came. */
  readonly arrivalBytes: number;
  /** Bytes of an arrival that are held in memory at one time: a zip and a message must be whole to be opened. */
  readonly heldBytes: number;
  /** Bytes of a message. */
  readonly messageBytes: number;
  /** Bytes that one compressed run may expand to. */
  readonly expandedBytes: number;
  /** Bytes that everything in an arrival may expand to, taken together. */
  readonly totalExpandedBytes: number;
  /** How many times its compressed size a run may expand to, once it is larger than `ratioFromBytes`. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  /** Wrappings inside wrappings: a gzip in a zip in a mail is three. */
  readonly nesting: number;
  /** Entries of one zip. */
  readonly zipEntries: number;
  /** Things opened in one arrival, at every depth: entries, parts, members. */
  readonly totalEntries: number;
  /** Parts of one message, and how deep they lie in one another. */
  readonly messageParts: number;
  readonly messageDepth: number;
  /** Lines of a message of unusual shape, each of which is held by itself while it is read, at about two kilobytes. */
  readonly messageLines: number;
  /** Bytes of the header fields of a message, those of its parts included. */
  readonly headerBytes: number;
  /** Characters of a name that is kept: file names, entries, parts. */
  readonly nameLength: number;
}

const kilo = 1024;
const mega = 1024 * kilo;
const giga = 1024 * mega;

/**
 * The limits when nothing else is set. A real report of a million records is about 800 MB of XML in 20 to 40 MB of gzip; identical
 * records compress to a few hundredths of that, which the ratio leaves room for. Deflate can reach 1,032 times.
 */
export const defaultLimits: IngestionLimits = {
  arrivalBytes: 4 * giga,
  heldBytes: 192 * mega,
  messageBytes: 96 * mega,
  expandedBytes: 4 * giga,
  totalExpandedBytes: 16 * giga,
  ratio: 500,
  ratioFromBytes: 64 * mega,
  nesting: 8,
  zipEntries: 20_000,
  totalEntries: 50_000,
  messageParts: 1000,
  messageDepth: 32,
  messageLines: 100_000,
  headerBytes: 1 * mega,
  nameLength: 255,
};
