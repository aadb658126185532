import type { Socket } from 'node:net';

/** One reply of a server (RFC 5321 §4.2): its code, its lines without it, and all of it as text. */
export interface Reply {
  readonly code: number;
  readonly lines: readonly string[];
  readonly text: string;
}

/** Far more than any greeting: who sends more is not talking SMTP. */
const mostBytes = 16_384;

/** Reads the replies of a server, one by one. */
export class Replies {
  readonly #socket: Socket;
  #bytes = '';
  #isOver = false;
  #wake: (() => void) | undefined;
  readonly #read = (chunk: Buffer): void => {
    this.#bytes += chunk.toString('latin1');
    // Nobody need read on from who sends and sends.
    if (this.#bytes.length > 4 * mostBytes) this.#socket.pause();
    this.#wake?.();
  };
  readonly #end = (): void => {
    this.#isOver = true;
    this.#wake?.();
  };

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', this.#read);
    socket.on('close', this.#end);
  }

  /** Something was sent that no reply asked for. */
  get hasMore(): boolean {
    return this.#bytes !== '';
  }

  /** Leaves the socket to whoever reads it next. */
  stop(): void {
    this.#socket.off('data', this.#read);
    this.#socket.off('close', this.#end);
  }

  /** The next reply; `undefined` when what comes is none, or the server hangs up first. */
  async next(): Promise<Reply | undefined> {
    const lines: string[] = [];
    for (;;) {
      const end = this.#bytes.indexOf('\n');
      if (end >= 0) {
        const line = this.#bytes.slice(0, end).replace(/\r$/, '');
        this.#bytes = this.#bytes.slice(end + 1);
        const [, code, mark, text = ''] = /^([2-5]\d\d)(?:([ -])(.*))?$/.exec(line) ?? [];
        if (code === undefined) return undefined;
        lines.push(text);
        if (mark !== '-') return { code: Number(code), lines, text: `${code} ${lines.join(' ')}`.trim().slice(0, 300) };
        if (lines.length > 200) return undefined;
        continue;
      }
      if (this.#isOver || this.#bytes.length > mostBytes) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
