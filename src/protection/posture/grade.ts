// One letter for a domain. The rules are written down in docs/grading.md, each with its clause or argument; here each is one line. A letter
// is what the strictest rule leaves; it never adds up points, so that no good record outweighs an open door.
import { strength } from './dmarc.ts';
import { passesNearlyAll } from './findings-spf.ts';
import type { Finding, Forgery, Grade, Letter, Role } from './posture.ts';
import type { PolicyView, Published } from './published.ts';

/** From the worst to the best. */
export const letters: readonly Letter[] = ['?', 'F', 'E', 'D', 'C', 'B', 'A', 'A+'];

interface Facts {
  readonly published: Published;
  readonly role: Role;
  readonly findings: readonly Finding[];
  readonly forgery: Forgery;
  readonly has: (...codes: string[]) => boolean;
}

type Rule = readonly [code: string, atMost: Letter, holds: (facts: Facts) => boolean];

const asksLittle = ({ asks }: PolicyView): boolean => asks === 'none' || asks === 'nothing';

/** A door that is open whatever the policy asks: a stranger's mail passes. */
const passes = ({ forgery }: Facts): boolean =>
  forgery.roads.some(({ severity, code }) => severity === 'critical' && !isOfPolicy(code));

function isOfPolicy(code: string): boolean {
  return [
    'posture/road-no-policy',
    'posture/road-policy-none',
    'posture/road-testing',
    'posture/road-quarantine',
  ].includes(code);
}

const belowOpen = ({ forgery }: Facts): boolean =>
  forgery.names.some(({ kind, current }) => kind !== 'domain' && kind !== 'parked' && asksLittle(current));

const belowWeaker = ({ forgery, published }: Facts): boolean =>
  forgery.names.some(
    ({ kind, current }) =>
      kind !== 'domain' &&
      kind !== 'parked' &&
      current.asks !== 'unknown' &&
      strength(current) < strength(published.dmarc.domain.current),
  );

const heard = ({ published: { dmarc } }: Facts): boolean =>
  dmarc.destinations.some(
    ({ tag, outcome, mail, leaning }) =>
      tag === 'rua' &&
      (outcome === 'own' || outcome === 'authorised' || outcome === 'unknown') &&
      mail !== 'nowhere' &&
      leaning.standing !== 'registrable' &&
      leaning.standing !== 'claimable',
  );

const sends = ({ role }: Facts): boolean => role === 'users' || role === 'sending';

const spfBroken = ({ published: { spf } }: Facts): boolean =>
  ['none', 'several', 'invalid'].includes(spf.outcome) || spf.errors.some(({ result }) => result === 'permerror');

const spfWide = ({ forgery }: Facts): boolean =>
  forgery.roads.some(({ code, severity }) => severity === 'serious' && code.includes('/road-spf-'));

const keyOf2048 = ({ published: { dkim } }: Facts): boolean =>
  dkim.selectors.some(({ outcome, keyType, bits = 0 }) => outcome === 'key' && (keyType === 'ed25519' || bits >= 2048));

/** MTA-STS counts by its record until the policy itself was read; DANE by its records until the certificates were seen. */
const encrypted = ({ published: { mail } }: Facts): boolean => {
  const mode = mail.mtaStsPolicy?.mode;
  const hasPolicy = mail.mtaSts.outcome === 'record' && mode !== 'unreadable' && mode !== 'none';
  return (
    mail.outcome !== 'servers' ||
    hasPolicy ||
    mail.mtaSts.outcome === 'unknown' ||
    mail.servers.every(
      ({ dane, connections = [] }) =>
        dane === 'secure' && connections.every((each) => (each.dane ?? 'match') === 'match'),
    )
  );
};

const has =
  (severity: Finding['severity']) =>
  (facts: Facts): boolean =>
    facts.findings.some((finding) => finding.severity === severity);

