import { parseDomainName } from '../dns/index.ts';
import type { DomainName } from '../dns/index.ts';
import type { Problem, Reading } from '../problem.ts';
import { maxAddresses, parseAddressList } from './address.ts';
import type { Mailbox } from './address.ts';
import { hasEncodedWord } from './encoded-word.ts';
import { decodeBytes, fieldsNamed, fieldValue, rawValue, unfold } from './message.ts';
import type { HeaderField, Message } from './message.ts';

/** Who a message says it is from: everything that can be read, and what stands in the way of one Author Domain. */
export interface Author {
  readonly fields: readonly HeaderField[];
  readonly mailboxes: readonly Mailbox[];
  /** The domains of all mailboxes, each once, in order. */
  readonly domains: readonly DomainName[];
  /** The one Author Domain; absent when there is none, or no single one. */
  readonly domain?: DomainName;
  /** When `domain` is absent, the first of them is the reason. */
  readonly problems: readonly Problem[];
}

/**
 * The one Author Domain of a message (RFC 9989 §3.2.2, §5.3.1), or why it has none. A message without a single, readable From
 * field is outside DMARC (§4.2, §4.4): several From fields refuse even when they agree. Several addresses of one domain are
 * one Author Domain; of several domains, none (§11.5): a caller that wants to judge each finds them in `authorOf`.
 */
export function authorDomainOf(message: Message): Reading<DomainName> {
  const { domain, problems } = authorOf(message);
  return domain === undefined ? { ok: false, problems } : { ok: true, value: domain, problems };
}

/**
 * Reads the From field as the hostile input it is. An Author Domain comes out only where no other reader could find another
 * one: no second From field (not even one hidden behind a stray carriage return, a line that is no field, or bytes that mail
 * readers leave out of a name), no control character, nothing after the address.
 *
 * Reasons to refuse: `mail/no-from`, `mail/several-from-fields`, `mail/hidden-from`, `mail/control-in-from`, `mail/empty-from`,
 * `mail/null-address`, `mail/no-author-domain`, `mail/address-literal`, `mail/bad-author-domain`, `mail/several-author-domains`,
 * `mail/header-cut-short`, and those of `parseAddressList`.
 */
export function authorOf(message: Message): Author {
  const fields = fieldsNamed(message, 'from');
  const none = (problem: Problem, mailboxes: readonly Mailbox[] = [], domains: readonly DomainName[] = []): Author => ({
    fields,
    mailboxes,
    domains,
    problems: [problem],
  });
  if (!message.complete) return none({ code: 'mail/header-cut-short', see: 'RFC 9989 §4.2' });
  const hidden = hiddenFrom(message);
  if (hidden !== undefined) return none({ code: 'mail/hidden-from', at: { offset: hidden }, see: 'RFC 9989 §4.4' });
  const field = fields[0];
  if (field === undefined) return none({ code: 'mail/no-from', see: 'RFC 9989 §4.2' });
  const readings = fields.slice(0, 10).map((each) => readFrom(message, each));
  if (fields.length > 1) {
    return none(
      {
        code: 'mail/several-from-fields',
        values: { count: fields.length },
        at: { offset: fields[1]!.start },
        see: 'RFC 9989 §4.4',
      },
      readings.flatMap((each) => each.mailboxes),
      [...new Set(readings.flatMap((each) => each.domains))],
    );
  }
  return { fields, ...readings[0]! };
}

/**
 * The mailboxes of all fields of that name (given in lower case): To, Cc, Reply-To, Sender and the like. What cannot be read is
 * told and left out; nothing depends on these addresses.
 */
export function addressesOf(
  message: Message,
  name: string,
): { readonly mailboxes: readonly Mailbox[]; readonly problems: readonly Problem[] } {
  const mailboxes: Mailbox[] = [];
  const problems: Problem[] = [];
  for (const field of fieldsNamed(message, name)) {
    if (mailboxes.length > maxAddresses || problems.length > maxAddresses) break;
    const list = parseAddressList(fieldValue(message, field));
    if (list.ok) mailboxes.push(...list.value);
    problems.push(...list.problems);
  }
  return { mailboxes, problems };
}

type FromReading = Omit<Author, 'fields'>;

