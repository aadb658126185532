// The kind of a stream from what its lots show. Every reason moves the odds of one kind, in natural logarithms; several must agree
// before anything is said with confidence, and each stands in the answer with the messages that show it.
import type { Kind, Reason } from '../model.ts';
import type { EvidenceOrigin } from '../model.ts';
import type { Unaligned } from './context.ts';
import type { Lot } from './lots.ts';
import type { OneSetUp } from './replay.ts';
import type { StrangerGroup } from './strangers.ts';

/** What is put together about a group of lots before it is judged. */
export interface GroupFacts {
  readonly lots: readonly Lot[];
  readonly placement: Lot['placement'];
  readonly group: StrangerGroup | undefined;
  readonly messages: number;
  readonly sources: number;
  readonly units: number;
  readonly spf: number;
  readonly dkim: number;
  readonly aligned: number;
  readonly away: number;
  readonly broken: number;
  /** Signatures of this very set-up that receivers did not find to hold. */
  readonly failedAtHome: number;
  readonly fake: number;
  readonly foreignPass: number;
  readonly foreignSigned: number;
  readonly declaredNetwork: number;
  readonly ownName: number;
  readonly forwarded: number;
  /** How many set-ups of ours sign it; see `setUpsOf`. */
  readonly setUps: number;
  /** Of mail away from home: what speaks for one message that is sent again. */
  readonly oneSetUp: OneSetUp | null;
  /** How many declarations speak of it, by name or domain, and the part of its messages that their domains cover. */
  readonly declared: number;
  readonly declaredDomains: number;
  /** Whether its days fit the rhythm that was declared; `null` where nothing was declared or nothing can be said. */
  readonly rhythmFits: boolean | null;
  /** Of mail at a sender: what speaks for it where it does not align. */
  readonly unaligned: Unaligned | null;
  /** With an envelope or a signature of a domain that is neither ours nor a sender's. */
  readonly another: number;
  /** From machines that bear a name of ours; as author domains that are these very names. */
  readonly ownMachine: number;
  readonly namesItself: number;
  /** It has been seen for a good part of the period. */
  readonly keepsOn: boolean;
  /** The part of its machines that known streams have. */
  readonly beside: number;
  /** Unsigned mail beside signed mail of the same domains from the same addresses, at the same time. */
  readonly unsignedBesideSigned: number;
  /** Machines of a known stream that mail as domains that the stream does not have. */
  readonly strangeAuthor: number;
  readonly networkIsNamedOurs: boolean;
  /** The network or its machines bear the name of somebody else, whom a declaration may name. */
  readonly declaredAsOthers: boolean;
  readonly tenantIsNamedOurs: boolean;
  readonly office: boolean;
  readonly passesOn: boolean;
  readonly signsForItself: boolean;
  /** The part of all mail from these places that was passed on whole. */
  readonly placePassesOn: number;
  /** A rhythm that held for some periods, and how many author domains. */
  readonly keepsRhythm: boolean;
  /** Where that is of months: the part of its messages in its bursts; nobody else writes in between. */
  readonly inBursts: number;
  readonly authors: number;
  readonly namesWithoutMail: number;
  /** Of strangers: as names that do not exist, and whose records say that nobody mails as them. */
  readonly namesThatDoNotExist: number;
  readonly namesThatNeverMail: number;
  /** Of strangers: from numbered lines of other providers. */
  readonly linesOfOthers: { readonly lines: number; readonly messages: number };
  /** Of strangers: as domains whose records name the sender. */
  readonly namedInRecords: number;
  /** The part from sources that keep coming. */
  readonly lasting: number;
}

const judged = ['own', 'third', 'forwarder', 'forged', 'abused'] as const;
type Judged = (typeof judged)[number];

export interface Judgement {
  readonly kind: Kind;
  readonly confidence: number;
  readonly reasons: readonly Reason[];
  readonly odds: Readonly<Record<Judged, number>>;
}

/** Below this the answer is a question. */
const decided = 0.75;

