// A letter to whoever owns streams: what is seen of their mail and what is asked of them, in words they understand, as Markdown or HTML.
import type { Task } from '../protection/plan/tasks/index.ts';
import { safeText } from './safe-text.ts';
import { speech } from './speech.ts';
import type { Speech } from './speech.ts';
import type { Language } from '../words/index.ts';

type Block =
  | { readonly is: 'code'; readonly lines: readonly string[] }
  | { readonly is: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly is: 'text'; readonly text: string };

export interface LetterOptions {
  readonly language: Language;
  /** Who it is to; the owner of the tasks when not given. */
  readonly to?: string;
  /** Who signs it. */
  readonly from: string;
}

/** The letter as Markdown. Texts from outside stand in it as text: nothing of theirs is markup. */
export function letterMarkdown(tasks: readonly Task[], options: LetterOptions): string {
  const lines = blocksOf(tasks, options).map((block) => {
    switch (block.is) {
      case 'heading':
        return `${'#'.repeat(block.level)} ${plainMarkdown(block.text)}`;
      case 'code':
        return ['```', ...block.lines.map((line) => line.replaceAll('```', "'''")), '```'].join('\n');
      default:
        return plainMarkdown(block.text);
    }
  });
  return `${lines.join('\n\n')}\n`;
}

/** The letter as one page of HTML. */
export function letterHtml(tasks: readonly Task[], options: LetterOptions): string {
  const blocks = blocksOf(tasks, options);
  const [title] = blocks;
  const body = blocks.map((block) => {
    switch (block.is) {
      case 'heading':
        return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
      case 'code':
        return `<pre>${block.lines.map(escaped).join('\n')}</pre>`;
      default:
        return `<p>${escaped(block.text)}</p>`;
    }
  });
  return [
    '<!doctype html>',
    `<html lang="${options.language}">`,
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${title?.is === 'heading' ? escaped(title.text) : ''}</title>`,
    '<style>body{font:16px/1.5 system-ui,sans-serif;max-width:42em;margin:2em auto;padding:0 1em}pre{background:#f4f4f4;padding:.8em;overflow-x:auto;font-size:14px}</style>',
    ...body,
    '</html>',
    '',
  ].join('\n');
}

function blocksOf(tasks: readonly Task[], { language, to, from }: LetterOptions): Block[] {
  const words = speech(language);
  const text = (code: string, values: Record<string, string> = {}): Block => ({
    is: 'text',
    text: words.say(code, values),
  });
  const [first] = tasks;
  const name = to ?? (first?.owner === '' ? (first.party?.name ?? '') : (first?.owner ?? ''));
  return [
    { is: 'heading', level: 1, text: words.say('letter-title') },
    name === '' ? text('letter-dear-nobody') : text('letter-dear', { name: safeText(name, 100) }),
    text('letter-why'),
    tasks.length === 1 ? text('letter-one') : text('letter-count', { count: words.integer(tasks.length) }),
    ...tasks.flatMap((task, at) => taskBlocks(task, at + 1, words)),
    text('letter-check'),
    text('letter-close'),
    { is: 'text', text: safeText(from, 100) },
  ];
}

function taskBlocks(task: Task, number: number, words: Speech): Block[] {
  const { stream, sender, domains, action, how, records, deadline, others, seen } = task;
  const open = domains.filter(({ state }) => state !== 'closed');
  const shown = open.length === 0 ? domains : open;
  const last =
    shown
      .map((each) => each.last ?? '')
      .sort()
      .at(-1) ?? '';
  const senderName = safeText(sender.name ?? words.say('letter-sender'), 80);
  const names = shown.slice(0, 4).map(({ domain }) => safeText(domain, 253));
  const list = names.join(', ') + (shown.length > 4 ? ` (+${shown.length - 4})` : '');
  const messages = shown.reduce((sum, each) => sum + each.messages, 0);
  const lacking = shown.reduce((sum, each) => sum + each.lacking, 0);
  const blocks: Block[] = [
    {
      is: 'heading',
      level: 2,
      text: `${number}. ${words.say(`letter-head-${action}`, { stream: safeText(stream.name, 120) })}`,
    },
    { is: 'heading', level: 3, text: words.say('letter-see') },
    {
      is: 'text',
      text: words.say(action === 'decide' ? 'letter-see-mail' : 'letter-see-line', {
        messages: words.integer(messages),
        lacking: words.integer(lacking),
        domains: list,
        first: seen.first,
        last: action === 'decide' ? seen.last : last,
      }),
    },
    {
      is: 'text',
      text: words.say('letter-see-from', {
        sender: senderName,
        count: words.integer(seen.addresses),
        list: seen.busiest
          .map(({ address, name }) => (name === null ? address : `${safeText(name, 253)} (${address})`))
          .join(', '),
      }),
    },
    { is: 'heading', level: 3, text: words.say('letter-do') },
    { is: 'text', text: words.say(action === 'decide' ? 'letter-ask-decide' : `work-ask-${action}`) },
  ];
  if (how !== null) blocks.push({ is: 'text', text: safeText(how[words.language], 2000) });
  for (const { code, values } of others) {
    const safe = Object.entries(values ?? {}).map(([key, value]) => [key, safeText(String(value), 120)] as const);
    blocks.push({ is: 'text', text: words.say(code, Object.fromEntries(safe)) });
  }
  if (records.length > 0) {
    const isTemplate = records.some((record) => record.isTemplate);
    blocks.push(
      { is: 'text', text: words.say(isTemplate ? 'letter-records' : 'letter-records-exact', { sender: senderName }) },
      {
        is: 'code',
        lines: records.map(({ name, type, value }) =>
          safeText(`${name}. ${type} ${shownValue(type, value, words)}`, 2000),
        ),
      },
    );
  }
  if (deadline !== null) blocks.push({ is: 'text', text: words.say('letter-by', { day: deadline }) });
  return blocks;
}

/** Places that somebody else fills in, as templates of records have them. */
const places: Readonly<Record<string, string>> = {
  'name that the sender gives': 'work-template-name',
  'public key': 'work-template-key',
  'public key of 2048 bits or more': 'work-template-long-key',
  address: 'work-template-address',
  'host that serves the policy file over HTTPS': 'work-template-host',
};

/** A template with its places in the language of the reader. */
export function withPlaces(template: string, words: Speech): string {
  return template.replace(/<([^<>]+)>/g, (whole, place: string) =>
    places[place] === undefined ? whole : `<${words.say(places[place])}>`,
  );
}

/** A value as a zone file has it, what is still to be had from the sender in the language of the reader. */
export function shownValue(type: string, value: string, words: Speech): string {
  const told = withPlaces(value, words);
  return type === 'TXT' ? `"${told.replaceAll('"', '\\"')}"` : told;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Text as text: what Markdown would take for a sign of its own is escaped. */
function plainMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&');
}
