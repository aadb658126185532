import type { Organisation } from '../app.ts';
import { dayText } from '../protection/assessment/index.ts';
import type { Day } from '../protection/history.ts';
import { seenInReports, selectorsOf, subdomainsOf } from '../protection/portfolio/index.ts';
import { domainText } from '../rendering/terminal/index.ts';
import type { DomainPage, RecordLine } from '../rendering/terminal/index.ts';
import { unicodeName } from '../standards/dns/index.ts';
import type { DomainName } from '../standards/dns/index.ts';
import { recordText } from './record-text.ts';
import { UsageError, exitCodes, write, writeLines } from './terminal.ts';
import type { outputStyle } from './terminal.ts';

/** Looks of one domain that are told of, the newest first. */
const mostLooks = 50;

/**
 * `zegel domains NAME`: what is remembered of one domain.
 *
 * @throws {UsageError} when nothing is
 */
export async function showDomain(
  { register, memory }: Organisation,
  domain: DomainName,
  options: {
    readonly style: ReturnType<typeof outputStyle>;
    readonly json: boolean;
    readonly all: boolean;
    readonly limit: number;
  },
): Promise<number> {
  const entry = register.portfolio.list().find((each) => each.domain === domain);
  const seen = await seenInReports(memory.history);
  const mail = seen.domains.get(domain);
  const policy = register.publishedPolicies().find(({ policyDomain }) => policyDomain === domain);
  const records = recordsOf(register, domain);
  const looks: DomainPage['looks'][number][] = [];
  let last = register.postures.last(domain);
  const posture = last?.posture;
  while (last !== undefined && looks.length < mostLooks) {
    const { firstDay, lastDay } = last;
    looks.push({ first: dayText(firstDay), last: dayText(lastDay), letter: last.posture.grade.letter });
    last = register.postures.last(domain, firstDay - 1);
  }
  if (entry === undefined && mail === undefined && posture === undefined && records.length === 0) {
    throw new UsageError(
      `nothing is remembered of ${domain}`,
      `look at it: zegel check ${domain}, or put it into the portfolio: zegel domains add ${domain}`,
    );
  }
  const page: DomainPage = {
    domain,
    unicode: unicodeName(domain),
    ...(entry === undefined
      ? {}
      : {
          entry: {
            ...(entry.role === undefined ? {} : { role: entry.role }),
            came: entry.came,
            note: entry.note,
            who: entry.who,
            day: dayText(Math.floor(entry.at / 86_400_000)),
          },
        }),
    ...(mail === undefined
      ? {}
      : {
          seen: {
            messages: mail.messages,
            alignedMessages: mail.alignedMessages,
            first: dayText(mail.firstDay),
            last: dayText(mail.lastDay),
          },
        }),
    ...(policy?.p === undefined ? {} : { reported: { p: policy.p, day: policy.seen } }),
    selectors: selectorsOf(seen, domain),
    subdomains: subdomainsOf(seen, domain),
    looks,
    ...(posture === undefined ? {} : { posture }),
    records,
  };
  if (options.json) {
    const { posture: looked, ...rest } = page;
    const short =
      looked === undefined
        ? {}
        : {
            grade: looked.grade,
            asks: looked.published.dmarc.domain.current.asks,
            findings: looked.findings,
            roads: looked.forgery.roads,
          };
    await write(`${JSON.stringify({ ...rest, ...short })}\n`);
  } else await writeLines(domainText(page, options.style, options));
  return exitCodes.done;
}

/** What was published at and below a domain, the newest first. The absence of what never was there is not told. */
function recordsOf(register: Organisation['register'], domain: DomainName): RecordLine[] {
  const { snapshots } = register;
  const lines: (RecordLine & { readonly day: Day })[] = [];
  const names = new Set(snapshots.names(domain).map(({ name }) => name));
  for (const name of names) {
    const history = snapshots.history(name);
    const ever = new Set(history.filter(({ answer }) => answer.kind === 'records').map(({ type }) => type));
    for (const { type, firstDay, lastDay, answer } of history) {
      if (!ever.has(type)) continue;
      lines.push({
        day: firstDay,
        name,
        type,
        first: dayText(firstDay),
        last: dayText(lastDay),
        kind: answer.kind,
        aliases: answer.aliases,
        records: answer.kind === 'records' ? answer.records.map(recordText) : [],
        changed: history.filter((each) => each.type === type).length > 1,
      });
    }
  }
  return lines
    .sort(
      (one, other) =>
        other.day - one.day ||
        one.name.length - other.name.length ||
        (one.name < other.name ? -1 : one.name > other.name ? 1 : one.type < other.type ? -1 : 1),
    )
    .map(({ name, type, first, last, kind, aliases, records, changed }) => ({
      name,
      type,
      first,
      last,
      kind,
      aliases,
      records,
      changed,
    }));
}
