// The same look through the eyes of Internet.nl, to whose tests organisations in the Netherlands are held: each test with its points (full 10,
// half 5, less 2, none 0). What needs a connection is not tested unless the servers were connected to; RPKI is not tested at all.
import type { InternetNl, InternetNlTest, Role } from './posture.ts';
import type { Published } from './published.ts';

const full = 10;
const less = 2;

/** The tests of the mail part. */
export function internetNlView(published: Published, role: Role): InternetNl {
  const tests: InternetNlTest[] = [
    ipv6(published),
    dnssecDomain(published),
    dnssecServers(published),
    dmarc(published),
    dmarcPolicy(published),
    dkim(published, role),
    spf(published),
    spfPolicy(published),
    dane(published),
    starttls(published),
    { test: 'rpki', outcome: published.mail.servers.length === 0 ? 'not-applicable' : 'not-tested' },
  ];
  const scored = tests.filter(({ score }) => score !== undefined);
  return {
    tests,
    score: scored.reduce((sum, { score = 0 }) => sum + score, 0),
    most: scored.length * full,
  };
}

function passed(test: InternetNlTest['test'], notice?: string): InternetNlTest {
  return {
    test,
    outcome: 'passed',
    score: full,
    ...(notice === undefined ? {} : { notice }),
  };
}
function partly(test: InternetNlTest['test'], score: number, notice?: string): InternetNlTest {
  return {
    test,
    outcome: 'partly',
    score,
    ...(notice === undefined ? {} : { notice }),
  };
}
function failed(test: InternetNlTest['test'], score = 0, notice?: string): InternetNlTest {
  return {
    test,
    outcome: 'failed',
    score,
    ...(notice === undefined ? {} : { notice }),
  };
}

/** IPv6 addresses of the mail servers; whether they can be reached needs a connection. */
function ipv6({ mail: { servers, outcome } }: Published): InternetNlTest {
  if (outcome === 'unknown' || servers.some(({ v6 }) => v6 === 'unknown')) return { test: 'ipv6', outcome: 'unknown' };
  if (servers.length === 0) return { test: 'ipv6', outcome: 'not-applicable' };
  const having = servers.filter(({ v6 }) => v6 === 'yes').length;
  if (having === 0) return failed('ipv6');
  return having === servers.length
    ? passed('ipv6', 'posture/internet-nl-not-reached')
    : partly('ipv6', less, 'posture/internet-nl-some-servers');
}

function dnssecDomain({ dnssec }: Published): InternetNlTest {
  const test = 'dnssec-domain';
  if (dnssec === 'secure') return passed(test);
  return dnssec === 'insecure' ? failed(test, less) : { test, outcome: 'unknown' };
}

function dnssecServers({ mail: { servers }, dnssec }: Published): InternetNlTest {
  const test = 'dnssec-servers';
  if (servers.length === 0) return { test, outcome: 'not-applicable' };
  if (servers.every(({ authenticated }) => authenticated)) return passed(test);
  // Where the resolver vouches for nothing at all, it says nothing of the servers either.
  return dnssec === 'secure' ? failed(test, less) : { test, outcome: 'unknown' };
}

function dmarc({ dmarc: { domain } }: Published): InternetNlTest {
  if (domain.older.asks === 'unknown') return { test: 'dmarc', outcome: 'unknown' };
  return domain.older.asks === 'nothing' ? failed('dmarc') : passed('dmarc');
}

/** `none`, or quarantine that is only tested, is not enough; external destinations that do not agree are a notice. */
function dmarcPolicy({ dmarc: { domain, destinations } }: Published): InternetNlTest {
  const test = 'dmarc-policy';
  const { current, older } = domain;
  if (older.asks === 'unknown' || current.asks === 'unknown') return { test, outcome: 'unknown' };
  if (older.asks === 'nothing') return failed(test);
  if (current.asks === 'none' || older.asks === 'none' || current.asks === 'nothing')
    return failed(test, less, 'posture/internet-nl-policy-none');
  return passed(
    test,
    destinations.some(({ outcome }) => outcome === 'not-authorised') ? 'posture/internet-nl-external' : undefined,
  );
}

/** Whether `_domainkey` is there: no selector need be known. A domain that sends no mail needs none. */
function dkim({ dkim: { domainkey }, spf }: Published, role: Role): InternetNlTest {
  const sendsNone = role === 'parked' || (spf.otherwise === 'fail' && spf.passes4 === 0 && spf.passes6Bits < 0);
  if (sendsNone) return { test: 'dkim', outcome: 'not-applicable' };
  if (domainkey === 'unknown') return { test: 'dkim', outcome: 'unknown' };
  return domainkey === 'exists' ? passed('dkim') : failed('dkim');
}

function spf({ spf: { outcome } }: Published): InternetNlTest {
  if (outcome === 'unknown') return { test: 'spf', outcome: 'unknown' };
  return outcome === 'record' || outcome === 'invalid' ? passed('spf') : failed('spf');
}

/** `-all` or `~all` at the end, at most ten look-ups, nothing that cannot be read on the way. */
function spfPolicy({ spf: { outcome, otherwise, errors } }: Published): InternetNlTest {
  const test = 'spf-policy';
  if (outcome === 'unknown') return { test, outcome: 'unknown' };
  if (outcome !== 'record') return failed(test);
  if (errors.some(({ code }) => code === 'spf/too-many-lookups'))
    return failed(test, less, 'posture/internet-nl-lookups');
  if (errors.some(({ result }) => result === 'temperror')) return { test, outcome: 'unknown' };
  if (errors.length > 0) return failed(test, less, 'posture/internet-nl-include');
  return otherwise === 'fail' || otherwise === 'softfail'
    ? passed(test)
    : failed(test, less, 'posture/internet-nl-all');
}

/** TLSA records that the resolver vouches for at every server; that they fit the certificates is known of servers that were connected to. */
function dane({ mail: { servers } }: Published): InternetNlTest {
  if (servers.length === 0) return { test: 'dane', outcome: 'not-applicable' };
  if (servers.some((each) => each.dane === 'unknown')) return { test: 'dane', outcome: 'unknown' };
  const connections = servers.flatMap((server) => server.connections ?? []);
  if (connections.some((each) => each.dane !== undefined && each.dane !== 'match')) return failed('dane');
  if (!servers.every((each) => each.dane === 'secure')) return failed('dane');
  const isSeen = servers.every((server) => server.connections?.some((each) => each.dane === 'match') === true);
  return passed('dane', isSeen ? undefined : 'posture/internet-nl-certificates');
}

/** That every server encrypts, with a protocol that is still in use. Ciphers and keys are not looked at as closely as there. */
function starttls({ mail: { servers } }: Published): InternetNlTest {
  const test = 'starttls';
  if (servers.length === 0) return { test, outcome: 'not-applicable' };
  const connections = servers.flatMap((server) => server.connections ?? []);
  if (connections.length === 0) return { test, outcome: 'not-tested' };
  const isBad = ({ outcome, protocol }: (typeof connections)[number]): boolean =>
    outcome === 'no-starttls' ||
    outcome === 'tls-failed' ||
    (outcome === 'tls' && !/^TLSv1\.[23]$/.test(protocol ?? ''));
  if (connections.some(isBad)) return failed(test);
  const isSeen = servers.every((server) => server.connections?.some(({ outcome }) => outcome === 'tls') === true);
  return isSeen ? passed(test, 'posture/internet-nl-starttls') : { test, outcome: 'unknown' };
}
