import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { connect, isIP, isIPv6 } from 'node:net';
import { ResolverError } from '../../standards/dns/index.ts';
import { decodeMessage, encodeQuery, MalformedMessage, typeNumbers } from './wire.ts';
import type { Socket } from 'node:dgram';
import type { RecordType } from '../../standards/dns/index.ts';
import type { WireMessage } from './wire.ts';

/** Where a name server listens. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53` or `[2001:db8::53]:5353`. @returns `undefined` when it is none of these. */
export function parseServerAddress(text: string): ServerAddress | undefined {
  if (isIP(text) !== 0) return { host: text, port: 53 };
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || port < 1 || port > 65_535) return undefined;
  if (bracketed === undefined ? isIP(host) !== 4 : !isIPv6(host)) return undefined;
  return { host, port };
}

/** The name servers of this machine (resolv.conf(5): at most three; the machine itself when none is named). */
export async function systemServers(path = '/etc/resolv.conf'): Promise<readonly ServerAddress[]> {
  let text = '';
  try {
    text = await readFile(path, 'utf8');
  } catch {
    // Without the file, the default of resolv.conf(5) holds.
  }
  const servers: ServerAddress[] = [];
  for (const line of text.split('\n')) {
    const host = /^nameserver\s+(\S+)/.exec(line)?.[1];
    if (host !== undefined && isIP(host) !== 0) servers.push({ host, port: 53 });
  }
  return servers.length > 0 ? servers.slice(0, 3) : [{ host: '127.0.0.1', port: 53 }];
}

/** Open sockets a server has; each has a port of its own, chosen by the system. */
const maxSockets = 8;
/** Questions after which a socket gives way to one with another port. */
const maxUses = 500;
/** Questions one socket waits for at once, of the 65,536 ids there are. */
const maxWaiting = 1000;
/** The largest answer asked for over UDP: what crosses common links in one piece. */
const udpSize = 1232;

interface Waiting {
  readonly accept: (bytes: Buffer) => void;
  readonly fail: (error: ResolverError) => void;
}

interface Channel {
  readonly socket: Socket;
  readonly waiting: Map<number, Waiting>;
  /** Settles when the socket may be used, or cannot be. */
  ready: Promise<void>;
  isReady: boolean;
  uses: number;
}

/** One name server: asks it a question over UDP, or over TCP when the answer does not fit. */
export class Server {
  readonly address: ServerAddress;
  /** Those that questions are sent by. */
  readonly #channels: Channel[] = [];
  /** These, and those that only wait for their last answers. */
  readonly #open = new Set<Channel>();
  #closed = false;

  constructor(address: ServerAddress) {
    this.address = address;
  }

  /**
   * Asks one question. An answer counts only when it comes from this server, with the id and the question that were sent.
   *
   * @param timeout milliseconds. @throws {ResolverError} `dns/timeout`, `dns/unreachable`, `dns/malformed`.
   */
  async ask(name: string, type: RecordType, timeout: number): Promise<WireMessage> {
    let message = await this.#overUdp(name, type, timeout, udpSize);
    // FORMERR, NOTIMP: a server that does not know EDNS (RFC 6891 §7).
    if (message.responseCode === 1 || message.responseCode === 4) {
      message = await this.#overUdp(name, type, timeout, undefined);
    }
    return message.truncated ? this.#overTcp(name, type, timeout) : message;
  }

