import type { AuthenticationResults } from '../../authentication-results/index.ts';
import type { IdentityAlignment, ReportedAlignment } from './report.ts';

type Mechanism = 'dkim' | 'spf';

/**
 * Reads `Identity-Alignment` and settles, where the report itself allows only one answer, which of its two meanings is meant.
 * RFC 9991 §4 turned the meaning of RFC 7489 §7.3.1 around and kept the syntax, and reporters never agreed on the old one.
 * What settles it: a mechanism that did not pass at all cannot have authenticated an aligned identity; a message that failed DMARC
 * has no aligned mechanism left to list.
 *
 * @param results The Authentication-Results of the report.
 * @param failed Whether the report is about a failure of authentication.
 * @returns `undefined` when the field cannot be read.
 */
export function readIdentityAlignment(
  value: string,
  results: readonly AuthenticationResults[],
  failed: boolean,
): { readonly listed: IdentityAlignment; readonly alignment?: ReportedAlignment } | undefined {
  const words = value
    .replace(/\([^()]*\)/g, ' ')
    .toLowerCase()
    .split(/[\s,;-]+/)
    .filter((word) => word !== '');
  const named = (['dkim', 'spf'] as const).filter((each) => words.includes(each));
  if (words.length === 0 || words.some((word) => word !== 'dkim' && word !== 'spf' && word !== 'none'))
    return undefined;
  if (words.includes('none') && named.length > 0) return undefined;
  const meaning = meaningOf(named, results, failed);
  const listed = { named, meaning };
  if (meaning === 'unknown') return { listed };
  const verdict = (mechanism: Mechanism): 'fail' | 'pass' =>
    named.includes(mechanism) === (meaning === 'aligned') ? 'pass' : 'fail';
  return { listed, alignment: { dkim: verdict('dkim'), spf: verdict('spf'), from: 'identity-alignment' } };
}

function meaningOf(
  named: readonly Mechanism[],
  results: readonly AuthenticationResults[],
  failed: boolean,
): IdentityAlignment['meaning'] {
  const all = results.flatMap((each) => each.results);
  // What the mechanism itself said: `pass` if any of its results did; `undefined` when it was not tried, as far as one can see.
  const raw = (mechanism: Mechanism): 'fail' | 'pass' | undefined => {
    const own = all.filter((each) => each.method === mechanism && each.result !== 'none');
    return own.length === 0 ? undefined : own.some((each) => each.result === 'pass') ? 'pass' : 'fail';
  };
  const dmarc = all.find((each) => each.method === 'dmarc')?.result;
  const possible = new Set<'aligned' | 'failed'>(['aligned', 'failed']);
  for (const mechanism of ['dkim', 'spf'] as const) {
    if (raw(mechanism) !== 'fail') continue;
    // Not authenticated at all: under the old meaning it must be missing, under the new one it must be there.
    possible.delete(named.includes(mechanism) ? 'aligned' : 'failed');
  }
  // One aligned mechanism is enough for DMARC: a message that failed has none to list under the old meaning, and under the new
  // one cannot have succeeded in all. A report of a failure that names no DMARC result may still be of one leg only.
  if (dmarc === 'fail' && named.length > 0) possible.delete('aligned');
  if (dmarc === undefined && failed && named.length === 2) possible.delete('aligned');
  if ((dmarc === 'fail' || (dmarc === undefined && failed)) && named.length === 0) possible.delete('failed');
  if (dmarc === 'pass' && named.length === 2) possible.delete('failed');
  if (dmarc === 'pass' && named.length === 0) possible.delete('aligned');
  return possible.size === 1 ? [...possible][0]! : 'unknown';
}