export function judge(facts: GroupFacts): Judgement {
  const reasons: Reason[] = [];
  const score: Record<Judged, number> = { own: 0, third: 0, forwarder: 0, forged: 0, abused: -2 };
  const add = (
    code: string,
    kinds: readonly Judged[],
    weight: number,
    messages: number,
    values: Record<string, number | string> = {},
    origin: EvidenceOrigin = 'report',
  ): void => {
    for (const kind of kinds) score[kind] += weight;
    reasons.push({ code, values, origin, for: kinds[0]!, weight, messages });
  };
  const { messages } = facts;
  const part = (sum: number): number => (messages === 0 ? 0 : sum / messages);
  const ours = ['third', 'own'] as const;
  switch (facts.placement) {
    case 'network':
    case 'sender': {
      if (facts.spf > 0) add('inventory/spf-lets-it-in', ours, 2 + 3 * part(facts.spf), facts.spf);
      if (facts.failedAtHome > 0 && facts.aligned < facts.failedAtHome)
        add('inventory/signature-fails-at-home', ours, 2.5, facts.failedAtHome);
      if (facts.dkim > 0) add('inventory/signs-at-home', ours, 2 + 4 * part(facts.dkim), facts.dkim);
      if (facts.declaredNetwork > 0 && facts.placement === 'network')
        add('inventory/declared-network', ours, 3 * part(facts.declaredNetwork), facts.declaredNetwork, {}, 'declared');
      if (facts.placement === 'network') {
        if (facts.aligned === 0 && facts.declaredNetwork === 0) {
          if (part(facts.namesItself) >= 0.5)
            add('inventory/mails-as-itself', ['own'], 5, facts.namesItself, {}, 'lookup');
          else if (facts.strangeAuthor > 0) add('inventory/strange-author', ['abused'], 3, facts.strangeAuthor);
          else if (part(facts.ownMachine) >= 0.5)
            add('inventory/machine-named-ours', ['own'], facts.keepsOn ? 3 : 0.5, facts.ownMachine, {}, 'lookup');
          else if (part(facts.ownName) >= 0.5 && facts.beside === 0)
            add('inventory/lines-named-ours', ['forged'], 1, facts.ownName, {}, 'lookup');
          if (facts.beside > 0) add('inventory/machines-of-ours', ours, 3 * facts.beside, messages);
        } else if (facts.aligned === 0) {
          if (facts.strangeAuthor > 0) add('inventory/strange-author', ['abused'], 6, facts.strangeAuthor);
          else add('inventory/machines-of-ours', ours, 1 + facts.beside, messages);
        }
        if (part(facts.ownName) >= 0.3)
          add(
            'inventory/named-ours',
            ['own'],
            facts.aligned + facts.declaredNetwork > 0 || facts.beside > 0.5 ? 2 : 1,
            facts.ownName,
            {},
            'lookup',
          );
        else if (facts.networkIsNamedOurs) add('inventory/network-named-ours', ['own'], 1, messages);
        else if (part(facts.declaredNetwork) >= 0.5 && facts.declaredAsOthers)
          add('inventory/declared-as-others', ['third'], 1, facts.declaredNetwork, {}, 'declared');
        else if (part(facts.declaredNetwork) >= 0.5)
          add('inventory/declared-as-own', ['own'], 0.5, facts.declaredNetwork, {}, 'declared');
        else add('inventory/network-of-others', ['third'], 1, messages);
      } else {
        add(
          facts.office ? 'inventory/office-suite' : 'inventory/sender-of-catalogue',
          [facts.office && facts.spf > 0 ? 'own' : 'third'],
          1,
          messages,
        );
        if (part(facts.aligned) < 0.05) unaligned(facts, add, score);
        else if (facts.passesOn && part(facts.dkim) < 0.05)
          add('inventory/others-pass-there-too', ['forwarder'], 3, facts.spf);
      }
      if (facts.unsignedBesideSigned > 0)
        add('inventory/unsigned-beside-signed', ['abused'], 9, facts.unsignedBesideSigned);
      break;
    }
    case 'maybe-away':
      add('inventory/known-to-pass-on', ['forwarder'], 2.6, messages);
      if (part(facts.forwarded) > 0.02) add('inventory/receivers-say-forwarded', ['forwarder'], 1.5, facts.forwarded);
      break;
    case 'away': {
      if (facts.group === 'copied') {
        add('inventory/copied-signature', ['forged'], 5, facts.broken, { networks: facts.units });
        break;
      }
      if (facts.group === 'replay') {
        add('inventory/sent-again-from-everywhere', ['abused'], 8, facts.away, { networks: facts.units });
        break;
      }
      if (facts.away > 0) add('inventory/passed-on-whole', ['forwarder'], 2 + 2 * part(facts.away), facts.away);
      if (facts.broken > 0)
        add('inventory/passed-on-changed', ['forwarder'], 1.5 * part(facts.broken) + 0.5, facts.broken);
      if (facts.setUps > 1)
        add(
          'inventory/several-set-ups',
          ['forwarder'],
          Math.min(2, 0.5 * (facts.setUps - 1)),
          facts.away + facts.broken,
          {
            setUps: facts.setUps,
          },
        );
      if (facts.foreignPass > 0) add('inventory/owns-up', ['forwarder'], part(facts.foreignPass), facts.foreignPass);
      if (part(facts.forwarded) > 0.02) add('inventory/receivers-say-forwarded', ['forwarder'], 1.5, facts.forwarded);
      if (facts.passesOn) add('inventory/known-to-pass-on', ['forwarder'], 2, messages);
      // Of a sender that is declared it is known why it comes for some days only.
      if (facts.oneSetUp !== null && facts.declaredDomains < 0.5) {
        const { days, sent } = facts.oneSetUp;
        add('inventory/one-set-up-for-days', ['abused'], 6, facts.away, { days });
        // In an envelope of one's own, lest it is a site of ours that stood in for a while.
        if (facts.away > sent && part(facts.foreignPass) >= 0.5)
          add('inventory/more-than-was-sent', ['abused'], 3, facts.away, { sent });
      }
      // Who is said to send, and signs with one key, may be at home where the key is: what passes it on can be more than what it sends.
      if (facts.away > 0 && facts.setUps <= 1 && facts.declared > 0 && facts.declaredDomains >= 0.5)
        add('inventory/declared-by-name', ['third'], 4, messages, {}, 'declared');
      if (facts.away === 0 && facts.foreignPass === 0 && facts.forwarded === 0 && facts.sources > 12)
        add('inventory/many-addresses', ['forged'], facts.sources > 40 ? 3 : 2, messages);
      // An envelope of one's own that SPF passes is a list's, or that of whoever copied the signature into his mail.
      if (facts.away === 0 && facts.setUps <= 1 && (facts.foreignPass === 0 || facts.broken >= 50))
        add('inventory/one-broken-signature', ['forged'], facts.broken >= 50 ? 1.5 : 1, facts.broken);
      break;
    }
    case 'stranger': {
      add('inventory/nothing-of-ours', ['forged'], 1, messages);
      if (facts.group === 'campaign')
        add('inventory/from-everywhere', ['forged'], Math.min(5, 1 + Math.log(facts.units)), messages, {
          networks: facts.units,
        });
      if (part(facts.namesWithoutMail) >= 0.9)
        add('inventory/names-without-mail', ['forged'], 0.5, facts.namesWithoutMail);
      // A handful of addresses may be servers of ours that mail as what they are called inside, or as a name that was parked too soon.
      const fromFew = facts.sources <= 12;
      if (part(facts.namesThatDoNotExist) >= 0.05)
        add(
          'inventory/names-that-do-not-exist',
          ['forged'],
          (fromFew ? 0.5 : 2) * part(facts.namesThatDoNotExist),
          facts.namesThatDoNotExist,
          {},
          'published',
        );
      if (part(facts.namesThatNeverMail) >= 0.05)
        add(
          'inventory/names-that-never-mail',
          ['forged'],
          (fromFew ? 0.5 : 2) * part(facts.namesThatNeverMail),
          facts.namesThatNeverMail,
          {},
          'published',
        );
      if (facts.fake > 0) add('inventory/made-up-signature', ['forged'], 2.5, facts.fake);
      if (facts.group === 'apart') {
        if (facts.declared > 0 && facts.declaredDomains >= 0.5)
          add('inventory/declared-by-name', ['third'], facts.rhythmFits === false ? 1 : 5, messages, {}, 'declared');
        else {
          if (facts.lasting >= 0.5 && facts.sources <= 12) add('inventory/keeps-coming', ['third'], 0.8, messages);
          if (part(facts.namedInRecords) >= 0.5)
            add('inventory/records-name-the-sender', ['third'], 2.5, facts.namedInRecords, {}, 'published');
          // A service with so many addresses of its own is one that the catalogue knows.
          else if (facts.signsForItself && facts.sources > 12)
            add('inventory/signs-for-itself-only', ['forged'], facts.sources > 40 ? 1.9 : 1.3, facts.foreignSigned);
          if (facts.linesOfOthers.lines > 12 && part(facts.linesOfOthers.messages) >= 0.5)
            add(
              'inventory/lines-of-others',
              ['forged'],
              Math.min(3, 1 + Math.log10(facts.linesOfOthers.lines)),
              facts.linesOfOthers.messages,
              { lines: facts.linesOfOthers.lines },
              'lookup',
            );
          // A service keeps its addresses; who is put on lists has to change them.
          if (facts.sources > 40)
            add('inventory/many-addresses', ['forged'], facts.lasting < 0.5 ? 1.6 : 0.8, messages);
        }
        if (part(facts.forwarded) > 0.02) add('inventory/receivers-say-forwarded', ['forwarder'], 2, facts.forwarded);
      }
      break;
    }
  }
  return settled(score, reasons);
}

