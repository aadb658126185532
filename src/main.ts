// The door: from a command line to the room that answers it.
import { runCommandLine } from './cli/index.ts';

process.exitCode = await runCommandLine(process.argv.slice(2));
