// Attribution of rows written by hand: a line is `source author-domain words… xCOUNT`, seen on every day of a period unless it says
// `days=FROM-TO` or `every=N`. The words are those of `auth` in the hand-made history: `d=acme.example/mail`, `spf=acme.example`, with
// `!` behind what failed; `env=` is an envelope that was told, `fwd` a receiver that said forwarded.
import { auth, historyOf } from './history.ts';
import type { Seen } from './history.ts';
import type { AttributionEvidence, DeclaredSender } from '../../src/protection/inventory/evidence.ts';
import { kinds } from '../../src/protection/inventory/model.ts';
import type { Kind, MailStream } from '../../src/protection/inventory/model.ts';
import type { StreamIdentity } from '../../src/protection/inventory/registry/index.ts';
import { senderCatalogue } from '../../src/protection/inventory/senders/index.ts';
import { attribute } from '../../src/protection/inventory/attribution/index.ts';
import type { Attribution } from '../../src/protection/inventory/attribution/index.ts';

const firstDay = 20_000;
const days = 200;
const catalogue = senderCatalogue();

export interface Written {
  readonly lines: readonly string[];
  /** Network names by the beginning of an address; any other /16 is a network of its own. */
  readonly networks?: Readonly<Record<string, string>>;
  /** Confirmed names. */
  readonly names?: Readonly<Record<string, string>>;
  readonly declared?: readonly (Partial<DeclaredSender> & Pick<DeclaredSender, 'domains' | 'sender'>)[];
  /** `s1._domainkey.acme.example` and the like: what they point to. */
  readonly aliases?: Readonly<Record<string, string>>;
  readonly includes?: Readonly<Record<string, readonly string[]>>;
  /** Names that do not exist; whose SPF records say that nobody mails as them. */
  readonly absent?: readonly string[];
  readonly neverMail?: readonly string[];
  readonly known?: readonly StreamIdentity[];
}

export function rowsOf(lines: readonly string[]): Seen[] {
  return lines.flatMap((line): Seen[] => {
    const [source = '', from = '', ...words] = line.split(' ');
    const word = (name: string): string | undefined => words.find((each) => each.startsWith(name))?.slice(name.length);
    const count = Number(word('x') ?? 1);
    const [since = 0, until = days - 1] = (word('days=') ?? `0-${days - 1}`).split('-').map(Number);
    const envelope = word('env=');
    const seen: Omit<Seen, 'count' | 'day'> = {
      source,
      from,
      policyDomain: from.split('.').slice(-2).join('.'),
      auth: auth(words.filter((each) => /^(?:d|spf|helo|bare)=/.test(each)).join(' ')),
      ...(envelope === undefined ? {} : { envelope: envelope === '<>' ? '' : envelope }),
      ...(words.includes('fwd') ? { reasons: [{ type: 'forwarded' as const }] } : {}),
    };
    const step = word('every=');
    if (step === undefined)
      return [{ ...seen, day: firstDay + since, spread: until - since + 1, count: count * (until - since + 1) }];
    const rows: Seen[] = [];
    for (let day = since; day <= until; day += Number(step)) rows.push({ ...seen, day: firstDay + day, count });
    return rows;
  });
}

export function evidenceOf(written: Omit<Written, 'lines'>): AttributionEvidence {
  const networks = Object.entries(written.networks ?? {});
  const aliases = written.aliases ?? {};
  return {
    networks: (address) => {
      const at = networks.findIndex(([prefix]) => address.startsWith(prefix));
      if (at !== -1) return { asn: 64_500 + at, name: networks[at]![1], country: 'NL' };
      const [a = '0', b = '0'] = address.split('.');
      return { asn: 4_200_000_000 + Number(a) * 256 + Number(b), name: `network ${a}.${b}`, country: 'US' };
    },
    reverse: (address) => ({
      name: written.names?.[address] ?? null,
      confirmed: address in (written.names ?? {}),
      day: 0,
    }),
    senders: catalogue,
    declared: (written.declared ?? []).map((each) => ({
      party: 'somebody',
      networks: [],
      purpose: '',
      rhythm: '',
      exclusive: true,
      ...each,
    })),
    published: {
      includes: (domain) => written.includes?.[domain],
      alias: (name) => aliases[name],
      selectors: (domain) =>
        Object.keys(aliases)
          .filter((name) => name.endsWith(`._domainkey.${domain}`))
          .map((name) => name.slice(0, name.indexOf('._domainkey.'))),
      isAbsent: (name) => written.absent?.includes(name) === true,
      neverMails: (domain) => written.neverMail?.includes(domain) === true,
    },
    ownDomains: [],
  };
}

export function attributed(written: Written): Promise<Attribution> {
  return attribute(historyOf(rowsOf(written.lines)), evidenceOf(written), written.known);
}

/** The streams that the rows of a source are in, the greatest first. */
export function streamsOf(inventory: Attribution, source: string): MailStream[] {
  const { combinations, dictionaries, streams, streamOf } = inventory;
  const sums = new Map<number, number>();
  for (let at = 0; at < combinations.length; at++)
    if (dictionaries.address(combinations.source[at]!) === source)
      sums.set(streamOf[at]!, (sums.get(streamOf[at]!) ?? 0) + combinations.messages[at]!);
  return [...sums].sort((one, other) => other[1] - one[1]).map(([stream]) => streams[stream]!);
}

/** `own 0.9+` and the like: what is said of the greatest stream of a source; own and third party are both `ours`. */
export function saidOf(inventory: Attribution, source: string): string {
  const stream = streamsOf(inventory, source)[0];
  if (stream === undefined) return 'nothing';
  const kind: Kind = stream.kind;
  if (!kinds.includes(kind)) throw new Error(`no kind: ${kind}`);
  if (kind === 'undecided' || stream.confidence < 0.9) return 'open';
  return kind === 'own' || kind === 'third' ? 'ours' : kind;
}

/** Sets of sources that lie in one stream with their greater part. */
export function partition(inventory: Attribution): string[] {
  const { combinations, dictionaries, streamOf, kindOf } = inventory;
  const parts = new Map<number, string[]>();
  for (let at = 0; at < combinations.length; at++) {
    const { auth: number, authorDomain, envelopeFrom, source } = combinations;
    const text = [
      dictionaries.address(source[at]!),
      dictionaries.name(authorDomain[at]!),
      dictionaries.name(envelopeFrom[at]!) ?? '',
      JSON.stringify(dictionaries.auth(number[at]!)),
      kinds[kindOf[at]!],
    ].join(' ');
    const list = parts.get(streamOf[at]!);
    if (list === undefined) parts.set(streamOf[at]!, [text]);
    else list.push(text);
  }
  return [...parts.values()].map((list) => list.sort().join('\n')).sort();
}
