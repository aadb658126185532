// Makes a world: its mail, what receivers tell of it, what is true of it, and what would have become of it under other records.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bookText } from './book.ts';
import type { Book } from './book.ts';
import { Dice, lot } from './dice.ts';
import { allMail } from './mail.ts';
import { scales } from './model.ts';
import type { Flow, Origin, Scale, Source } from './model.ts';
import { organisation, publish } from './organisation.ts';
import { forgedOrigins } from './origins-forged.ts';
import { forwarderOrigins } from './origins-forwarders.ts';
import { ownOrigins } from './origins-own.ts';
import { thirdOrigins } from './origins-third.ts';
import { writeReports } from './pack.ts';
import type { Sent } from './pack.ts';
import { played, playsOf, playText } from './plays.ts';
import { meet, receivers } from './receivers.ts';
import { reportText, seenBy } from './report.ts';
import type { Row, Seen } from './report.ts';
import type { Setting } from './setting.ts';
import { dateOf, daySeconds, monthOf, pointerName, secondsOf } from './space.ts';

export interface Wishes {
  readonly seed: string;
  readonly scale: 'medium' | 'small';
  readonly days?: number;
  readonly forged: number;
}

/** What a world comes to. */
export interface Made {
  readonly reports: number;
  readonly rows: number;
  readonly sources: number;
  readonly messages: number;
}

/** A record set that holds from a day on. */
interface Era {
  readonly from: number;
  readonly book: Book;
}

/** Writes a world into a folder that is empty or not there. */
export function makeWorld(wishes: Wishes, folder: string): Made {
  const scale: Scale = { ...scales[wishes.scale], ...(wishes.days === undefined ? {} : { days: wishes.days }) };
  const org = organisation(scale);
  const setting: Setting = { org, scale, dice: new Dice(`setting ${wishes.seed}`), origins: [], publishers: [] };
  for (const makes of [ownOrigins, thirdOrigins, forwarderOrigins, forgedOrigins]) makes(setting);
  const { origins } = setting;
  const flows = allMail(origins, wishes.seed, scale, wishes.forged);
  const eras = erasOf(setting);
  const eraOf = (day: number): Book => eras.findLast(({ from }) => from <= day)!.book;
  const told = tell(flows, eraOf, scale, wishes.seed);

  for (const each of ['zones', 'reverse', 'truth', 'played']) mkdirSync(join(folder, each), { recursive: true });
  for (const { from, book } of eras)
    writeFileSync(join(folder, 'zones', `${dateOf(from)}.zone`), bookText(book, dateOf(from)));
  writeFileSync(join(folder, 'reverse', `${dateOf(0)}.zone`), reverseText(told.shown));
  writeFileSync(join(folder, 'networks.csv'), `${org.space.networks.join('\n')}\n`);
  writeFileSync(join(folder, 'declared.csv'), declaredText(origins));
  writeReports(told.reports, join(folder, 'reports'));
  writeTruth(folder, origins, told);
  const totals = { messages: told.messages, reports: told.reports.length, rows: told.rows, sources: told.shown.size };
  const note = (name: string, of: (day: number) => Book): void => {
    mkdirSync(join(folder, 'played', name), { recursive: true });
    const text = json({ ...totals, played: fatesOf(told.counted, of) });
    writeFileSync(join(folder, 'played', name, 'totals.json'), text);
  };
  note('unchanged', eraOf);
  for (const play of playsOf(org, eras.at(-1)!.book)) {
    const changed = eras.map(({ from, book }) => ({ from, book: played(book, play) }));
    note(play.name, (day) => changed.findLast(({ from }) => from <= day)!.book);
    writeFileSync(join(folder, 'played', play.name, 'change.zone'), playText(play));
  }
  const messages = Object.values(told.messages).reduce((sum, each) => sum + each, 0);
  return { reports: told.reports.length, rows: told.rows, sources: told.shown.size, messages };
}

/** A book at the beginning, and at the beginning of each month. */
function erasOf({ org, scale, publishers }: Setting): Era[] {
  const eras: Era[] = [];
  for (let day = 0; day < scale.days; day++) {
    if (day > 0 && monthOf(day) === monthOf(day - 1)) continue;
    const book = publish(org, day);
    for (const adds of publishers) adds(book, day);
    eras.push({ from: day, book });
  }
  return eras;
}

interface Told {
  readonly reports: Sent[];
  /** The flows that rows show. */
  readonly counted: Flow[];
  readonly classes: Map<
    string,
    { readonly seen: Seen; readonly shared: string | undefined; readonly messages: Record<string, number> }
  >;
  readonly messages: Record<string, number>;
  readonly shown: Map<string, Source>;
  rows: number;
}

