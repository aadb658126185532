import type { RegisterFile } from './database.ts';

/** Now, or just after the last thing people said of streams where the clock is behind it: what is said later is later. */
export function nextMoment(file: RegisterFile, clock: () => number): number {
  const last = Number(
    file.row('SELECT max(max(at), max(coalesce(undone_at, 0))) AS last FROM decisions')?.['last'] ?? 0,
  );
  return Math.max(clock(), last + 1);
}
