import { formatAddress, networkOf, parseClientAddress } from '../../../standards/dns/index.ts';
import type { IpNetwork } from '../../../standards/dns/index.ts';
import type { Problem, Reading } from '../../../standards/problem.ts';

/** Widest that is taken without a word: a /8 of IPv4, a /19 of IPv6, about the most one holder has. */
const widest = { 4: 8, 6: 19 } as const;

/** Networks that no receiver on the Internet ever sees as a client (RFC 6890): a record that names them says nothing. */
const unseen = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
]
  .concat(['::1/128', 'fc00::/7', 'fe80::/10'])
  .map((text) => read(text));

/**
 * Reads an address or a network (`192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`). An IPv4-mapped IPv6 address is the IPv4 address it
 * carries (RFC 7208 §5).
 *
 * @returns the network, or `plan/not-an-address`, `plan/every-address` (a prefix length of 0). Beside it: `plan/host-bits` when bits
 *   behind the prefix length are set, `plan/wide-network`, `plan/address-unseen` for what is private or local
 */
export function parseNetwork(text: string): Reading<IpNetwork> {
  const network = read(text);
  if (network === undefined) return refused('plan/not-an-address', { text: text.slice(0, 100) });
  if (network.prefix === 0) return refused('plan/every-address', { text });
  const problems: Problem[] = [];
  const note = (code: string, see: string, values: Problem['values'] = {}): void =>
    void problems.push({ code, values: { text, ...values }, see });
  const slash = text.indexOf('/');
  const written = parseClientAddress(slash < 0 ? text : text.slice(0, slash));
  const { family, a, b, c, d } = network;
  if (written?.family === family && (written.a !== a || written.b !== b || written.c !== c || written.d !== d))
    note('plan/host-bits', 'RFC 7208 §5.6', { network: networkText(network) });
  if (network.prefix < widest[family]) note('plan/wide-network', 'RFC 7208 §5.6');
  if (unseen.some((each) => each !== undefined && lies(network, each))) note('plan/address-unseen', 'RFC 6890 §2.2.2');
  return { ok: true, value: network, problems };
}

/** A network as text: a single address without its prefix length. */
export function networkText(network: IpNetwork): string {
  const whole = network.family === 4 ? 32 : 128;
  return `${formatAddress(network)}${network.prefix === whole ? '' : `/${network.prefix}`}`;
}

/** A network, given as `prefixes` gives it. */
export function networkFrom(text: string): IpNetwork {
  const network = read(text);
  if (network === undefined) throw new Error(`no network: ${text}`);
  return network;
}

function read(text: string): IpNetwork | undefined {
  const slash = text.indexOf('/');
  const address = parseClientAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const whole = address.family === 4 ? 32 : 128;
  if (slash < 0) return networkOf(address, whole);
  const length = text.slice(slash + 1);
  if (!/^(?:0|[1-9]\d{0,2})$/.test(length)) return undefined;
  // A mapped address written with a prefix length of IPv6 (::ffff:192.0.2.0/120) has its 96 bits in front.
  const prefix = Number(length) - (address.family === 4 && text.includes(':') ? 96 : 0);
  return prefix < 0 || prefix > whole ? undefined : networkOf(address, prefix);
}

function lies(inner: IpNetwork, outer: IpNetwork): boolean {
  return (
    inner.family === outer.family &&
    inner.prefix >= outer.prefix &&
    ((inner.a ^ outer.a) & outer.maskA) === 0 &&
    ((inner.b ^ outer.b) & outer.maskB) === 0 &&
    ((inner.c ^ outer.c) & outer.maskC) === 0 &&
    ((inner.d ^ outer.d) & outer.maskD) === 0
  );
}

function refused(code: string, values: Problem['values']): Reading<never> {
  return { ok: false, problems: [{ code, values: values ?? {}, see: 'RFC 7208 §5.6' }] };
}
