// The terminal's door: which command was typed, and what it does. One file per command; terminal.ts is how we speak.
import { Command, CommanderError } from 'commander';
import { assessCommand } from './assess.ts';
import { checkCommand } from './check.ts';
import { domainsCommand } from './domains.ts';
import { exportCommand } from './export.ts';
import { ingestCommand } from './ingest.ts';
import { readCommand } from './read.ts';
import { reportsCommand } from './reports.ts';
import { settingsCommand } from './settings.ts';
import { snapshotCommand } from './snapshot.ts';
import { spfCommand } from './spf.ts';
import { complain, exitCodes } from './terminal.ts';
import { verifyCommand } from './verify.ts';
import { version } from './version.ts';

/**
 * Runs one command line.
 *
 * @param argv what was typed after `zegel`
 * @returns the exit code
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  // A reader that goes away (`| head`) is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.done);
    throw error;
  });
  let code: number = exitCodes.done;
  const finished = (result: number): void => {
    code = result;
  };
  const program = new Command('zegel')
    .description(
      'From "anyone can mail as us" to "only we can": SPF, DKIM and DMARC at the strictest level, without losing one legitimate message.',
    )
    .version(version(), '-V, --version', 'say the version')
    .helpOption('-h, --help', 'say how to use it')
    .helpCommand('help [command]', 'say how to use a command')
    .showHelpAfterError('(zegel COMMAND --help says how it is used)')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'zegel: error: ')) })
    .exitOverride();
  for (const command of [
    assessCommand(finished),
    ingestCommand(finished),
    readCommand(finished),
    reportsCommand(finished),
    exportCommand(finished),
    verifyCommand(finished),
    checkCommand(finished),
    spfCommand(finished),
    domainsCommand(finished),
    snapshotCommand(finished),
    settingsCommand(finished),
  ]) {
    for (const each of [command, ...command.commands]) each.exitOverride().configureOutput(program.configureOutput());
    program.addCommand(command);
  }
  program.addHelpText(
    'after',
    `
Start here:
  $ zegel assess reports/     read a folder of DMARC aggregate reports and say who mails as you
  $ zegel check example.com   what a domain publishes, what is amiss, what could be forged
  $ zegel assess              the same answer again, from what is filed

Everything is kept in one folder: --data DIR, else $ZEGEL_DATA, else ~/.local/share/zegel.`,
  );
  try {
    if (argv.length === 0) {
      program.outputHelp();
      return exitCodes.done;
    }
    await program.parseAsync(argv as string[], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.failed;
    complain(error);
    return exitCodes.failed;
  }
}
