// What is amiss with the mail servers themselves, where they were connected to: whether they encrypt, how, and whether what they show is
// what the domain's records promise.
import type { Problem } from '../../standards/problem.ts';
import type { DaneVerdict } from '../../standards/transport/index.ts';
import type { Case } from './finding.ts';
import type { Severity } from './posture.ts';
import type { Published, ServerConnection, ServerPosture } from './published.ts';

/** Versions nobody may speak any more (RFC 8996). */
const oldProtocols = new Set(['SSLv3', 'TLSv1', 'TLSv1.1']);

export function connectionFindings({ published, add }: Case): void {
  const { mail, domain } = published;
  const connected = mail.servers.filter(({ connections }) => connections !== undefined);
  if (connected.length === 0) return;
  const reached = connected.filter(({ connections = [] }) => connections.some(isReached));
  const silent = connected
    .flatMap(({ connections = [] }) => connections)
    .find(({ outcome }) => outcome === 'unreachable');
  if (reached.length === 0 && silent !== undefined) {
    add({
      code: 'posture/servers-not-reached',
      severity: 'note',
      name: domain,
      see: 'RFC 5321 §4.5.4.1',
      remedy: 'posture/do-connect-elsewhere',
      values: { count: connected.length, why: silent.said ?? '' },
    });
  }
  for (const server of connected) {
    for (const connection of server.connections ?? []) judge(server, connection, reached.length > 0, published, add);
  }
}

const mismatches: Readonly<Record<Exclude<DaneVerdict, 'match'>, string>> = {
  chain: 'transport/dane-chain',
  expired: 'transport/dane-expired',
  mismatch: 'transport/dane-mismatch',
  name: 'transport/dane-name',
};

function isReached({ outcome }: ServerConnection): boolean {
  return outcome !== 'unreachable' && outcome !== 'private-address' && outcome !== 'no-address';
}

function judge(
  server: ServerPosture,
  connection: ServerConnection,
  anyReached: boolean,
  published: Published,
  add: Case['add'],
): void {
  const { host } = server;
  const { address, outcome, protocol = '', certificate, dane } = connection;
  const values = { host, address, said: connection.said ?? '' };
  // The same thing at both addresses of a server is one finding.
  const at = { name: host, values };
  const mode = published.mail.mtaStsPolicy?.mode;
  const isPromised = mode === 'enforce' || server.dane === 'secure';
  switch (outcome) {
    case 'no-address':
      return;
    case 'private-address':
      add({
        ...at,
        code: 'posture/server-private',
        severity: 'moderate',
        see: 'RFC 5321 §5.1',
        remedy: 'posture/do-mx-correct',
      });
      return;
    case 'unreachable':
      if (anyReached) {
        add({
          ...at,
          code: 'posture/server-not-reached',
          severity: 'minor',
          see: 'RFC 5321 §5.1',
          remedy: 'posture/do-server-look',
          key: address.includes(':') ? 'IPv6' : 'IPv4',
        });
      }
      return;
    case 'unwilling':
    case 'not-smtp':
      add({
        ...at,
        code: outcome === 'unwilling' ? 'posture/server-unwilling' : 'posture/server-not-smtp',
        severity: outcome === 'unwilling' ? 'note' : 'moderate',
        see: 'RFC 5321 §3.1',
        remedy: 'posture/do-server-look',
      });
      return;
    case 'no-starttls':
    case 'tls-failed':
      add({
        ...at,
        code: outcome === 'no-starttls' ? 'posture/starttls-missing' : 'posture/tls-failed',
        severity: isPromised ? 'critical' : 'serious',
        see: isPromised ? 'RFC 8461 §4.1' : 'RFC 3207 §4',
        remedy: 'posture/do-starttls',
      });
      return;
    case 'tls':
      break;
  }
  if (oldProtocols.has(protocol)) {
    add({
      ...at,
      code: 'posture/tls-old',
      severity: 'moderate',
      see: 'RFC 8996 §5',
      remedy: 'posture/do-tls-new',
      values: { ...values, protocol },
    });
  }
  if (dane !== undefined && dane !== 'match') {
    add({
      ...at,
      code: 'posture/dane-mismatch',
      severity: 'serious',
      see: 'RFC 7672 §3.1',
      remedy: 'posture/do-dane-certificate',
      because: [{ code: mismatches[dane], values: { host }, see: 'RFC 7672 §3.1' }],
    });
  }
  if (certificate === undefined) return;
  const because: Problem[] = [];
  if (!certificate.trusted)
    because.push({
      code: 'transport/certificate-untrusted',
      values: { why: certificate.distrust ?? '' },
      see: 'RFC 8461 §4.2',
    });
  if (!certificate.named) {
    const names = certificate.names.slice(0, 4).join(', ');
    because.push({
      code: names === '' ? 'transport/certificate-no-names' : 'transport/certificate-name',
      values: { host, names },
      see: 'RFC 8461 §4.2',
    });
  }
  if (because.length > 0) {
    // Where senders encrypt only when it happens to work, any certificate does; DANE names the one that counts.
    const severity: Severity =
      mode === 'enforce' ? 'serious' : mode === 'testing' ? 'moderate' : dane === 'match' ? 'note' : 'minor';
    add({
      ...at,
      code: 'posture/certificate-refused',
      severity,
      see: 'RFC 8461 §4.2',
      remedy: 'posture/do-certificate',
      because,
    });
  } else if (certificate.endsSoon) {
    add({
      ...at,
      code: 'posture/certificate-ends',
      severity: 'minor',
      see: 'RFC 8461 §4.2',
      remedy: 'posture/do-certificate-renew',
      values: { ...values, day: certificate.lastDay },
    });
  }
}
