// One message judged: SPF, DKIM, ARC, and DMARC as receivers of both generations conclude, with all that led there.
import { ArcValidator } from '../../standards/arc/index.ts';
import type { ArcValidation } from '../../standards/arc/index.ts';
import { BodyHashes, DkimVerifier, KeyCache, readHeader } from '../../standards/dkim/index.ts';
import type { DkimVerification } from '../../standards/dkim/index.ts';
import { parseDomainName } from '../../standards/dns/index.ts';
import type { DomainName, Resolver } from '../../standards/dns/index.ts';
import { compareGenerations, evaluateDmarc } from '../../standards/dmarc/index.ts';
import type { GenerationView, IdentifierFinding } from '../../standards/dmarc/index.ts';
import { authorOf } from '../../standards/mail/index.ts';
import type { Message } from '../../standards/mail/index.ts';
import type { Problem } from '../../standards/problem.ts';
import type { AuthResults } from '../../standards/reports/index.ts';
import { checkHost, formatTerm, identityOf } from '../../standards/spf/index.ts';
import type { SpfEvaluation } from '../../standards/spf/index.ts';
import { appearanceOf } from './appearance.ts';
import { connectionOf, isInside } from './connection.ts';
import type { GivenConnection } from './connection.ts';
import { resultsOf } from './results.ts';
import type {
  ArcLeg,
  Connection,
  DkimLeg,
  DmarcLeg,
  DmarcView,
  Nearness,
  SpfLeg,
  Verification,
} from './verification.ts';

export interface VerifyMessageOptions {
  /** The time now, in seconds since 1970; expiry is judged by it when neither `at` nor a trusted Received field tells a time. */
  readonly now?: number;
  /** The time to judge expiry by, whatever the message says. */
  readonly at?: number;
  /** Domains that look-alikes of are looked for, beside those that the message itself names. */
  readonly ours?: readonly DomainName[];
}

/** Judges messages; keeps the keys it has met, bounded, so that one serves a whole mailbox. */
export class MessageVerifier {
  readonly #resolver: Resolver;
  readonly #dkim: DkimVerifier;
  readonly #arc: ArcValidator;

  constructor(resolver: Resolver) {
    const keys = new KeyCache();
    this.#resolver = resolver;
    this.#dkim = new DkimVerifier(resolver, keys);
    this.#arc = new ArcValidator(resolver, keys);
  }

  /** Judges a whole message. Throws for no message and no DNS. */
  verify(message: Message, given: GivenConnection = {}, options: VerifyMessageOptions = {}): Promise<Verification> {
    const hashes = new BodyHashes();
    const begun = this.#begin(message, hashes, given, options);
    hashes.update(message.bytes.subarray(message.bodyStart));
    return begun();
  }

