import type { Organisation } from '../app.ts';
import { authenticatedText, authenticatingText, ingestText, progressText } from '../rendering/terminal/index.ts';
import type { AuthenticateOutcome, IngestOutcome } from '../protection/ingestion/index.ts';
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
  if (taken.authenticated !== undefined) sayAuthenticated(taken.authenticated, style);
  return !taken.interrupted;
}

/**
 * Looks at who wrote the mail of reports that are filed, when the organisation was opened to do so, and says what came of it.
 *
 * @param options.all also those that were looked at before
 * @returns false when it was told to stop before all was done
 */
export async function authenticateFiled(
  organisation: Organisation,
  signal: AbortSignal,
  options: { readonly all?: boolean; readonly language: Language },
): Promise<boolean> {
  if (!organisation.authenticates) return true;
  const style = { ...outputStyle(process.stderr), language: options.language };
  const line = progressLine();
  const outcome = await organisation.authenticate({
    signal,
    all: options.all === true,
    progress: (looked) => line.show(() => authenticatingText(looked, style)),
  });
  line.clear();
  sayAuthenticated(outcome, style);
  return !outcome.interrupted;
}

/**
 * Looks at who wrote the mail of reports that are filed and of which nothing is known yet, by keys that were kept, and says what came
 * of it.
 *
 * @param keys names of the keys that are new
 * @returns false when it was told to stop before all was done
 */
export async function authenticateFiledBy(
  organisation: Organisation,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const style = outputStyle(process.stderr);
  const line = progressLine();
  const outcome = await organisation.authenticateByRecords(keys, {
    signal,
    progress: (looked) => line.show(() => authenticatingText(looked, style)),
  });
  line.clear();
  if (outcome === undefined) return true;
  sayAuthenticated(outcome, style);
  return !outcome.interrupted;
}

/** Says on standard error what was found of the mail of reports that had been filed before. */
function sayAuthenticated(outcome: AuthenticateOutcome, style: Parameters<typeof authenticatedText>[1]): void {
  const lines = authenticatedText(outcome, style);
  if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`);
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
