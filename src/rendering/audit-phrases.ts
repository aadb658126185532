import { safeText } from './safe-text.ts';
import type { Speech } from './speech.ts';

/** A line of the audit log, with what its ids are called today. */
export interface AuditLine {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly who: string;
  /** A code: `decision/made`. */
  readonly what: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** The ids of the streams it is about. */
  readonly streams: readonly string[];
}

/** What streams and parties are called, by id. */
export interface AuditNames {
  readonly stream: (id: string) => string | undefined;
  readonly party: (id: string) => string | undefined;
}

/** Why it was done, as the person said; `''` when nothing was said. */
export function auditWhy({ details }: AuditLine): string {
  return text(details['why']) || text(details['note']);
}

/** What was done, as a short sentence; a code that is new says itself and what stands in it. */
export function auditSentence({ what, details }: AuditLine, names: AuditNames, words: Speech): string {
  const streamName = (value: unknown): string => {
    const id = text(value);
    const name = names.stream(id);
    return safeText(name === undefined ? id : `${name} (${id})`, 160);
  };
  const partyName = (value: unknown): string => safeText(names.party(text(value)) ?? text(value), 100);
  const values: Record<string, string> = {};
  // Lists say how many they are; what is no text, number or list says nothing.
  for (const [name, value] of Object.entries(details))
    values[name] = Array.isArray(value) ? words.integer(value.length) : safeText(text(value), 100);
  const say = (code: string): string => words.say(`audit-${code}`, values);
  if ('stream' in details) values['stream'] = streamName(details['stream']);
  if ('into' in details) values['into'] = streamName(details['into']);
  switch (what) {
    case 'decision/made': {
      const narrow = record(details['narrow']);
      const part = [...texts(narrow['sources']), ...texts(narrow['authorDomains'])].join(', ');
      values['verdict'] = words.say(`verdict-${text(details['verdict'])}`);
      values['part'] = part === '' ? '' : ` (${safeText(part, 200)})`;
      return say('decision-made');
    }
    case 'decision/undone':
      values['verdict'] = words.say(`verdict-${text(details['verdict'])}`);
      return say('decision-undone');
    case 'party/added':
    case 'party/removed':
      values['party'] = safeText(text(details['name']), 100);
      return say(what.replace('/', '-'));
    case 'party/changed':
      values['party'] = safeText(text(record(details['to'])['name']), 100);
      values['fields'] = changedFields(record(details['from']), record(details['to']));
      return say('party-changed');
    case 'party/assigned':
      values['party'] = partyName(details['to']);
      return say(details['to'] === null ? 'party-assigned-nobody' : 'party-assigned');
    case 'streams/renamed':
      values['name'] = safeText(text(details['to']), 160);
      return say(details['to'] === null ? 'streams-renamed-back' : 'streams-renamed');
    case 'streams/split':
      values['from'] = streamName(details['of']);
      return say('streams-split');
    case 'tasks/changed':
      values['fields'] = Object.entries(details)
        .filter(([name]) => name !== 'task')
        .map(([name, value]) => safeText(`${name} ${text(value) || '–'}`, 100))
        .join(', ');
      return say('tasks-changed');
    case 'counting/decided':
      values['report'] = safeText(text(details['key']) || text(details['origin']), 160);
      values['decided'] = text(details['decided']) || '–';
      return say('counting-decided');
    case 'settings/changed':
      values['from'] ||= '–';
      values['to'] ||= '–';
      return say('settings-changed');
    default: {
      const code = `audit-${what.replace('/', '-')}`;
      const sentence = words.say(code, values);
      return sentence === `label/${code}` ? safeText(`${what} ${JSON.stringify(details)}`, 200) : sentence;
    }
  }
}

function changedFields(from: Readonly<Record<string, unknown>>, to: Readonly<Record<string, unknown>>): string {
  return Object.keys(to)
    .filter((field) => from[field] !== to[field])
    .map((field) => safeText(`${field} ${text(to[field]) || '–'}`, 100))
    .join(', ');
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