/** Lets every receiver write its reports. */
function tell(flows: readonly Flow[], eraOf: (day: number) => Book, scale: Scale, seed: string): Told {
  const told: Told = { reports: [], counted: [], classes: new Map(), messages: {}, shown: new Map(), rows: 0 };
  const periods = new Map<
    string,
    { receiver: number; period: number; domain: string; rows: Map<string, { row: Row; flows: [Flow, number][] }> }
  >();
  for (const flow of flows) {
    const receiver = receivers[flow.receiver]!;
    const met = meet(flow, eraOf(flow.day));
    if (met.governing === undefined || met.unseen !== undefined) continue;
    const period = Math.floor(flow.day / (receiver.span ?? scale.span));
    const { domain } = met.governing;
    const key = `${flow.receiver} ${period} ${domain}`;
    let report = periods.get(key);
    if (report === undefined) periods.set(key, (report = { receiver: flow.receiver, period, domain, rows: new Map() }));
    const seen = seenBy(flow, met, receiver);
    for (const fate of met.fates) {
      const text = JSON.stringify([seen, met.dkimAligned, met.spfAligned, fate.disposition, fate.reason]);
      let found = report.rows.get(text);
      if (found === undefined) report.rows.set(text, (found = { row: { seen, met, fate, count: 0 }, flows: [] }));
      found.row.count += fate.count;
      found.flows.push([flow, fate.count]);
    }
  }
  const order = [...periods.values()].sort(
    (a, b) => a.period - b.period || a.receiver - b.receiver || (a.domain < b.domain ? -1 : 1),
  );
  const counted = new Map<Flow, number>();
  for (const { receiver: at, period, domain, rows } of order) {
    const receiver = receivers[at]!;
    const kept = [...rows.values()].filter(({ row }) => row.count >= receiver.least);
    if (kept.length === 0) continue;
    for (const { row, flows: of } of kept) for (const [flow, count] of of) note(told, flow, row.seen, count, counted);
    told.rows += kept.length;
    const span = receiver.span ?? scale.span;
    const last = Math.min((period + 1) * span, scale.days) - 1;
    const begin = secondsOf(period * span) - receiver.early * 3600;
    const end = secondsOf(last) + daySeconds - 1 - receiver.early * 3600;
    const wish = eraOf(last).wishes.get(domain) ?? eraOf(period * span).wishes.get(domain)!;
    const id = `${domain}.${period}.${Math.floor(lot(`id ${seed} ${at} ${period} ${domain}`) * 1e9)}`;
    const head = { receiver, id, begin, end, domain, wish };
    told.reports.push({
      receiver,
      name: `${receiver.domain}!${domain}!${begin}!${end}!${id.slice(-6)}`,
      text: reportText(
        head,
        kept.map(({ row }) => row),
      ),
      month: dateOf(last).slice(0, 7),
      times: lot(`twice ${id}`) < receiver.twice ? 2 : 1,
    });
  }
  for (const [flow, count] of counted) told.counted.push({ ...flow, count });
  return told;
}

function note(told: Told, flow: Flow, seen: Seen, count: number, counted: Map<Flow, number>): void {
  const { origin, source } = flow;
  told.messages[origin.id] = (told.messages[origin.id] ?? 0) + count;
  told.shown.set(source.address, source);
  counted.set(flow, (counted.get(flow) ?? 0) + count);
  const text = JSON.stringify(seen);
  let found = told.classes.get(text);
  if (found === undefined) told.classes.set(text, (found = { seen, shared: source.shared, messages: {} }));
  found.messages[origin.id] = (found.messages[origin.id] ?? 0) + count;
}

/** What becomes of the mail that rows show, under these records: by origin and disposition. */
function fatesOf(flows: readonly Flow[], of: (day: number) => Book): Record<string, number> {
  const sums = new Map<string, number>();
  for (const flow of flows)
    for (const { disposition, count } of meet(flow, of(flow.day)).fates) {
      const key = `${flow.origin.id}|${disposition}`;
      sums.set(key, (sums.get(key) ?? 0) + count);
    }
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 1)}\n`;

function writeTruth(folder: string, origins: readonly Origin[], told: Told): void {
  const file = (name: string): string => join(folder, 'truth', name);
  const shown = origins.filter(({ id }) => told.messages[id] !== undefined);
  const kinds = shown.map(({ id, kind, party, sender, since, every }) => [
    id,
    { kind, party, sender, since: dateOf(since), every },
  ]);
  writeFileSync(file('origins.json'), json(Object.fromEntries(kinds)));
  const lines = [...told.classes.values()].map(({ seen, shared, messages }) =>
    JSON.stringify({ ...seen, ...(shared === undefined ? {} : { shared }), messages }),
  );
  writeFileSync(file('classes.jsonl'), `${lines.join('\n')}\n`);
  const totals = { messages: told.messages, reports: told.reports.length, rows: told.rows, sources: told.shown.size };
  writeFileSync(file('totals.json'), json(totals));
}

function reverseText(shown: ReadonlyMap<string, Source>): string {
  const soa = 'IN SOA a.root.example. zones.root.example. 2026020201 7200 1800 1209600 600';
  const lines = ['; Names of the addresses that mailed.', '$TTL 7200', `in-addr.arpa. ${soa}`, `ip6.arpa. ${soa}`];
  for (const { address, reverse, leadsBack } of shown.values()) {
    if (reverse === undefined) continue;
    lines.push(`${pointerName(address)}. IN PTR ${reverse}.`);
    if (leadsBack) lines.push(`${reverse}. IN ${address.includes(':') ? 'AAAA' : 'A'} ${address}`);
  }
  return `${lines.join('\n')}\n`;
}

function declaredText(origins: readonly Origin[]): string {
  const lines = origins.flatMap(({ party, sender, every, declared }) =>
    declared === undefined
      ? []
      : [[party, sender, declared.domains, declared.networks, declared.purpose, every].join(',')],
  );
  return `party,sender,domains,networks,purpose,rhythm\n${lines.join('\n')}\n`;
}
