// What a person would believe to see, beside what was authenticated: DMARC says whose domain a message is from, and a mail reader
// shows a name of the sender's own choice (RFC 9989 §11.4). What is found here never changes a verdict.
import { isAtOrBelow, parseDomainName, unicodeName } from '../../standards/dns/index.ts';
import type { DomainName } from '../../standards/dns/index.ts';
import { publicSuffixOrganizationalDomain } from '../../standards/dmarc/index.ts';
import { addressesOf, decodeEncodedWords, fieldsNamed, fieldValue } from '../../standards/mail/index.ts';
import type { Author, Mailbox, Message } from '../../standards/mail/index.ts';
import type { Problem } from '../../standards/problem.ts';
import { likenessOf, oddLettersOf } from './look-alike.ts';
import type { Likeness } from './look-alike.ts';
import type { Appearance, Connection, DkimLeg, ShownMailbox } from './verification.ts';

const organizationalDomainOf = publicSuffixOrganizationalDomain({ privateDomains: true });
type Finding = Appearance['findings'][number];

/** How many addresses are shown, names compared, and characters of a name looked at: a hostile message has any number. */
const most = { mailboxes: 5, names: 20, text: 1000 };

const codes: Readonly<Record<Likeness, string>> = {
  'begins-with-domain': 'appearance/begins-with-domain',
  'holds-name': 'appearance/holds-name',
  'one-letter-off': 'appearance/one-letter-off',
  'other-suffix': 'appearance/other-suffix',
  'same-letters': 'appearance/same-letters',
};

/** What a mail reader shows of a message, and what of that could deceive. */
export function appearanceOf(
  message: Message,
  author: Author,
  context: {
    readonly connection: Connection;
    readonly dkim: DkimLeg;
    readonly ours: readonly DomainName[];
    /** An aligned SPF pass speaks for the whole message, whatever a signature leaves out. */
    readonly spfSpeaks?: boolean;
  },
): Appearance {
  const findings: Finding[] = [];
  const add = (
    weight: Finding['weight'],
    code: string,
    values?: Record<string, number | string>,
    see?: string,
  ): void => {
    if (findings.some((each) => each.code === code && JSON.stringify(each.values) === JSON.stringify(values))) return;
    findings.push({ weight, code, ...(values === undefined ? {} : { values }), ...(see === undefined ? {} : { see }) });
  };
  const from = author.mailboxes.slice(0, most.mailboxes).map(shown);
  const domains = author.domains.slice(0, most.mailboxes);
  if (author.fields.length > 1)
    add('deceives', 'appearance/second-from', { count: author.fields.length }, 'RFC 5322 §3.6');
  else if (domains.length > 1) {
    add('deceives', 'appearance/several-authors', { domains: domains.join(', ') }, 'RFC 9989 §11.5');
  }
  const inNames: DomainName[] = [];
  for (const { name } of from) {
    if (name === undefined) continue;
    if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(name)) {
      add('deceives', 'appearance/hidden-characters', { name }, 'RFC 9989 §11.4');
    }
    for (const { domain, address } of namesIn(name)) {
      inNames.push(domain);
      if (domains.some((each) => related(each, domain))) continue;
      if (address === undefined) add('deceives', 'appearance/domain-in-name', { domain }, 'RFC 9989 §11.4');
      else add('deceives', 'appearance/address-in-name', { address, domain }, 'RFC 9989 §11.4');
    }
  }
  for (const domain of domains) {
    const letters = unicodeName(domain);
    if (letters !== domain) add('notable', 'appearance/punycode', { domain, shown: letters }, 'RFC 5890 §4.4');
    const odd = oddLettersOf(letters);
    if (odd !== undefined) {
      const values = { domain, shown: letters, scripts: odd.scripts.join(', '), like: odd.looksLike ?? '?' };
      if (odd.kind === 'mixed-scripts') add('deceives', 'appearance/mixed-scripts', values, 'UTS 39 §5');
      else add('deceives', 'appearance/drawn-as-latin', values, 'UTS 39 §4');
    }
    for (const other of [...context.ours, ...othersIn(message, context, inNames)]) {
      const likeness = likenessOf(domain, other);
      if (likeness === undefined) continue;
      // A neighbour by suffix or by a part of its name is often of the same owner.
      const weak = likeness === 'other-suffix' || likeness === 'holds-name';
      add(weak ? 'notable' : 'deceives', codes[likeness], { domain, shown: letters, other }, 'UTS 39 §4');
    }
  }
  for (const [name, code] of [
    ['reply-to', 'appearance/reply-to-elsewhere'],
    ['sender', 'appearance/sender-elsewhere'],
  ] as const) {
    for (const domain of domainsOf(addressesOf(message, name).mailboxes)) {
      if (domains.length > 0 && !domains.some((each) => related(each, domain))) {
        add('notable', code, { domain }, 'RFC 5322 §3.6.2');
      }
    }
  }
  if (context.spfSpeaks !== true)
    for (const each of leftOut(context.dkim)) add('deceives', each.code, each.values, each.see);
  const [subject] = fieldsNamed(message, 'subject');
  const text = subject === undefined ? undefined : decodeEncodedWords(fieldValue(message, subject).slice(0, 5000));
  return { from, ...(text === undefined ? {} : { subject: text.slice(0, most.text) }), findings };
}

