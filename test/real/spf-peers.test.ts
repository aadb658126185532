// SPF beside three other implementations that Debian has: pyspf (its lookups answered from the same zone), libspf2 and
// Mail::SPF (which ask a name server: NSD, in a network namespace of its own with a resolv.conf of its own).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { compareWithPeer } from '../spf-disagreements.ts';
import { spfWorlds } from '../spf-worlds.ts';
import { zone } from '../../src/standards/dns/index.ts';
import type { Disagreement, PeerResult } from '../spf-disagreements.ts';
import type { Zone } from '../../src/standards/dns/index.ts';

const worlds = spfWorlds(300, 2014);
const folder = mkdtempSync(join(tmpdir(), 'zegel-spf-peers-'));
after(() => rmSync(folder, { recursive: true }));
const reading = zone(worlds.zone);
assert.ok(reading.ok);
const told: Zone = reading.value;
const mapped: Disagreement = {
  why: 'an IPv4-mapped client is an IPv4 client; there it is one of IPv6',
  clause: 'RFC 7208 §5',
  applies: (_, __, client) => client.ip.startsWith('::ffff:'),
};
const mailExchangers: Disagreement = {
  why: 'an mx with more than ten hosts is a permerror; there the first ten count, as RFC 4408 had it',
  clause: 'RFC 7208 §4.6.4',
  applies: (ours) => ours.reason.code === 'spf/too-many-mail-exchangers',
};

