// What is amiss with SPF records (RFC 7208): of the domain, of the names its servers greet with, of names below.
import { parse } from '../../standards/spf/index.ts';
import { isUpForGrabs } from './claim.ts';
import { sendsNothing, short, txt } from './finding.ts';
import type { Case, FindingDraft } from './finding.ts';
import type { PublishedRecord, Severity } from './posture.ts';
import type { SpfPosture } from './published.ts';
import { sharedRelays } from './relays.ts';

/** A network of this many addresses or more is too many to be one's own mail servers: a /16, a /12, a /8. */
const wide4: readonly (readonly [least: number, severity: Severity])[] = [
  [2 ** 24, 'critical'],
  [2 ** 20, 'serious'],
  [2 ** 16, 'moderate'],
];
/** The same for IPv6, as powers of two: a /16, a /24, a /31. Whoever asks a registry gets a /32, or less. */
const wide6: readonly (readonly [least: number, severity: Severity])[] = [
  [112, 'critical'],
  [104, 'serious'],
  [97, 'moderate'],
];

/** Half of all addresses: what lets this in lets everybody in. */
const nearlyAll = 2 ** 31;

/** Whether a record lets anybody pass. */
export function passesNearlyAll(spf: SpfPosture): boolean {
  return spf.otherwise === 'pass' || spf.passes4 >= nearlyAll || spf.passes6Bits >= 127;
}

/** How bad it is that a term lets so many addresses in; `undefined`: not at all. Records of others may hold more: they serve many. */
export function widthOf(v4: number, v6Bits: number, isOwn: boolean): Severity | undefined {
  const least = isOwn ? 'moderate' : 'serious';
  const found = [wide4.find(([size]) => v4 >= size)?.[1], wide6.find(([bits]) => v6Bits >= bits)?.[1]].filter(
    (severity) => severity !== undefined,
  );
  if (found.includes('critical')) return 'critical';
  if (found.includes('serious')) return 'serious';
  return found.length > 0 && least === 'moderate' ? 'moderate' : undefined;
}

/** A record with another end: the terms without `all` and `redirect`, and this. */
function ending(text: string, all: '-all' | '~all'): string {
  const terms = text
    .trim()
    .split(/ +/)
    .filter((term) => !/^[+?~-]?all$/i.test(term));
  return [...terms, all].join(' ');
}

/** A record without some terms; nothing when that leaves no record that can be read. */
function without(text: string, gone: ReadonlySet<string>): string | undefined {
  const kept = text
    .trim()
    .split(/ +/)
    .filter((term) => !gone.has(term));
  const next = kept.join(' ');
  return next !== text && parse(next).ok ? next : undefined;
}

/** Several records as one: every term once, in order, and softfail for the rest; nothing when one of them cannot be read. */
function merged(texts: readonly string[]): string | undefined {
  const terms = new Set<string>();
  for (const text of texts) {
    const reading = parse(text);
    if (!reading.ok) return undefined;
    for (const term of reading.value.terms) {
      if (term.kind === 'redirect' || term.kind === 'exp') return undefined;
      if (term.kind !== 'all') terms.add(term.text);
    }
  }
  const next = ['v=spf1', ...terms, '~all'].join(' ');
  return next.length <= 450 ? next : undefined;
}

/** What is amiss with the domain's own record. */
export function spfFindings(question: Case): void {
  const { published, role, add } = question;
  const { spf, domain } = published;
  const nothing = sendsNothing(role);
  const closed: readonly PublishedRecord[] = [txt(domain, 'v=spf1 -all')];
  if (spf.outcome === 'none' && published.exists !== 'no-such-name') {
    add({
      code: nothing ? 'posture/spf-missing-unused' : 'posture/spf-missing',
      severity: nothing ? 'moderate' : 'serious',
      name: domain,
      see: 'RFC 7208 §3',
      remedy: nothing ? 'posture/do-spf-close' : 'posture/do-spf-publish',
      records: nothing ? closed : undefined,
    });
  }
  recordFindings(spf, add);
  if (spf.outcome !== 'record') return;
  const [text = ''] = spf.texts;
  if (nothing && (spf.passes4 > 0 || spf.passes6Bits >= 0 || spf.otherwise !== 'fail') && role !== 'receiving') {
    add({
      code: 'posture/spf-unused-open',
      severity: spf.passes4 > 0 || spf.passes6Bits >= 0 ? 'serious' : 'moderate',
      name: domain,
      record: text,
      see: 'RFC 7208 §10.1.2',
      remedy: 'posture/do-spf-close',
      records: closed,
    });
  } else if (spf.otherwise === 'neutral') {
    add({
      code: 'posture/spf-neutral',
      severity: 'moderate',
      name: domain,
      record: text,
      see: 'RFC 7208 §8.2',
      remedy: 'posture/do-spf-end',
      records: [txt(domain, ending(text, nothing ? '-all' : '~all'))],
    });
  }
  if (!nothing && spf.otherwise === 'fail') {
    add({
      code: 'posture/spf-hard-fail',
      severity: 'note',
      name: domain,
      record: text,
      see: 'RFC 9989 §7.1',
      remedy: 'posture/do-spf-soften',
      records: [txt(domain, ending(text, '~all'))],
    });
  }
  if (published.mail.outcome === 'null-mx' && (spf.passes4 > 0 || spf.passes6Bits >= 0)) {
    add({
      code: 'posture/spf-sends-with-null-mx',
      severity: 'minor',
      name: domain,
      record: text,
      see: 'RFC 7505 §4.2',
      remedy: 'posture/do-null-mx-or-spf',
    });
  }
}

