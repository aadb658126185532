// What could still be forged: for the domain itself, the names below it that are known, those that exist and have no record, and those that
// do not exist, every way that is known to get a message past DMARC. Each way is tried for each name; what is found closed is said too, so
// that silence never stands for safety.
import { isAtOrBelow } from '../../standards/dns/index.ts';
import { isUpForGrabs } from './claim.ts';
import { strength } from './dmarc.ts';
import { leaningValues, passesNearlyAll, widthOf } from './findings-spf.ts';
import type { Forgery, Role, Severity } from './posture.ts';
import type { Leaning, Published, SpfPosture } from './published.ts';
import { RoadMap } from './road-map.ts';
import type { Subject } from './road-map.ts';
import { sharedRelays } from './relays.ts';

/** What no record of the domain closes, said once. */
const beside = [
  'posture/beside-look-alikes',
  'posture/beside-display-names',
  'posture/beside-replay',
  'posture/beside-accounts',
  'posture/beside-selectors',
  'posture/beside-receivers',
] as const;

/** Works out every road. Pure: what it knows is what was published. */
export function forgeryOf(published: Published, role: Role): Forgery {
  const subjects = subjectsOf(published, role);
  const map = new RoadMap(published.domain);
  for (const subject of subjects) {
    askedRoads(subject, published, map);
    olderRoads(subject, published, map);
  }
  policyRoads(published, subjects, map);
  spfRoads(published, subjects, map);
  dkimRoads(published, subjects, map);
  takenNames(published, subjects, map);
  const roads = map.roads();
  return {
    names: subjects.map((subject) => ({
      ...subject,
      roads: roads.filter(
        ({ opens, severity }) =>
          severity !== 'note' && opens.some(({ name, kind }) => name === subject.name && kind === subject.kind),
      ).length,
    })),
    roads,
    closed: map.closed(),
    untold: map.untold(),
    beside,
  };
}

function subjectsOf(published: Published, role: Role): Subject[] {
  const { domain, dmarc, names, wildcard } = published;
  const known = names
    .filter(({ name, exists }) => isAtOrBelow(name, domain) && exists !== 'no-such-name')
    .map(({ name, inForce }) => ({ kind: 'subdomain' as const, name, ...inForce }));
  return [
    { kind: role === 'parked' ? 'parked' : 'domain', name: domain, ...dmarc.domain },
    ...known,
    { kind: 'unrecorded', name: `*.${domain}`, ...dmarc.subdomain },
    // With a wildcard there is no name that does not exist.
    ...(wildcard.exists === 'yes' ? [] : [{ kind: 'nonexistent' as const, name: `*.${domain}`, ...dmarc.nonexistent }]),
  ];
}

/** What receivers of today are asked to do with it. */
function askedRoads(subject: Subject, published: Published, map: RoadMap): void {
  const { current, name, kind } = subject;
  const label = kind === 'nonexistent' ? `${name} (nonexistent)` : name;
  if (current.asks === 'unknown') return map.leave('policy', label);
  if (current.asks === 'reject')
    return map.close('policy', label, { from: current.from ?? '', tag: current.tag ?? 'p' });
  const record = published.dmarc.record?.text;
  const from = current.from ?? published.domain;
  const evidence = {
    name: `_dmarc.${from}`,
    ...(record === undefined || from !== published.dmarc.record?.domain ? {} : { record }),
  };
  const base = { way: 'policy', opens: [subject], evidence, key: current.tag ?? '' } as const;
  const values = { name, from, tag: current.tag ?? 'p', asks: current.asks };
  if (current.asks === 'nothing') {
    return map.open({
      ...base,
      code: 'posture/road-no-policy',
      severity: 'critical',
      remedy: published.dmarc.record === undefined ? 'posture/do-dmarc-begin' : 'posture/do-dmarc-correct',
      values,
    });
  }
  if (current.testing && current.policy !== 'none') {
    const severity = current.asks === 'none' ? 'critical' : 'minor';
    return map.open({
      ...base,
      code: 'posture/road-testing',
      severity,
      remedy: 'posture/do-dmarc-finish-testing',
      values: { ...values, policy: current.policy ?? '' },
    });
  }
  const remedy = remedyFor(subject);
  if (current.asks === 'none')
    return map.open({ ...base, code: 'posture/road-policy-none', severity: 'critical', remedy, values });
  return map.open({ ...base, code: 'posture/road-quarantine', severity: 'minor', remedy, values });
}