describe('pyspf', () => {
  const program = `
import json, sys, spf
data = json.load(sys.stdin)
zone = data['zone']
def lookup(name, qtype, strict=True, timeout=20):
    found, at = [], name.lower()
    for _ in range(12):
        sets = zone.get(at, {})
        if qtype in sets:
            for value in sets[qtype]:
                if qtype == 'TXT': value = [text.encode('latin-1') for text in value]
                if qtype == 'MX': value = tuple(value)
                found.append(((at, qtype), value))
            break
        if 'CNAME' not in sets: break
        found.append(((at, 'CNAME'), sets['CNAME'][0]))
        at = sets['CNAME'][0]
    return found
spf.DNSLookup = lookup
for client in data['cases']:
    result, detail = spf.check2(client['ip'], client['mailFrom'], client['helo'])
    print(json.dumps([result, detail]))
`;
  const disagreements: readonly Disagreement[] = [
    {
      why: 'an include of the domain itself is only an error when it is come to; there the whole record is refused beforehand',
      clause: 'RFC 7208 §4.6, §5.2',
      applies: (_, theirs) => theirs.detail.includes('trivial recursion'),
    },
    {
      why: 'the hosts of an mx are asked for one by one until one matches; there all are, and those without an address count',
      clause: 'RFC 7208 §5.4',
      applies: (ours, theirs) =>
        theirs.detail.includes('Void lookup limit') && ours.visits.some((visit) => visit.matched?.kind === 'mx'),
    },
    {
      why: 'an alias without data is one void lookup; there it is two, one for the alias and one for where it leads',
      clause: 'RFC 7208 §4.6.4',
      applies: (ours, theirs) =>
        theirs.detail.includes('Void lookup limit') &&
        ours.queries.some((query) => query.name === 'alias.hosts.example' && query.outcome !== 'records'),
    },
  ];
  it('agrees, void lookups counted by question as it does', async () => {
    const sets: Record<string, Record<string, unknown[]>> = {};
    for (const { name, type, data } of told.records) {
      const value =
        type === 'MX' && typeof data === 'object' && 'exchange' in data ? [data.preference, data.exchange] : data;
      if (type !== 'SOA') ((sets[name] ??= {})[type] ??= []).push(value);
    }
    const output = execFileSync('/usr/bin/python3', ['-W', 'ignore', '-c', program], {
      input: JSON.stringify({ zone: sets, cases: worlds.cases }),
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    const peer = output
      .trim()
      .split('\n')
      .map((line): PeerResult => {
        const [result, detail] = JSON.parse(line) as [string, string];
        return { result, detail };
      });
    const agreed = await compareWithPeer(
      worlds.cases,
      peer,
      told.resolver,
      { limits: { voidLookupsCount: 'questions' } },
      disagreements,
    );
    assert.ok(agreed > 1600, `${agreed} of ${peer.length} agree`);
  });
});

describe('peers that ask a name server', () => {
  before(() => {
    writeFileSync(join(folder, 'root.zone'), `$TTL 3600\n${worlds.zone}\n. NS ns.example.\nns.example. A 127.0.0.1\n`);
    writeFileSync(
      join(folder, 'cases'),
      worlds.cases
        .map(({ ip, mailFrom, helo }) => `${ip} ${mailFrom === '' ? `postmaster@${helo}` : mailFrom} ${helo}\n`)
        .join(''),
    );
    writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\n');
    writeFileSync(
      join(folder, 'nsd.conf'),
      `server:
  ip-address: 127.0.0.1
  username: ""
  zonesdir: "${folder}"
  database: ""
  zonelistfile: "${folder}/zone.list"
  pidfile: "${folder}/nsd.pid"
  xfrdfile: ""
  logfile: "${folder}/nsd.log"
  server-count: 1
remote-control:
  control-enable: no
zone:
  name: "."
  zonefile: "root.zone"
`,
    );
    writeFileSync(
      join(folder, 'mail-spf.pl'),
      `use Mail::SPF;
my $server = Mail::SPF::Server->new(query_rr_types => Mail::SPF::Server->query_rr_type_txt);
while (<STDIN>) {
  my ($ip, $sender, $helo) = split;
  my $found = $server->process(Mail::SPF::Request->new(versions => [1], scope => 'mfrom', identity => $sender, ip_address => $ip, helo_identity => $helo));
  print $found->code, "\\t", $found->local_explanation, "\\n";
}
`,
    );
    writeFileSync(
      join(folder, 'run.sh'),
      `set -e
cd "${folder}"
ip link set lo up
mount --bind resolv.conf /etc/resolv.conf
nsd -d -c nsd.conf >/dev/null 2>&1 &
server=$!
trap 'kill $server' EXIT
for i in $(seq 100); do dig +time=1 +tries=1 @127.0.0.1 . SOA >/dev/null 2>&1 && break; sleep 0.1; done
spfquery.libspf2 -file - <cases >libspf2.out 2>libspf2.err || true
perl mail-spf.pl <cases >mail-spf.out
`,
    );
    execFileSync('unshare', ['--net', '--mount', 'sh', join(folder, 'run.sh')], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  });

  it('libspf2 agrees, but for what is listed', async () => {
    const peer: PeerResult[] = [];
    let errors: string[] = [];
    for (const line of readFileSync(join(folder, 'libspf2.out'), 'latin1').split('\n')) {
      if (line.startsWith('Error')) errors.push(line);
      if (!/^(?:pass|fail|softfail|neutral|none|permerror|temperror|\(invalid\))$/.test(line)) continue;
      peer.push({ result: line === '(invalid)' ? 'permerror' : line, detail: errors.join(' ') });
      errors = [];
    }
    const agreed = await compareWithPeer(worlds.cases, peer, told.resolver, { limits: { voidLookups: Infinity } }, [
      mapped,
      mailExchangers,
      {
        why: 'a prefix length of 0 is one; there the record is refused',
        clause: 'RFC 7208 §5.6',
        applies: (_, theirs, client) =>
          theirs.result === 'permerror' && client.lines.some((line) => /\/0(?!\d)/.test(line)),
      },
      {
        why: 'a domain-spec ends in a macro or in a dot and a top label; there "mx:foo" is one',
        clause: 'RFC 7208 §7.1',
        applies: (ours, _, client) =>
          ours.reason.code === 'spf/bad-domain-spec' && client.lines.some((line) => /mx:foo\b/.test(line)),
      },
      {
        why: 'a "%" that begins no macro is a syntax error; there it stands for itself',
        clause: 'RFC 7208 §7.3',
        applies: (ours) => ours.reason.code === 'spf/macro-syntax',
      },
      {
        why: 'the eleventh term that asks the DNS is one too many; there it is still evaluated',
        clause: 'RFC 7208 §4.6.4',
        applies: (ours) => ours.reason.code === 'spf/too-many-lookups' && ours.lookups === 11,
      },
      {
        why: 'a colon with nothing after it is a syntax error; there it is left out of account',
        clause: 'RFC 7208 §4.8',
        applies: (ours) => ours.reason.code === 'spf/missing-domain',
      },
    ]);
    assert.ok(agreed > 1400, `${agreed} of ${peer.length} agree`);
  });

  it('Mail::SPF agrees, void lookups counted by question as it does', async () => {
    const peer = readFileSync(join(folder, 'mail-spf.out'), 'latin1')
      .trim()
      .split('\n')
      .map((line): PeerResult => {
        const [result = '', detail = ''] = line.split('\t');
        return { result, detail };
      });
    const agreed = await compareWithPeer(
      worlds.cases,
      peer,
      told.resolver,
      { limits: { voidLookupsCount: 'questions' } },
      [
        mailExchangers,
        {
          why: 'ip6 matches no IPv4 client; there it does, by its mapped address, when the prefix is short enough',
          clause: 'RFC 7208 §5',
          applies: (_, __, client) =>
            !client.ip.replace('::ffff:', '').includes(':') && client.lines.some((line) => /ip6:\S*\/0/.test(line)),
        },
        {
          why: 'a syntax error anywhere makes the record an error; there one in a macro does when it is come to',
          clause: 'RFC 7208 §4.6',
          applies: (ours) => ours.reason.code === 'spf/macro-syntax',
        },
        {
          why: 'an alias without data is a void lookup; there it is an answer',
          clause: 'RFC 7208 §4.6.4',
          applies: (ours) =>
            ours.reason.code === 'spf/too-many-void-lookups' &&
            ours.queries.some((query) => query.name === 'alias.hosts.example' && query.outcome !== 'records'),
        },
        {
          why: 'a null MX names no host, so nothing is asked for; there the addresses of the root are, and are a void lookup',
          clause: 'RFC 7505 §3',
          applies: (ours, theirs) =>
            theirs.detail.includes('Maximum void') &&
            ours.queries.some((query) => query.name === 'null.hosts.example' && query.type === 'MX'),
        },
      ],
    );
    assert.ok(agreed > 1500, `${agreed} of ${peer.length} agree`);
  });
});
