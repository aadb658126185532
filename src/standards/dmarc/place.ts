// What is odd about a record where it stands: the same text is right at one name and wrong at another.
import { labels } from '../dns/index.ts';
import type { Problem } from '../problem.ts';
import { isPublicSuffix } from './organizational-domain.ts';
import { organizationalDomainOfWalk } from './tree-walk.ts';
import type { TreeWalk } from './tree-walk.ts';

/**
 * What is odd about the record at the start of a full walk, standing there: `sp` and `np` that nobody heeds, a `psd` that contradicts
 * the Public Suffix List, a name that no walk from below comes by, an alias.
 *
 * @returns nothing when there is no record, or a query of the walk was not answered
 */
export function placeProblems(walk: TreeWalk): Problem[] {
  const [own] = walk.steps;
  const record = own?.record;
  if (own === undefined || record === undefined || walk.steps.some(({ outcome }) => outcome === 'unknown')) return [];
  const domain = walk.start;
  const problems: Problem[] = [];
  const [target] = own.aliases;
  if (target !== undefined) {
    problems.push({
      code: 'dmarc/alias',
      values: { name: own.queryName, target: own.aliases.at(-1) ?? target },
      see: 'RFC 1034 §3.6.2',
    });
  }
  const organizationalDomain = organizationalDomainOfWalk(walk);
  const suffix = isPublicSuffix(domain);
  for (const tag of ['sp', 'np'] as const) {
    // What is inherited comes from the Organizational Domain or the public suffix above it, never from between.
    if (record[tag] !== undefined && organizationalDomain !== domain && record.psd !== 'y') {
      problems.push({
        code: 'dmarc/subdomain-policy-ignored',
        values: { tag, domain, organizationalDomain },
        see: 'RFC 9989 §4.7',
      });
    }
  }
  if (record.psd === 'y' && !suffix) {
    problems.push({ code: 'dmarc/psd-of-no-suffix', values: { domain }, see: 'RFC 9989 §4.7' });
  }
  if (record.psd !== 'y' && suffix) {
    problems.push({ code: 'dmarc/suffix-without-psd', values: { domain }, see: 'RFC 9989 §5.2' });
  }
  // From a name below, a walk starts again at seven labels: a record at eight or more is found by its own mail alone.
  if (labels(domain).length >= 8) {
    problems.push({
      code: 'dmarc/beyond-walks',
      values: { domain, labels: labels(domain).length },
      see: 'RFC 9989 §5.1.8',
    });
  }
  return problems;
}