function remedyFor({ kind, current }: Subject): string {
  if (kind === 'subdomain' && current.tag === 'p') return 'posture/do-dmarc-raise-name';
  if (current.tag === 'sp') return 'posture/do-dmarc-raise-sp';
  if (current.tag === 'np') return 'posture/do-dmarc-raise-np';
  return kind === 'parked' ? 'posture/do-dmarc-close' : 'posture/do-dmarc-climb';
}

/** Receivers of the older generation, where they are asked for less. */
function olderRoads(subject: Subject, published: Published, map: RoadMap): void {
  const { current, older, name, kind } = subject;
  const label = kind === 'nonexistent' ? `${name} (nonexistent)` : name;
  if (older.asks === 'unknown' || current.asks === 'unknown') return map.leave('older', label);
  if (strength(older) >= strength(current)) return map.close('older', label);
  const isOpen = older.asks === 'none' || older.asks === 'nothing';
  return map.open({
    way: 'older',
    code: older.percent === undefined ? 'posture/road-older' : 'posture/road-older-percent',
    severity: isOpen ? 'serious' : older.percent === undefined ? 'minor' : 'moderate',
    opens: [subject],
    evidence: { name: `_dmarc.${older.from ?? published.domain}` },
    remedy:
      older.percent !== undefined
        ? 'posture/do-dmarc-drop-pct'
        : kind === 'nonexistent' || kind === 'unrecorded'
          ? 'posture/do-dmarc-raise-sp'
          : 'posture/do-dmarc-own-record',
    values: { name, asks: older.asks, current: current.asks, percent: older.percent ?? 100 },
    key: `${current.asks} ${older.asks}`,
  });
}

/** Where the policy itself can be set aside. */
function policyRoads(published: Published, subjects: readonly Subject[], map: RoadMap): void {
  const { dmarc, wildcard, nameServers, domain } = published;
  const { record } = dmarc;
  if (dmarc.domain.current.asks === 'unknown') {
    for (const way of ['alias-and-text', 'dmarc-alias', 'reports'] as const) map.leave(way);
  }
  if (isUnanswered(published, 'NS')) map.leave('name-server');
  map.close('np');
  if (wildcard.exists === 'unknown') map.leave('np');
  else if (wildcard.exists === 'yes' && record?.np !== undefined) {
    const rank = { none: 0, quarantine: 1, reject: 2 };
    if (rank[record.np] > rank[record.sp ?? record.p ?? 'none']) {
      map.open({
        way: 'np',
        code: 'posture/road-np',
        severity: 'moderate',
        opens: subjects.filter(({ kind }) => kind === 'unrecorded'),
        evidence: { name: `*.${domain}`, record: wildcard.types.join(', ') },
        remedy: 'posture/do-wildcard-remove',
        values: { np: record.np },
      });
    }
  }
  map.close('alias-and-text');
  if (dmarc.aliasAndText) {
    map.open({
      way: 'alias-and-text',
      code: 'posture/road-alias-and-text',
      severity: 'serious',
      opens: subjects,
      evidence: { name: `_dmarc.${domain}` },
      remedy: 'posture/do-dmarc-alias-or-text',
    });
  }
  for (const [way, leanings] of [
    ['dmarc-alias', dmarc.leanings],
    ['name-server', nameServers],
  ] as const) {
    dangling(way, leanings, () => subjects, 'critical', map);
  }
}

/** Whether the DNS did not answer for the domain itself. */
function isUnanswered({ lookups, domain }: Published, type: string): boolean {
  return lookups.some((each) => each.name === domain && each.type === type && each.outcome.startsWith('dns/'));
}

