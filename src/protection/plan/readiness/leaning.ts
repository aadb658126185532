// Mail that leans on the SPF record of a name: by its envelope, or by what its servers say after HELO (RFC 7208 §2.3, §2.4). The author
// domain may be another one, of another brand even: what `-all` ends at MAIL FROM does not ask who is in From.
import type { TakenInventory } from '../../inventory/index.ts';
import { standingOf, standings } from '../../simulation/what-if/index.ts';
import type { Standing } from '../../simulation/what-if/index.ts';

/** Mail of one stream and author domain under one SPF domain, that SPF let by without a pass. */
export interface LeaningMail {
  /** Place in `streams` of the inventory. */
  readonly stream: number;
  readonly author: string;
  readonly standing: Standing;
  /** Messages that were not let pass: `-all` fails them. Some receivers write a soft failure as `fail`, so that counts too. */
  readonly messages: number;
}

/**
 * Finds the mail that `-all` would fail, by SPF domain. Forged and forbidden mail is left out: to fail that is what the record is for.
 *
 * @param domains SPF domains that are asked about
 */
export function leaningMail(
  { combinations, dictionaries, streamOf, decisionOf, kindOf }: TakenInventory,
  domains: ReadonlySet<string>,
): Map<string, LeaningMail[]> {
  const byKey = new Map<string, { domain: string; mail: { -readonly [K in keyof LeaningMail]: LeaningMail[K] } }>();
  const lacking = new Map<number, readonly string[]>();
  for (let row = 0; row < combinations.length; row++) {
    const auth = combinations.auth[row]!;
    let named = lacking.get(auth);
    if (named === undefined) {
      const found = (dictionaries.auth(auth)?.spf ?? []).flatMap(({ domain, result }) =>
        domain !== undefined && domains.has(domain) && result !== 'pass' ? [domain] : [],
      );
      lacking.set(auth, (named = [...new Set(found)]));
    }
    if (named.length === 0) continue;
    const standing = standings[standingOf(decisionOf[row]!, kindOf[row]!)]!;
    if (standing === 'thought-forged' || standing === 'forbidden') continue;
    const stream = streamOf[row]!;
    const author = combinations.authorDomain[row]!;
    for (const domain of named) {
      const key = `${stream} ${author} ${standing} ${domain}`;
      const known = byKey.get(key);
      if (known !== undefined) known.mail.messages += combinations.messages[row]!;
      else {
        const mail = {
          stream,
          author: dictionaries.name(author) ?? '',
          standing,
          messages: combinations.messages[row]!,
        };
        byKey.set(key, { domain, mail });
      }
    }
  }
  const found = new Map<string, LeaningMail[]>();
  for (const { domain, mail } of byKey.values()) {
    const list = found.get(domain);
    if (list === undefined) found.set(domain, [mail]);
    else list.push(mail);
  }
  return found;
}
