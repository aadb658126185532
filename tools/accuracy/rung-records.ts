// The records that a step on the ladder publishes, written from what stands there: the product says which step, the world plays the record.

const strength = ['none', 'quarantine', 'reject'] as const;
type Policy = (typeof strength)[number];

const isPolicy = (text: string | undefined): text is Policy => strength.some((each) => each === text);

/** A DMARC record as it stands. */
class Standing {
  readonly #tags = new Map<string, string>();
  /** The policies as they are told. */
  readonly told: { readonly p: Policy; readonly sp: Policy; readonly np: Policy };
  readonly #isSoft: boolean;

  constructor(text: string | undefined) {
    for (const part of (text ?? '').split(';')) {
      const at = part.indexOf('=');
      if (at > 0) this.#tags.set(part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim());
    }
    const policyOf = (tag: string): Policy | undefined => {
      const asked = this.#tags.get(tag)?.toLowerCase();
      return isPolicy(asked) ? asked : undefined;
    };
    const p = policyOf('p') ?? 'none';
    const sp = policyOf('sp') ?? p;
    this.told = { p, sp, np: policyOf('np') ?? sp };
    this.#isSoft = this.#tags.get('t') === 'y' || this.#tags.get('pct') === '0';
  }

  /** What is obeyed of a policy that is told. */
  obeyed(asked: Policy): Policy {
    return this.#isSoft ? strength[Math.max(0, strength.indexOf(asked) - 1)]! : asked;
  }

  /** A record with other policies, and everything else that neither tells nor softens one. */
  with(
    policies: Readonly<Record<'np' | 'p' | 'sp', string>>,
    { isSoft, strict, rua }: { readonly isSoft: boolean; readonly strict?: 'adkim' | 'aspf'; readonly rua: string },
  ): string {
    const others = ['adkim', 'aspf', 'ruf', 'fo'].flatMap((tag) => {
      const value = tag === strict ? 's' : this.#tags.get(tag);
      return value === undefined ? [] : [`${tag}=${value}`];
    });
    return [
      'v=DMARC1',
      `p=${policies.p}`,
      `sp=${policies.sp}`,
      `np=${policies.np}`,
      ...(isSoft ? ['t=y', 'pct=0'] : []),
      ...others,
      `rua=${this.#tags.get('rua') ?? rua}`,
    ].join('; ');
  }
}

/**
 * The record of a rung, with the policies below the domain as they are obeyed today.
 *
 * @param now the record that governs the domain today; `undefined` where none does
 * @param isOwn whether it stands at the domain itself, rather than above it
 * @param rung `none`, `quarantine-soft`, `quarantine`, `reject-soft`, `reject`
 * @param rua where reports go when there is no record that says so
 */
export function rungRecord(now: string | undefined, isOwn: boolean, rung: string, rua: string): string {
  const standing = new Standing(now);
  const { sp, np } = standing.told;
  const isSoft = rung.endsWith('-soft');
  const kept = (asked: Policy): Policy => {
    const obeyed = standing.obeyed(asked);
    // A record is softened as a whole: what has to go on asking for quarantine says reject then.
    return isSoft && obeyed === 'quarantine' ? 'reject' : obeyed;
  };
  return standing.with({ p: rung.replace(/-soft$/, ''), sp: kept(sp), np: kept(isOwn ? np : sp) }, { isSoft, rua });
}

/**
 * The record of a domain with another policy for what lies below it, obeyed in full: what softens it is taken out, and everything else
 * told as it is obeyed today.
 *
 * @param target `undefined`: nothing else changes, what the step is held against
 */
export function belowRecord(now: string, tag: 'np' | 'sp', target: string | undefined, rua: string): string {
  const standing = new Standing(now);
  const { p, sp, np } = standing.told;
  const policies = { p: standing.obeyed(p), sp: standing.obeyed(sp), np: standing.obeyed(np) };
  return standing.with({ ...policies, ...(target === undefined ? {} : { [tag]: target }) }, { isSoft: false, rua });
}

/**
 * The record of a domain at the end of the ladder, below it too: what strict alignment costs is seen where a policy is.
 *
 * @param strict the leg that is to be aligned strictly; `undefined`: as it is today, what the step is held against
 */
export function strictRecord(now: string, strict: 'adkim' | 'aspf' | undefined, rua: string): string {
  return new Standing(now).with(
    { p: 'reject', sp: 'reject', np: 'reject' },
    { isSoft: false, rua, ...(strict === undefined ? {} : { strict }) },
  );
}