type Add = (
  code: string,
  kinds: readonly Judged[],
  weight: number,
  messages: number,
  values?: Record<string, number | string>,
  origin?: EvidenceOrigin,
) => void;

/** Mail at a sender of the catalogue that does not align: other customers may send it as well as ours. */
function unaligned(facts: GroupFacts, add: Add, score: Readonly<Record<Judged, number>>): void {
  const { messages } = facts;
  if (facts.passesOn) {
    add('inventory/known-to-pass-on', ['forwarder'], 2, messages);
    return;
  }
  add('inventory/others-may-send-there', ['forged'], 1.5, messages);
  const { declared, published, before } = facts.unaligned!;
  if (declared >= 0.5)
    add(
      facts.rhythmFits === false ? 'inventory/declared-in-another-rhythm' : 'inventory/declared-by-name',
      ['third'],
      facts.rhythmFits === false ? 1 : facts.rhythmFits === true ? 4.5 : 4,
      messages,
      {},
      'declared',
    );
  if (published >= 0.5) add('inventory/records-name-the-sender', ['third'], 2.5, messages, {}, 'published');
  if (before >= 0.5) add('inventory/aligned-since', ['third'], 3, messages);
  if (facts.keepsRhythm) add('inventory/keeps-a-rhythm', ['third'], facts.authors === 1 ? 3.3 : 2, messages);
  if (facts.tenantIsNamedOurs) add('inventory/tenant-named-ours', ['third'], 2.5, messages);
  // Never enough to call it forged: a supplier's account looks the same. But it takes away from what speaks for it.
  if (facts.another >= 0.5 * messages) add('inventory/another-customer', ['forged'], 0.5, facts.another);
  const spoken = score.third - score.forged;
  const { strangers, withStrangers } = facts.unaligned!;
  if (strangers > 0.05 && spoken > 0) {
    // Its own days tell whether the strangers write as this domain too.
    const weight = facts.inBursts >= 0.99 ? 0 : weightOfStrangers(strangers, withStrangers);
    if (weight > 0) add('inventory/strangers-there-too', ['forged'], Math.min(spoken + 0.5, weight), messages);
  }
}

