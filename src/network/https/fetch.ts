import { request } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { Fetched } from '../../protection/posture/index.ts';
import { certificateNames } from '../../standards/transport/index.ts';
import type { Resolver } from '../../standards/dns/index.ts';
import type { Problem } from '../../standards/problem.ts';
import { isPublicAddress, PublicAddressError, publicAddresses } from '../addresses/index.ts';

export interface FetchOptions {
  /** Names are looked up by this, so that what is connected to is what was judged. */
  readonly resolver: Resolver;
  readonly mostBytes: number;
  /** Milliseconds for all of it: 20,000 when not given (RFC 8461 §3.3 suggests a minute). */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** Which addresses may be connected to; those of the public Internet when not given. */
  readonly isAllowed?: (address: string) => boolean;
  /** The one port that may be connected to: 443 when not given. */
  readonly port?: number;
  /** Roots that are trusted instead of Node's, as PEM. */
  readonly ca?: string;
}

/**
 * Fetches one file over HTTPS. The certificate must be valid for the host by its DNS names alone (RFC 8461 §3.3), only status 200 is an
 * answer, and a redirect is none. No cookie, no credential, no cache.
 *
 * @returns the file, or why there is none. Never throws for a world that does not answer.
 */
export async function fetchPublic(url: string, options: FetchOptions): Promise<Fetched> {
  const { mostBytes, timeout = 20_000, isAllowed = isPublicAddress, port = 443, ca, signal } = options;
  const refused = (code: string, values: Problem['values'] = {}): Fetched => ({
    ok: false,
    problem: { code, values: { url: url.slice(0, 200), ...values }, see: 'RFC 8461 §3.3' },
  });
  let target: URL;
  try {
    target = new URL(url);
  } catch {
    return refused('https/no-url');
  }
  const host = target.hostname.replace(/^\[(.*)\]$/, '$1');
  if (target.protocol !== 'https:' || target.username !== '' || target.password !== '') return refused('https/no-url');
  if (target.port !== '' && Number(target.port) !== port) return refused('https/no-url');
  // A literal address would be connected to without being looked up.
  if (isIP(host) !== 0 && !isAllowed(host)) return refused('https/private-address', { address: host });

  const lookup: LookupFunction = (name, { all }, callback) => {
    publicAddresses(name, options.resolver, isAllowed).then(
      (addresses) => {
        if (all === true) callback(null, [...addresses]);
        else callback(null, addresses[0]!.address, addresses[0]!.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
  return new Promise((resolve) => {
    let isDone = false;
    const done = (outcome: Fetched): void => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve(outcome);
      outgoing.destroy();
    };
    const abort = (): void => done(refused('https/unreachable', { why: 'interrupted' }));
    const timer = setTimeout(() => done(refused('https/timeout', { seconds: timeout / 1000 })), timeout);
    const outgoing = request({
      host,
      port,
      path: `${target.pathname}${target.search}`,
      method: 'GET',
      agent: false,
      lookup,
      servername: isIP(host) === 0 ? host : '',
      headers: { host: target.host, accept: '*/*', 'user-agent': 'zegel', connection: 'close' },
      checkServerIdentity: (_, certificate) => {
        const names = [...(certificate.subjectaltname ?? '').matchAll(/(?:^|, )DNS:([^,"]*)/g)];
        const isNamed = certificateNames(
          names.map(([, name = '']) => name.toLowerCase()),
          host,
        );
        return isNamed ? undefined : Object.assign(new Error('not its name'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
      },
      ...(ca === undefined ? {} : { ca }),
    });
    signal?.addEventListener('abort', abort);
    if (signal?.aborted === true) abort();
    outgoing.on('socket', (socket) => {
      // What was looked up is what is connected to; should that ever not be so, nothing is said to it.
      socket.on('connect', () => {
        const { remoteAddress = '' } = socket as { remoteAddress?: string };
        if (!isAllowed(remoteAddress)) done(refused('https/private-address', { address: remoteAddress }));
      });
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (error instanceof PublicAddressError) done(refused(unaddressed[error.reason], { address: error.address }));
      else if (isCertificateError(error.code ?? '')) done(refused('https/certificate', { why: error.code ?? '' }));
      else done(refused('https/unreachable', { why: (error.code ?? error.message).slice(0, 100) }));
    });
    outgoing.on('response', (response) => {
      const { statusCode = 0, headers } = response;
      if (statusCode >= 300 && statusCode < 400) {
        return done(refused('https/redirect', { status: statusCode, to: (headers.location ?? '').slice(0, 200) }));
      }
      if (statusCode !== 200) return done(refused('https/status', { status: statusCode }));
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > mostBytes) done(refused('https/too-large', { most: mostBytes }));
        else chunks.push(chunk);
      });
      response.on('end', () => {
        const mediaType = (headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
        done({ ok: true, bytes: Buffer.concat(chunks), mediaType });
      });
      response.on('error', (error: NodeJS.ErrnoException) =>
        done(refused('https/unreachable', { why: error.code ?? '' })),
      );
    });
    outgoing.end();
  });
}

const unaddressed: Readonly<Record<PublicAddressError['reason'], string>> = {
  'no-address': 'https/no-address',
  'no-answer': 'https/no-answer',
  'private-address': 'https/private-address',
};

/** Errors that OpenSSL or Node give a certificate, and not the connection. */
function isCertificateError(code: string): boolean {
  return (
    code.startsWith('ERR_TLS_CERT') ||
    code.startsWith('CERT_') ||
    code.includes('SELF_SIGNED') ||
    code.startsWith('UNABLE_TO_') ||
    ['INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED', 'HOSTNAME_MISMATCH'].includes(code)
  );
}
