import type { Command } from 'commander';
import { decisionVerdicts, kinds } from '../protection/inventory/index.ts';
import type { DecisionVerdict, Kind, MailStream } from '../protection/inventory/index.ts';
import { foldedName } from '../protection/inventory/parties/index.ts';
import type { StreamIdentity } from '../protection/inventory/registry/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { collect, domainOption } from './arguments.ts';
import { chooseStream, chosenStream } from './stream-choice.ts';
import { UsageError } from './terminal.ts';

// What the lists of streams, sources and changes have in common on the command line.

/** How streams are narrowed. */
export interface StreamFilterOptions {
  readonly kind?: string;
  readonly decision?: string;
  readonly undecided?: boolean;
  readonly domain?: string;
  readonly sender?: string;
  readonly party?: string;
}

/** The options every question about the inventory takes. */
export interface InventoryOptions {
  readonly networks?: string[];
  readonly withoutReverse?: boolean;
}

export function withInventoryOptions(command: Command): Command {
  return command
    .option('--networks <file>', 'networks of your own, prefix,asn,name,country a line; remembered', collect)
    .option('--without-reverse', 'leave the names of addresses out of account');
}

/** Kinds, parted by commas. @throws {UsageError} */
export function kindsOption(text: string | undefined): ReadonlySet<Kind> | undefined {
  return oneOf(text, '--kind', kinds);
}

/** Decisions, parted by commas. @throws {UsageError} */
export function decisionsOption(text: string | undefined): ReadonlySet<DecisionVerdict> | undefined {
  return oneOf(text, '--decision', decisionVerdicts);
}

function oneOf<T extends string>(
  text: string | undefined,
  option: string,
  known: readonly T[],
): ReadonlySet<T> | undefined {
  if (text === undefined) return undefined;
  const wanted = text
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
  const strange = wanted.find((word) => !(known as readonly string[]).includes(word));
  if (strange !== undefined || wanted.length === 0)
    throw new UsageError(`${option} ${safeText(strange ?? text, 60)} is not known`, `give one of: ${known.join(', ')}`);
  return new Set(wanted as T[]);
}

/** Which streams are asked for. @throws {UsageError} when what was typed means nothing */
export function streamFilter(options: StreamFilterOptions): (stream: MailStream) => boolean {
  const wantedKinds = kindsOption(options.kind);
  const decisions = decisionsOption(options.decision);
  const domain = domainOption(options.domain, '--domain');
  const sender = options.sender === undefined ? undefined : foldedName(options.sender);
  const party = options.party === undefined ? undefined : foldedName(options.party);
  return (stream) => {
    if (wantedKinds?.has(stream.kind) === false || decisions?.has(stream.decision) === false) return false;
    if (options.undecided === true && stream.decision !== 'undecided') return false;
    if (domain !== undefined && !stream.authorDomains.some((each) => isAtOrUnder(each.domain, domain))) return false;
    if (
      sender !== undefined &&
      stream.senderId !== sender &&
      !foldedName(stream.sender ?? '').includes(sender) &&
      !foldedName(stream.name).includes(sender)
    )
      return false;
    if (party === undefined) return true;
    // A dash asks for what nobody owns.
    return party === '-' ? stream.party === null : foldedName(stream.party ?? '').includes(party);
  };
}

function isAtOrUnder(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

/**
 * The stream that is meant by an id, a name, or a part of one that only one stream has: for looking at, where a slip of the fingers
 * costs nothing.
 *
 * @throws {UsageError} when it is not one
 */
export function shownStream(
  text: string,
  streams: readonly MailStream[],
  known: readonly StreamIdentity[],
): MailStream {
  const choice = chooseStream(text, streams, known);
  if ('one' in choice) return choice.one;
  const folded = foldedName(text);
  if ('none' in choice && folded !== '') {
    const like = streams.filter(({ id, name }) => id.includes(folded) || foldedName(name).includes(folded));
    if (like.length === 1) return like[0]!;
    if (like.length > 1)
      throw new UsageError(
        `${like.length} streams are like ${safeText(text, 60)}`,
        `give the id of one: ${like
          .slice(0, 8)
          .map(({ id, name }) => `${id} (${safeText(name, 50)})`)
          .join(', ')}${like.length > 8 ? ', …' : ''}`,
      );
  }
  return chosenStream(text, streams, known);
}
