// The tables of the history, and how a fact is laid out. A fact is what one row of a report says about one day: a row of a
// report that spans several days is as many facts as it has days with messages.
import type { Migration } from './migrate.ts';

/** The columns of `facts`, in order. All are INTEGER but `messages`, which is DOUBLE (whole numbers below 2^53). */
export const factColumns = [
  // The number of the document in the register.
  'report',
  // UTC day since 1970.
  'day',
  // The day of the previous fact of the same row, `never` when there is none: so that a row of several days is counted once.
  'earlier',
  'source',
  'author_domain',
  'policy_domain',
  'reporter',
  'envelope_from',
  'envelope_to',
  'auth',
  'reasons',
  // Small codes, packed: see `flagBits`.
  'flags',
  // Days that the report spans.
  'spread',
  'messages',
] as const;

/** `earlier` of the first fact of a row. */
export const never = -2_147_483_648;

/** Where the small codes of a fact stand in `flags`: the lowest bit, and the mask after shifting. */
export const flagBits = {
  alignment: { shift: 0, mask: 15 },
  dkim: { shift: 4, mask: 3 },
  spf: { shift: 6, mask: 3 },
  disposition: { shift: 8, mask: 7 },
  generation: { shift: 11, mask: 1 },
  origin: { shift: 12, mask: 7 },
} as const;

/** The dictionaries: a table each, of `id` and `value`; ids run from 1. 0 is "not said". */
export const dictionaryTables = ['addresses', 'names', 'reporters', 'auths', 'reason_lists'] as const;
export type DictionaryTable = (typeof dictionaryTables)[number];

/** Every version of the schema, in order; the number of one is its place, from 1. A migration that was released never changes. */
export const migrations: readonly Migration[] = [
  {
    about: 'facts, dictionaries and what is known about the whole',
    statements: [
      `CREATE TABLE facts (${factColumns.map((name) => `${name} ${name === 'messages' ? 'DOUBLE' : 'INTEGER'} NOT NULL`).join(', ')})`,
      ...dictionaryTables.map((table) => `CREATE TABLE ${table} (id INTEGER NOT NULL, value VARCHAR NOT NULL)`),
    ],
  },
];
