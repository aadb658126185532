import { Command } from 'commander';
import type { CommonOptions } from './arguments.ts';
import { opened, withAuthenticateOptions } from './organisation.ts';
import type { AuthenticateOptions } from './organisation.ts';
import { takeIn } from './take-in.ts';
import { exitCodes, write } from './terminal.ts';
import type { Finished } from './terminal.ts';

/** `zegel ingest`: takes reports in, and says what came of it. */
export function ingestCommand(finished: Finished): Command {
  const command = new Command('ingest')
    .summary('file reports without answering anything')
    .description(
      `Files DMARC aggregate reports, each once: files and folders (searched to the bottom), XML, gzip, zip, .eml, mbox, Maildir, in any
mix and under any name; - is standard input. What was filed before is passed over; what cannot be read is kept with its reason.`,
    )
    .argument('<path...>', 'files and folders')
    .option('--data <dir>', "the organisation's folder (default: $ZEGEL_DATA, else ~/.local/share/zegel)")
    .option('--json', 'how much is filed now, as JSON on standard output');
  return withAuthenticateOptions(command)
    .addHelpText('after', '\nExample:\n  $ zegel ingest /var/mail/dmarc-reports')
    .action(async (paths: string[], options: AuthenticateOptions & CommonOptions) =>
      finished(
        await opened({ ...options, authentication: options, wanted: true }, async (organisation, signal) => {
          const done = await takeIn(organisation, paths, signal, 'en');
          if (options.json === true) {
            await write(`${JSON.stringify({ schema: 'zegel/filed/1', filed: organisation.register.counts() })}\n`);
          }
          return done ? exitCodes.done : exitCodes.interrupted;
        }),
      ),
    );
}
