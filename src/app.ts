// Ties storage, network and protection together: opens an organisation and does with it what the doors ask for. What only one of
// them asks for is loaded when it does: a question about what is filed should not wait for what reads, resolves and verifies.
// long because: it is the one list of all that the doors may ask for.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from './config.ts';
import { openNetworks, parseNetworkList } from './network/addresses/index.ts';
import type { Network, Networks, OwnNetwork } from './network/addresses/index.ts';
import type { LiveResolver } from './network/resolver/index.ts';
import { assess, assessSource, assessmentSchema, dayText } from './protection/assessment/index.ts';
import type { Assessment, AssessOptions, SourceDetail } from './protection/assessment/index.ts';
import type {
  AuthenticateOutcome,
  Counting,
  DocumentRecord,
  IngestOutcome,
  IngestProgress,
  JudgeReportMail,
  ReadDocument,
  ReadLine,
} from './protection/ingestion/index.ts';
import type { Connections } from './protection/posture/index.ts';
import type { StreamsOverview, TakenInventory } from './protection/inventory/index.ts';
import type {
  GivenConnection,
  RecordedJudge,
  Verification,
  VerifyMessageOptions,
} from './protection/verification/index.ts';
import type { Resolver, Zone, ZoneText } from './standards/dns/index.ts';
import { alignmentBitsOf, publicSuffixOrganizationalDomain } from './standards/dmarc/index.ts';
import type { Problem } from './standards/problem.ts';
import type { Row } from './standards/reports/index.ts';
import { openMemory, retentionSettings } from './storage/index.ts';
import type { Memory, Register } from './storage/index.ts';

export interface OrganisationOptions {
  /** The organisation's folder; it is made when it is not there. */
  readonly directory: string;
  /** Lists of networks laid over the shipped ones: files of `prefix,asn,name,country`. Kept for the next time; an empty file forgets them. */
  readonly networks?: readonly string[];
  /** Who gives them, for the audit log. */
  readonly who?: string;
  /** Told what takes a while at opening. */
  readonly busy?: (what: 'compiling-networks' | 'replaying') => void;
  /** Where to ask who wrote the mail that reports came in; without it that is judged by the keys that were kept, if there are any. */
  readonly authenticateBy?: Resolver;
}

/** How far taking in has come. */
export interface TakingIn extends IngestProgress {
  /** Files and bytes to do, as far as is known; 0 before that. */
  readonly totalFiles: number;
  readonly totalBytes: number;
}

export interface TakenIn extends IngestOutcome {
  /** Paths that were passed over, and why. */
  readonly passedOver: readonly Problem[];
  /** What was found of mail that was filed without a look, or could not be known then; absent when nobody can tell. */
  readonly authenticated?: AuthenticateOutcome;
}

/** The settings of an organisation: a whole number of days each. */
export const settings = [
  {
    name: retentionSettings.facts,
    default: 'for ever',
    about: 'days that what reports said is kept; older observations go after the next taking in',
  },
  {
    name: retentionSettings.originals,
    default: 'for ever',
    about:
      'days that the bytes of reports are kept as they came; without them a report cannot be shown row by row or read again',
  },
] as const;

