// Observations for use elsewhere: one row a fact, every number said as the text it stands for. The engine writes them to a file
// in the one directory that it may write to, and the file is handed on and taken away.
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Where } from '../../protection/history.ts';
import { generationCodes, originCodes } from '../../protection/history.ts';
import { alignmentCodes, dispositionCodes } from '../../standards/reports/index.ts';
import { storageError } from '../storage-error.ts';
import { compileWhere } from './ask.ts';
import type { LoadedDictionaries } from './dictionaries.ts';
import { quote } from './duckdb.ts';
import type { Connection } from './duckdb.ts';
import { flagBits } from './schema.ts';

export type ExportFormat = 'csv' | 'jsonl' | 'parquet';

let made = 0;

/**
 * The observations that a condition lets through, as the bytes of a file: CSV with a head line, JSON lines, or Parquet. All three
 * have the same columns; texts that are not said are empty in CSV and absent elsewhere. In CSV a text that a spreadsheet would
 * take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets an apostrophe before it.
 *
 * @param directory where the engine may write
 * @throws {StorageError} `storage/disk-full` when there is no room for the file
 */
export async function* exportFacts(
  connection: Connection,
  dictionaries: LoadedDictionaries,
  directory: string,
  format: ExportFormat,
  where: Where,
): AsyncGenerator<Uint8Array> {
  const file = join(directory, `export-${process.pid}-${made++}.${format}`);
  try {
    await prepareTexts(connection, dictionaries);
    const values: (number | string)[] = [];
    const conditions = compileWhere(where, values);
    const select = columns.map(({ name, sql, text }) => `${text && format === 'csv' ? calm(sql) : sql} AS ${name}`);
    await connection.run(
      `COPY (SELECT ${select.join(', ')} FROM facts
         LEFT JOIN addresses AS source_text ON source_text.id = source
         LEFT JOIN names AS author_text ON author_text.id = author_domain
         LEFT JOIN names AS policy_text ON policy_text.id = policy_domain
         LEFT JOIN names AS from_text ON from_text.id = envelope_from
         LEFT JOIN names AS to_text ON to_text.id = envelope_to
         LEFT JOIN reporters AS reporter_text ON reporter_text.id = reporter
         LEFT JOIN auth_texts ON auth_texts.id = auth
         LEFT JOIN reason_texts ON reason_texts.id = reasons
         ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
       ) TO ${quote(file)} (${options[format]})`,
      values,
    );
    for await (const chunk of createReadStream(file)) yield chunk as Uint8Array;
  } catch (error) {
    throw storageError(error, 'history');
  } finally {
    await rm(file, { force: true });
  }
}

const options: Readonly<Record<ExportFormat, string>> = {
  csv: "FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', NULLSTR ''",
  jsonl: 'FORMAT json, ARRAY false',
  parquet: 'FORMAT parquet, COMPRESSION zstd',
};

/** The columns, and whether a text from outside stands in them. */
const columns: readonly { readonly name: string; readonly sql: string; readonly text: boolean }[] = [
  { name: 'day', sql: "strftime(DATE '1970-01-01' + day, '%Y-%m-%d')", text: false },
  { name: 'reporter', sql: 'reporter_text.value', text: true },
  { name: 'policy_domain', sql: 'policy_text.value', text: true },
  { name: 'source', sql: 'source_text.value', text: true },
  { name: 'header_from', sql: 'author_text.value', text: true },
  { name: 'envelope_from', sql: 'from_text.value', text: true },
  { name: 'envelope_to', sql: 'to_text.value', text: true },
  { name: 'messages', sql: 'CAST(messages AS BIGINT)', text: false },
  { name: 'disposition', sql: code('disposition', dispositionCodes), text: false },
  { name: 'dkim', sql: code('dkim', alignmentCodes), text: false },
  { name: 'spf', sql: code('spf', alignmentCodes), text: false },
  { name: 'dkim_alignment', sql: aligned(0), text: false },
  { name: 'spf_alignment', sql: aligned(2), text: false },
  { name: 'dkim_results', sql: 'auth_texts.dkim', text: true },
  { name: 'spf_results', sql: 'auth_texts.spf', text: true },
  { name: 'reasons', sql: 'reason_texts.value', text: true },
  { name: 'generation', sql: code('generation', generationCodes), text: false },
  { name: 'origin', sql: code('origin', originCodes), text: false },
  { name: 'spread_days', sql: 'spread', text: false },
  { name: 'report', sql: 'report', text: false },
];

function code(name: keyof typeof flagBits, codes: readonly (string | undefined)[]): string {
  const cases = codes.map((text, index) => (text === undefined ? '' : `WHEN ${index} THEN ${quote(text)}`));
  return `CASE (flags >> ${flagBits[name].shift}) & ${flagBits[name].mask} ${cases.join(' ')} END`;
}

function aligned(shift: number): string {
  return `CASE WHEN flags & ${2 << shift} <> 0 THEN 'strict' WHEN flags & ${1 << shift} <> 0 THEN 'relaxed' ELSE 'none' END`;
}

/** A text that no spreadsheet takes for a formula. */
function calm(sql: string): string {
  return `CASE WHEN regexp_matches(${sql}, '^[=+\\-@\\t\\r]') THEN chr(39) || ${sql} ELSE ${sql} END`;
}

/** Authentication results and reasons as one text each: `example.com/selector=pass other.example=fail`, `forwarded: why`. */
async function prepareTexts(connection: Connection, dictionaries: LoadedDictionaries): Promise<void> {
  await connection.run('CREATE OR REPLACE TEMP TABLE auth_texts (id INTEGER, dkim VARCHAR, spf VARCHAR)');
  await connection.run('CREATE OR REPLACE TEMP TABLE reason_texts (id INTEGER, value VARCHAR)');
  await connection.transaction(async (writing) => {
    const auths = await writing.append('auth_texts');
    for (let id = 1; id < dictionaries.auths.texts.length; id++) {
      const auth = dictionaries.auth(id);
      const dkim = auth?.dkim.map((each) => result([each.domain, each.selector], each.result));
      const spf = auth?.spf.map((each) => result([each.domain, each.scope], each.result));
      auths.entry(id, dkim?.join(' ') ?? '', spf?.join(' ') ?? '');
    }
    const reasons = await writing.append('reason_texts');
    for (let id = 1; id < dictionaries.reasonLists.texts.length; id++) {
      const list = dictionaries
        .reasons(id)
        .map(({ type, comment }) => [type ?? '', comment].filter(Boolean).join(': '));
      reasons.entry(id, list.join('; '));
    }
  });
}

function result(of: readonly (string | undefined)[], verdict: string | undefined): string {
  return `${of.filter((part) => part !== undefined).join('/')}=${verdict ?? ''}`;
}
