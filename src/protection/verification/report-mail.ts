// Who wrote a report that came by mail. It is somebody's word against the reporter's whether a Received field is true, so nothing
// in the message is believed but what a signature covers; the way it came is used once, and only against it: where the owner of its
// From asks for rejection, and not one address that the message names could have passed.
import { DkimVerifier } from '../../standards/dkim/index.ts';
import type { DkimResult } from '../../standards/dkim/index.ts';
import { evaluateDmarc, discoverFacts, publicSuffixOrganizationalDomain } from '../../standards/dmarc/index.ts';
import { ResolverError, domainName, parseDomainName } from '../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../standards/dns/index.ts';
import {
  authorOf,
  fieldsNamed,
  fieldValue,
  parseAddressList,
  parseMessage,
  receivedTrail,
} from '../../standards/mail/index.ts';
import type { Author, Message } from '../../standards/mail/index.ts';
import type { Problem } from '../../standards/problem.ts';
import { checkHost, identityOf } from '../../standards/spf/index.ts';
import type { Authenticity, JudgeReportMail } from '../ingestion/index.ts';
import { isInside } from './connection.ts';

const organizationalDomainOf = publicSuffixOrganizationalDomain({ privateDomains: true });

/** Addresses of a trail for which SPF is asked, and Received fields that are read: a report comes by a few servers. */
const mostClients = 8;

/**
 * Judges the mail of reports by the keys and records that a resolver gives; one judge serves any number of messages.
 *
 * *Authentic* takes all of: a DKIM signature that holds and covers the whole body, by a domain of the organisation that the report
 * names as its reporter (relaxed: the Organizational Domain by the Public Suffix List); an Author Domain of the same organisation,
 * since a mail service signs the mail of its customers too; and the very address that the report gives, if it gives one, in From,
 * since a mailbox provider signs the mail of everybody who has a mailbox there. Expiry (`x=`) is not judged: the message came long ago.
 *
 * @param options.silence `passes`: what gets no answer now may get one later (the DNS); `is-lasting`: it will not, and a policy
 *   that is not known refutes nothing
 */
export function reportMailJudge(
  resolver: Resolver,
  { silence = 'passes' }: { readonly silence?: 'is-lasting' | 'passes' } = {},
): (...asked: Parameters<JudgeReportMail>) => Promise<Authenticity> {
  const verifier = new DkimVerifier(resolver);
  return async (bytes, named) => {
    const message = parseMessage(bytes);
    const author = authorOf(message);
    const reading = parseDomainName(named.reporter);
    if (!reading.ok)
      return open('', { code: 'report-mail/no-reporter', values: { reporter: named.reporter.slice(0, 100) } });
    const reporter = organizationalDomainOf(reading.value);
    const { results } = await verifier.verify(message, named.service === undefined ? {} : { service: named.service });
    const found = judge(author, results, reporter, named.email);
    if (found.reason.code !== 'report-mail/unsigned') return found;
    const told = await againstPolicy(message, author, found, resolver);
    return told.result === 'not-known-yet' && silence === 'is-lasting' ? found : told;
  };
}

/** What the signatures and the From say. */
function judge(
  author: Author,
  results: readonly DkimResult[],
  reporter: DomainName,
  email: string | undefined,
): Authenticity {
  const from = author.domain;
  const values = { reporter, from: from ?? '?' };
  const passes = results.filter((each) => each.result === 'pass');
  const whole = passes.filter((each) => (each.unsignedBytes ?? 0) === 0);
  // Whom the message is from by its signature, be it the reporter or not: what DMARC calls a pass by DKIM.
  const aligned = from !== undefined && whole.some((each) => organizationOf(each) === organizationalDomainOf(from));
  const spoken = aligned ? { authenticatedAs: from } : {};
  const missing = (reason: Problem): Authenticity => ({
    result: 'unproven',
    reason,
    reporter,
    lack: 'missing',
    ...spoken,
  });
  const ours = results.filter((each) => organizationOf(each) === reporter);
  if (whole.some((each) => organizationOf(each) === reporter)) {
    if (from === undefined || organizationalDomainOf(from) !== reporter) {
      return missing({ code: 'report-mail/other-author', values });
    }
    if (email !== undefined && !isAuthor(author, email)) {
      return open(
        reporter,
        { code: 'report-mail/other-address', values: { ...values, email: email.slice(0, 100) } },
        spoken,
      );
    }
    return { result: 'authentic', reason: { code: 'report-mail/authentic', values }, reporter, ...spoken };
  }
  const late = ours.find((each) => each.result === 'temperror');
  if (late !== undefined) {
    const domain = (late.signingDomain ?? '?').slice(0, 255);
    return { result: 'not-known-yet', reason: { code: 'report-mail/no-answer', values: { domain } }, reporter };
  }
  if (passes.some((each) => organizationOf(each) === reporter)) {
    return missing({ code: 'report-mail/partly-signed', values, see: 'RFC 6376 §8.2' });
  }
  const gone = ours.find((each) => keyGone.has(each.reason?.code ?? ''));
  if (gone !== undefined) {
    const reason = {
      code: 'report-mail/key-gone',
      values: { ...values, selector: (gone.selector ?? '?').slice(0, 100) },
    };
    return { result: 'unproven', reason, reporter, lack: 'later', ...spoken };
  }
  if (ours.some((each) => each.result === 'fail')) return missing({ code: 'report-mail/changed', values });
  if (aligned) return missing({ code: 'report-mail/other-signer', values });
  return missing({ code: 'report-mail/unsigned', values });
}