/** An organisation whose folder this process owns until `close`. */
export interface Organisation {
  readonly register: Register;
  readonly memory: Memory;
  /** Takes in what lies at these paths; `-` is standard input. */
  takeIn(
    paths: readonly string[],
    options: { signal?: AbortSignal; progress?: (now: TakingIn) => void },
  ): Promise<TakenIn>;
  /** Tries again what was refused. */
  retryRefused(options: { signal?: AbortSignal; progress?: (now: IngestProgress) => void }): Promise<IngestOutcome>;
  /** Whether it was opened with somewhere to ask who wrote the mail of reports. */
  readonly authenticates: boolean;
  /**
   * Looks at who wrote the mail that reports came in, and counts or sets apart what follows from it. @throws {StorageError}
   *
   * @param options.all also those of which something final was found before
   */
  authenticate(options: {
    all?: boolean;
    signal?: AbortSignal;
    progress?: (looked: number) => void;
  }): Promise<AuthenticateOutcome>;
  /**
   * The same by keys that were kept (`register.snapshots`), of reports of which nothing is known yet; `undefined` when no key was.
   *
   * @param keys names of the keys that are new: reports are looked at when one is of their reporter
   * @throws {StorageError}
   */
  authenticateByRecords(
    keys: readonly string[],
    options: { signal?: AbortSignal; progress?: (looked: number) => void },
  ): Promise<AuthenticateOutcome | undefined>;
  /** Counts a report, or sets it apart, because a person says so; `undefined` takes that back. @throws {StorageError} */
  decideCounting(document: DocumentRecord, decided: Counting | undefined, who: string): Promise<void>;
  /** The rows of a document that is filed, from its original. @throws {StorageError} when that is no longer kept */
  rowsOf(document: DocumentRecord): AsyncIterable<Row>;
  /** A document that is filed, read again from its original: what failure and TLS reports say. @throws {StorageError} as above */
  readAgain(document: DocumentRecord): Promise<ReadDocument | undefined>;
  assess(options: AssessOptions): Promise<Assessment>;
  /** Who mails as us: streams, with what people decided of them. What streams there are is kept. @throws {StorageError} */
  inventory(options?: { readonly withoutReverse?: boolean }): Promise<TakenInventory>;
  /** The streams and what to decide next, worked out when it is not known from before. @throws {StorageError} */
  streams(options?: { readonly withoutReverse?: boolean }): Promise<StreamsOverview>;
  /** The same if it is known from before and nothing was filed, said or looked up since. @throws {StorageError} */
  knownStreams(): Promise<StreamsOverview | undefined>;
  assessSource(id: string, options: AssessOptions): Promise<SourceDetail | undefined>;
  /** Whose network an address lies in; `undefined` when that is not known. */
  networkOf(address: string): Network | undefined;
  close(): Promise<void>;
}

/** The version of this Zegel, as its package says it. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;
}

/** When the files that work out the inventory were last written: what an earlier build found is not taken for what this one would. */
function inventoryWritten(): number {
  const folder = new URL('./protection/inventory/', import.meta.url);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}

/** Names the rule that alignment is worked out with at filing, its data included. */
export function alignmentRule(): { rule: string; alignment: Parameters<typeof openMemory>[0]['alignment'] } {
  const organizationalDomainOf = publicSuffixOrganizationalDomain();
  return {
    rule: 'public suffix list, private domains included',
    alignment: (authorDomain, auth, envelopeFrom) =>
      alignmentBitsOf(authorDomain, auth, organizationalDomainOf, envelopeFrom),
  };
}

/**
 * Opens an organisation; what a kill has left half done is finished first.
 *
 * @throws {StorageError} when the folder is in use, damaged, or cannot be written
 */
