// Who wrote a report that came by mail, by what is remembered of the DNS: the keys of a day are there long after they went.
import { publicSuffixOrganizationalDomain } from '../../standards/dmarc/index.ts';
import { ResolverError, foldName, parseDomainName } from '../../standards/dns/index.ts';
import type { Answer, DomainName, RecordType, Resolver } from '../../standards/dns/index.ts';
import { fieldsNamed, fieldValue, parseDateTime, parseMessage } from '../../standards/mail/index.ts';
import type { Day } from '../history.ts';
import type { JudgeReportMail } from '../ingestion/index.ts';
import { reportMailJudge } from './report-mail.ts';

/** What the DNS said of a name and type, and the first day on which it did. */
export interface RememberedAnswer {
  readonly name: string;
  readonly type: RecordType;
  readonly firstDay: Day;
  readonly answer: Answer;
}

/** A judge, and whose keys are whose. */
export interface RecordedJudge {
  readonly judge: JudgeReportMail;
  /** Whether one of the keys, told by their names, is of the organisation of a reporter. */
  keepersOf(keys: readonly string[]): (named: { readonly reporter: string }) => boolean;
}

const secondsOfDay = 86_400;
/** Aliases that are followed (as RFC 1034 §3.6.2 has it, chains are short). */
const mostAliases = 8;
const organizationalDomainOf = publicSuffixOrganizationalDomain({ privateDomains: true });

/**
 * Judges the mail of reports by answers that were kept. A message is judged by the keys of the day it says it is of, and where that
 * does not show it to be authentic by the newest. Of a name of which nothing is kept, nothing is known; it is not taken for absent.
 *
 * @param remembered answers of TXT and CNAME at least, in any order
 * @returns `undefined` when no DKIM key is among them
 */
export function recordedReportMailJudge(remembered: Iterable<RememberedAnswer>): RecordedJudge | undefined {
  const answers = new Map<string, RememberedAnswer[]>();
  const keyed = new Set<DomainName>();
  const days = new Set<Day>();
  for (const each of remembered) {
    const name = foldName(each.name);
    const key = `${each.type} ${name}`;
    const before = answers.get(key);
    if (before === undefined) answers.set(key, [each]);
    else before.push(each);
    const keeper = keeperOf(name);
    if (keeper === undefined) continue;
    days.add(each.firstDay);
    if (each.answer.kind === 'records') keyed.add(keeper);
  }
  if (keyed.size === 0) return undefined;
  for (const list of answers.values()) list.sort((one, other) => one.firstDay - other.firstDay);
  const changes = [...days].sort((one, other) => one - other);
  const judges = new Map<Day, JudgeReportMail>();
  const judgeOf = (day: Day): JudgeReportMail => {
    let found = judges.get(day);
    if (found === undefined)
      judges.set(day, (found = reportMailJudge(resolverOf(answers, day), { silence: 'is-lasting' })));
    return found;
  };
  const newest = changes.at(-1)!;
  return {
    keepersOf(names) {
      const keepers = new Set(names.flatMap((name) => keeperOf(foldName(name)) ?? []));
      return ({ reporter }) => {
        const organization = organizationOf(reporter);
        return organization !== undefined && keepers.has(organization);
      };
    },
    async judge(bytes, named) {
      const organization = organizationOf(named.reporter);
      if (organization === undefined || !keyed.has(organization)) return undefined;
      const day = dayOf(bytes);
      // What holds changes on these days alone: messages of one span have their judge in common.
      const held = day === undefined ? newest : (changes.findLast((each) => each <= day) ?? changes[0]!);
      const then = await judgeOf(held)(bytes, named);
      const found = then?.result === 'authentic' || held === newest ? then : await judgeOf(newest)(bytes, named);
      return found?.result === 'not-known-yet' ? undefined : found;
    },
  };
}

/** The organisation whose key stands at a name; `undefined` when it is the name of none. */
function keeperOf(name: string): DomainName | undefined {
  const [, domain] = name.split('._domainkey.');
  return domain === undefined ? undefined : organizationOf(domain);
}

function organizationOf(name: string): DomainName | undefined {
  const reading = parseDomainName(name);
  return reading.ok ? organizationalDomainOf(reading.value) : undefined;
}

/** The day that a message says it is of. */
function dayOf(bytes: Uint8Array): Day | undefined {
  const message = parseMessage(bytes);
  const [field] = fieldsNamed(message, 'date');
  const seconds = field === undefined ? undefined : parseDateTime(fieldValue(message, field));
  return seconds === undefined ? undefined : Math.floor(seconds / secondsOfDay);
}

/** Answers what held on a day, or else what was seen first after it. */
function resolverOf(answers: ReadonlyMap<string, readonly RememberedAnswer[]>, day: Day): Resolver {
  const at = (name: string, type: RecordType): Answer | undefined => {
    const list = answers.get(`${type} ${name}`);
    return (list?.findLast(({ firstDay }) => firstDay <= day) ?? list?.[0])?.answer;
  };
  // eslint-disable-next-line typescript/require-await
  return async <T extends RecordType>(asked: string, type: T) => {
    let name = foldName(asked);
    const aliases: string[] = [];
    for (let follow = 0; follow <= mostAliases; follow++) {
      const found = at(name, type);
      if (found !== undefined) return { ...found, aliases: [...aliases, ...found.aliases] } as Answer<T>;
      const alias = at(name, 'CNAME');
      const [target] = alias?.kind === 'records' ? alias.records : [];
      if (typeof target !== 'string') break;
      name = foldName(target);
      aliases.push(name);
    }
    throw new ResolverError('dns/unknown-name', `nothing is kept of ${asked} (${type})`, { retryable: false });
  };
}
