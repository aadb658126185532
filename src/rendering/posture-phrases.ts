// What is said of a posture in every rendering alike: the headline, and each part of what is published in a line.
import type { Finding, NameKind, PolicyView, Posture, Ranked, Road } from '../protection/posture/index.ts';
import { safeText } from './safe-text.ts';
import type { Speech } from './speech.ts';

/** Values for a sentence: numbers with separators, texts of strangers made safe and short. */
function safeValues(values: Finding['values'], words: Speech): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'number' ? words.integer(value) : safeText(value, 120),
    ]),
  );
}

/** The sentence of a finding, a road, a rule: anything with a code and values. */
export function sentence(
  said: { readonly code: string; readonly values?: Finding['values'] | undefined },
  words: Speech,
): string {
  return words.say(said.code, safeValues(said.values ?? {}, words));
}

/** What to do about it. A remedy that ends in a colon is followed by records; without them it ends in a full stop. */
export function remedyText(
  { remedy, values, records }: { remedy: string; values: Finding['values']; records?: Finding['records'] | undefined },
  words: Speech,
): string {
  const text = words.say(remedy, safeValues(values, words));
  return records === undefined && text.endsWith(':') ? `${text.slice(0, -1)}.` : text;
}

/** One sentence on how the domain stands. */
export function postureHeadline({ domain, grade, forgery, published }: Posture, words: Speech): string {
  const { asks } = published.dmarc.domain.current;
  const say = (which: string): string => words.say(`posture-headline-${which}`, { domain });
  const own = forgery.names[0];
  const isAround = ({ opens, severity, code }: Road): boolean =>
    (severity === 'critical' || severity === 'serious') &&
    opens.some(({ kind, name }) => kind === own?.kind && name === own.name) &&
    !code.startsWith('posture/road-older');
  if (asks === 'unknown') return say('untold');
  if (asks === 'nothing' || asks === 'none') return say('open');
  if (forgery.roads.some(isAround)) return say('way');
  if (grade.rules.some(({ code }) => code === 'posture/grade-below-none')) return say('below');
  if (asks === 'quarantine') return say('softly');
  return say(forgery.untold.length > 0 ? 'partly' : 'closed');
}

/** One sentence on how many domains stand together. */
export function rankingHeadline(ranked: readonly Ranked[], words: Speech): string {
  const open = ranked.filter(({ isOpen }) => isOpen).length;
  const values = { open: words.integer(open), count: words.integer(ranked.length) };
  return words.say(open === 0 ? 'posture-open-none' : 'posture-open-many', values);
}

/** How many domains have each letter, in the order of the ranking. */
export function lettersOf(ranked: readonly Ranked[]): [letter: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { letter } of ranked) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts];
}

/** Ways around the policy that are open; what is only worth knowing is not counted. */
export function openRoads({ roads }: Ranked): number {
  return roads.critical + roads.serious + roads.moderate + roads.minor;
}

/** `reject`, `set apart`, and for what part of the messages. */
export function asksText(view: PolicyView, words: Speech): string {
  const asks = words.say(`posture-asks-${view.asks}`);
  return view.percent === undefined ? asks : `${asks}, ${words.say('posture-part', { percent: view.percent })}`;
}

/** Whose names: the name itself, or what kind of names. */
export function nameText({ kind, name }: { readonly kind: NameKind; readonly name: string }, words: Speech): string {
  return kind === 'unrecorded' || kind === 'nonexistent' ? words.say(`posture-kind-${kind}`) : safeText(name, 253);
}

/** How a road's names are listed: the first few, and how many more. */
export function opensText({ opens }: Road, words: Speech): string {
  const shown = opens.slice(0, 4).map((each) => nameText(each, words));
  if (opens.length > shown.length) shown.push(words.say('more', { count: opens.length - shown.length }));
  return shown.join(', ');
}

/** One part of what is published: what it is called, the record or records, and what they come to. */
export interface PublishedPart {
  readonly title: string;
  readonly texts: readonly string[];
  readonly about: readonly string[];
  readonly tone?: 'bad' | 'good' | 'warn';
}

