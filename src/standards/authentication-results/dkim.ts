import type { DkimVerification } from '../dkim/index.ts';
import type { MethodResult, Property } from './parse.ts';

/**
 * What a DKIM verification found, as results to be written (RFC 8601 §2.7.1; RFC 6008 for `header.b`, which tells signatures of
 * one domain apart by the first characters of theirs). A message without a signature has the one result `none`.
 *
 * @param reasonOf The words for a result that is not `pass`; left out when not given.
 */
export function dkimResults(
  verification: DkimVerification,
  reasonOf?: (code: string, values: Readonly<Record<string, string | number>>) => string,
): MethodResult[] {
  const plain = { method: 'dkim', methodVersion: 1, comments: [] };
  if (verification.results.length === 0) return [{ ...plain, result: 'none', properties: [] }];
  return verification.results.map((each) => {
    const { signature, reason } = each;
    const parts: (readonly [name: string, value: string | undefined])[] = [
      ['d', nameOnly(each.signingDomain)],
      ['i', signature?.auid],
      ['s', nameOnly(each.selector)],
      ['a', signature?.algorithm],
      ['b', signature?.signature.toString('base64').slice(0, 8)],
    ];
    const properties: Property[] = parts.flatMap(([name, value]) =>
      value === undefined ? [] : [{ type: 'header', name, value }],
    );
    return {
      ...plain,
      result: each.result,
      ...(reason === undefined || reasonOf === undefined ? {} : { reason: reasonOf(reason.code, reason.values ?? {}) }),
      properties,
    };
  });
}

/** Of a signature that could not be read, only what looks like a name is passed on. */
function nameOnly(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w.-]{1,253}$/.test(text) ? text : undefined;
}
