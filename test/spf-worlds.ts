// Small worlds of SPF records for comparing judgements: the same every time, each under a name of its own, so that all of
// them fit in one zone. They are full of what goes wrong: voids, loops, aliases, syntax errors, limits met exactly.

/** A client to judge. */
export interface SpfCase {
  readonly ip: string;
  readonly mailFrom: string;
  readonly helo: string;
  /** The lines of the world it lives in. */
  readonly lines: readonly string[];
}

/** All worlds as lines of one zone under the root, and the clients to judge in them. */
export interface SpfWorlds {
  readonly zone: string;
  readonly cases: readonly SpfCase[];
}

/** Makes `count` worlds, with six clients each. */
export function spfWorlds(count: number, seed = 7208): SpfWorlds {
  let state = seed;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  const one = <T>(list: readonly T[]): T => list[below(list.length)]!;

  const reverse = [
    '4.2.0.192.in-addr.arpa. PTR both.hosts.example.',
    '5.2.0.192.in-addr.arpa. PTR nothing.hosts.example.',
  ];
  const hosts = [
    'four.hosts.example. A 192.0.2.1',
    'six.hosts.example. AAAA 2001:db8::1',
    'both.hosts.example. A 192.0.2.4',
    'both.hosts.example. A 198.51.100.4',
    'both.hosts.example. AAAA 2001:db8::4',
    'alias.hosts.example. CNAME both.hosts.example.',
    'ring.hosts.example. CNAME ring.hosts.example.',
    'mail.hosts.example. MX 10 four.hosts.example.',
    'mail.hosts.example. MX 20 both.hosts.example.',
    'mail.hosts.example. MX 20 six.hosts.example.',
    'null.hosts.example. MX 0 .',
    'txt.hosts.example. TXT "no spf here"',
    ...Array.from({ length: 11 }, (_, n) => `many.hosts.example. MX ${n} four${n}.hosts.example.`),
    ...Array.from({ length: 11 }, (_, n) => `four${n}.hosts.example. A 203.0.113.${n}`),
    'someone.users.hosts.example. A 127.0.0.2',
    '192.0.2.1.ips.hosts.example. A 127.0.0.2',
    'why.hosts.example. TXT "%{i} may not send for %{o}"',
  ];
  const hostNames = ['four', 'six', 'both', 'alias', 'mail', 'null', 'txt', 'nothing', 'nowhere.at.all'].map(
    (name) => `${name}.hosts.example`,
  );
  const addresses = [
    '192.0.2.1',
    '192.0.2.4',
    '192.0.2.9',
    '198.51.100.4',
    '203.0.113.7',
    '10.1.2.3',
    '2001:db8::1',
    '2001:db8::4',
    '2001:db8:ffff::9',
    '::ffff:192.0.2.4',
  ];

  const mechanism = (world: string): string => {
    const host = one(hostNames);
    const length4 = one(['', '', '/32', '/24', '/31', '/8', '/0']);
    const length6 = one(['', '', '//64', '//128', '//32']);
    const other = `${one(['a', 'b', 'c', 'd'])}.${world}`;
    return one([
      () => `ip4:${one(['192.0.2.1', '192.0.2.4', '198.51.100.0', '203.0.113.7', '10.0.0.0'])}${length4}`,
      () => `ip4:${one(['192.0.2.0', '198.51.100.0', '10.0.0.0'])}/${one([8, 23, 24, 25, 30])}`,
      () => `ip6:2001:db8::${one(['1', '4', ''])}${one(['', '/64', '/128', '/32', '/0'])}`,
      () => `a:${host}${length4}${length6}`,
      () => `mx:${host}${length4}${length6}`,
      () => `a:four.hosts.example`,
      () => `mx:${one(['mail', 'many'])}.hosts.example`,
      () => `include:${other}`,
      () => `include:${other}`,
      () => `include:${one([host, other, `e.${world}`])}`,
      () => `exists:${one(['%{l}.users', '%{i}.ips', '%{ir}.none', 'four', 'six'])}.hosts.example`,
      () => one(['a', 'mx', 'ptr', 'ptr:hosts.example', 'a/24', 'mx//64']),
      () => one(['MX', 'A:FOUR.hosts.EXAMPLE', 'Include:b.' + world, 'a:four.hosts.example.']),
    ])();
  };
  const record = (world: string): string => {
    const terms = Array.from(
      { length: 1 + below(7) },
      () => `${one(['', '', '', '', '-', '~', '?', '+'])}${mechanism(world)}`,
    );
    const mistake = below(24);
    if (mistake === 0)
      terms.push(
        one([
          'ip4:1.2.3',
          'foo',
          'a:',
          'ip4:192.0.2.1/33',
          'include:',
          'a:%{x}.example',
          '-all.',
          'redirect=',
          'ip6:1',
          'a:%(d)',
          'mx:foo',
        ]),
      );
    const end = one([
      '-all',
      '~all',
      '?all',
      '',
      '',
      `redirect=${one(['a', 'b', 'c', 'd', 'e'])}.${world}`,
      '-all exp=why.hosts.example',
    ]);
    return ['v=spf1', ...terms, end].filter((term) => term !== '').join(' ');
  };

  const all: string[] = [];
  const cases: SpfCase[] = [];
  for (let index = 0; index < count; index++) {
    const world = `w${index}.example`;
    const lines = ['a', 'b', 'c', 'd'].map((name) => `${name}.${world}. TXT "${record(world).slice(0, 250)}"`);
    if (below(20) === 0) lines.push(`d.${world}. TXT "v=spf1 -all"`);
    lines.push(`a.${world}. A ${one(['192.0.2.9', '198.51.100.4'])}`, `b.${world}. MX 10 both.hosts.example.`);
    all.push(...lines);
    for (let n = 0; n < 6; n++) {
      const mailFrom = below(8) === 0 ? '' : `${one(['someone', 'other'])}@${one(['a', 'a', 'a', 'b', 'c'])}.${world}`;
      cases.push({
        ip: addresses[(index + n * 3) % addresses.length]!,
        mailFrom,
        helo: mailFrom === '' ? `a.${world}` : 'both.hosts.example',
        lines,
      });
    }
  }
  return {
    zone: ['. 3600 SOA ns.example. root.example. 1 3600 600 86400 60', ...hosts, ...reverse, ...all].join('\n'),
    cases,
  };
}
