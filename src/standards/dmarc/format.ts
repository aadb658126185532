import type { DmarcRecord } from './record.ts';

/**
 * Writes a record as it is published (RFC 9989 §4.8): `p` in second place, where receivers of RFC 7489 look for it, then the tags in
 * a fixed order, the reports at the end. Nothing is dropped: what has no effect, and policies that are wrong, stand where they stood,
 * because without them the record would mean something else. Reading the result gives the same record.
 */
export function formatDmarcRecord(record: DmarcRecord): string {
  const tags: string[] = ['v=DMARC1'];
  const add = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) tags.push(`${name}=${value}`);
  };
  for (const name of ['p', 'sp', 'np'] as const) {
    add(name, record.invalidPolicies.find(({ tag }) => tag === name)?.value ?? record[name]);
  }
  add('t', record.t);
  add('pct', record.pct);
  add('psd', record.psd);
  add('adkim', record.adkim);
  add('aspf', record.aspf);
  add('fo', record.fo?.join(':'));
  for (const name of ['rua', 'ruf'] as const) {
    const uris = record[name].map(({ uri, obsoleteSize }) =>
      obsoleteSize === undefined ? uri : `${uri}!${obsoleteSize}`,
    );
    if (uris.length > 0) add(name, uris.join(','));
  }
  add('rf', record.rf);
  add('ri', record.ri);
  for (const { name, value } of record.others) add(name, value);
  return tags.join('; ');
}
