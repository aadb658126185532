// The terminal's door: which command was typed, and what it does. One file per command; terminal.ts is how we speak.
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { complain, exitCodes } from './terminal.ts';

/** Read here, since saying it must not load all the rest. */
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The commands, in the order in which help shows them, and where each is written. */
const commands = {
  assess: async () => (await import('./assess.ts')).assessCommand,
  ingest: async () => (await import('./ingest.ts')).ingestCommand,
  read: async () => (await import('./read.ts')).readCommand,
  reports: async () => (await import('./reports.ts')).reportsCommand,
  streams: async () => (await import('./streams.ts')).streamsCommand,
  sources: async () => (await import('./sources.ts')).sourcesCommand,
  changes: async () => (await import('./changes.ts')).changesCommand,
  decide: async () => (await import('./decide.ts')).decideCommand,
  parties: async () => (await import('./parties.ts')).partiesCommand,
  declared: async () => (await import('./declared.ts')).declaredCommand,
  senders: async () => (await import('./senders.ts')).sendersCommand,
  audit: async () => (await import('./audit.ts')).auditCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  spf: async () => (await import('./spf.ts')).spfCommand,
  domains: async () => (await import('./domains.ts')).domainsCommand,
  snapshot: async () => (await import('./snapshot.ts')).snapshotCommand,
  lookup: async () => (await import('./lookup.ts')).lookupCommand,
  'what-if': async () => (await import('./what-if.ts')).whatIfCommand,
  ladder: async () => (await import('./ladder.ts')).ladderCommand,
  gate: async () => (await import('./gate.ts')).gateCommand,
  plan: async () => (await import('./plan.ts')).planCommand,
  work: async () => (await import('./work.ts')).workCommand,
  settings: async () => (await import('./settings.ts')).settingsCommand,
};

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
    .version(version, '-V, --version', 'say the version')
    .helpOption('-h, --help', 'say how to use it')
    .helpCommand('help [command]', 'say how to use a command')
    // What stands behind a command belongs to it, also where a command and its subcommand know options of one name.
    .enablePositionalOptions()
    .showHelpAfterError('(zegel COMMAND --help says how it is used)')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'zegel: error: ')) })
    .exitOverride();
  const [first = ''] = argv;
  // Only the command that was typed is loaded; help and a word that is none want them all.
  const wanted =
    first === '--version' || first === '-V'
      ? []
      : Object.hasOwn(commands, first)
        ? [commands[first as keyof typeof commands]]
        : Object.values(commands);
  for (const load of wanted) {
    const command = (await load())(finished);
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