const danglingRoads = {
  'dmarc-alias': 'posture/road-dmarc-alias',
  'name-server': 'posture/road-name-server',
  'spf-dangling': 'posture/road-spf-dangling',
  'dkim-dangling': 'posture/road-dkim-dangling',
  'name-dangling': 'posture/road-name-dangling',
  'wildcard-dangling': 'posture/road-wildcard-dangling',
  mx: 'posture/road-mx',
} as const;

/** Opens a road for each name that a stranger can have; leaves open what could not be told. */
function dangling(
  way: keyof typeof danglingRoads,
  leanings: readonly Leaning[],
  opens: (leaning: Leaning) => readonly Subject[],
  severity: Severity,
  map: RoadMap,
): void {
  map.close(way);
  for (const leaning of leanings) {
    if (leaning.standing === 'unknown') map.leave(way);
    if (!isUpForGrabs(leaning.standing)) continue;
    map.open({
      way,
      code: danglingRoads[way],
      severity,
      opens: opens(leaning),
      evidence: { name: leaning.at, record: leaning.text },
      remedy: 'posture/do-remove-leaning',
      values: leaningValues(leaning),
      key: leaning.missing ?? leaning.name,
    });
  }
}

/** The names that an identifier vouches for: itself, and where alignment is relaxed all of the organization (RFC 9989 §3.2.10). */
function aligned(
  published: Published,
  subjects: readonly Subject[],
  identifier: string,
  mode: 'r' | 's' | undefined,
): Subject[] {
  const top = published.dmarc.organizationalDomain ?? published.domain;
  return subjects.filter(({ name }) =>
    mode === 's' ? name === identifier : name === identifier || isAtOrBelow(identifier.replace(/^\*\./, ''), top),
  );
}

/** Ways through SPF: of the domain, of each name below it, of what a wildcard says. */
function spfRoads(published: Published, subjects: readonly Subject[], map: RoadMap): void {
  const { domain, names, wildcard, dmarc } = published;
  const top = dmarc.organizationalDomain ?? domain;
  const mode = dmarc.record?.aspf;
  const trees: SpfPosture[] = [
    published.spf,
    ...names.filter(({ name }) => isAtOrBelow(name, top)).map(({ spf }) => spf),
    ...(wildcard.exists === 'yes' ? [{ ...wildcard.spf, domain: `*.${domain}` }] : []),
  ];
  const spfWays = ['spf-all', 'spf-wide', 'spf-rented', 'spf-dangling', 'shared-relay'] as const;
  for (const way of spfWays) map.close(way);
  for (const spf of trees) {
    if (spf.outcome === 'unknown' || spf.errors.some(({ result }) => result === 'temperror')) {
      for (const way of spfWays) map.leave(way);
    }
    if (spf.outcome === 'record') spfTree(spf, aligned(published, subjects, spf.domain, mode), map);
  }
}

function spfTree(spf: SpfPosture, opens: readonly Subject[], map: RoadMap): void {
  const evidence = { name: spf.domain, record: spf.texts[0] ?? '' };
  const at = spf.domain;
  if (passesNearlyAll(spf)) {
    map.open({
      way: 'spf-all',
      code: 'posture/road-spf-all',
      severity: 'critical',
      opens,
      evidence,
      remedy: 'posture/do-spf-end',
      values: { at },
    });
  } else {
    for (const { domain, term, v4, v6Bits } of spf.lets) {
      const severity = widthOf(v4, v6Bits, domain === spf.domain);
      if (severity === undefined) continue;
      const addresses = v4 > 0 ? v4 : `2^${v6Bits}`;
      const values = { at, term, addresses, owner: domain };
      map.open({
        way: 'spf-wide',
        code: 'posture/road-spf-wide',
        severity,
        opens,
        evidence,
        remedy: 'posture/do-spf-narrow',
        values,
        key: `${domain} ${term}`,
      });
    }
  }
  for (const { term, owner, v4 } of spf.rented) {
    const values = { at, term, owner, addresses: v4 };
    map.open({
      way: 'spf-rented',
      code: 'posture/road-spf-rented',
      severity: 'serious',
      opens,
      evidence,
      remedy: 'posture/do-spf-narrow',
      values,
      key: term,
    });
  }
  dangling('spf-dangling', spf.leanings, () => opens, 'critical', map);
  for (const { provider, term } of spf.relays) {
    const relay = sharedRelays.find((each) => each.provider === provider);
    if (relay === undefined || relay.checksSender === 'yes') continue;
    map.open({
      way: 'shared-relay',
      code: 'posture/road-shared-relay',
      severity: relay.checksSender === 'no' ? 'moderate' : 'note',
      opens,
      evidence,
      remedy: 'posture/do-ask-provider',
      values: { at, provider, term },
      key: provider,
    });
  }
}