/** What is published, part by part. Texts are safe to show. */
export function publishedParts({ published }: Posture, words: Speech): PublishedPart[] {
  const { spf, dmarc, mail, bimi, dnssec } = published;
  const say = (code: string, values: Record<string, string | number> = {}): string =>
    words.say(`posture-${code}`, values);
  const safe = (texts: readonly string[]): string[] => texts.slice(0, 5).map((text) => safeText(text, 600));
  const simple = (title: string, part: { outcome: string; texts: readonly string[] }): PublishedPart => ({
    title,
    texts: safe(part.texts),
    about:
      part.outcome === 'unknown'
        ? [say('not-told')]
        : part.outcome === 'none'
          ? [say('nothing-there')]
          : part.outcome === 'record'
            ? []
            : [say(part.outcome === 'several' ? 'several' : 'invalid')],
    tone: part.outcome === 'record' ? 'good' : part.outcome === 'none' || part.outcome === 'unknown' ? 'warn' : 'bad',
  });
  const secure = mail.servers.filter(({ dane }) => dane === 'secure').length;
  const { record } = dmarc;
  return [
    { title: 'SPF', texts: safe(spf.texts), about: spfAbout(spf, words) },
    {
      title: 'DMARC',
      texts: record === undefined ? safe(dmarc.steps[0]?.texts ?? []) : safe([record.text]),
      about:
        record === undefined
          ? [dmarc.domain.current.asks === 'unknown' ? say('not-told') : say('asks-nothing')]
          : [
              ...(record.domain === published.domain ? [] : [say('from-above', { domain: record.domain })]),
              `${say('now')}: ${asksText(dmarc.domain.current, words)}`,
            ],
    },
    { title: 'DKIM', texts: [], about: dkimAbout(published.dkim, words) },
    {
      title: 'MX',
      texts: mail.servers.slice(0, 5).map(({ preference, host }) => `${preference} ${safeText(host, 100)}`),
      about:
        mail.outcome === 'servers'
          ? mail.servers.length > 5
            ? [words.say('more', { count: mail.servers.length - 5 })]
            : []
          : [say(mail.outcome === 'unknown' ? 'not-told' : mail.outcome === 'no-such-name' ? 'nowhere' : mail.outcome)],
    },
    { title: 'DNSSEC', texts: [], about: [dnssec === 'unknown' ? say('not-told') : say(dnssec)] },
    ...(mail.outcome === 'servers'
      ? [
          withMode(simple('MTA-STS', mail.mtaSts), mail.mtaStsPolicy?.mode, words),
          simple('TLS-RPT', mail.tlsRpt),
          { title: 'DANE', texts: [], about: [say('dane-count', { count: secure, all: mail.servers.length })] },
          ...startTls(mail.servers, words),
        ]
      : []),
    ...(bimi.outcome === 'none' ? [] : [simple('BIMI', bimi)]),
  ];
}

function withMode(part: PublishedPart, mode: string | undefined, words: Speech): PublishedPart {
  if (mode === undefined) return part;
  const about = mode === 'unreadable' ? words.say('posture-sts-unreadable') : words.say('posture-sts-mode', { mode });
  return { ...part, about: [...part.about, about] };
}

/** Which servers encrypt, and how; nothing when none was connected to. */
function startTls(servers: Posture['published']['mail']['servers'], words: Speech): PublishedPart[] {
  const connected = servers.filter(({ connections }) => connections !== undefined);
  if (connected.length === 0) return [];
  const title = 'STARTTLS';
  const all = connected.flatMap(({ connections = [] }) => connections);
  const encrypting = connected.filter(({ connections = [] }) => connections.some(({ outcome }) => outcome === 'tls'));
  const isReached = all.some(({ outcome }) => !['unreachable', 'private-address', 'no-address'].includes(outcome));
  if (!isReached) return [{ title, texts: [], about: [words.say('posture-tls-none-reached')], tone: 'warn' }];
  const protocols = [...new Set(all.flatMap(({ protocol }) => protocol ?? []))].sort();
  return [
    {
      title,
      texts: [],
      about: [
        words.say('posture-tls-count', { count: encrypting.length, all: connected.length }),
        ...(protocols.length === 0 ? [] : [protocols.join(', ').replaceAll('TLSv', 'TLS ')]),
      ],
    },
  ];
}

function spfAbout(spf: Posture['published']['spf'], words: Speech): string[] {
  const say = (code: string, values: Record<string, string | number> = {}): string =>
    words.say(`posture-${code}`, values);
  switch (spf.outcome) {
    case 'record':
      return [
        // What is not told may let in any number.
        ...(spf.otherwise === 'temperror' ? [] : [say('passes', { count: words.integer(spf.passes4) })]),
        say('lookups', { count: spf.lookups }),
        ...(spf.otherwise === undefined ? [] : [say(`otherwise-${spf.otherwise}`)]),
      ];
    case 'several':
      return [say('spf-several', { count: spf.texts.length })];
    case 'invalid':
      return [say('spf-invalid')];
    case 'unknown':
      return [say('not-told')];
    default:
      return [say('nothing-there')];
  }
}

function dkimAbout(dkim: Posture['published']['dkim'], words: Speech): string[] {
  const keys = dkim.selectors.filter(({ outcome }) => outcome === 'key');
  const untold = dkim.selectors.filter(({ outcome, leaning }) => outcome === 'unknown' && leaning !== undefined);
  const aliases =
    untold.length === 0
      ? []
      : [
          words.say('posture-dkim-untold', {
            list: untold
              .slice(0, 8)
              .map(({ selector }) => safeText(selector, 60))
              .join(', '),
          }),
        ];
  if (dkim.domainkey === 'unknown' && keys.length === 0) return [words.say('posture-not-told'), ...aliases];
  if (keys.length === 0) {
    return dkim.domainkey === 'no-such-name'
      ? [words.say('posture-dkim-none')]
      : [words.say('posture-dkim-no-keys', { count: dkim.asked }), ...aliases];
  }
  const list = keys
    .slice(0, 12)
    .map(
      ({ selector, keyType, bits = 0 }) => `${safeText(selector, 60)} (${keyType === 'ed25519' ? 'Ed25519' : bits})`,
    );
  if (keys.length > list.length) list.push(words.say('more', { count: keys.length - list.length }));
  return [words.say('posture-dkim-keys', { count: keys.length, list: list.join(', ') }), ...aliases];
}
