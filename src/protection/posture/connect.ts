// What a look can learn by connecting, when it may: what it asks of whoever hands it in, and what is made of the answers. Nothing here
// connects.
import { certificateNames, matchTlsa, readCertificate } from '../../standards/transport/index.ts';
import type { TlsaRecord } from '../../standards/transport/index.ts';
import type { Problem } from '../../standards/problem.ts';
import type { ServerConnection, ServerPosture } from './published.ts';

/** A file that was asked for over HTTPS, or why there is none. */
export type Fetched =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly mediaType: string }
  | { readonly ok: false; readonly problem: Problem };

/** One address of a mail server, connected to on port 25, asked for STARTTLS (RFC 3207) and left again. */
export interface Greeting {
  /** Empty when the host has none that may be connected to. */
  readonly address: string;
  /**
   * - `tls`: it spoke TLS · `no-starttls`: it offered none, or took the offer back · `tls-failed`: it offered, and no TLS came of it
   * - `unwilling`: it would not talk to us (4xx or 5xx) · `not-smtp`: what it said is no SMTP
   * - `unreachable`: no connection, or it fell silent · `no-address` · `private-address`: none of its addresses is of the public Internet
   */
  readonly outcome: ServerConnection['outcome'];
  /** What it said last, or why there was no TLS. */
  readonly said?: string;
  readonly protocol?: string;
  readonly cipher?: string;
  /** DER, as the server sent it: its own certificate first. */
  readonly chain?: readonly Uint8Array[];
  /** Why the chain does not lead to a root that is trusted; empty when it does. */
  readonly distrust?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The doors to the network a look is given. Neither ever throws for a world that does not answer. */
export interface Connections {
  /** Fetches what lies at an `https:` URL: certificates are checked, redirects are not followed, private addresses are refused. */
  readonly fetchFile: (url: string, mostBytes: number) => Promise<Fetched>;
  /**
   * Greets a mail server, at one address of each family.
   *
   * @param sentChain whether the chain has to be what the server sent, and nothing beside
   */
  readonly greet: (host: string, sentChain: boolean) => Promise<readonly Greeting[]>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** A certificate that ends within these days is said to. */
const soonDays = 14;

/**
 * What a greeting comes to.
 *
 * @param records the TLSA records of the server when these are vouched for, else none
 */
export function judgeGreeting(
  greeting: Greeting,
  host: string,
  domain: string,
  records: readonly TlsaRecord[],
): ServerConnection {
  const { address, outcome, said, protocol, cipher, chain = [], distrust = '', at } = greeting;
  const facts = chain[0] === undefined ? undefined : readCertificate(chain[0]);
  const dane = facts === undefined ? undefined : matchTlsa(records, chain, [host, domain], new Date(at));
  return {
    address,
    outcome,
    ...(said === undefined ? {} : { said: said.slice(0, 300) }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(cipher === undefined ? {} : { cipher }),
    ...(facts === undefined
      ? {}
      : {
          certificate: {
            ...facts,
            names: facts.names.slice(0, 20),
            named: certificateNames(facts.names, host),
            trusted: distrust === '',
            ...(distrust === '' ? {} : { distrust }),
            endsSoon: Date.parse(facts.lastDay) - at < soonDays * 86_400_000,
          },
        }),
    ...(dane === undefined ? {} : { dane }),
  };
}

/**
 * The public keys that mail servers showed, one a connection.
 *
 * @returns `key`: SHA-256 in lower-case hexadecimal, as in a TLSA record `3 1 1`; `verified`: whether its certificate leads to a trusted root and
 *   names the server, or TLSA records vouch for it
 */
export function keysShown(
  servers: readonly Pick<ServerPosture, 'connections' | 'host'>[],
): { readonly host: string; readonly key: string; readonly verified: boolean }[] {
  return servers.flatMap(({ host, connections = [] }) =>
    connections.flatMap(({ certificate, dane }) => {
      const key = certificate?.publicKeySha256;
      if (key === undefined || certificate === undefined) return [];
      return [{ host, key, verified: (certificate.trusted && certificate.named) || dane === 'match' }];
    }),
  );
}
