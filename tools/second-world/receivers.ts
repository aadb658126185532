// Receivers that report, what each does with mail, and how each writes. Invented; the habits are those of real reports.
import type { Book, Policy } from './book.ts';
import { governing, isAligned } from './dmarc.ts';
import type { Discovery, Governing } from './dmarc.ts';
import { lot } from './dice.ts';
import type { Flow } from './model.ts';

export type ReasonType =
  | 'forwarded'
  | 'local_policy'
  | 'mailing_list'
  | 'policy_test_mode'
  | 'sampled_out'
  | 'trusted_forwarder';

/** How a reporter writes. */
export interface Style {
  /** RFC 9990, or RFC 7489 and before. */
  readonly text: 'new' | 'old';
  readonly pad: 'crlf' | 'none' | 'spaces' | 'tabs';
  readonly root: string;
  readonly version?: string;
  /** What of the published policy it tells. */
  readonly policy: 'all' | 'bare' | 'no-modes' | 'no-sp';
  readonly envelope: 'left-out' | 'told';
  readonly envelopeTo?: string;
  /** `told`: a null sender is an empty element, and its identity of scope `helo`; `helo`: the HELO name stands for it; `left-out`. */
  readonly nullSender: 'helo' | 'left-out' | 'told';
  readonly selector: boolean;
  readonly scope: boolean;
  /** Signatures that did not verify are told too. */
  readonly failed: boolean;
  /** Without a record, SPF is not mentioned. */
  readonly spfNone: boolean;
  readonly humanResult?: boolean;
  readonly headFirst?: boolean;
}

export interface Receiver {
  readonly name: string;
  readonly domain: string;
  readonly email: string;
  /** Its share of all mail to receivers that report. */
  readonly share: number;
  readonly discovery: Discovery;
  /** Which of the newer and older tags it obeys. */
  readonly obeys: { readonly np: boolean; readonly pct: boolean; readonly t: boolean };
  /** What it does when asked to reject: so, put it aside and say that it knows better, or put it aside and say nothing. */
  readonly reject: 'aside' | 'aside-silently' | 'so';
  /** What it does when SPF comes to `fail`: nothing before DMARC, turn away with no report, or turn away and report that. */
  readonly spfFail: 'nothing' | 'tell' | 'turn-away';
  /** Whether it lets known forwarders pass, and with which word; its share of them that it knows. */
  readonly trusts?: { readonly type: ReasonType; readonly comment: string; readonly share: number };
  /** Share of failing mail that it lets through for reasons nobody learns. */
  readonly whim: number;
  /** What it calls a signature whose key is gone. */
  readonly keyGone: 'fail' | 'neutral' | 'permerror';
  /** Share of SPF checks that end in `temperror`. */
  readonly spfTemporary: number;
  /** It counts one message in so many, and multiplies. */
  readonly counts: number;
  /** Rows of fewer messages are left out. */
  readonly least: number;
  /** Hours its days begin before midnight UTC. */
  readonly early: number;
  /** Days a report spans; absent: as most do here. */
  readonly span?: number;
  readonly pack: 'gz' | 'plain' | 'zip' | 'zip-a-month';
  /** Share of its reports that come twice. */
  readonly twice: number;
  readonly style: Style;
}

const plain: Style = {
  text: 'old',
  pad: 'spaces',
  root: '<feedback>',
  policy: 'all',
  envelope: 'told',
  nullSender: 'told',
  selector: true,
  scope: true,
  failed: true,
  spfNone: true,
};
const base = {
  discovery: 'psl',
  obeys: { np: false, pct: true, t: false },
  reject: 'so',
  spfFail: 'nothing',
  whim: 0,
  keyGone: 'permerror',
  spfTemporary: 0,
  counts: 1,
  least: 1,
  early: 0,
  pack: 'gz',
  twice: 0,
} as const;
const modern = { np: true, pct: false, t: true } as const;
const newText: Style = {
  ...plain,
  text: 'new',
  root: '<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">',
  version: '1.0',
};

