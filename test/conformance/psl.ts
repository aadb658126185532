// The Public Suffix List's own test vectors, and the list itself, against the rule that receivers of RFC 7489 follow, as rows of
// `npm run conformance`. Both are other people's and are read where ZEGEL_CORPORA points.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicSuffixOrganizationalDomain } from '../../src/standards/dmarc/index.ts';
import { domainName, parseDomainName } from '../../src/standards/dns/index.ts';
import type { ConformanceRow } from './spf.ts';

const rule = publicSuffixOrganizationalDomain();
const icannRule = publicSuffixOrganizationalDomain({ privateDomains: false });

/**
 * `checkPublicSuffix` vectors: a name, and the name one label below its longest suffix. `null` stands for "it is a suffix itself",
 * and for texts that are no names. RFC 7489 §3.2 does not say what the Organizational Domain of a suffix is; here it is the
 * suffix, and a name below it has one of its own: both are asked for.
 */
export function* pslVectorRows(corpora: string): Generator<ConformanceRow> {
  const text = readFileSync(join(corpora, 'psl', 'tests', 'test_psl.txt'), 'utf8');
  for (const [, input = '', output = ''] of text.matchAll(/^checkPublicSuffix\(([^,]+), ([^)]+)\);/gm)) {
    const [name, expected] = [unquote(input), unquote(output)];
    const actual = name === undefined ? 'null' : organizationalDomain(name);
    const wanted = expected === undefined ? 'null' : domainName(expected);
    yield {
      suite: 'psl-vectors',
      case: input,
      clause: 'RFC 7489 §3.2',
      expected: [wanted],
      actual,
      outcome: actual === wanted ? 'pass' : 'fail',
      reason: '',
    };
  }
}

/** What the vectors ask: `null` for a suffix and for what is no name. */
function organizationalDomain(text: string): string {
  const name = parseDomainName(text);
  if (!name.ok) return 'null';
  const found = rule(name.value);
  const below = domainName(`probe.${name.value}`);
  const isSuffix = found === name.value && rule(below) === below;
  return isSuffix ? 'null' : found;
}

function unquote(text: string): string | undefined {
  return text === 'null' ? undefined : text.slice(1, -1);
}

/**
 * Every rule of the list: a name two labels below a suffix belongs to the name one label below it; below an exception, to the
 * exception. The list here and the one inside the library are of different days; rules that one has and the other has not are
 * deviations, in the private section only.
 */
export function* pslRuleRows(corpora: string): Generator<ConformanceRow> {
  const text = readFileSync(join(corpora, 'psl', 'public_suffix_list.dat'), 'utf8');
  let section: 'icann' | 'private' = 'icann';
  for (const line of text.split('\n')) {
    if (line.includes('===BEGIN PRIVATE DOMAINS===')) section = 'private';
    const written = line.trim();
    if (written === '' || written.startsWith('//')) continue;
    const exception = written.startsWith('!');
    const suffix = domainName(written.replace(/^!/, '').replace(/^\*\./, 'any.'));
    const wanted = exception ? suffix : domainName(`one.${suffix}`);
    const name = domainName(`two.${wanted}`);
    const actual = rule(name);
    const icann = icannRule(name);
    const right = actual === wanted && (section === 'private' || icann === wanted);
    yield {
      suite: 'psl-rules',
      case: written,
      clause: `RFC 7489 §3.2 (${section})`,
      expected: [wanted],
      actual: section === 'icann' && icann !== actual ? `${actual}, ${icann}` : actual,
      outcome: right ? 'pass' : section === 'private' ? 'deviation' : 'fail',
      reason: right ? '' : 'the list inside tldts is of another day than this one',
    };
  }
}