/** Reasons that come of a key that was replaced: the key is not there, or another stands under its name. */
const keyGone: ReadonlySet<string> = new Set([
  'dkim/no-such-selector',
  'dkim/no-key-record',
  'dkim/key-revoked',
  'dkim/header-changed',
]);

function organizationOf({ signingDomain }: DkimResult): DomainName | undefined {
  const reading = parseDomainName(signingDomain ?? '');
  return reading.ok ? organizationalDomainOf(reading.value) : undefined;
}

function open(
  reporter: DomainName | '',
  reason: Problem,
  spoken: Pick<Authenticity, 'authenticatedAs'> = {},
): Authenticity {
  return { result: 'unproven', reason, reporter, lack: 'open', ...spoken };
}

/** Whether From is the address that the report gives. */
function isAuthor({ mailboxes }: Author, email: string): boolean {
  const [, given = ''] = /([^\s<>,;:"]+@[^\s@<>,;:"]+)/.exec(email) ?? [];
  const [mailbox] = mailboxes;
  return (
    mailboxes.length === 1 &&
    `${mailbox!.localPart}@${mailbox!.domain}`.toLowerCase() === given.toLowerCase().replace(/\.$/, '')
  );
}

/**
 * An unsigned message whose From is the reporter's: refuted when the owner asks for rejection, and SPF cannot have saved it: from no
 * address in the whole trail, be it true or invented, for the Author Domain or an aligned reverse-path. (An invented field can only
 * make it look better.) A trail without a public address tells nothing.
 */
async function againstPolicy(
  message: Message,
  author: Author,
  found: Authenticity,
  resolver: Resolver,
): Promise<Authenticity> {
  const { reporter } = found;
  const from = author.domain;
  if (from === undefined || organizationalDomainOf(from) !== reporter) return found;
  const clients = publicClients(message);
  if (clients.length === 0) return found;
  const late: Authenticity = {
    result: 'not-known-yet',
    reason: { code: 'report-mail/no-answer', values: { domain: from } },
    reporter,
  };
  try {
    const { facts } = await discoverFacts({ authorDomain: from, auth: { dkim: [], spf: [] } }, resolver);
    const { result, disposition } = evaluateDmarc(facts);
    if (result === 'temperror') return late;
    if (result !== 'fail' || disposition !== 'reject') return found;
    for (const sender of sendersOf(message, from)) {
      for (const ip of clients) {
        const spf = await checkHost(ip, identityOf({ mailFrom: `postmaster@${sender}`, helo: sender }), resolver);
        if (spf.result === 'temperror') return late;
        if (spf.result === 'pass') return found;
      }
    }
  } catch (error) {
    if (error instanceof ResolverError) return late;
    throw error;
  }
  return {
    result: 'refuted',
    reason: { code: 'report-mail/refuted', values: { from, clients: clients.join(', ') }, see: 'RFC 9989 §5.4' },
    reporter,
  };
}

/** The public addresses that brought the message, by all its Received fields. */
function publicClients(message: Message): string[] {
  const { hops } = receivedTrail(message, { hops: 0 });
  const found = hops.flatMap(({ address }) => (address === undefined || isInside(address) ? [] : [address]));
  return [...new Set(found)].slice(0, mostClients);
}

/** The domains that SPF could have spoken for and be aligned: that of From, and that of the reverse-path. */
function sendersOf(message: Message, from: DomainName): DomainName[] {
  const [field] = fieldsNamed(message, 'return-path');
  const list = field === undefined ? undefined : parseAddressList(fieldValue(message, field));
  const domain = list?.ok === true ? list.value[0]?.domain : undefined;
  const reading = parseDomainName(domain ?? '');
  const organization = organizationalDomainOf(from);
  const aligned = reading.ok && organizationalDomainOf(reading.value) === organization ? [reading.value] : [];
  return [...new Set([from, domainName(organization), ...aligned])];
}
