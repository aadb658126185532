// The records that a step on the ladder publishes, written from what stands there: the product says which step, the world plays the record.

const strength = ['none', 'quarantine', 'reject'] as const;
type Policy = (typeof strength)[number];

const isPolicy = (text: string | undefined): text is Policy => strength.some((each) => each === text);

/**
 * The record of a rung, with the policies below the domain as they are obeyed today.
 *
 * @param now the record that governs the domain today; `undefined` where none does
 * @param isOwn whether it stands at the domain itself, rather than above it
 * @param rung `none`, `quarantine-soft`, `quarantine`, `reject-soft`, `reject`
 * @param rua where reports go when there is no record that says so
 */
export function rungRecord(now: string | undefined, isOwn: boolean, rung: string, rua: string): string {
  const tags = new Map<string, string>();
  for (const part of (now ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0) tags.set(part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim());
  }
  const policyOf = (tag: string): Policy | undefined => {
    const text = tags.get(tag)?.toLowerCase();
    return isPolicy(text) ? text : undefined;
  };
  const wasSoft = tags.get('t') === 'y' || tags.get('pct') === '0';
  const p = policyOf('p') ?? 'none';
  const sp = policyOf('sp') ?? p;
  const np = policyOf('np') ?? sp;
  const isSoft = rung.endsWith('-soft');
  const kept = (asked: Policy): Policy => {
    const obeyed = wasSoft ? strength[Math.max(0, strength.indexOf(asked) - 1)]! : asked;
    // A record is softened as a whole: what has to go on asking for quarantine says reject then.
    return isSoft && obeyed === 'quarantine' ? 'reject' : obeyed;
  };
  const others = ['adkim', 'aspf', 'ruf', 'fo'].flatMap((tag) => {
    const value = tags.get(tag);
    return value === undefined ? [] : [`${tag}=${value}`];
  });
  return [
    'v=DMARC1',
    `p=${rung.replace(/-soft$/, '')}`,
    `sp=${kept(sp)}`,
    `np=${kept(isOwn ? np : sp)}`,
    ...(isSoft ? ['t=y', 'pct=0'] : []),
    ...others,
    `rua=${tags.get('rua') ?? rua}`,
  ].join('; ');
}
