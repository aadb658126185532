import { dkimResults } from '../../standards/authentication-results/index.ts';
import type { MethodResult, Property } from '../../standards/authentication-results/index.ts';
import type { DkimVerification } from '../../standards/dkim/index.ts';
import type { Verification } from './verification.ts';

/**
 * A verification as results of RFC 8601 §2.7, in the order SPF, DKIM, ARC, DMARC. What was not judged is left out: a receiver of
 * the field must not take it for a result.
 */
export function resultsOf(
  { spf, arc, dmarc, authorDomain, connection }: Omit<Verification, 'authenticationResults'>,
  signatures: DkimVerification,
): MethodResult[] {
  const results: MethodResult[] = [];
  const plain = { methodVersion: 1, comments: [] };
  if (spf.result !== 'not-known') {
    const value = spf.scope === 'helo' ? connection.helo?.value : connection.mailFrom?.value;
    const properties: Property[] = [
      { type: 'smtp', name: spf.scope === 'helo' ? 'helo' : 'mailfrom', value: value ?? '' },
    ];
    results.push({ ...plain, method: 'spf', result: spf.result, properties });
  }
  results.push(...dkimResults(signatures));
  if (arc.status !== 'none') results.push({ ...plain, method: 'arc', result: arc.status, properties: [] });
  if (dmarc.result !== 'not-known' && authorDomain !== undefined) {
    const [view] = dmarc.views;
    results.push({
      ...plain,
      method: 'dmarc',
      result: dmarc.result,
      comments: view?.policy === undefined ? [] : [`p=${view.policy} dis=${view.disposition ?? 'none'}`],
      properties: [{ type: 'header', name: 'from', value: authorDomain }],
    });
  }
  return results;
}
