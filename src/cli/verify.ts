import { Command } from 'commander';
import { verifyMessages } from '../app.ts';
import type { VerifiedMessage } from '../app.ts';
import type { Verification } from '../protection/verification/index.ts';
import { safeText } from '../rendering/safe-text.ts';
import { verificationText } from '../rendering/terminal/index.ts';
import { formatAuthenticationResults } from '../standards/authentication-results/index.ts';
import { domainName, parseClientAddress } from '../standards/dns/index.ts';
import { say } from '../words/index.ts';
import { collect, domainOption } from './arguments.ts';
import { UsageError, complain, exitCodes, note, outputStyle, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { withWorldOptions, worldOf } from './world.ts';
import type { WorldOptions } from './world.ts';

interface VerifyCommandOptions extends WorldOptions {
  readonly ip?: string;
  readonly helo?: string;
  readonly mailFrom?: string;
  readonly hops?: string;
  readonly at?: string;
  readonly domain?: string[];
  readonly json?: boolean;
  readonly servers?: string[];
  readonly authenticationResults?: boolean;
  readonly authservId?: string;
  readonly language?: string;
}

/** `zegel verify`: judges messages, with all that led to the verdict. */
export function verifyCommand(finished: Finished): Command {
  const command = new Command('verify')
    .summary('judge messages: SPF, DKIM, ARC, DMARC, and what a person would see')
    .description(
      `Judges messages as a receiver does: SPF, DKIM and ARC, and DMARC as receivers of RFC 9989 and of RFC 7489 conclude, with the
reasons; beside it what a person would believe to see. A MESSAGE is a file, a folder or an mbox; - is standard input.

Who brought the message is taken from its topmost Received field and its Return-Path, unless it is given. Only give it a message
whose topmost Received field your own server wrote, or say --hops 0: everything in it may be the sender's. Where servers of yours passed
it on between them, say how many (--hops) or what they are called (--servers); the report names the field that has a foreign client.

With --json one line a message: schema, file, and either refused {code, values} or result (pass, fail, none, not-known, temperror),
authorDomain, authenticatedAs, judgedAt, connection {ip, helo, mailFrom: each value and from; by, receivedAt, problems}, spf {result,
reason, domain, scope, aligned, path, lookups, voidLookups}, dkim {result, signatures, untried}, arc {status, sets}, dmarc {result,
reasons, views: one a kind of receiver, differences, walk}, appearance {from, subject, findings}, problems, authenticationResults.

Exit status: 0 every message passes, with every kind of receiver; 1 one does not; 2 one could not be judged.`,
    )
    .argument('<message...>', 'files, folders and mboxes; - is standard input')
    .option('--ip <address>', 'the address of the client that brought it')
    .option('--helo <name>', 'what that client said after HELO')
    .option('--mail-from <address>', "the sender of its envelope; '' or '<>' is the null sender")
    .option('--hops <n>', 'how many Received fields from the top are believed (default: 1)')
    .option('--servers <name>', 'our servers by name, in place of --hops: believed down to where mail came in', collect)
    .option('--at <date>', 'the time to judge expiry by: 2026-03-01, or 2026-03-01T12:00:00Z')
    .option('--domain <name>', 'a domain of ours: look-alikes of it are shown (may be given again)', collect)
    .option('--json', 'JSON lines')
    .option('--authentication-results', 'print the Authentication-Results field (RFC 8601) instead')
    .option('--authserv-id <name>', 'who says so in that field (default: localhost)')
    .option('--language <code>', 'en or nl', 'en');
  return withWorldOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel verify message.eml
  $ zegel verify --ip 192.0.2.1 --mail-from bounce@example.com message.eml
  $ zegel verify --zone example.zone --json inbox.mbox | jq -c '{file, result}'
  $ zegel verify --authentication-results --authserv-id mx.example.net - < message.eml
  $ zegel verify --servers example.net --domain example.net complaint.eml`,
    )
    .action(async (paths: string[], options: VerifyCommandOptions) => finished(await run(paths, options)));
}

async function run(paths: readonly string[], options: VerifyCommandOptions): Promise<number> {
  const { language } = options;
  if (language !== 'en' && language !== 'nl')
    throw new UsageError(`--language ${language} is not known`, 'give en or nl');
  if (options.json === true && options.authenticationResults !== undefined)
    throw new UsageError('--json and --authentication-results cannot be given together');
  if (options.ip !== undefined && parseClientAddress(options.ip) === undefined)
    throw new UsageError(`--ip ${options.ip} is no address`, 'give it as 192.0.2.1 or 2001:db8::1');
  if (options.authservId !== undefined && options.authenticationResults === undefined)
    throw new UsageError('--authserv-id says who writes the field of --authentication-results', 'give both');
  if (options.hops !== undefined && options.servers !== undefined)
    throw new UsageError('--hops and --servers both say what is believed', 'give one of them');
  const hops = hopsOption(options.hops);
  const names = options.servers?.map((each) => domainOption(each, '--servers')!);
  const at = timeOption(options.at);
  const ours = (options.domain ?? []).map((each) => domainName(domainOption(each, '--domain')!));
  const style = { ...outputStyle(), language } as const;
  const world = await worldOf(options);
  try {
    let code: number = exitCodes.done;
    let count = 0;
    const messages = verifyMessages(paths, world, {
      now: Math.floor(Date.now() / 1000),
      ours,
      refuse: (problem) => {
        code = exitCodes.failed;
        note(safeText(say(problem.code, problem.values, language)));
      },
      ...(options.ip === undefined ? {} : { ip: options.ip }),
      ...(options.helo === undefined ? {} : { helo: options.helo }),
      ...(options.mailFrom === undefined ? {} : { mailFrom: options.mailFrom }),
      ...(hops === undefined ? {} : { trust: { hops } }),
      ...(names === undefined ? {} : { trust: { names } }),
      ...(at === undefined ? {} : { at }),
    });
    for await (const message of messages) {
      count += 1;
      code = Math.max(code, exitOf(message));
      if (options.json === true) await write(`${JSON.stringify(line(message))}\n`);
      else if ('refused' in message) note(safeText(say(message.refused.code, message.refused.values, language)));
      else if (options.authenticationResults !== undefined) {
        await write(`${field(message.verification, options.authservId ?? 'localhost')}\n`);
      } else {
        await writeLines([...(count > 1 ? [''] : []), ...verificationText(message.file, message.verification, style)]);
      }
    }
    if (count > 0 || code === exitCodes.failed) return code;
    complain(new UsageError('there is no message at these paths', 'name a file that holds one; - is standard input'));
    return exitCodes.failed;
  } finally {
    world.close();
  }
}

function exitOf(message: VerifiedMessage): number {
  if ('refused' in message) return exitCodes.failed;
  const { result, dmarc } = message.verification;
  if (result === 'not-known' || result === 'temperror') return exitCodes.failed;
  return result === 'pass' && dmarc.views.every((view) => view.result === 'pass') ? exitCodes.done : exitCodes.found;
}

function line(message: VerifiedMessage): object {
  const head = { schema: 'zegel/verification/1', file: message.file };
  return 'refused' in message ? { ...head, refused: message.refused } : { ...head, ...message.verification };
}

function field({ authenticationResults }: Verification, authservId: string): string {
  const value = formatAuthenticationResults({ authservId, results: authenticationResults });
  return `Authentication-Results: ${value.replaceAll('\r\n', '\n')}`;
}

function hopsOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,3}$/.test(text)) throw new UsageError(`--hops ${text} is no number of Received fields`, 'give it as 2');
  return Number(text);
}

function timeOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new UsageError(`--at ${text} is no time`, 'give it as 2026-03-01 or 2026-03-01T12:00:00Z');
  return Math.floor(time / 1000);
}