  /** Judges a message that comes in pieces; its body is not kept. @throws what the source throws */
  async verifyStream(
    pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    given: GivenConnection = {},
    options: VerifyMessageOptions = {},
  ): Promise<Verification> {
    const hashes = new BodyHashes();
    const begun = await readHeader(pieces, hashes, (message) => this.#begin(message, hashes, given, options));
    return begun();
  }

  #begin(
    message: Message,
    hashes: BodyHashes,
    given: GivenConnection,
    options: VerifyMessageOptions,
  ): () => Promise<Verification> {
    const connection = connectionOf(message, given);
    const judgedAt = timeOf(connection, options);
    const dkim = this.#dkim.begin(message, hashes, judgedAt === undefined ? {} : { now: judgedAt.time });
    const arc = this.#arc.begin(message, hashes);
    return async () => {
      const [spf, signatures, chain] = await Promise.all([
        judgeSpf(connection, this.#resolver, judgedAt?.time),
        dkim.finish(),
        arc.finish(),
      ]);
      return conclude(message, { connection, judgedAt, spf, signatures, chain }, this.#resolver, options);
    };
  }
}

/**
 * Judges one message: `MessageVerifier` for those who have one only.
 *
 * @param given what is known of the connection; the rest comes from the trusted Received field and the Return-Path
 */
export function verifyMessage(
  message: Message,
  given: GivenConnection,
  resolver: Resolver,
  options: VerifyMessageOptions = {},
): Promise<Verification> {
  return new MessageVerifier(resolver).verify(message, given, options);
}

/** What the legs came to, before it is made plain. */
interface Found {
  readonly connection: Connection;
  readonly judgedAt: Verification['judgedAt'];
  readonly spf: SpfEvaluation | Problem;
  readonly signatures: DkimVerification;
  readonly chain: ArcValidation;
}

/** RFC 6376 §3.5, x=: best the time when the message was first received, when that is reliably known, else now. */
function timeOf(connection: Connection, { at, now }: VerifyMessageOptions): Verification['judgedAt'] {
  if (at !== undefined) return { time: at, from: 'given' };
  const { receivedAt } = connection;
  if (receivedAt !== undefined && (now === undefined || receivedAt <= now))
    return { time: receivedAt, from: 'received' };
  return now === undefined ? undefined : { time: now, from: 'clock' };
}

/** SPF of the MAIL FROM identity, or of HELO for the null sender (RFC 7208 §2.4); why not, when what it needs is not known. */
async function judgeSpf(
  { ip, helo, mailFrom, by }: Connection,
  resolver: Resolver,
  time: number | undefined,
): Promise<SpfEvaluation | Problem> {
  if (ip === undefined) return { code: 'verification/needs-ip', see: 'RFC 7208 §4.1' };
  if (ip.from !== 'given' && isInside(ip.value)) {
    // What our own relay has as an address, SPF knows nothing of: a fail would be ours, not the sender's.
    return { code: 'verification/inside-client', values: { ip: ip.value, by: by ?? '?' }, see: 'RFC 7208 §2.4' };
  }
  if (mailFrom === undefined) return { code: 'verification/needs-mail-from', see: 'RFC 7208 §2.4' };
  if (mailFrom.value === '' && helo === undefined) return { code: 'verification/needs-helo', see: 'RFC 7208 §2.4' };
  const identity = identityOf({ mailFrom: mailFrom.value, helo: helo?.value ?? 'unknown' });
  return checkHost(ip.value, identity, resolver, time === undefined ? {} : { time });
}

async function conclude(
  message: Message,
  found: Found,
  resolver: Resolver,
  options: VerifyMessageOptions,
): Promise<Verification> {
  const { connection, judgedAt, spf, signatures, chain } = found;
  const author = authorOf(message);
  let dmarc: DmarcLeg;
  let near: readonly IdentifierFinding[] = [];
  if (author.domain === undefined) {
    // RFC 9989 §4.2, §11.5: without one readable Author Domain there is nothing that a pass could speak for.
    dmarc = { result: 'none', reasons: author.problems, views: [], differences: [], walk: [] };
  } else {
    const judged = await judgeDmarc(author.domain, found, resolver);
    dmarc = judged.leg;
    near = judged.identifiers;
  }
  const ofDkim = near.filter((each) => each.mechanism === 'dkim');
  const dkimLeg = plainDkim(signatures, ofDkim);
  const spfLeg = plainSpf(
    spf,
    near.find((each) => each.mechanism === 'spf'),
  );
  const body = {
    result: dmarc.result,
    ...(author.domain === undefined ? {} : { authorDomain: author.domain }),
    ...(author.domain === undefined || dmarc.result !== 'pass' ? {} : { authenticatedAs: author.domain }),
    ...(judgedAt === undefined ? {} : { judgedAt }),
    connection,
    spf: spfLeg,
    dkim: dkimLeg,
    arc: plainArc(chain),
    dmarc,
    appearance: appearanceOf(message, author, {
      connection,
      dkim: dkimLeg,
      ours: options.ours ?? [],
      spfSpeaks: dmarc.views[0]?.spfAligned === true && spfLeg.result === 'pass',
    }),
    problems: message.problems,
  };
  return { ...body, authenticationResults: resultsOf(body, signatures) };
}

/** DMARC by every kind of receiver. SPF that is not known counts as an answer that did not come: it leaves open what it could decide. */
async function judgeDmarc(
  authorDomain: DomainName,
  { connection, spf, signatures }: Found,
  resolver: Resolver,
): Promise<{ leg: DmarcLeg; identifiers: readonly IdentifierFinding[] }> {
  const known = 'identity' in spf;
  const auth: AuthResults = {
    dkim: signatures.results.flatMap(({ signingDomain, selector, result }) =>
      signingDomain === undefined
        ? []
        : [{ domain: signingDomain, result, ...(selector === undefined ? {} : { selector }) }],
    ),
    spf: [
      known
        ? { domain: spf.identity.domain, scope: spf.identity.scope, result: spf.result }
        : { domain: couldVouch(connection, authorDomain), scope: 'mfrom', result: 'temperror' },
    ],
  };
  // The reverse-path is known where SPF is: a result for HELO is there only for the null sender.
  const envelopeFrom = known && spf.identity.scope === 'helo' ? { envelopeFrom: '' } : {};
  const comparison = await compareGenerations({ authorDomain, auth, ...envelopeFrom }, resolver);
  const { current, legacy, differences } = comparison;
  const views = [current, ...legacy].map((view) => plainView(view, known));
  const { identifiers } = current.facts;
  const leg: DmarcLeg = {
    result: views[0]!.result,
    reasons: views[0]!.reasons,
    views,
    differences,
    walk: current.discovery.walk.steps.map(({ queryName, outcome, texts }) => ({ queryName, outcome, texts })),
  };
  return { leg, identifiers: typeof identifiers === 'number' ? [] : identifiers };
}

/** The domain that SPF could speak for, were the client known: that of MAIL FROM, or any. */
function couldVouch({ mailFrom }: Connection, authorDomain: DomainName): string {
  if (mailFrom === undefined || mailFrom.value === '') return authorDomain;
  const name = parseDomainName(mailFrom.value.slice(mailFrom.value.lastIndexOf('@') + 1));
  return name.ok ? name.value : mailFrom.value;
}

function plainView({ receiver, organizationalDomain, facts, verdict }: GenerationView, spfKnown: boolean): DmarcView {
  const { policy } = facts;
  let { result } = verdict;
  let reasons = verdict.reasons;
  let view: DmarcView['result'] = result;
  if (!spfKnown && result === 'temperror' && typeof facts.identifiers !== 'number') {
    // Were it only for SPF, nothing of the DNS is open: the connection is what is missing.
    const without = facts.identifiers.filter((each) => each.mechanism !== 'spf');
    const verdictWithout = evaluateDmarc({ ...facts, identifiers: without });
    if (verdictWithout.result !== 'temperror') {
      view = 'not-known';
      result = verdictWithout.result;
      reasons = [
        ...reasons.filter((each) => each.code !== 'dmarc/alignment-unknown'),
        { code: 'verification/turns-on-spf', see: 'RFC 9989 §5.3.4' },
      ];
    }
  }
  return {
    receiver,
    result: view,
    ...(organizationalDomain === undefined ? {} : { organizationalDomain }),
    ...(typeof policy === 'string' ? {} : { policyDomain: policy.domain, policyPlace: policy.place }),
    ...(verdict.policyTag === undefined ? {} : { policyTag: verdict.policyTag }),
    ...(verdict.policy === undefined ? {} : { policy: verdict.policy }),
    ...(verdict.disposition === undefined ? {} : { disposition: verdict.disposition }),
    ...(verdict.sampling === undefined ? {} : { sampling: verdict.sampling }),
    testing: verdict.testing,
    dkimAligned: verdict.dkimAligned,
    spfAligned: verdict.spfAligned,
    reasons,
  };
}

function plainSpf(spf: SpfEvaluation | Problem, near: IdentifierFinding | undefined): SpfLeg {
  if (!('identity' in spf)) {
    return { result: 'not-known', reason: spf, aligned: 'not-asked', path: [], lookups: 0, voidLookups: 0 };
  }
  return {
    result: spf.result,
    reason: spf.reason,
    domain: spf.identity.domain,
    scope: spf.identity.scope,
    aligned: near?.alignment ?? 'not-asked',
    path: spf.path.map(({ domain, term }) => ({ domain, term: formatTerm(term) })),
    lookups: spf.lookups,
    voidLookups: spf.voidLookups,
    ...(spf.explanation === undefined ? {} : { explanation: spf.explanation }),
  };
}

function plainDkim({ results, untried }: DkimVerification, near: readonly IdentifierFinding[]): DkimLeg {
  let at = 0;
  const signatures = results.map((each): DkimLeg['signatures'][number] => {
    // Identifiers are in the order of the signatures that have a domain.
    const aligned: Nearness = each.signingDomain === undefined ? 'none' : (near[at++]?.alignment ?? 'not-asked');
    const { signature } = each;
    return {
      result: each.result,
      ...(each.reason === undefined ? {} : { reason: each.reason }),
      warnings: each.warnings,
      ...(each.signingDomain === undefined ? {} : { signingDomain: each.signingDomain }),
      ...(each.selector === undefined ? {} : { selector: each.selector }),
      ...(each.algorithm === undefined ? {} : { algorithm: each.algorithm }),
      ...(each.keyBits === undefined ? {} : { keyBits: each.keyBits }),
      aligned,
      testing: each.testing,
      ...(signature === undefined ? {} : { signedFields: signature.signedFields }),
      ...(signature?.signedAt === undefined ? {} : { signedAt: signature.signedAt }),
      ...(signature?.expires === undefined ? {} : { expires: signature.expires }),
    };
  });
  const passed = signatures.some((each) => each.result === 'pass');
  return { result: passed ? 'pass' : (signatures[0]?.result ?? 'none'), signatures, untried };
}

function plainArc({ status, reason, oldestPass, sets }: ArcValidation): ArcLeg {
  return {
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(oldestPass === undefined ? {} : { oldestPass }),
    sets: sets.map(({ instance, seal, results }) => ({
      instance,
      signingDomain: seal.signingDomain,
      said: (results?.results ?? []).map(({ method, result }) => ({ method, result })),
    })),
  };
}
