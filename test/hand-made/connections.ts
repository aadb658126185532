// What connecting finds, made by hand: for tests of what is made of it.
import { createHash } from 'node:crypto';
import type { Connections, Greeting } from '../../src/protection/posture/index.ts';
import type { Problem } from '../../src/standards/problem.ts';
import { authority, inTime, signed } from './certificates.ts';

/** Doors to the network that find this: a policy file, other files by the end of their URL, and what the mail servers say at each address. */
export function connections(
  greetings: readonly Partial<Greeting>[],
  files: Readonly<Record<string, string | Problem>> = {},
  at = inTime,
): Connections {
  return {
    fetchFile: (url) => {
      const [, file = { code: 'https/status', values: { url, status: 404 } }] =
        Object.entries(files).find(([end]) => url.endsWith(end)) ?? [];
      if (typeof file !== 'string') return Promise.resolve({ ok: false, problem: file });
      const mediaType = url.endsWith('.txt') ? 'text/plain' : '';
      return Promise.resolve({ ok: true, bytes: new TextEncoder().encode(file), mediaType });
    },
    greet: () =>
      Promise.resolve(
        greetings.map((greeting) => ({ address: '192.0.2.1', outcome: 'tls', at: at.getTime(), ...greeting })),
      ),
    clock: () => at.getTime(),
  };
}

/** A server that encrypts with a certificate that holds. */
export const encrypts: Partial<Greeting> = {
  outcome: 'tls',
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  chain: [signed, authority],
  distrust: '',
};
/** The TLSA record of that certificate, and a policy file that asks for it. */
export const tlsaOfCertificate = `_25._tcp.mx1.example.com. TLSA 3 0 1 ${createHash('sha256').update(signed).digest('hex')}`;
export const stsFile = (mode: string, mx: string): string =>
  `version: STSv1\nmode: ${mode}\nmx: ${mx}\nmax_age: 1209600\n`;
