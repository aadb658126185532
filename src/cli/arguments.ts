import { parseDomainName } from '../standards/dns/index.ts';
import { dayText, parseDay } from '../protection/assessment/index.ts';
import { UsageError } from './terminal.ts';

// What is typed, read into what is meant; what cannot be meant is a UsageError that shows how to type it.

/** Options that every command takes. */
export interface CommonOptions {
  readonly data?: string;
  readonly json?: boolean;
}

/** The day of today, UTC. */
export function today(): number {
  return Math.floor(Date.now() / 86_400_000);
}

/**
 * A day: `2026-03-01`, or how long ago: `30d`, `8w`, `6m` (months of the calendar), `1y`.
 *
 * @param option its name, for the sentence when it is none
 */
export function dayOption(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day !== undefined) return day;
  const [, count = '', unit = ''] = /^(\d{1,4})([dwmy])$/.exec(text) ?? [];
  if (unit === 'd') return today() - Number(count);
  if (unit === 'w') return today() - 7 * Number(count);
  if (unit === 'm' || unit === 'y') {
    const date = new Date(today() * 86_400_000);
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth() - Number(count) * (unit === 'y' ? 12 : 1);
    const lastOfMonth = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
    return Date.UTC(Math.floor(month / 12), month % 12, Math.min(date.getUTCDate(), lastOfMonth)) / 86_400_000;
  }
  throw new UsageError(
    `${option} ${text} is no day`,
    `give a day as ${dayText(today())}, or how long ago: 30d, 8w, 6m, 1y`,
  );
}

/** A domain name, in the form in which names are compared. */
export function domainOption(text: string | undefined, option: string): string | undefined {
  if (text === undefined) return undefined;
  const reading = parseDomainName(text.trim());
  if (!reading.ok) throw new UsageError(`${option} ${text} is no domain name`, 'give a name as example.com');
  return reading.value;
}

/** A whole number above 0. */
export function countOption(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`${option} ${text} is no whole number above 0`);
  return Number(text);
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
