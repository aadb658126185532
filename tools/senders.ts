// Writes docs/senders.md, the catalogue of mail services as a page, from src/protection/inventory/senders. The test beside this
// says when the page is out of date.
//   node --conditions=zegel-source tools/senders.ts
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { senders } from '../src/protection/inventory/senders/index.ts';
import type { Sender, SenderCategory } from '../src/protection/inventory/senders/index.ts';

export const page = 'docs/senders.md';

const titles: Readonly<Record<SenderCategory, string>> = {
  transactional: 'Single messages for an application',
  bulk: 'Newsletters and campaigns',
  crm: 'Customers and sales',
  ticketing: 'Tickets and service',
  hr: 'Staff and applicants',
  survey: 'Surveys and reviews',
  events: 'Events and meetings',
  signing: 'Contracts',
  finance: 'Invoices, payments, accounts',
  commerce: 'Shops and sites',
  learning: 'Learning',
  software: 'Other software',
  office: 'Office suites and mail for one’s own domain',
  mailbox: 'Mailboxes',
  'security-gateway': 'Filters and gateways',
  forwarder: 'Forwarders',
  'mailing-list': 'Mailing lists',
  hosting: 'Hosting companies',
  cloud: 'Clouds',
  access: 'Access providers',
  organisation: 'Organisations',
};

/** The page, whole. */
export function sendersPage(list: readonly Sender[]): string {
  const parts = [
    '# The catalogue of senders',
    '',
    `The ${list.length} mail services Zegel knows by itself. How to add one’s own: [guide/senders.md](guide/senders.md). This page is`,
    'made from `src/protection/inventory/senders/` by `node --conditions=zegel-source tools/senders.ts`.',
  ];
  for (const [category, title] of Object.entries(titles)) {
    const members = list
      .filter((sender) => sender.category === category)
      .sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));
    if (members.length === 0) continue;
    parts.push(
      '',
      `## ${title}`,
      '',
      '| sender | id | SPF | DKIM | addresses | what to do there |',
      '|---|---|---|---|---|---|',
    );
    for (const { id, name, website, shared, align } of members) {
      const addresses = shared === 'both' ? 'shared or own' : shared ? 'shared' : 'own';
      const cells = [`[${name}](${website})`, `\`${id}\``, align.spf, align.dkim, addresses, align.how.en];
      parts.push(
        `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`).replaceAll('<', '&lt;')).join(' | ')} |`,
      );
    }
  }
  return `${parts.join('\n')}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(page, sendersPage(senders));
}
