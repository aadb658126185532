import { Command } from 'commander';
import { compareSpf, spfAllows, spfTree } from '../protection/permission/index.ts';
import { spfAllowsText, spfDifferenceText, spfTreeText } from '../rendering/terminal/index.ts';
import { domainName, parseClientAddress } from '../standards/dns/index.ts';
import type { DomainName, Resolver } from '../standards/dns/index.ts';
import { isSpfRecord } from '../standards/spf/index.ts';
import { countOption, domainOption } from './arguments.ts';
import { synthesiseCommand } from './spf-synthesise.ts';
import { UsageError, exitCodes, outputStyle, write, writeLines } from './terminal.ts';
import type { Finished } from './terminal.ts';
import { withWorldOptions, worldOf } from './world.ts';
import type { WorldOptions } from './world.ts';

interface SpfCommandOptions extends WorldOptions {
  readonly json?: boolean;
  readonly limit?: string;
  readonly all?: boolean;
  readonly language?: string;
  readonly mailFrom?: string;
  readonly helo?: string;
}

/** `zegel spf`: whom a domain lets send, as a tree, for single addresses, and against others. */
export function spfCommand(finished: Finished): Command {
  const command = new Command('spf')
    .summary('SPF: the tree of records, which addresses it lets in, what another would change, and new ones')
    .helpCommand(false);
  for (const sub of [
    treeCommand(finished),
    allowsCommand(finished),
    diffCommand(finished),
    synthesiseCommand(finished),
  ]) {
    command.addCommand(sub);
  }
  return command;
}

function withListOptions(command: Command): Command {
  return withWorldOptions(command)
    .option('--limit <n>', 'networks a list shows (default: 20)')
    .option('--all', 'show every network')
    .option('--json', 'the whole answer as JSON')
    .option('--language <code>', 'en or nl', 'en');
}

function treeCommand(finished: Finished): Command {
  const command = new Command('tree')
    .summary("a domain's SPF records as a tree, with what each term costs and lets in")
    .description(
      `Shows the SPF records of a domain as a tree: for each term the lookups it costs, how many addresses it lets in and how many of
these no earlier term does, what is shadowed or never reached; then what all addresses get, and the networks that are let in.

With --json: schema, domain, status, texts, lookups, voidLookups {v4, v6}, limits, ttl, allowed {ipv4, ipv6, prefixes}, results (addresses by
result), unsettled and depends (terms that look at the message), errors, tree {domain, status, texts, ttl, answerSize, problems, lookups,
terms: each term, kind, target, hosts, lookups, lookupsBefore, voidLookups, matches, adds, overlaps, unreachable, shadowed, child}.
Counts of IPv6 addresses are decimal digits in a string.`,
    )
    .argument('<domain>');
  return withListOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel spf tree example.com
  $ zegel spf tree --zone example.zone example.com --json | jq -r .allowed.prefixes[]`,
    )
    .action(async (domain: string, options: SpfCommandOptions) =>
      finished(
        await run(domain, options, async (name, resolver, asked) => {
          const view = await spfTree(name, resolver);
          await answer(view, asked, () => spfTreeText(view, asked.style, asked.limit));
          return view.status === 'no-answer' ? exitCodes.failed : exitCodes.done;
        }),
      ),
    );
}

function allowsCommand(finished: Finished): Command {
  const command = new Command('allows')
    .summary('whether a domain lets addresses send, and by which terms')
    .description(
      `Says for each address what SPF says of it when it sends in the name of the domain, and the way there: the record, its term, the record
that term leads to. The sender is postmaster@DOMAIN unless --mail-from or --helo says otherwise.

With --json: schema, domain, sender, addresses [{ip, result, allowed, reason {code, values, see}, path [{domain, term}], lookups,
voidLookups, senderMatters}].

Exit status: 0 every address is allowed; 1 one is not; 2 it could not be told.`,
    )
    .argument('<domain>')
    .argument('<ip...>', 'addresses, IPv4 or IPv6')
    .option('--mail-from <address>', 'the sender of the envelope, for records that look at it')
    .option('--helo <name>', 'what the client says after HELO, for records that look at it');
  return withWorldOptions(command)
    .option('--json', 'the whole answer as JSON')
    .option('--language <code>', 'en or nl', 'en')
    .addHelpText('after', '\nExample:\n  $ zegel spf allows example.com 192.0.2.1 2001:db8::1')
    .action(async (domain: string, ips: string[], options: SpfCommandOptions) => {
      for (const ip of ips) {
        if (parseClientAddress(ip) === undefined)
          throw new UsageError(`${ip} is no address`, 'give it as 192.0.2.1 or 2001:db8::1');
      }
      const sender = {
        ...(options.mailFrom === undefined ? {} : { mailFrom: options.mailFrom }),
        ...(options.helo === undefined ? {} : { helo: options.helo }),
      };
      finished(
        await run(domain, options, async (name, resolver, asked) => {
          const view = await spfAllows(name, ips, resolver, sender);
          await answer(view, asked, () => spfAllowsText(view, asked.style));
          if (view.addresses.some(({ result }) => result === 'temperror')) return exitCodes.failed;
          return view.addresses.every(({ allowed }) => allowed) ? exitCodes.done : exitCodes.found;
        }),
      );
    });
}

function diffCommand(finished: Finished): Command {
  const command = new Command('diff')
    .summary('what another domain or another record lets in more or less')
    .description(
      `Says which addresses OTHER lets in and DOMAIN does not, and the other way round. OTHER is a domain, or the text of a record: then it is
what DOMAIN would let in with that record in place of its own.

With --json: schema, before and after {domain, status, texts, results, unsettled, depends, errors}, added and removed {ipv4, ipv6, prefixes}.`,
    )
    .argument('<domain>')
    .argument('<other>', 'a domain, or a record: "v=spf1 …"');
  return withListOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ zegel spf diff example.com example.net
  $ zegel spf diff example.com "v=spf1 ip4:192.0.2.0/24 -all"`,
    )
    .action(async (domain: string, other: string, options: SpfCommandOptions) => {
      const against = isSpfRecord(other)
        ? { record: other }
        : { domain: domainName(domainOption(other, 'OTHER') ?? '') };
      finished(
        await run(domain, options, async (name, resolver, asked) => {
          const view = await compareSpf(name, against, resolver);
          await answer(view, asked, () => spfDifferenceText(view, asked.style, asked.limit));
          return view.before.status === 'no-answer' || view.after.status === 'no-answer'
            ? exitCodes.failed
            : exitCodes.done;
        }),
      );
    });
}

interface Asked {
  readonly json: boolean;
  readonly style: ReturnType<typeof outputStyle>;
  readonly limit: { readonly limit?: number };
}

async function run(
  domain: string,
  options: SpfCommandOptions,
  work: (name: DomainName, resolver: Resolver, asked: Asked) => Promise<number>,
): Promise<number> {
  const name = domainName(domainOption(domain, 'DOMAIN') ?? '');
  const { language } = options;
  if (language !== 'en' && language !== 'nl')
    throw new UsageError(`--language ${language} is not known`, 'give en or nl');
  const limit = options.all === true ? Infinity : countOption(options.limit, '--limit');
  const world = await worldOf(options);
  try {
    return await work(name, world.resolver, {
      json: options.json === true,
      style: { ...outputStyle(), language },
      limit: limit === undefined ? {} : { limit },
    });
  } finally {
    world.close();
  }
}

async function answer(view: object, asked: Asked, text: () => string[]): Promise<void> {
  if (asked.json) await write(`${JSON.stringify(view)}\n`);
  else await writeLines(text());
}
