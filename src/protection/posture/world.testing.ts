// Worlds for tests: a domain with everything in order, changed line by line; and one whose DNS is silent about some names.
import { domainName, ResolverError, zone } from '../../standards/dns/index.ts';
import type { RecordType, Resolver } from '../../standards/dns/index.ts';
import { splitTxt } from '../../standards/dkim/index.ts';
import { lookAt } from './index.ts';
import type { LookOptions, Posture } from './index.ts';

/** A TXT record of any length, as a zone file has it. */
export function text(name: string, value: string): string {
  return `${name} TXT ${splitTxt(value)
    .map((part) => `"${part.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)
    .join(' ')}`;
}

/** A DER value: its tag, its length, what is in it. */
function der(tag: number, ...parts: readonly (Uint8Array | readonly number[])[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

/** A public key record of so many bits. Nobody has the private part: there is none. */
export function key(bits: number, tags = ''): string {
  const modulus = der(0x02, [0], new Uint8Array(bits / 8).fill(0xff));
  const algorithm = der(0x30, [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00]);
  const spki = der(0x30, algorithm, der(0x03, [0], der(0x30, modulus, der(0x02, [1, 0, 1]))));
  return `v=DKIM1; k=rsa; ${tags}p=${spki.toString('base64')}`;
}

const key2048 = key(2048);
const tlsa = `3 1 1 ${'ab'.repeat(32)}`;

/** A domain that people mail from, with nothing amiss. */
export const good = `
example.com. SOA ns1.example.com. host.example.com. 1 1 1 1 300
example.com. NS ns1.example.com.
ns1.example.com. A 192.0.2.53
ns1.example.com. TXT "v=spf1 -all"
example.com. A 192.0.2.80
example.com. MX 10 mx1.example.com.
mx1.example.com. A 192.0.2.1
mx1.example.com. AAAA 2001:db8::1
mx1.example.com. TXT "v=spf1 a -all"
_25._tcp.mx1.example.com. TLSA ${tlsa}
example.com. TXT "v=spf1 mx ~all"
_dmarc.example.com. TXT "v=DMARC1; p=reject; rua=mailto:d@example.com"
${text('s1._domainkey.example.com.', key2048)}
_mta-sts.example.com. TXT "v=STSv1; id=1"
_smtp._tls.example.com. TXT "v=TLSRPTv1; rua=mailto:t@example.com"
`;

/** A parked domain with nothing amiss. */
export const parked = `
example.com. SOA ns1.example.com. host.example.com. 1 1 1 1 300
example.com. NS ns1.example.com.
ns1.example.com. A 192.0.2.53
ns1.example.com. TXT "v=spf1 -all"
example.com. MX 0 .
example.com. TXT "v=spf1 -all"
_dmarc.example.com. TXT "v=DMARC1; p=reject; rua=mailto:d@example.net"
example.net. MX 10 mx.example.net.
mx.example.net. A 192.0.2.25
example.com._report._dmarc.example.net. TXT "v=DMARC1;"
`;

/**
 * A world: `base` with some lines changed. A line of `changes` takes the place of all lines of `base` with its name and type; `- NAME TYPE`
 * only takes them away; `+ …` stands beside them. Whatever is in neither does not exist.
 */
export function world(base: string, changes = '', authenticated = true): Resolver {
  const lines = (of: string): string[] =>
    of
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const owner = (line: string): string => line.split(/\s+/).slice(0, 2).join(' ').toLowerCase();
  const gone = new Set<string>();
  const added: string[] = [];
  for (const line of lines(changes)) {
    if (line.startsWith('- ')) gone.add(owner(line.slice(2)));
    else if (line.startsWith('+ ')) added.push(line.slice(2));
    else {
      gone.add(owner(line));
      added.push(line);
    }
  }
  const kept = lines(base).filter((line) => !gone.has(owner(line)));
  const reading = zone(`$ORIGIN .\n$TTL 300\n. SOA a.nic. b.nic. 1 1 1 1 300\n${[...kept, ...added].join('\n')}`, {
    authenticated,
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.value.resolver;
}

/** A world in which nobody answers these questions. */
export function silent(resolver: Resolver, isSilent: (name: string, type: RecordType) => boolean): Resolver {
  return async (name, type) => {
    if (isSilent(name, type)) throw new ResolverError('dns/timeout', `no answer for ${name}`);
    return resolver(name, type);
  };
}

/** A look at example.com. */
export function look(base: string, changes = '', options: LookOptions = {}, authenticated = true): Promise<Posture> {
  return lookAt(domainName('example.com'), world(base, changes, authenticated), options);
}