export async function openOrganisation(options: OrganisationOptions): Promise<Organisation> {
  const given = options.networks === undefined ? undefined : readNetworkLists(options.networks);
  const memory = await openMemory({ directory: options.directory, clock: Date.now, ...alignmentRule() });
  const { authenticateBy } = options;
  let judge: JudgeReportMail | undefined;
  try {
    if (authenticateBy !== undefined) {
      const { reportMailJudge } = await import('./protection/verification/index.ts');
      judge = reportMailJudge(authenticateBy);
    }
    if (memory.archive.pending().length > 0 || memory.archive.unfiled().length > 0) {
      options.busy?.('replaying');
      const { replay } = await import('./protection/ingestion/index.ts');
      await replay(memory.archive, judge === undefined ? {} : { judge });
    }
  } catch (error) {
    await memory.close();
    throw error;
  }
  const judgeByRecords = async (): Promise<RecordedJudge | undefined> => {
    const { recordedReportMailJudge } = await import('./protection/verification/index.ts');
    return recordedReportMailJudge(memory.register.snapshots.ofTypes(['A', 'AAAA', 'CNAME', 'MX', 'TXT']));
  };
  const own = rememberedNetworks(memory.register, given, options.who ?? 'command line');
  let networks: Networks | undefined;
  const lookup = (address: string) => {
    networks ??= openNetworks({
      cacheDirectory: cacheDirectory(),
      own,
      onCompile: () => options.busy?.('compiling-networks'),
    });
    return networks.lookup(address);
  };
  const inventoryNow = async (options: { readonly withoutReverse?: boolean } = {}): Promise<TakenInventory> => {
    const { takeInventory } = await import('./protection/inventory/index.ts');
    await memory.tidy();
    const large = await memory.large();
    // Of another program, or by other networks, it is another question.
    const asked = (question: string): string => JSON.stringify([packageVersion(), inventoryWritten(), own, question]);
    const kept = large && {
      read: (question: string) => large.read(asked(question)),
      write: (question: string, attributed: unknown) => large.write(asked(question), attributed),
    };
    return takeInventory(memory.history, memory.register, { networks: lookup, kept, ...options });
  };
  const streamsQuestion = (options: { readonly withoutReverse?: boolean }): string =>
    JSON.stringify({ streams: alignmentRule().rule, withoutReverse: options.withoutReverse === true });
  // What else the streams depend on: the program, the networks, what people said, which stands in the audit log line by line, and
  // what was looked up.
  const streamsState = (): string =>
    JSON.stringify([
      packageVersion(),
      inventoryWritten(),
      own,
      memory.register.audit({ limit: 1 })[0]?.id ?? 0,
      memory.register.snapshots.stamp(),
    ]);
  const authenticateAll: Organisation['authenticate'] = async (with_) => {
    const { authenticate } = await import('./protection/ingestion/index.ts');
    if (judge === undefined) throw new Error('the organisation was opened without a resolver to authenticate by');
    return authenticate(memory.archive, judge, with_);
  };
  // Reports that were filed before one of their reporter was found authentic: what is noted of them tells what follows.
  const settleAll = async (with_: { readonly signal?: AbortSignal }): Promise<AuthenticateOutcome> => {
    const { applyStandings } = await import('./protection/ingestion/index.ts');
    const changed = await applyStandings(memory.archive, with_);
    const found = { authentic: 0, 'not-known-yet': 0, refuted: 0, unproven: 0 };
    return { looked: 0, found, ...changed, interrupted: with_.signal?.aborted === true };
  };
  return {
    register: memory.register,
    memory,
    async takeIn(paths, { signal, progress }) {
      const { ingest } = await import('./protection/ingestion/index.ts');
      const { arrivals } = await import('./network/files/index.ts');
      const passedOver: Problem[] = [];
      let total = { files: 0, bytes: 0 };
      const recorded = judge === undefined ? await judgeByRecords() : undefined;
      const judging = judge ?? recorded?.judge;
      const outcome = await ingest(
        arrivals(paths, { refuse: (problem) => passedOver.push(problem), found: (found) => (total = found) }),
        memory.archive,
        {
          refuse: (problem) => passedOver.push(problem),
          ...(judging === undefined ? {} : { judge: judging }),
          ...(signal === undefined ? {} : { signal }),
          ...(progress === undefined
            ? {}
            : { progress: (now) => progress({ ...now, totalFiles: total.files, totalBytes: total.bytes }) }),
        },
      );
      const stop = signal === undefined ? {} : { signal };
      const authenticated =
        judge !== undefined ? await authenticateAll(stop) : recorded === undefined ? undefined : await settleAll(stop);
      // What is past by the settings goes now; putting in order is left to the first question, which gains by it.
      if (settings.some(({ name }) => memory.register.setting(name) !== undefined)) await memory.tidy();
      return { ...outcome, passedOver, ...(authenticated === undefined ? {} : { authenticated }) };
    },
    async retryRefused(with_) {
      const { retry } = await import('./protection/ingestion/index.ts');
      const judging = judge ?? (await judgeByRecords())?.judge;
      return retry(memory.archive, { ...with_, ...(judging === undefined ? {} : { judge: judging }) });
    },
    authenticates: judge !== undefined,
    authenticate: authenticateAll,
    async authenticateByRecords(keys, with_) {
      const recorded = await judgeByRecords();
      if (recorded === undefined) return undefined;
      const { authenticate } = await import('./protection/ingestion/index.ts');
      return authenticate(memory.archive, recorded.judge, { ...with_, knows: recorded.keepersOf(keys) });
    },
    async decideCounting(document, decided, who) {
      const { decideCounting } = await import('./protection/ingestion/index.ts');
      await decideCounting(memory.archive, document, decided, who);
    },
    async *rowsOf(document) {
      for await (const line of readOriginal(memory, document, true)) {
        if (line.what === 'row' && line.entry === document.entry && line.key.text === document.key?.text)
          yield line.row;
      }
    },
    async readAgain({ original, entry, container }) {
      for await (const line of readOriginal(memory, { original }, false)) {
        if (line.what === 'document' && line.entry === entry && line.container === container) return line;
      }
      return undefined;
    },
    async assess({ today, ...asked }) {
      // Everything the answer depends on beside what is filed. The day of the question is not in it, unless a report tells of days
      // that had not come: nothing else in the answer turns on it.
      const question = JSON.stringify({
        schema: assessmentSchema,
        version: packageVersion(),
        rule: alignmentRule().rule,
        // What answers that were kept before this was said do not hold.
        holds: ['authenticity'],
        asked,
        own,
      });
      await memory.tidy();
      const answer = await memory.answer(question, () =>
        assess(memory.history, memory.register, { lookup }, { today, ...asked }),
      );
      if (answer.asked.today === dayText(today)) return answer;
      if (answer.period.implausibleMessages > 0 || answer.asked.today > dayText(today)) {
        return assess(memory.history, memory.register, { lookup }, { today, ...asked });
      }
      return { ...answer, asked: { ...answer.asked, today: dayText(today) } };
    },
    async inventory(options = {}) {
      const { overviewOf } = await import('./protection/inventory/index.ts');
      const state = streamsState();
      const taken = await inventoryNow(options);
      // Whoever asks for the streams next need not wait for them again.
      await memory.answer(streamsQuestion(options), () => Promise.resolve(overviewOf(taken)), state);
      return taken;
    },
    async streams(options = {}) {
      await memory.tidy();
      const work = async (): Promise<StreamsOverview> => {
        const { overviewOf } = await import('./protection/inventory/index.ts');
        return overviewOf(await inventoryNow(options));
      };
      return memory.answer(streamsQuestion(options), work, streamsState());
    },
    knownStreams: () => memory.known(streamsQuestion({}), streamsState()),
    assessSource: (id, asked) => assessSource(memory.history, { lookup }, id, asked),
    networkOf: lookup,
    close: () => memory.close(),
  };
}