/** Nothing where its own mail does not rise with theirs; where that cannot be seen, the more the more there is of theirs. */
function weightOfStrangers(strangers: number, withStrangers: number | null): number {
  if (withStrangers !== null) return withStrangers < 1.1 ? 0 : 2 + Math.log10(1 + strangers);
  return strangers < 5 ? 1.4 : 2 + Math.log10(1 + strangers);
}

function settled(score: Record<Judged, number>, reasons: readonly Reason[]): Judgement {
  const most = Math.max(...judged.map((kind) => score[kind]));
  const raw = judged.map((kind) => Math.exp(score[kind] - most));
  const sum = raw.reduce((a, b) => a + b, 0);
  const odds = Object.fromEntries(judged.map((kind, at) => [kind, raw[at]! / sum])) as Record<Judged, number>;
  // Own and third party are both ours: that is what a decision is about, and how sure it is.
  const candidates: [Kind, number][] = [
    [odds.own >= odds.third ? 'own' : 'third', odds.own + odds.third],
    ['forwarder', odds.forwarder],
    ['forged', odds.forged],
    ['abused', odds.abused],
  ];
  const [kind, confidence] = candidates.reduce((a, b) => (b[1] > a[1] ? b : a));
  return { kind: confidence < decided ? 'undecided' : kind, confidence: Math.min(0.999, confidence), reasons, odds };
}
