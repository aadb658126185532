// What a receiver of the world concludes about DMARC, in both generations: RFC 9989 with the tree walk (`t`, `np`), and RFC 7489
// with a public suffix list that knows `example` as a suffix (`pct`, neither `t` nor `np`). Written apart from the product's own.
import type { AlignmentMode, Generation, Policy } from '../../src/standards/reports/aggregate/model.ts';
import type { Zone } from './records.ts';

export interface DmarcRecord {
  readonly domain: string;
  readonly p: Policy;
  readonly sp?: Policy;
  readonly np?: Policy;
  readonly adkim: AlignmentMode;
  readonly aspf: AlignmentMode;
  readonly pct: number;
  readonly testing: boolean;
  /** Whether anyone asks for aggregate reports. */
  readonly reported: boolean;
}

/** The policy that applies to an author domain: the record, and which of its policies. */
export interface AppliedPolicy {
  readonly record: DmarcRecord;
  readonly policy: Policy;
}

/** One zone's policies, each looked up once. */
export class DmarcReceiver {
  readonly #zone: Zone;
  readonly #records = new Map<string, DmarcRecord | undefined>();
  readonly #applied = new Map<string, AppliedPolicy | undefined>();
  readonly #organizational = new Map<string, string>();

  constructor(zone: Zone) {
    this.#zone = zone;
  }

  /** The record at `_dmarc.<domain>`; none when there is none, or several (RFC 9989 §4.10). */
  record(domain: string): DmarcRecord | undefined {
    if (this.#records.has(domain)) return this.#records.get(domain);
    const texts = this.#zone.values(`_dmarc.${domain}`, 'TXT').filter((text) => /^v=DMARC1\s*(?:;|$)/.test(text));
    const record = texts.length === 1 ? parseDmarc(texts[0]!, domain) : undefined;
    this.#records.set(domain, record);
    return record;
  }

  /** The Organizational Domain: the shortest name with a record (RFC 9989 §4.10.2; the world has no `psd` tags), or one label below the suffix. */
  organizational(domain: string, generation: Generation): string {
    const key = `${generation} ${domain}`;
    const known = this.#organizational.get(key);
    if (known !== undefined) return known;
    const labels = domain.split('.');
    let found = domain;
    if (generation === 'rfc7489') found = labels.slice(-2).join('.');
    else {
      // The walk: the name itself, then the seven right-most labels (RFC 9989 §4.10), down to the top.
      for (let n = Math.min(labels.length, 7); n >= 1; n--) {
        const name = labels.slice(-n).join('.');
        if (this.record(name) !== undefined) found = name;
      }
    }
    this.#organizational.set(key, found);
    return found;
  }

  /** What is asked of receivers for mail from this author domain; `undefined` when no record applies. */
  applied(authorDomain: string, generation: Generation): AppliedPolicy | undefined {
    const key = `${generation} ${authorDomain}`;
    if (this.#applied.has(key)) return this.#applied.get(key);
    const applied = this.#apply(authorDomain, generation);
    this.#applied.set(key, applied);
    return applied;
  }

  #apply(authorDomain: string, generation: Generation): AppliedPolicy | undefined {
    const own = this.record(authorDomain);
    if (own !== undefined) return { record: own, policy: own.p };
    const record = this.record(this.organizational(authorDomain, generation));
    if (record === undefined) return undefined;
    const below = record.sp ?? record.p;
    const absent = generation === 'rfc9990' && !this.#zone.exists(authorDomain);
    return { record, policy: absent ? (record.np ?? below) : below };
  }

  /** Identifier alignment (RFC 9989 §4.4, RFC 7489 §3.1). */
  aligned(authorDomain: string, other: string, mode: AlignmentMode, generation: Generation): boolean {
    if (other === authorDomain) return true;
    return mode === 'r' && this.organizational(other, generation) === this.organizational(authorDomain, generation);
  }
}

function parseDmarc(text: string, domain: string): DmarcRecord {
  const tags = new Map(
    text.split(';').map((part): [string, string] => {
      const [name = '', value = ''] = part.split('=').map((word) => word.trim());
      return [name, value];
    }),
  );
  const policy = (name: string): Policy | undefined => {
    const value = tags.get(name);
    return value === 'none' || value === 'quarantine' || value === 'reject' ? value : undefined;
  };
  const sp = policy('sp');
  const np = policy('np');
  return {
    domain,
    p: policy('p') ?? 'none',
    ...(sp === undefined ? {} : { sp }),
    ...(np === undefined ? {} : { np }),
    adkim: tags.get('adkim') === 's' ? 's' : 'r',
    aspf: tags.get('aspf') === 's' ? 's' : 'r',
    pct: tags.has('pct') ? Number(tags.get('pct')) : 100,
    testing: tags.get('t') === 'y',
    reported: tags.has('rua'),
  };
}
