// The two files a BIMI record names: the logo, an SVG of a small and safe kind (SVG Tiny Portable/Secure, draft-svg-tiny-ps), and the
// certificate that says whose mark it is ("Mark Certificate"). What mailbox providers show rests on both.
import { X509Certificate } from 'node:crypto';
import type { Problem } from '../problem.ts';

/** What providers take at most (draft-svg-tiny-ps §5.5 recommends 32 kB). */
const mostBytes = 32_768;
const seeLogo = 'SVG Tiny PS draft';
const seeEvidence = 'BIMI draft, Evidence Document';
/** id-kp-BrandIndicatorforMessageIdentification: the purpose a mark certificate is for (IANA, SMI Security for PKIX Extended Key Purpose, 31). */
const markPurpose = '1.3.6.1.5.5.7.3.31';

/** Elements that run, move or fetch: the profile has none of them. */
const forbidden = [
  'script',
  'animate',
  'animateTransform',
  'animateMotion',
  'set',
  'image',
  'foreignObject',
  'a',
  'audio',
  'video',
];

/** What keeps a logo from being shown. Looks at the text, does not draw it. Never throws. */
export function logoProblems(bytes: Uint8Array): Problem[] {
  const problems: Problem[] = [];
  const add = (code: string, values: Problem['values'] = {}): void =>
    void problems.push({ code, values, see: seeLogo });
  if (bytes.length > mostBytes) add('bimi/logo-large', { bytes: bytes.length, most: mostBytes });
  // Compressed (SVGZ): what is inside is not looked at here.
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return problems;
  const text = new TextDecoder().decode(bytes.subarray(0, 4 * mostBytes));
  const root = /<(?:[a-z]+:)?svg(?=[\s>])([^>]{0,4000})>/i.exec(text)?.[1];
  if (root === undefined) {
    add('bimi/logo-no-svg');
    return problems;
  }
  const attribute = (name: string): string | undefined =>
    new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']([^"']{0,200})["']`).exec(root)?.[1];
  const profile = attribute('baseProfile') ?? '';
  const version = attribute('version') ?? '';
  if (profile !== 'tiny-ps' || version !== '1.2') add('bimi/logo-profile', { profile, version });
  if (attribute('x') !== undefined || attribute('y') !== undefined) add('bimi/logo-position');
  if (!/<(?:[a-z]+:)?title(?:\s[^>]{0,500})?>\s*[^<\s]/i.test(text)) add('bimi/logo-no-title');
  if (/<!ENTITY/i.test(text)) add('bimi/logo-forbidden', { element: '!ENTITY' });
  for (const element of forbidden) {
    if (new RegExp(`<(?:[a-z]+:)?${element}(?=[\\s/>])`).test(text)) add('bimi/logo-forbidden', { element });
  }
  if (/(?:href|src)\s*=\s*["']\s*(?:https?:|\/\/|data:)/i.test(text)) add('bimi/logo-reference');
  return problems;
}

/**
 * What is amiss with a mark certificate, as far as it can be told without the roots that vouch for marks: whether it is one, for this
 * domain, and holds at this time. Never throws.
 *
 * @param pem the file: certificates, the domain's own first
 * @param domains the domain, and the one its policy is from
 */
export function evidenceProblems(pem: Uint8Array, domains: readonly string[], at: Date): Problem[] {
  const problems: Problem[] = [];
  const add = (code: string, values: Problem['values'] = {}): void =>
    void problems.push({ code, values, see: seeEvidence });
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    add('bimi/evidence-unreadable');
    return problems;
  }
  if (!(certificate.keyUsage ?? []).includes(markPurpose)) add('bimi/evidence-no-mark');
  const [first, last] = [certificate.validFromDate, certificate.validToDate];
  if (!(first <= at && at <= last)) {
    const day = Number.isNaN(last.getTime()) ? '' : last.toISOString().slice(0, 10);
    add('bimi/evidence-expired', { day });
  }
  const names = [...(certificate.subjectAltName ?? '').matchAll(/(?:^|, )DNS:([^,"]*)/g)].map(([, name = '']) =>
    name.toLowerCase(),
  );
  // A selector may stand before the domain: default._bimi.example.com.
  const fits = (name: string): boolean =>
    domains.some((domain) => name === domain || name.endsWith(`._bimi.${domain}`));
  if (!names.some(fits)) add('bimi/evidence-name', { names: names.slice(0, 5).join(', ').slice(0, 200) });
  return problems;
}
