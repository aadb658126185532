// Big mailbox providers and who reports: mail to those that do not report is seen by nobody.
import type { Day } from '../../history.ts';

/** A provider of mailboxes, and by what its reports are known. */
interface BigReceiver {
  readonly name: string;
  /** Domains that its reports come from, or names of the organisation that it gives itself, in lower case. */
  readonly reporters: readonly string[];
  /** Whether it is known to send aggregate reports to whoever asks. */
  readonly isKnownToReport: boolean;
}

/** Providers with many millions of mailboxes. Which of them report is as seen in what they send and say themselves (docs/opinions.md). */
export const bigReceivers: readonly BigReceiver[] = [
  { name: 'Google', reporters: ['google.com'], isKnownToReport: true },
  {
    name: 'Microsoft (Outlook.com)',
    reporters: ['outlook.com', 'hotmail.com', 'microsoft.com', 'enterprise outlook', 'protection.outlook.com'],
    isKnownToReport: true,
  },
  { name: 'Yahoo/AOL', reporters: ['yahoo.com', 'yahooinc.com', 'aol.com', 'yahoo', 'aol'], isKnownToReport: true },
  { name: 'Apple iCloud', reporters: ['apple.com', 'icloud.com', 'me.com'], isKnownToReport: false },
  { name: 'Comcast', reporters: ['comcast.net'], isKnownToReport: true },
  {
    name: 'GMX/WEB.DE',
    reporters: ['gmx.net', 'gmx.de', 'gmx.com', 'gmx', 'web.de', '1und1.de', 'mail.com'],
    isKnownToReport: true,
  },
  { name: 'Mail.Ru', reporters: ['mail.ru', 'corp.mail.ru'], isKnownToReport: true },
  { name: 'Zoho', reporters: ['zoho.com', 'zoho.eu', 'zohomail.com'], isKnownToReport: true },
  { name: 'Fastmail', reporters: ['fastmail.com', 'messagingengine.com', 'fastmail pty ltd'], isKnownToReport: true },
  { name: 'Proton', reporters: ['proton.me', 'protonmail.ch', 'protonmail.com'], isKnownToReport: false },
];

/** A provider, and when it was last heard of. */
export interface ReceiverHeard {
  readonly name: string;
  readonly isKnownToReport: boolean;
  readonly lastDay: Day | null;
}

/** Which of the big providers have reported, by the names of reporters. */
export function receiversHeard(seen: Iterable<readonly [reporter: string, lastDay: Day]>): ReceiverHeard[] {
  const heard = bigReceivers.map(({ name, isKnownToReport }) => ({
    name,
    isKnownToReport,
    lastDay: null as Day | null,
  }));
  for (const [reporter, lastDay] of seen) {
    const text = reporter.toLowerCase();
    const at = bigReceivers.findIndex(({ reporters }) =>
      reporters.some((each) => text === each || text.endsWith(`.${each}`) || text.endsWith(`@${each}`)),
    );
    const found = heard[at];
    if (found !== undefined) found.lastDay = Math.max(found.lastDay ?? -Infinity, lastDay);
  }
  return heard;
}
