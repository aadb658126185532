// Debian's name servers on loopback, started and stopped by the tests that need them.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { liveResolver } from '../../src/network/resolver/index.ts';
import type { AddressInfo } from 'node:net';

/** A name server that runs. */
export interface NameServer {
  readonly host: string;
  readonly port: number;
  /** CPU time it has taken so far, its child processes included, in milliseconds. */
  cpuMs(): number;
  stop(): Promise<void>;
}

/** A zone and the file it stands in. */
export interface ZoneFile {
  readonly name: string;
  readonly file: string;
}

/** NSD, responsible for zones and for nothing else. `folder` takes its files. */
export async function startNsd(folder: string, zones: readonly ZoneFile[]): Promise<NameServer> {
  const port = await freePort();
  const conf = join(folder, `nsd-${port}.conf`);
  writeFileSync(
    conf,
    `server:
  ip-address: 127.0.0.1
  port: ${port}
  username: ""
  zonesdir: "${folder}"
  database: ""
  zonelistfile: "${folder}/nsd-${port}.list"
  pidfile: ""
  xfrdfile: ""
  server-count: 1
  rrl-ratelimit: 0
remote-control:
  control-enable: no
${zones.map(({ name, file }) => `zone:\n  name: "${name}"\n  zonefile: "${file}"\n`).join('')}`,
  );
  return start('nsd', ['-d', '-c', conf], port, zones[0]!.name);
}

/** BIND, responsible for zones; with `forward` it finds out the rest, a zone `known` to that server among it. */
export async function startBind(
  folder: string,
  zones: readonly ZoneFile[],
  forward?: NameServer & { readonly known: string },
): Promise<NameServer> {
  const port = await freePort();
  const conf = join(folder, `named-${port}.conf`);
  writeFileSync(
    conf,
    `options {
  directory "${folder}";
  pid-file none; session-keyfile none; lock-file none;
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  recursion ${forward === undefined ? 'no' : 'yes'}; allow-recursion { any; }; dnssec-validation no; empty-zones-enable no;
  ${forward === undefined ? '' : `forward only; forwarders { ${forward.host} port ${forward.port}; };`}
};
controls { };
${zones.map(({ name, file }) => `zone "${name}" { type primary; file "${file}"; check-names ignore; };\n`).join('')}`,
  );
  return start('named', ['-f', '-c', conf], port, forward?.known ?? zones[0]!.name);
}

/** Unbound, which finds out about zones from another server and validates by a trust anchor. */
export async function startUnbound(
  folder: string,
  zones: readonly string[],
  from: NameServer,
  trustAnchor: string,
): Promise<NameServer> {
  const port = await freePort();
  const conf = join(folder, `unbound-${port}.conf`);
  writeFileSync(
    conf,
    `server:
  interface: 127.0.0.1
  port: ${port}
  username: ""
  chroot: ""
  directory: "${folder}"
  pidfile: ""
  use-syslog: no
  logfile: "${folder}/unbound-${port}.log"
  num-threads: 1
  do-not-query-localhost: no
  module-config: "validator iterator"
  trust-anchor: "${trustAnchor}"
${zones.map((zone) => `  local-zone: "${zone}" nodefault\n`).join('')}
remote-control:
  control-enable: no
${zones.map((zone) => `stub-zone:\n  name: "${zone}"\n  stub-addr: ${from.host}@${from.port}\n`).join('')}`,
  );
  return start('unbound', ['-d', '-c', conf], port, zones[0]!);
}

/** Starts a server and waits until it answers for a zone it can answer for. */
async function start(command: string, args: readonly string[], port: number, zone: string): Promise<NameServer> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}: ${words}`)));
  });
  failed.catch(() => undefined);
  const server: NameServer = {
    host: '127.0.0.1',
    port,
    cpuMs: () => cpuMsOf(child.pid),
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
  for (let attempt = 0; attempt < 100; attempt++) {
    const probe = liveResolver({ servers: [server], rounds: 1, timeout: 500 });
    const answered = await Promise.race([
      failed,
      probe.resolver(zone, 'SOA').then(
        () => true,
        () => false,
      ),
    ]);
    probe.close();
    if (answered) return server;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await server.stop();
  throw new Error(`${command} does not answer: ${words}`);
}

/** proc(5): the 14th and 15th fields of `stat`, in hundredths of a second. */
function cpuMsOf(pid: number | string | undefined): number {
  if (pid === undefined) return 0;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const below = children.filter((child) => child !== '').reduce((sum, child) => sum + cpuMsOf(child), 0);
    return (Number(fields[11]) + Number(fields[12])) * 10 + below;
  } catch {
    // It has ended.
    return 0;
  }
}

/** A port that is free for UDP and TCP. */
async function freePort(): Promise<number> {
  for (;;) {
    const tcp = createServer();
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const { port } = tcp.address() as AddressInfo;
    const udp = createSocket('udp4');
    const free = await new Promise<boolean>((resolve) => {
      udp.once('error', () => resolve(false));
      udp.bind(port, '127.0.0.1', () => resolve(true));
    });
    if (free) await new Promise<void>((resolve) => udp.close(() => resolve()));
    await new Promise<void>((resolve) => tcp.close(() => resolve()));
    if (free) return port;
  }
}