export const receivers: readonly Receiver[] = [
  // The largest: old text, old rules; neither envelope nor scope.
  {
    ...base,
    name: 'colossus.example',
    domain: 'colossus.example',
    email: 'noreply-dmarc@colossus.example',
    share: 26,
    span: 2,
    pack: 'zip',
    keyGone: 'neutral',
    whim: 0.004,
    trusts: { type: 'local_policy', comment: 'arc=pass', share: 0.5 },
    style: { ...plain, envelope: 'left-out', scope: false, nullSender: 'left-out' },
  },
  // Puts aside what it is asked to reject, and says so.
  {
    ...base,
    name: 'Perspectiva Enterprise',
    domain: 'perspectiva.example',
    email: 'dmarcreport@perspectiva.example',
    share: 20,
    reject: 'aside',
    trusts: { type: 'local_policy', comment: 'known intermediary', share: 0.3 },
    style: {
      ...plain,
      root: '<feedback xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
      version: '1.0',
      envelopeTo: 'perspectiva.example',
    },
  },
  // The new text and the new rules.
  {
    ...base,
    name: 'Vlinderpost',
    domain: 'vlinderpost.example',
    email: 'reports@vlinderpost.example',
    share: 12,
    discovery: 'walk',
    obeys: modern,
    trusts: { type: 'trusted_forwarder', comment: '', share: 0.5 },
    style: newText,
  },
  // The new text, and still the list of suffixes: its reports say so.
  {
    ...base,
    name: 'Posta Centrale',
    domain: 'postacentrale.example',
    email: 'dmarc@postacentrale.example',
    share: 7,
    obeys: modern,
    early: 2,
    style: { ...newText, pad: 'none', version: '2.0', root: '<feedback>', failed: false },
  },
  // Turns away at MAIL FROM what fails SPF, and never tells.
  {
    ...base,
    name: 'Strix Mail',
    domain: 'strix.example',
    email: 'postmaster@strix.example',
    share: 5,
    spfFail: 'turn-away',
    pack: 'plain',
    style: { ...plain, pad: 'tabs', version: '1.0', policy: 'no-modes', envelopeTo: 'strix.example' },
  },
  // Turns it away and tells.
  {
    ...base,
    name: 'Nordlys',
    domain: 'nordlys.example',
    email: 'aggregate@nordlys.example',
    share: 5,
    spfFail: 'tell',
    early: -1,
    trusts: { type: 'forwarded', comment: 'srs or list', share: 0.6 },
    style: { ...plain, pad: 'crlf', version: '1.0', humanResult: true },
  },
  // An open-source filter: tells no signature that failed.
  {
    ...base,
    name: 'gemeinde-nord.example',
    domain: 'gemeinde-nord.example',
    email: 'postmaster@gemeinde-nord.example',
    share: 2,
    keyGone: 'fail',
    pack: 'zip',
    twice: 0.08,
    style: { ...plain, version: '1.0', failed: false, spfNone: false, nullSender: 'helo' },
  },
  // Reads `t` and `np` in the old text.
  {
    ...base,
    name: 'Halcyon',
    domain: 'halcyon.example',
    email: 'dmarc@halcyon.example',
    share: 6,
    discovery: 'walk',
    obeys: modern,
    whim: 0.02,
    pack: 'plain',
    style: { ...plain, pad: 'none', version: '1.0', policy: 'no-sp', selector: false },
  },
  // Puts aside what it is asked to reject, and says nothing.
  {
    ...base,
    name: 'Yonder Inc.',
    domain: 'yonder.example',
    email: 'dmarchelp@yonder.example',
    share: 8,
    reject: 'aside-silently',
    style: { ...plain, envelope: 'left-out', nullSender: 'left-out' },
  },
  // Counts one message in five.
  {
    ...base,
    name: 'Sakura Net',
    domain: 'sakura-net.example',
    email: 'rua@sakura-net.example',
    share: 4,
    counts: 5,
    keyGone: 'fail',
    early: 9,
    pack: 'zip-a-month',
    style: { ...plain, scope: false, selector: false },
  },
  // A company of its own: says little, and leaves out what came once.
  {
    ...base,
    name: 'XYZ Obchodni',
    domain: 'xyz-obchodni.example',
    email: 'admin@xyz-obchodni.example',
    share: 2,
    least: 2,
    pack: 'zip',
    spfTemporary: 0.01,
    style: {
      ...plain,
      pad: 'tabs',
      policy: 'bare',
      envelopeTo: 'xyz-obchodni.example',
      envelope: 'left-out',
      nullSender: 'left-out',
      headFirst: true,
    },
  },
  // Obeys neither `pct` nor `t`.
  {
    ...base,
    name: 'Universidade do Douro',
    domain: 'udouro.example',
    email: 'dmarc@udouro.example',
    share: 3,
    obeys: { np: true, pct: false, t: false },
    keyGone: 'fail',
    trusts: { type: 'mailing_list', comment: 'lista', share: 0.8 },
    style: { ...plain, pad: 'spaces', version: '1.0', nullSender: 'helo' },
  },
];

/** What became of some messages of a flow. */
export interface Fate {
  readonly count: number;
  readonly disposition: Policy;
  readonly reason?: { readonly type: ReasonType; readonly comment: string };
}

