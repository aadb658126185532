import { cpus, loadavg } from 'node:os';

/** One figure of `npm run bench`, as it is printed: a JSON line. Figures are per CPU-second, since the machines are noisy. */
export interface BenchLine {
  readonly name: string;
  readonly unit: string;
  /** The median of the runs. */
  readonly value: number;
  readonly best: number;
  readonly runs: number;
  /** How many things one run did. */
  readonly n: number;
  readonly cpuUserMs: number;
  readonly cpuSystemMs: number;
  readonly wallMs: number;
  readonly maxRssMb?: number;
  /** What it is held against, measured in the same run: a peer, or a floor that nothing can beat. */
  readonly peer?: { readonly name: string; readonly version: string; readonly value: number };
  /** `best` over the peer's value (for a rate), or the peer's over ours (for a time): above 1 is better than the peer. */
  readonly ratio?: number;
  readonly target?: string;
  readonly met?: boolean;
  readonly input?: { readonly sha256: string; readonly records: number };
}

/** A benchmark: its name on the command line, what it measures, and how. Each line is given as soon as it is known. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  run(report: (line: BenchLine) => void): Promise<void>;
}

/** What one timed run cost. */
export interface Cost {
  readonly cpuUserMs: number;
  readonly cpuSystemMs: number;
  readonly wallMs: number;
}

/** Runs something once and says what it cost this process, its threads included. */
export async function cost(work: () => Promise<void> | void): Promise<Cost> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const used = process.cpuUsage(cpu);
  return { cpuUserMs: used.user / 1000, cpuSystemMs: used.system / 1000, wallMs: performance.now() - start };
}

/** Runs `work` that many times and gives the rate per CPU-second: the median, the best, and the cost of the best run. */
export async function rate(
  n: number,
  runs: number,
  work: () => Promise<void> | void,
): Promise<Pick<BenchLine, 'best' | 'cpuSystemMs' | 'cpuUserMs' | 'n' | 'runs' | 'value' | 'wallMs'>> {
  const costs: Cost[] = [];
  for (let i = 0; i < runs; i++) costs.push(await cost(work));
  const rates = costs.map((each) => (n * 1000) / (each.cpuUserMs + each.cpuSystemMs));
  const order = rates.map((_, index) => index).sort((a, b) => rates[a]! - rates[b]!);
  const best = order.at(-1)!;
  return { value: rates[order[Math.floor(order.length / 2)]!]!, best: rates[best]!, runs, n, ...costs[best]! };
}

/** What the machine is, for the record beside the figures. */
export function machine(): { node: string; cpu: string; cores: number; load1: number } {
  return { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, load1: loadavg()[0] ?? 0 };
}