  /** Closes the sockets. Questions under way fail. */
  close(): void {
    this.#closed = true;
    this.#channels.length = 0;
    for (const channel of this.#open) this.#retire(channel, 'the resolver was closed');
  }

  #overUdp(name: string, type: RecordType, timeout: number, edns: number | undefined): Promise<WireMessage> {
    const channel = this.#channel();
    return channel.isReady
      ? this.#send(channel, name, type, timeout, edns)
      : channel.ready.then(() => this.#send(channel, name, type, timeout, edns));
  }

  #send(
    channel: Channel,
    name: string,
    type: RecordType,
    timeout: number,
    edns: number | undefined,
  ): Promise<WireMessage> {
    return new Promise((resolve, reject) => {
      let id = randomInt(0x1_0000);
      while (channel.waiting.has(id)) id = randomInt(0x1_0000);
      const done = (): void => {
        clearTimeout(timer);
        channel.waiting.delete(id);
        this.#tidy(channel);
      };
      const timer = setTimeout(() => {
        done();
        reject(this.#error('dns/timeout', `did not answer in ${timeout} ms`));
      }, timeout);
      channel.waiting.set(id, {
        accept: (bytes) => {
          let message: WireMessage;
          try {
            message = decodeMessage(bytes);
          } catch (error) {
            if (!(error instanceof MalformedMessage)) throw error;
            done();
            reject(this.#error('dns/malformed', `answered with what cannot be read: ${error.message}`, error));
            return;
          }
          // Anything that answers another question is somebody else's: wait on.
          if (!answers(message, id, name, type)) return;
          done();
          resolve(message);
        },
        fail: (error) => {
          done();
          reject(error);
        },
      });
      channel.socket.send(encodeQuery(id, name, type, edns), (error) => {
        if (error === null || !channel.waiting.has(id)) return;
        done();
        reject(this.#error('dns/unreachable', 'cannot be reached', error));
      });
    });
  }

  /** A socket to ask by: a new one while there are few, else one of those, at random. */
  #channel(): Channel {
    if (this.#closed) throw this.#error('dns/unreachable', 'is not asked any more: the resolver was closed');
    if (this.#channels.length >= maxSockets) {
      const index = randomInt(this.#channels.length);
      const channel = this.#channels[index]!;
      channel.uses += 1;
      // After its last use it is no longer chosen, and is closed when its last question is answered.
      if (channel.uses >= maxUses || channel.waiting.size >= maxWaiting) this.#channels.splice(index, 1);
      return channel;
    }
    const socket = createSocket(isIPv6(this.address.host) ? 'udp6' : 'udp4');
    const channel: Channel = { socket, waiting: new Map(), ready: Promise.resolve(), isReady: false, uses: 1 };
    this.#channels.push(channel);
    this.#open.add(channel);
    socket.on('message', (bytes: Buffer) => {
      if (bytes.length >= 12) channel.waiting.get(bytes.readUInt16BE(0))?.accept(bytes);
    });
    channel.ready = new Promise<void>((resolve, reject) => {
      socket.on('error', (error) => {
        const at = this.#channels.indexOf(channel);
        if (at >= 0) this.#channels.splice(at, 1);
        this.#retire(channel, 'cannot be reached', error);
        reject(this.#error('dns/unreachable', 'cannot be reached', error));
      });
      // Connected, the system hands on only what comes from this address and port.
      socket.connect(this.address.port, this.address.host, () => {
        // A question keeps the process alive by its timer; an idle socket must not.
        socket.unref();
        channel.isReady = true;
        resolve();
      });
    });
    channel.ready.catch(() => undefined);
    return channel;
  }

  #tidy(channel: Channel): void {
    if (channel.waiting.size === 0 && !this.#channels.includes(channel)) this.#shut(channel);
  }

  #retire(channel: Channel, why: string, cause?: Error): void {
    for (const waiting of channel.waiting.values()) waiting.fail(this.#error('dns/unreachable', why, cause));
    this.#shut(channel);
  }

  #shut(channel: Channel): void {
    this.#open.delete(channel);
    try {
      channel.socket.close();
    } catch {
      // Closed already.
    }
  }

  #overTcp(name: string, type: RecordType, timeout: number): Promise<WireMessage> {
    return new Promise((resolve, reject) => {
      const id = randomInt(0x1_0000);
      const query = encodeQuery(id, name, type, udpSize);
      const chunks: Buffer[] = [];
      let length = 0;
      const socket = connect({ host: this.address.host, port: this.address.port });
      const fail = (error: ResolverError): void => {
        clearTimeout(timer);
        socket.destroy();
        reject(error);
      };
      // One limit for all of it: a server that sends a byte a second does not get more time by it.
      const timer = setTimeout(
        () => fail(this.#error('dns/timeout', `did not answer in ${timeout} ms (TCP)`)),
        timeout,
      );
      socket.on('connect', () => {
        const prefix = Buffer.alloc(2);
        prefix.writeUInt16BE(query.length, 0);
        socket.write(Buffer.concat([prefix, query]));
      });
      socket.on('error', (error) => fail(this.#error('dns/unreachable', 'cannot be reached (TCP)', error)));
      socket.on('close', () => fail(this.#error('dns/malformed', 'hung up before it had answered (TCP)')));
      socket.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length < 2) return;
        const bytes = Buffer.concat(chunks);
        const size = bytes.readUInt16BE(0);
        if (length < size + 2) return;
        try {
          const message = decodeMessage(bytes.subarray(2, size + 2));
          if (!answers(message, id, name, type)) throw new MalformedMessage('not an answer to what was asked');
          clearTimeout(timer);
          socket.removeAllListeners('close');
          socket.destroy();
          resolve(message);
        } catch (error) {
          if (!(error instanceof MalformedMessage)) throw error;
          fail(this.#error('dns/malformed', `answered with what cannot be read: ${error.message}`, error));
        }
      });
    });
  }

  #error(code: ResolverError['code'], what: string, cause?: Error): ResolverError {
    const { host, port } = this.address;
    return new ResolverError(code, `${host} port ${port} ${what}`, cause === undefined ? {} : { cause });
  }
}

/** Whether a message answers a question that was sent: the id, the direction and the question itself. */
function answers(message: WireMessage, id: number, name: string, type: RecordType): boolean {
  if (message.id !== id || !message.isResponse || message.opcode !== 0) return false;
  const { question } = message;
  // Servers that cannot read a query may leave the question out of their error.
  if (question === undefined) return message.responseCode === 1 || message.responseCode === 4;
  return question.class === 1 && question.type === typeNumbers[type] && question.name === name;
}