export interface Met {
  /** Absent: no record governs, or it asks for no reports. */
  readonly governing?: Governing;
  readonly spf: { readonly domain: string; readonly helo: boolean; readonly result: string };
  /** Result of each signature. */
  readonly dkim: readonly string[];
  readonly dkimAligned: boolean;
  readonly spfAligned: boolean;
  readonly fates: readonly Fate[];
  /** Turned away before there was anything to report, or rewritten by a list and so in another name. */
  readonly unseen?: 'rewritten' | 'turned-away';
}

/** What a receiver does with a flow on a day on which this is published. */
export function meet(flow: Flow, book: Book): Met {
  const receiver = receivers[flow.receiver]!;
  const { shape, source, origin, count } = flow;
  const helo = shape.envelope === '';
  const domain = helo ? shape.helo : shape.envelope;
  const temporary = lot(`spf ${flow.serial}`) < receiver.spfTemporary;
  const spf = { domain, helo, result: temporary ? 'temperror' : book.spf(domain, source.address) };
  const dkim = shape.signatures.map(({ broken, selector, domain: signer }) =>
    !book.hasKey(selector, signer) ? receiver.keyGone : broken === true ? 'fail' : 'pass',
  );
  const found = governing(book, shape.author, receiver.discovery, receiver.obeys.np);
  const wish = found?.wish;
  const dkimAligned = shape.signatures.some(
    (each, i) =>
      dkim[i] === 'pass' && isAligned(book, shape.author, each.domain, wish?.strictDkim === true, receiver.discovery),
  );
  const spfAligned =
    spf.result === 'pass' && isAligned(book, shape.author, domain, wish?.strictSpf === true, receiver.discovery);
  const met = { spf, dkim, dkimAligned, spfAligned };
  if (spf.result === 'fail' && receiver.spfFail === 'turn-away')
    return { ...met, fates: [{ count, disposition: 'reject' }], unseen: 'turned-away' };
  if (found === undefined) return { ...met, fates: [{ count, disposition: 'none' }], unseen: 'rewritten' };
  if (origin.passedOn === 'list' && found.policy !== 'none')
    return { ...met, fates: [{ count, disposition: 'none' }], unseen: 'rewritten' };
  const told = { ...met, ...(found.wish.reports === false ? { unseen: 'rewritten' as const } : { governing: found }) };
  const passes = dkimAligned || spfAligned;
  if (spf.result === 'fail' && receiver.spfFail === 'tell') {
    const same = !passes && found.policy === 'reject';
    const reason = { type: 'local_policy', comment: 'SPF fail' } as const;
    return { ...told, fates: [{ count, disposition: 'reject', ...(same ? {} : { reason }) }] };
  }
  if (passes || found.policy === 'none') return { ...told, fates: [{ count, disposition: 'none' }] };
  const { trusts } = receiver;
  if (
    trusts !== undefined &&
    origin.passedOn !== undefined &&
    lot(`trust ${receiver.domain} ${source.address}`) < trusts.share
  )
    return { ...told, fates: [{ count, disposition: 'none', reason: trusts }] };
  const whims = share(flow, 'whim', receiver.whim, count);
  const fates: Fate[] =
    whims === 0 ? [] : [{ count: whims, disposition: 'none', reason: { type: 'local_policy', comment: '' } }];
  return { ...told, fates: [...fates, ...asked(flow, found, count - whims)].filter((fate) => fate.count > 0) };
}

/** What comes of the policy for messages that fail. */
function asked(flow: Flow, { wish, policy }: Governing, count: number): Fate[] {
  const receiver = receivers[flow.receiver]!;
  const { obeys } = receiver;
  if (wish.test && obeys.t) {
    const reason = receiver.style.text === 'new' ? ({ type: 'policy_test_mode', comment: '' } as const) : undefined;
    return [one(receiver, policy === 'reject' ? 'quarantine' : 'none', count, reason)];
  }
  const percent = obeys.pct ? (wish.percent ?? 100) : 100;
  const hit = percent === 100 ? count : share(flow, 'percent', percent / 100, count);
  const out: Policy = policy === 'reject' ? 'quarantine' : 'none';
  return [one(receiver, policy, hit), one(receiver, out, count - hit, { type: 'sampled_out', comment: '' })];
}

function one(receiver: Receiver, policy: Policy, count: number, reason?: Fate['reason']): Fate {
  if (policy !== 'reject' || receiver.reject === 'so') return { count, disposition: policy, ...(reason && { reason }) };
  if (receiver.reject === 'aside-silently') return { count, disposition: 'quarantine' };
  return { count, disposition: 'quarantine', reason: { type: 'local_policy', comment: 'oreject' } };
}

/** How many of the messages of a flow a share of this size comes to: the same messages in every world. */
function share(flow: Flow, what: string, of: number, count: number): number {
  if (of === 0) return 0;
  const whole = Math.floor(count * of);
  return Math.min(count, whole + (lot(`${what} ${flow.serial}`) < count * of - whole ? 1 : 0));
}
