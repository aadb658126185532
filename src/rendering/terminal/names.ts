import { dayText } from '../../protection/assessment/index.ts';
import type { ReverseName } from '../../protection/inventory/index.ts';
import { safeText } from '../safe-text.ts';
import { speech } from '../speech.ts';
import type { Style } from './style.ts';
import { wrapped } from './style.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';

/** An address, how many messages came from it, and what it is called; no `found`: the DNS did not answer. */
export interface NamedAddress {
  readonly address: string;
  readonly messages: number;
  readonly found: ReverseName | undefined;
}

/** What addresses are called, as a list. `limit`: how many lines. */
export function namesText(lines: readonly NamedAddress[], style: Style, limit = 20): string[] {
  const words = speech(style.language);
  if (lines.length === 0) return wrapped(words.say('names-nothing'), style);
  const name = ({ found }: NamedAddress): string => {
    if (found === undefined) return words.say('names-silent');
    if (found.name === null) return words.say('names-none');
    const shown = safeText(found.name, 253);
    const others = found.names.length - 1;
    return others === 0 ? shown : words.say('names-others', { name: shown, count: words.integer(others) });
  };
  const leadsBack = ({ found }: NamedAddress): string => {
    if (found === undefined || found.name === null) return '';
    return words.say(found.confirmed === 'unknown' ? 'names-unknown' : found.confirmed ? 'names-yes' : 'names-no');
  };
  const columns: Column<NamedAddress>[] = [
    { title: words.say('names-address'), cell: ({ address }) => safeText(address, 45), least: 15, paint: () => 'bold' },
    { title: words.say('names-messages'), cell: ({ messages }) => words.integer(messages), align: 'right' },
    { title: words.say('names-name'), cell: name, least: 20 },
    { title: words.say('names-leads-back'), cell: leadsBack },
    { title: words.say('names-day'), cell: ({ found }) => (found === undefined ? '' : dayText(found.day)) },
  ];
  const shown = lines.slice(0, limit);
  const left = lines.length - shown.length;
  return [
    ...table(columns, shown, style),
    ...(left > 0 ? wrapped(words.say('more', { count: words.integer(left) }), style, 0, 'dim') : []),
  ];
}