/**
 * What is shown of a message that passes by its signatures alone, and was put there by somebody else: what all of them leave out
 * (RFC 6376 §8.2, §8.15). The verdict is right, and not about this.
 */
function leftOut({ signatures }: DkimLeg): Problem[] {
  const speaking = signatures.filter(
    ({ result, aligned }) => result === 'pass' && (aligned === 'strict' || aligned === 'relaxed'),
  );
  const [first, ...others] = speaking.map(({ warnings }) => warnings.filter(({ code }) => partlySigned.has(code)));
  if (first === undefined) return [];
  const inAll = first.filter(({ code, values }) =>
    others.every((each) => each.some((other) => other.code === code && other.values?.['field'] === values?.['field'])),
  );
  return inAll.map(({ code, ...rest }) => ({ ...rest, code: partlySigned.get(code)! }));
}

const partlySigned = new Map([
  ['dkim/partly-signed-body', 'appearance/body-beyond-signature'],
  ['dkim/field-added', 'appearance/field-beyond-signature'],
]);

function shown(mailbox: Mailbox): ShownMailbox {
  const name = (mailbox.displayName ?? mailbox.comment)?.slice(0, most.text);
  const reading = parseDomainName(mailbox.domain);
  const domain = reading.ok ? reading.value : mailbox.domain.slice(0, 300);
  const letters = unicodeName(domain);
  return {
    ...(name === undefined || name === '' ? {} : { name }),
    address: `${mailbox.localPart.slice(0, 300)}${domain === '' ? '' : `@${domain}`}`,
    domain,
    ...(letters === domain ? {} : { domainShown: letters }),
  };
}

/** Whether two names have one Organizational Domain by the Public Suffix List, or one lies below the other. */
function related(a: DomainName, b: DomainName): boolean {
  return isAtOrBelow(a, b) || isAtOrBelow(b, a) || organizationalDomainOf(a) === organizationalDomainOf(b);
}

/** Addresses and domains that stand in a display name, as a reader would take them: invisible characters gone, full-width ones folded. */
function namesIn(name: string): { domain: DomainName; address?: string }[] {
  // Nothing that could be a dot, no name. (Those of other scripts become one by NFKC or in a domain name.)
  if (/^[a-z0-9 ,'&()-]*$/i.test(name)) return [];
  const text = name.normalize('NFKC').replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');
  const found: { domain: DomainName; address?: string }[] = [];
  const pattern =
    /([^\s<>()"',;:@]{1,64}@)?((?:[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{0,62}\.){1,8}[\p{L}][\p{L}\p{M}\p{N}-]{1,62})/gu;
  for (const [whole, local, domain = ''] of text.matchAll(pattern)) {
    const reading = parseDomainName(domain);
    // Words with a dot in them are names only under a suffix that is: `Mr.Jones` and `v2.final` are none, `bank.nl` is.
    if (!reading.ok || (local === undefined && !looksLikeDomain(reading.value))) continue;
    found.push({ domain: reading.value, ...(local === undefined ? {} : { address: whole }) });
    if (found.length >= most.names) break;
  }
  return found;
}

/** Of top-level domains only those that are countries' or well known: a list of all would take every abbreviation for a name. */
function looksLikeDomain(domain: DomainName): boolean {
  const top = domain.slice(domain.lastIndexOf('.') + 1);
  return (
    /^(?:[a-z]{2}|com|net|org|edu|gov|mil|int|info|biz|shop|online|app|dev|bank|email|xyz|site|cloud|example|test|xn--.*)$/.test(
      top,
    ) && domain.length > 5
  );
}

/** The other domains of a message: its recipients', those that signed it, its envelope's, and those in the name that is shown. */
function othersIn(
  message: Message,
  { connection, dkim }: { readonly connection: Connection; readonly dkim: DkimLeg },
  inNames: readonly DomainName[],
): DomainName[] {
  const found = new Set<DomainName>(inNames);
  for (const name of ['to', 'cc', 'reply-to', 'sender']) {
    for (const domain of domainsOf(addressesOf(message, name).mailboxes)) found.add(domain);
  }
  const sender = connection.mailFrom?.value ?? '';
  const more = [...dkim.signatures.map((each) => each.signingDomain ?? ''), sender.slice(sender.lastIndexOf('@') + 1)];
  for (const text of more) {
    const reading = parseDomainName(text);
    if (reading.ok) found.add(reading.value);
  }
  return [...found].slice(0, most.names);
}

function domainsOf(mailboxes: readonly Mailbox[]): DomainName[] {
  const found = new Set<DomainName>();
  for (const { domain } of mailboxes.slice(0, most.names)) {
    const reading = parseDomainName(domain);
    if (reading.ok) found.add(reading.value);
  }
  return [...found];
}
