import { formatMx, formatTlsa } from '../standards/transport/index.ts';
import type { RecordData, RecordType } from '../standards/dns/index.ts';

/** What a record says, as a zone file has it; a TXT record as its text. */
export function recordText(data: RecordData[RecordType]): string {
  if (typeof data === 'string') return data;
  if (isStrings(data)) return data.join('');
  if ('exchange' in data) return formatMx(data);
  if ('usage' in data) return formatTlsa(data);
  if ('mname' in data) return `${data.mname}. ${data.rname}. ${data.serial} ${data.minimum}`;
  if ('keyTag' in data) return `${data.keyTag} ${data.algorithm} ${data.digestType} ${hex(data.digest)}`;
  return `${data.flags} 3 ${data.algorithm} ${Buffer.from(data.key).toString('base64')}`;
}

function isStrings(data: RecordData[RecordType]): data is RecordData['TXT'] {
  return Array.isArray(data);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