/** For domains that mail is sent from or received at. */
const mailRules: readonly Rule[] = [
  ['posture/grade-no-policy', 'F', ({ published }) => published.dmarc.domain.current.asks === 'nothing'],
  ['posture/grade-strangers-pass', 'F', passes],
  ['posture/grade-none-unheard', 'E', (facts) => asksLittle(facts.published.dmarc.domain.current) && !heard(facts)],
  ['posture/grade-none', 'D', ({ published }) => asksLittle(published.dmarc.domain.current)],
  ['posture/grade-below-none', 'D', belowOpen],
  ['posture/grade-spf-broken', 'C', spfBroken],
  ['posture/grade-spf-wide', 'C', spfWide],
  [
    'posture/grade-dkim-none',
    'C',
    (facts) => sends(facts) && facts.has('posture/dkim-none', 'posture/dkim-key-broken'),
  ],
  [
    'posture/grade-quarantine',
    'B',
    ({ published, role }) => role !== 'users' && published.dmarc.domain.current.asks === 'quarantine',
  ],
  [
    'posture/grade-partly',
    'B',
    ({ published: { dmarc } }) => dmarc.domain.current.testing || dmarc.domain.older.percent !== undefined,
  ],
  ['posture/grade-below-weaker', 'B', belowWeaker],
  ['posture/grade-unheard', 'B', (facts) => !heard(facts)],
  ['posture/grade-serious', 'B', has('serious')],
  ['posture/grade-moderate', 'A', has('moderate')],
  ['posture/grade-dkim-short', 'A', (facts) => sends(facts) && !keyOf2048(facts)],
  ['posture/grade-dnssec', 'A', ({ published }) => published.dnssec !== 'secure'],
  ['posture/grade-encryption', 'A', (facts) => !encrypted(facts)],
];

/** For domains that no mail comes from and none goes to. */
const parkedRules: readonly Rule[] = [
  ['posture/grade-no-policy', 'F', ({ published }) => published.dmarc.domain.current.asks === 'nothing'],
  ['posture/grade-strangers-pass', 'F', passes],
  ['posture/grade-none', 'D', ({ published }) => asksLittle(published.dmarc.domain.current)],
  ['posture/grade-below-none', 'D', belowOpen],
  [
    'posture/grade-parked-spf-open',
    'D',
    ({ published: { spf } }) => spf.passes4 > 0 || spf.passes6Bits >= 0 || passesNearlyAll(spf),
  ],
  ['posture/grade-parked-spf', 'C', ({ published: { spf } }) => spf.outcome !== 'unknown' && spf.otherwise !== 'fail'],
  ['posture/grade-quarantine', 'C', ({ published }) => published.dmarc.domain.current.asks === 'quarantine'],
  ['posture/grade-below-weaker', 'B', belowWeaker],
  [
    'posture/grade-parked-mail',
    'B',
    ({ published: { mail } }) => mail.outcome === 'implicit' || mail.outcome === 'servers',
  ],
  ['posture/grade-serious', 'B', has('serious')],
  ['posture/grade-parked-key', 'A', ({ has: found }) => found('posture/dkim-unused-key')],
  ['posture/grade-parked-null-mx', 'A', ({ published: { mail } }) => mail.outcome === 'nowhere'],
  ['posture/grade-dnssec', 'A', ({ published }) => published.dnssec !== 'secure'],
];

/** For names that do not exist: only what is asked for from above counts. */
const absentRules: readonly Rule[] = [
  ['posture/grade-no-policy', 'F', ({ published }) => published.dmarc.domain.current.asks === 'nothing'],
  ['posture/grade-strangers-pass', 'F', passes],
  ['posture/grade-none', 'D', ({ published }) => asksLittle(published.dmarc.domain.current)],
  ['posture/grade-quarantine', 'B', ({ published }) => published.dmarc.domain.current.asks === 'quarantine'],
];

const ladders = { mail: mailRules, parked: parkedRules, absent: absentRules } as const;

/** All codes of rules, for the words and the page that explains them. */
export const gradeRules: readonly {
  readonly ladder: Grade['ladder'];
  readonly code: string;
  readonly atMost: Letter;
}[] = Object.entries(ladders).flatMap(([ladder, rules]) =>
  rules.map(([code, atMost]) => ({ ladder: ladder as Grade['ladder'], code, atMost })),
);

/** The letter of a domain, and the rules that hold it down. */
export function gradeOf(published: Published, role: Role, findings: readonly Finding[], forgery: Forgery): Grade {
  const codes = new Set(findings.map(({ code }) => code));
  const facts: Facts = {
    published,
    role,
    findings,
    forgery,
    has: (...wanted) => wanted.some((code) => codes.has(code)),
  };
  const ladder = role === 'parked' ? 'parked' : role === 'absent' ? 'absent' : 'mail';
  const { current } = published.dmarc.domain;
  const rules = ladders[ladder]
    .filter(([, , holds]) => holds(facts))
    .map(([code, atMost]) => ({ code, atMost, values: { domain: published.domain } }))
    .sort((one, other) => letters.indexOf(one.atMost) - letters.indexOf(other.atMost));
  const isTold = current.asks !== 'unknown' && published.spf.outcome !== 'unknown' && published.exists !== 'unknown';
  // An F stands whatever the DNS kept to itself; anything better needs the answer that decides.
  const lowest = rules[0]?.atMost ?? 'A+';
  return {
    letter: current.asks === 'unknown' && lowest !== 'F' ? '?' : lowest,
    certain: isTold && forgery.untold.length === 0,
    ladder,
    rules,
  };
}
