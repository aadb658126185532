import { safeText } from '../rendering/safe-text.ts';
import type { Problem } from '../standards/problem.ts';
import { say } from '../words/index.ts';
import { note } from './terminal.ts';

/** Says what is wrong with the lines of a file: the first of them, and how many more there are. */
export function sayProblems(file: string, problems: readonly Problem[]): void {
  for (const { code, values } of problems.slice(0, 10)) note(safeText(`${file}: ${say(code, values)}`, 500));
  if (problems.length > 10) note(`… and ${problems.length - 10} more`);
}
