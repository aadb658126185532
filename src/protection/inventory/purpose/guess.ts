import type { MailStream, Purpose } from '../model.ts';
import type { SenderCategory } from '../senders/index.ts';
import { purposeOfCategory, tellingWords } from './words.ts';
import type { PurposeWord } from './words.ts';

type Told = Pick<MailStream, 'authorDomains' | 'kind' | 'messages' | 'party' | 'rhythm' | 'setUp'>;
type Reason = Purpose['reasons'][number];

/** Of a stream's messages, the part whose author domains must bear a word before it tells something of the stream. */
const enough = 0.6;

/**
 * What a stream is probably for: by the labels of its author domains, its selectors, its envelopes, what its sender is mainly used
 * for, and its party; its rhythm speaks for or against. A name of its own tells more than the kind of its sender.
 *
 * @param category what the catalogue says of its sender
 * @returns a guess with its reasons, `null` where nothing tells; of mail that is nobody's of ours nothing is guessed
 */
export function guessPurpose(stream: Told, category?: SenderCategory): Purpose | null {
  if (stream.kind === 'forged' || stream.kind === 'forwarder' || stream.kind === 'abused') return null;
  const reasons = new Map<PurposeWord, Reason[]>();
  const tell = (word: PurposeWord, code: string, values: Reason['values']): void => {
    const told = reasons.get(word) ?? [];
    reasons.set(word, [...told, { code: `purpose/${code}`, values }]);
  };
  const byAuthor = new Map<PurposeWord, { messages: number; most: string }>();
  for (const { domain, messages } of stream.authorDomains) {
    const word = purposeOfName(domain);
    if (word === undefined) continue;
    const before = byAuthor.get(word);
    byAuthor.set(word, { messages: (before?.messages ?? 0) + messages, most: before?.most ?? domain });
  }
  for (const [word, { messages, most }] of byAuthor)
    if (messages >= enough * stream.messages) tell(word, 'author-domain', { name: most });
  for (const selector of new Set(stream.setUp.signing.flatMap(({ selectors }) => selectors))) {
    const word = purposeOfName(selector);
    if (word !== undefined) tell(word, 'selector', { name: selector });
  }
  for (const envelope of stream.setUp.envelopes.slice(0, 3)) {
    const word = purposeOfName(envelope);
    if (word !== undefined) tell(word, 'envelope', { name: envelope });
  }
  if (stream.setUp.envelopes.length > 0 && stream.setUp.envelopes.every((name) => name === ''))
    tell('bounces', 'null-sender', {});
  const party = stream.party === null ? undefined : purposeOfName(stream.party);
  if (party !== undefined) tell(party, 'party', { name: stream.party ?? '' });
  const usual = category === undefined ? undefined : purposeOfCategory[category];
  if (usual !== undefined && (reasons.size === 0 || reasons.has(usual)))
    tell(usual, 'sender', { category: category ?? '' });
  let best: readonly [PurposeWord, Reason[]] | undefined;
  for (const each of reasons) if (best === undefined || weightOf(each[1]) > weightOf(best[1])) best = each;
  if (best === undefined) return null;
  const [text, told] = best;
  const { every } = stream.rhythm;
  const usualRhythms = rhythmsOf[text];
  return {
    text,
    guessed: true,
    reasons:
      usualRhythms?.includes(every) === true ? [...told, { code: 'purpose/rhythm', values: { rhythm: every } }] : told,
  };
}

/** How mail for a purpose usually comes, where that is telling. */
const rhythmsOf: Readonly<Partial<Record<PurposeWord, readonly MailStream['rhythm']['every'][]>>> = {
  invoices: ['monthly', 'quarterly'],
  newsletters: ['weekly', 'monthly', 'quarterly'],
  payroll: ['monthly', 'yearly'],
  outages: ['once', 'irregular'],
};

const weights: Readonly<Record<string, number>> = {
  'purpose/author-domain': 4,
  'purpose/selector': 3,
  'purpose/null-sender': 3,
  'purpose/party': 2,
  'purpose/envelope': 2,
  'purpose/sender': 1,
};

function weightOf(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { code }) => sum + (weights[code] ?? 0), 0);
}

/** The purpose that a word of a name tells; words of four letters or fewer must stand by themselves. */
function purposeOfName(name: string): PurposeWord | undefined {
  const words = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036F]/g, '')
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  return tellingWords.find(([, starts]) =>
    starts.some((start) => words.some((word) => (start.length <= 4 ? word === start : word.startsWith(start)))),
  )?.[0];
}
