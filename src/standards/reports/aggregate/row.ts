import type { Row } from './model.ts';
import { alignmentCodes, dispositionCodes } from './rows.ts';
import type { RowBatch, RowDictionaries } from './rows.ts';

/** One row of a batch in full. */
export function rowAt(batch: RowBatch, index: number, dictionaries: RowDictionaries): Row {
  const source = dictionaries.addresses.value(batch.source[index]!);
  const disposition = dispositionCodes[batch.disposition[index]!];
  const dkim = alignmentCodes[batch.dkim[index]!];
  const spf = alignmentCodes[batch.spf[index]!];
  const headerFrom = dictionaries.names.value(batch.headerFrom[index]!);
  const envelopeFrom = dictionaries.names.value(batch.envelopeFrom[index]!);
  const envelopeTo = dictionaries.names.value(batch.envelopeTo[index]!);
  const extensions = batch.extensions?.get(index);
  return {
    ...(source === undefined ? {} : { source }),
    count: batch.count[index]!,
    ...(disposition === undefined ? {} : { disposition }),
    ...(dkim === undefined ? {} : { dkim }),
    ...(spf === undefined ? {} : { spf }),
    reasons: dictionaries.reasons.value(batch.reasons[index]!) ?? [],
    ...(headerFrom === undefined ? {} : { headerFrom }),
    ...(envelopeFrom === undefined ? {} : { envelopeFrom }),
    ...(envelopeTo === undefined ? {} : { envelopeTo }),
    authResults: dictionaries.auths.value(batch.auth[index]!) ?? { dkim: [], spf: [] },
    ...(extensions === undefined ? {} : { extensions }),
  };
}
