// Many command lines in one process: what is loaded once is loaded once. Each is run as `bin/zegel` would run it, with nobody
// watching the terminal; only standard input is not there. Run as a program, it is that process.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { runCommandLine } from '../../src/cli/index.ts';
import type { Run } from './zegel.ts';

/** A process that runs command lines one after the other, until it is closed. */
export interface Session {
  run(args: readonly string[]): Promise<Run>;
  close(): void;
}

export function openSession(): Session {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--conditions=zegel-source', import.meta.filename],
    { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, NO_COLOR: '1' } },
  );
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(args) {
      const answer = last.then(async () => {
        child.stdin.write(`${JSON.stringify(args)}\n`);
        const { value, done } = await answers.next();
        if (done === true) throw new Error(`the session ended at ${args.join(' ')}`);
        return JSON.parse(value) as Run;
      });
      last = answer.catch(() => undefined);
      return answer;
    },
    close: () => child.stdin.end(),
  };
}

if (process.argv[1] === import.meta.filename) {
  const streams = { out: process.stdout, err: process.stderr };
  const answer = streams.out.write.bind(streams.out);
  process.stdout.setMaxListeners(0);
  for await (const line of createInterface({ input: process.stdin })) {
    const said = { out: '', err: '' };
    for (const name of ['out', 'err'] as const) {
      streams[name].write = (chunk: Uint8Array | string): boolean => {
        said[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
        return true;
      };
    }
    const code = await runCommandLine(JSON.parse(line) as string[]);
    answer(`${JSON.stringify({ code, ...said })}\n`);
  }
}