/** What is amiss with a record, whosever it is. */
export function recordFindings(spf: SpfPosture, add: Case['add']): void {
  const name = spf.domain;
  const [text = ''] = spf.texts;
  const draft = (
    code: string,
    severity: Severity,
    see: string,
    remedy: string,
    more: Partial<FindingDraft> = {},
  ): void => add({ code, severity, name, record: text, see, remedy, ...more });
  if (spf.outcome === 'several') {
    const one = merged(spf.texts);
    draft('posture/spf-several', 'serious', 'RFC 7208 §4.5', 'posture/do-spf-merge', {
      record: spf.texts.map((each) => short(each)).join(' | '),
      values: { count: spf.texts.length },
      records: one === undefined ? undefined : [txt(name, one)],
      remove: spf.texts.map((each) => txt(name, each)),
    });
  }
  if (spf.outcome === 'invalid') {
    draft('posture/spf-invalid', 'serious', 'RFC 7208 §4.6', 'posture/do-spf-correct', { because: spf.problems });
  }
  if (spf.outcome !== 'record') return;
  for (const { result, code, values = {}, see = 'RFC 7208 §4.6' } of spf.errors) {
    const because = [{ code, values, see }];
    if (result === 'temperror') {
      draft('posture/spf-untold', 'note', see, 'posture/do-ask-again', { because, key: String(values['name'] ?? '') });
    } else if (code === 'spf/too-many-lookups') {
      draft('posture/spf-too-many-lookups', 'serious', see, 'posture/do-spf-fewer-lookups', {
        values: { lookups: spf.lookups },
        because,
      });
    } else if (code === 'spf/too-many-void-lookups') {
      draft('posture/spf-too-many-void-lookups', 'serious', see, 'posture/do-spf-void', { because });
    } else {
      draft('posture/spf-error', 'serious', see, 'posture/do-spf-void', {
        because,
        key: `${code} ${String(values['term'] ?? '')}`,
      });
    }
  }
  if (spf.errors.every(({ code }) => code !== 'spf/too-many-lookups') && spf.lookups >= 9) {
    draft('posture/spf-near-limit', 'minor', 'RFC 7208 §4.6.4', 'posture/do-spf-fewer-lookups', {
      values: { lookups: spf.lookups },
    });
  }
  if (passesNearlyAll(spf)) {
    draft('posture/spf-passes-all', 'critical', 'RFC 7208 §8.3', 'posture/do-spf-end', {
      records: spf.otherwise === 'pass' ? [txt(name, ending(text, '~all'))] : undefined,
    });
  } else widthFindings(spf, add);
  for (const { term, owner, v4 } of spf.rented) {
    draft('posture/spf-rented', 'serious', 'RFC 7208 §11.4', 'posture/do-spf-narrow', {
      values: { term, owner, addresses: v4 },
      key: term,
    });
  }
  const dangling = spf.leanings.filter(({ standing }) => isUpForGrabs(standing));
  const gone = new Set(dangling.filter(({ at }) => at === name).map((each) => each.text));
  const mended = gone.size === 0 ? undefined : without(text, gone);
  for (const leaning of dangling) {
    draft('posture/spf-dangling', 'critical', 'RFC 7208 §11.4', 'posture/do-remove-leaning', {
      values: leaningValues(leaning),
      key: leaning.missing ?? leaning.name,
      records: mended === undefined ? undefined : [txt(name, mended)],
    });
  }
  for (const relay of spf.relays) {
    const known = sharedRelays.find(({ provider }) => provider === relay.provider);
    if (known === undefined || known.checksSender === 'yes') continue;
    draft(
      'posture/spf-shared-relay',
      known.checksSender === 'no' ? 'moderate' : 'note',
      'RFC 7208 §11.4',
      'posture/do-ask-provider',
      {
        values: { provider: relay.provider, term: relay.term },
        key: relay.provider,
      },
    );
  }
  if (spf.open.some((term) => /^[+?~-]?ptr/i.test(term))) {
    draft('posture/spf-ptr', 'minor', 'RFC 7208 §5.5', 'posture/do-spf-without-ptr');
  }
  const flaws = spf.problems.filter(
    ({ code }) => !['spf/no-final-term', 'spf/passes-all', 'spf/ptr-used'].includes(code),
  );
  if (flaws.length > 0)
    draft('posture/spf-flaws', 'minor', 'RFC 7208 §4.6', 'posture/do-spf-correct', {
      because: flaws,
      values: { count: flaws.length },
    });
  if (text.length > 450) {
    draft('posture/spf-long', 'minor', 'RFC 7208 §3.4', 'posture/do-spf-shorten', { values: { length: text.length } });
  }
}

function widthFindings(spf: SpfPosture, add: Case['add']): void {
  for (const { domain, term, via, v4, v6Bits } of spf.lets) {
    const severity = widthOf(v4, v6Bits, domain === spf.domain);
    if (severity === undefined) continue;
    add({
      code: 'posture/spf-wide',
      severity,
      name: spf.domain,
      record: spf.texts[0] ?? '',
      see: 'RFC 7208 §11.4',
      remedy: 'posture/do-spf-narrow',
      values: { term, via, owner: domain, addresses: v4 > 0 ? v4 : `2^${v6Bits}` },
      key: `${domain} ${term}`,
    });
  }
}

/** What a sentence about something that dangles needs. */
export function leaningValues(leaning: {
  readonly name: string;
  readonly at: string;
  readonly text: string;
  readonly missing?: string;
  readonly claim?: string;
  readonly service?: string;
}): Record<string, string> {
  const { name, at, text, missing = name, claim = missing, service = '' } = leaning;
  return { target: name, at, text: short(text), missing, claim, service };
}