/** What is asked about names: the DNS, or zones told by a text. */
export interface World {
  readonly resolver: Resolver;
  /** What `--zone` names, `undefined` for the live DNS: the names that stand in it. */
  readonly zone: Zone | undefined;
  /** What the live resolver has done so far. */
  readonly counts: LiveResolver['counts'] | undefined;
  close(): void;
}

/**
 * Opens the world that look-ups are asked of: zone files when there are any, else the name servers that are named
 * (`192.0.2.53`, `[2001:db8::53]:5353`), else those of this machine.
 *
 * @returns the world, with problems for lines of zones that could not be read; none when the zones cannot be read at all, a
 *   server's address is none, or no server is known
 */
export async function openWorld(options: {
  readonly zones?: readonly ZoneText[];
  readonly servers?: readonly string[];
}): Promise<{ world: World | undefined; problems: readonly Problem[] }> {
  if (options.zones !== undefined) {
    const { zone } = await import('./standards/dns/index.ts');
    const reading = zone(options.zones);
    if (!reading.ok) return { world: undefined, problems: reading.problems };
    const world = { resolver: reading.value.resolver, zone: reading.value, counts: undefined, close: () => {} };
    return { world, problems: reading.problems };
  }
  const { liveResolver, parseServerAddress, systemServers } = await import('./network/resolver/index.ts');
  const servers = options.servers === undefined ? await systemServers() : options.servers.map(parseServerAddress);
  const known = servers.filter((server) => server !== undefined);
  if (known.length === 0 || known.length < servers.length) {
    const server = options.servers?.[servers.findIndex((each) => each === undefined)] ?? '';
    return {
      world: undefined,
      problems: [server === '' ? { code: 'resolver/no-server' } : { code: 'resolver/bad-address', values: { server } }],
    };
  }
  const live = liveResolver({ servers: known });
  return {
    world: { resolver: live.resolver, zone: undefined, counts: live.counts, close: () => live.close() },
    problems: [],
  };
}