function readFrom(message: Message, field: HeaderField): FromReading {
  const refuse = (
    code: string,
    more: Partial<Problem> = {},
    read: { mailboxes?: readonly Mailbox[]; domains?: readonly DomainName[]; problems?: readonly Problem[] } = {},
  ): FromReading => ({
    mailboxes: read.mailboxes ?? [],
    domains: read.domains ?? [],
    problems: [{ code, see: 'RFC 9989 §4.2', ...more }, ...(read.problems ?? [])],
  });
  const raw = rawValue(message, field);
  // No control character but the white space of folding has a place here (RFC 5322 §3.2), and NUL least of all.
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)/.exec(raw);
  if (control !== null) {
    return refuse('mail/control-in-from', {
      values: { byte: control[0].charCodeAt(0) },
      at: { offset: field.colon + 1 + control.index },
      see: 'RFC 5322 §3.2',
    });
  }
  const text = unfold(decodeBytes(message.bytes.subarray(field.colon + 1, field.end))).trim();
  if (text === '') return refuse('mail/empty-from');
  // Line breaks of Unicode, when they came as UTF-8: some readers break the line there.
  if (/[\u0085\u2028\u2029]/.test(text) && !isLatin1(raw, text)) {
    return refuse('mail/control-in-from', {
      values: { byte: 0x85 },
      at: { offset: field.colon + 1 },
      see: 'RFC 6532 §3.1',
    });
  }
  const list = parseAddressList(text);
  if (!list.ok) {
    const rescued = onlyDomainIn(text);
    if (rescued === undefined) return { mailboxes: [], domains: [], problems: reasonFirst(list.problems) };
    return {
      mailboxes: [{ localPart: '', domain: rescued, at: 0 }],
      domains: [rescued],
      domain: rescued,
      problems: [{ code: 'mail/malformed-from', see: 'RFC 5322 §3.6.2' }, ...list.problems],
    };
  }
  const mailboxes = list.value;
  const domains: DomainName[] = [];
  for (const mailbox of mailboxes) {
    const at = { offset: field.colon + 1 };
    if (mailbox.domain === '') {
      const code = mailbox.localPart === '' ? 'mail/null-address' : 'mail/no-author-domain';
      return refuse(code, { at }, { mailboxes, domains, problems: list.problems });
    }
    if (mailbox.domain.startsWith('[')) {
      return refuse(
        'mail/address-literal',
        { values: { domain: mailbox.domain.slice(0, 100) }, at },
        { mailboxes, domains },
      );
    }
    // One final dot is the same name; two are none, and neither is an empty label before them.
    const name = parseDomainName(/^\.|\.\./.test(mailbox.domain) ? '' : mailbox.domain);
    if (!name.ok) {
      return refuse(
        'mail/bad-author-domain',
        { values: { domain: mailbox.domain.slice(0, 300) }, at },
        { mailboxes, domains, problems: name.problems },
      );
    }
    if (!domains.includes(name.value)) {
      domains.push(name.value);
      // Enough to say that there are several; the list is not for collecting an attacker's names.
      if (domains.length > maxAuthorDomains) break;
    }
  }
  const [domain] = domains;
  if (domain === undefined) return refuse('mail/no-author-domain', {}, { mailboxes, problems: list.problems });
  if (domains.length > 1) {
    return refuse(
      'mail/several-author-domains',
      { values: { domains: domains.slice(0, 5).join(', ') }, see: 'RFC 9989 §5.3.1' },
      { mailboxes, domains, problems: list.problems },
    );
  }
  return { mailboxes, domains, domain, problems: list.problems };
}

/** How many different Author Domains are collected before the message is given up (RFC 9989 §11.5: the number is the receiver's to set). */
const maxAuthorDomains = 20;

/** A refused list names the reason last, after what was only noted. */
function reasonFirst(problems: readonly Problem[]): readonly Problem[] {
  const reason = problems.at(-1);
  return reason === undefined ? problems : [reason, ...problems.slice(0, -1)];
}

function isLatin1(raw: string, text: string): boolean {
  return unfold(raw).trim() === text;
}

/**
 * A From field that is not well formed, but in which there is only one `@` to be found by anybody (quotes and comments
 * included), with one name behind it: every reader finds this domain or none.
 */
function onlyDomainIn(text: string): DomainName | undefined {
  // What an encoded word holds depends on who decodes it.
  if (hasEncodedWord(text) || (text.match(/[@\uff20\ufe6b]/g) ?? []).length !== 1) return undefined;
  if (/<\s*>/.test(text)) return undefined;
  const after = /^([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,126})(?=\s*(?:$|[>,;"]))/.exec(
    text.slice(text.indexOf('@') + 1),
  );
  if (after === null) return undefined;
  const name = parseDomainName(after[1]!);
  return name.ok ? name.value : undefined;
}

/**
 * A From field that some readers see and others do not: on a line that begins with white space or is no field, behind a bare
 * carriage return or another line break inside a field, or under a name with bytes in it that are not shown. Returns its offset.
 */
function hiddenFrom(message: Message): number | undefined {
  for (const field of message.fields) {
    if (field.name === 'from') continue;
    if (field.name === '' || /[^\u0021-\u007e]/.test(field.name)) {
      const line = message.bytes.toString('latin1', field.start, Math.min(field.end, field.start + 200));
      if (/^from:/i.test(line.replace(/[^\u0021-\u007e]/g, ''))) return field.start;
    }
  }
  // A break of another kind than LF within the header: CR alone, VT, FF, NEL as UTF-8.
  const header = message.problems.some((each) => each.code === 'mail/bare-cr' || each.code === 'mail/nul-in-header');
  const text = message.bytes.toString('latin1', 0, message.bodyStart);
  if (!header && !/[\u000b\u000c]|\u00c2\u0085/.test(text)) return undefined;
  const match = /(?:\r(?!\n)|[\u0000\u000b\u000c]|\u00c2\u0085)[ \t]*from[ \t]{0,100}:/i.exec(text);
  return match?.index;
}
