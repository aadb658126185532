import { hostname } from 'node:os';
import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls, createSecureContext } from 'node:tls';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { Greeting } from '../../protection/posture/index.ts';
import type { Resolver } from '../../standards/dns/index.ts';
import { isPublicAddress, PublicAddressError, publicAddresses } from '../addresses/index.ts';
import { Replies } from './replies.ts';

export interface GreetOptions {
  readonly resolver: Resolver;
  /** Milliseconds for one address, all of it: 20,000 when not given. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  readonly clock?: () => number;
  /** Which addresses may be connected to; those of the public Internet when not given. */
  readonly isAllowed?: (address: string) => boolean;
  /** 25 when not given. */
  readonly port?: number;
  /** Roots that are trusted instead of Node's, as PEM. */
  readonly ca?: string;
  /**
   * Whether the chain of certificates is to be what was sent, and nothing beside: a record that names an authority asks for that. Node ends a
   * chain with a root of its own.
   */
  readonly sentChain?: boolean;
  /** What is said after EHLO; else the name of this machine, or its address. */
  readonly ehlo?: string;
}

/**
 * Greets a mail server at one address of each family.
 *
 * @returns what each came to; one with no address when there is none to connect to. Never throws for a world that does not answer.
 */
export async function greetServer(host: string, options: GreetOptions): Promise<readonly Greeting[]> {
  const { isAllowed = isPublicAddress, clock = Date.now } = options;
  let addresses: Awaited<ReturnType<typeof publicAddresses>>;
  try {
    addresses = await publicAddresses(host, options.resolver, isAllowed);
  } catch (error) {
    if (!(error instanceof PublicAddressError)) throw error;
    const { reason, address } = error;
    const outcome = reason === 'no-answer' ? 'unreachable' : reason;
    return [{ address, outcome, at: clock(), ...(reason === 'no-answer' ? { said: 'DNS' } : {}) }];
  }
  const one = [6, 4]
    .map((family) => addresses.find((each) => each.family === family))
    .filter((each) => each !== undefined);
  return Promise.all(one.map(({ address }) => greetAddress(host, address, options)));
}

async function greetAddress(host: string, address: string, options: GreetOptions): Promise<Greeting> {
  const first = await talk(host, address, options, options.ca);
  if (first.outcome !== 'tls' || options.sentChain !== true) return first;
  // Who trusts nothing has nothing to put at the end.
  const again = await talk(host, address, options, []);
  return again.chain === undefined ? first : { ...first, chain: again.chain };
}

/** One conversation. `roots`: PEM, none at all when it is empty, Node's own when it is not given. */
function talk(host: string, address: string, options: GreetOptions, roots: string | [] | undefined): Promise<Greeting> {
  const { timeout = 20_000, clock = Date.now, port = 25, isAllowed = isPublicAddress, signal } = options;
  return new Promise((resolve) => {
    const socket = connectTcp({ host: address, port });
    let secure: TLSSocket | undefined;
    let said = '';
    let isDone = false;
    const done = (outcome: Greeting['outcome'], more: Partial<Greeting> = {}): void => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve({ address, outcome, at: clock(), ...(said === '' ? {} : { said }), ...more });
      // Saying good-bye is polite; waiting for the answer is not needed.
      const open: Socket = secure ?? socket;
      if (open.writable) open.end('QUIT\r\n');
      setTimeout(() => {
        secure?.destroy();
        socket.destroy();
      }, 500).unref();
      open.unref();
    };
    const fell = (why: string): void =>
      done(secure === undefined ? 'unreachable' : 'tls-failed', { said: said || why });
    const abort = (): void => fell('interrupted');
    const timer = setTimeout(() => fell('ETIMEDOUT'), timeout);
    signal?.addEventListener('abort', abort);
    if (signal?.aborted === true) abort();
    socket.on('error', (error: NodeJS.ErrnoException) => fell(error.code ?? error.message));
    socket.on('connect', () => {
      if (!isAllowed(socket.remoteAddress ?? '')) done('private-address');
    });
    const replies = new Replies(socket);
    const name = (): string => options.ehlo ?? ownName(socket);
    const upgrade = (): void => {
      replies.stop();
      secure = connectTls({
        socket,
        servername: host,
        rejectUnauthorized: false,
        // Old protocols are to be seen, not to be spared.
        minVersion: 'TLSv1',
        ciphers: 'DEFAULT:@SECLEVEL=0',
        secureContext: createSecureContext({
          minVersion: 'TLSv1',
          ciphers: 'DEFAULT:@SECLEVEL=0',
          ...(roots === undefined ? {} : { ca: roots }),
        }),
        checkServerIdentity: () => undefined,
      });
      const tls = secure;
      tls.on('error', (error: NodeJS.ErrnoException) => done('tls-failed', { said: error.code ?? error.message }));
      tls.on('close', () => done('tls-failed', { said: 'ECONNRESET' }));
      tls.on('secureConnect', () =>
        done('tls', {
          protocol: tls.getProtocol() ?? '',
          cipher: tls.getCipher().name,
          chain: chainOf(tls.getPeerCertificate(true)),
          distrust: tls.authorized ? '' : String(tls.authorizationError),
        }),
      );
    };
    const converse = async (): Promise<void> => {
      const greeting = await replies.next();
      if (greeting === undefined) return done('not-smtp');
      said = greeting.text;
      if (greeting.code !== 220) return done(greeting.code >= 400 ? 'unwilling' : 'not-smtp');
      socket.write(`EHLO ${name()}\r\n`);
      const offer = await replies.next();
      if (offer === undefined) return done('not-smtp');
      said = offer.text;
      if (offer.code !== 250) return done(offer.code >= 400 && offer.code < 500 ? 'unwilling' : 'no-starttls');
      if (!offer.lines.slice(1).some((line) => /^STARTTLS\b/i.test(line))) {
        said = '';
        return done('no-starttls');
      }
      socket.write('STARTTLS\r\n');
      const ready = await replies.next();
      if (ready === undefined) return done('tls-failed');
      said = ready.text;
      if (ready.code !== 220) return done('no-starttls');
      // What came with the reply was put there by somebody in between (RFC 3207 §6).
      if (replies.hasMore) return done('tls-failed', { said: 'text after the reply to STARTTLS' });
      said = '';
      upgrade();
    };
    converse().catch((error: unknown) => fell(error instanceof Error ? error.message : String(error)));
  });
}

/** A name that others can look up, else the address (RFC 5321 §4.1.3). */
function ownName(socket: Socket): string {
  const name = hostname();
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(name)) return name;
  const address = socket.localAddress ?? '127.0.0.1';
  return address.includes(':') ? `[IPv6:${address}]` : `[${address}]`;
}

function chainOf(certificate: DetailedPeerCertificate): Uint8Array[] {
  const chain: Uint8Array[] = [];
  let at: DetailedPeerCertificate | undefined = certificate;
  while (at?.raw !== undefined && chain.length < 10) {
    chain.push(at.raw);
    at = at.issuerCertificate === at ? undefined : at.issuerCertificate;
  }
  return chain;
}
