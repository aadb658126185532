import type { Organisation } from '../app.ts';
import { ingestText, progressText } from '../rendering/terminal/index.ts';
import type { IngestOutcome } from '../protection/ingestion/index.ts';
import { say } from '../words/index.ts';
import type { Language } from '../words/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { UsageError, note, outputStyle, progressLine } from './terminal.ts';

/**
 * Takes reports in, with progress where somebody watches, and says on standard error what came of it.
 *
 * @returns false when it was told to stop before all was done
 * @throws {UsageError} when not one of the paths led to anything
 */
export async function takeIn(
  organisation: Organisation,
  paths: readonly string[],
  signal: AbortSignal,
  language: Language,
): Promise<boolean> {
  const started = performance.now();
  const style = { ...outputStyle(process.stderr), language };
  const line = progressLine();
  const taken = await organisation.takeIn(paths, {
    signal,
    progress: (now) =>
      line.show(() =>
        progressText(
          {
            files: now.arrivals,
            bytes: now.bytes,
            rows: now.rows,
            seconds: (performance.now() - started) / 1000,
            ...(now.totalFiles > 0 ? { totalFiles: now.totalFiles, totalBytes: now.totalBytes } : {}),
          },
          style,
        ),
      ),
  });
  line.clear();
  for (const problem of taken.passedOver) note(safeText(say(problem.code, problem.values, language)));
  if (taken.arrivals === 0 && taken.passedOver.length > 0) {
    throw new UsageError(
      'none of the paths led to anything that could be read',
      'name a file or a folder that holds reports; - is standard input',
    );
  }
  sayOutcome(taken, (performance.now() - started) / 1000, style);
  return !taken.interrupted;
}

/** Says on standard error what a run of taking in, or of trying again, came to. */
export function sayOutcome(outcome: IngestOutcome, seconds: number, style: Parameters<typeof ingestText>[1]): void {
  const lines = ingestText(
    {
      files: outcome.arrivals,
      knownFiles: outcome.known,
      documents: outcome.documents,
      repairedDocuments: outcome.repaired,
      rows: outcome.rows,
      messages: outcome.messages,
      seconds,
    },
    style,
  );
  process.stderr.write(`${lines.join('\n')}\n`);
}