/** Ways through DKIM: a key that can be worked out, a key that a stranger can publish. */
function dkimRoads(published: Published, subjects: readonly Subject[], map: RoadMap): void {
  const { dkim, domain, dmarc } = published;
  const opens = aligned(published, subjects, domain, dmarc.record?.adkim);
  map.close('dkim-broken');
  const leanings: Leaning[] = [];
  for (const selector of dkim.selectors) {
    if (selector.outcome === 'unknown' && selector.origin !== 'common') {
      map.leave('dkim-broken');
      map.leave('dkim-dangling');
    }
    if (selector.leaning !== undefined) leanings.push(selector.leaning);
    const { bits = 0, keyType, outcome, testing } = selector;
    // A message signed with a key that is being tested is to be treated as unsigned (RFC 6376 §3.6.1).
    if (outcome !== 'key' || keyType !== 'rsa' || bits >= 1024 || testing) continue;
    map.open({
      way: 'dkim-broken',
      code: 'posture/road-dkim-broken',
      severity: bits < 768 ? 'critical' : 'serious',
      opens,
      evidence: { name: selector.name },
      remedy: 'posture/do-dkim-replace',
      values: { selector: selector.selector, bits },
    });
  }
  if (dkim.domainkey === 'unknown' || dkim.unanswered > 0) {
    map.leave('dkim-broken');
    map.leave('dkim-dangling');
  }
  dangling('dkim-dangling', leanings, () => opens, 'critical', map);
}

/** Names below the domain that a stranger can have, and what else he can then receive. */
function takenNames(published: Published, subjects: readonly Subject[], map: RoadMap): void {
  const { names, wildcard, domain, dmarc, mail } = published;
  const isStrict = dmarc.record?.aspf === 's' && dmarc.record.adkim === 's';
  const mode = isStrict ? 's' : 'r';
  const known = [{ name: domain, leaning: published.leaning }, ...names];
  const leanings = known.flatMap(({ leaning, name }) =>
    leaning === undefined || !isAtOrBelow(name, dmarc.organizationalDomain ?? domain) ? [] : [leaning],
  );
  // Names are found in records: those of records that were not told are not known.
  const isBlind = (['MX', 'NS', 'TXT'] as const).some((type) => isUnanswered(published, type));
  if (isBlind || names.some(({ exists }) => exists === 'unknown')) map.leave('name-dangling');
  dangling('name-dangling', leanings, ({ at }) => aligned(published, subjects, at, mode), 'critical', map);
  const ofWildcard = wildcard.leaning === undefined ? [] : [{ ...wildcard.leaning, at: `*.${domain}` }];
  if (wildcard.exists === 'unknown') map.leave('wildcard-dangling');
  dangling('wildcard-dangling', ofWildcard, ({ at }) => aligned(published, subjects, at, mode), 'critical', map);

  const own = subjects.slice(0, 1);
  if (mail.outcome === 'unknown') map.leave('mx');
  dangling(
    'mx',
    mail.servers.map(({ leaning }) => leaning),
    () => own,
    'serious',
    map,
  );
  map.close('reports');
  for (const { leaning, uri, host } of dmarc.destinations) {
    if (leaning.standing === 'unknown') map.leave('reports');
    if (!isUpForGrabs(leaning.standing)) continue;
    map.open({
      way: 'reports',
      code: 'posture/road-reports',
      severity: 'moderate',
      opens: own,
      evidence: { name: `_dmarc.${dmarc.record?.domain ?? domain}`, record: dmarc.record?.text ?? '' },
      remedy: 'posture/do-dmarc-change-rua',
      values: { uri, host, claim: leaning.claim ?? host },
      key: uri,
    });
  }
}