/** The doors by which a look may connect: to files over HTTPS, and to mail servers on port 25, at public addresses alone. */
export async function openConnections(resolver: Resolver, signal?: AbortSignal): Promise<Connections> {
  const { connectionsBy } = await import('./network/connections/index.ts');
  return connectionsBy(resolver, signal);
}

/**
 * Reads what lies at these paths, and files nothing: documents, and behind those of a file their rows when these are asked for.
 *
 * @param options.refuse told of every path that is passed over, and why
 */
export async function* readReports(
  paths: readonly string[],
  options: { readonly rows: boolean; readonly refuse: (problem: Problem) => void },
): AsyncGenerator<ReadLine> {
  const { readDocuments } = await import('./protection/ingestion/index.ts');
  const { arrivals } = await import('./network/files/index.ts');
  yield* readDocuments(arrivals(paths, { refuse: options.refuse }), { rows: options.rows });
}

/** A message that was judged, or why what lies there is none. */
export type VerifiedMessage = { readonly file: string } & (
  | { readonly verification: Verification }
  | { readonly refused: Problem }
);

/**
 * Judges every message at these paths, one after the other: files, folders, each message of an mbox; `-` is standard input.
 *
 * @param options.refuse told of every path that is passed over, and why
 */
export async function* verifyMessages(
  paths: readonly string[],
  world: World,
  options: GivenConnection & VerifyMessageOptions & { readonly refuse: (problem: Problem) => void },
): AsyncGenerator<VerifiedMessage> {
  const { refuse, ...given } = options;
  const { arrivals } = await import('./network/files/index.ts');
  const { MessageVerifier } = await import('./protection/verification/index.ts');
  const { parseMessage } = await import('./standards/mail/index.ts');
  const verifier = new MessageVerifier(world.resolver);
  for await (const arrival of arrivals(paths, { refuse })) {
    const { origin: file, bytes } = arrival;
    if (bytes === undefined) {
      yield { file, verification: await verifier.verifyStream(arrival.chunks(), given, options) };
      continue;
    }
    const message = parseMessage(bytes);
    if (message.fields.some((field) => field.name !== '')) {
      yield { file, verification: await verifier.verify(message, given, options) };
    } else yield { file, refused: { code: 'verification/no-message', values: { origin: file }, see: 'RFC 5322 §2.1' } };
  }
}

/** What is in an original that is kept. */
async function* readOriginal(
  memory: Memory,
  { original }: Pick<DocumentRecord, 'original'>,
  rows: boolean,
): AsyncGenerator<ReadLine> {
  const { readDocuments } = await import('./protection/ingestion/index.ts');
  yield* readDocuments(once({ ...original, chunks: () => memory.archive.chunks(original) }), { rows });
}

// eslint-disable-next-line typescript/require-await
async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

/** The networks that were given last: they are part of what is known of the organisation, and need be given once only. */
function rememberedNetworks(
  register: Register,
  given: readonly OwnNetwork[] | undefined,
  who: string,
): readonly OwnNetwork[] {
  const kept = register.setting('networks');
  if (given === undefined) return kept === undefined ? [] : (JSON.parse(kept) as OwnNetwork[]);
  const text = JSON.stringify(given);
  if (text !== kept) register.change('networks', given.length === 0 ? undefined : text, who);
  return given;
}

/** An organisation's own lists of networks. @throws {NetworkListError} when a list has a line that cannot be read */
function readNetworkLists(files: readonly string[]): OwnNetwork[] {
  return files.flatMap((file) => {
    const { networks, problems } = parseNetworkList(readFileSync(file, 'utf8'));
    const [problem] = problems;
    if (problem !== undefined) throw new NetworkListError(file, problem);
    return networks;
  });
}

/** A list of networks that cannot be read. */
class NetworkListError extends Error {
  override readonly name = 'NetworkListError';
  constructor(file: string, problem: Problem) {
    super(`${file}, line ${problem.at?.line ?? 0}: not a line of prefix,asn,name,country`);
  }
}
