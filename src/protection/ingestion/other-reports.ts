import { decodeBytes, parseMessage } from '../../standards/mail/index.ts';
import { assertNever } from '../../standards/problem.ts';
import type { Problem } from '../../standards/problem.ts';
import type { Repair } from '../../standards/reports/aggregate/index.ts';
import { parseFailureReport } from '../../standards/reports/failure/index.ts';
import type { FailureReport, ReportedDkim } from '../../standards/reports/failure/index.ts';
import { parseTlsReport } from '../../standards/reports/tls/index.ts';
import type { TlsReport } from '../../standards/reports/tls/index.ts';
import type { OtherReport } from './place.ts';

/** Characters of the header of a reported message that are shown: none that was mailed has more. */
const headerLength = 64 << 10;

/** A report about one message, as plain JSON: what is bytes in `FailureReport` is text here. */
export interface ReadFailure extends Omit<FailureReport, 'dkim' | 'original'> {
  readonly dkim?: Omit<ReportedDkim, 'canonicalizedBody' | 'canonicalizedHeader'> & {
    /** What the verifier hashed, in base64. */
    readonly canonicalizedHeader?: string;
    readonly canonicalizedBody?: string;
  };
  /** The message reported: how many bytes of it the report brings, and its header as text. */
  readonly original?: { readonly headerOnly: boolean; readonly bytes: number; readonly header: string };
}

/** What a report of another kind says, or why it cannot be read. */
export type OtherReading =
  | { readonly failure: ReadFailure; readonly repaired: readonly Repair[] }
  | { readonly tls: Omit<TlsReport, 'repaired'>; readonly repaired: readonly Repair[] }
  | { readonly refused: readonly Problem[] };

/** Reads a failure, abuse or TLS report that was found in an arrival. */
export function readOtherReport(other: OtherReport): OtherReading {
  switch (other.kind) {
    case 'failure': {
      const reading = parseFailureReport(other.parts);
      if (!reading.ok) return { refused: reading.problems };
      return { failure: plainFailure(reading.value), repaired: tallied(reading.problems) };
    }
    case 'tls': {
      const reading = parseTlsReport(other.json);
      if (!reading.ok) return { refused: reading.problems };
      const { repaired, ...tls } = reading.value;
      return { tls, repaired };
    }
    default:
      return assertNever(other);
  }
}

function plainFailure({ dkim, original, ...said }: FailureReport): ReadFailure {
  return {
    ...said,
    ...(dkim === undefined ? {} : { dkim: plainDkim(dkim) }),
    ...(original === undefined
      ? {}
      : {
          original: {
            headerOnly: original.headerOnly,
            bytes: original.bytes.length,
            header: headerOf(original.bytes),
          },
        }),
  };
}

function plainDkim({
  canonicalizedHeader,
  canonicalizedBody,
  ...said
}: ReportedDkim): NonNullable<ReadFailure['dkim']> {
  return {
    ...said,
    ...(canonicalizedHeader === undefined ? {} : { canonicalizedHeader: canonicalizedHeader.toString('base64') }),
    ...(canonicalizedBody === undefined ? {} : { canonicalizedBody: canonicalizedBody.toString('base64') }),
  };
}

function headerOf(bytes: Buffer): string {
  const { bodyStart } = parseMessage(bytes);
  return decodeBytes(bytes.subarray(0, Math.min(bodyStart, headerLength))).replace(/(?:\r?\n)+$/, '');
}

/** Each problem once, with how often it was met. */
function tallied(problems: readonly Problem[]): Repair[] {
  const found = new Map<string, { problem: Problem; times: number }>();
  for (const problem of problems) {
    const known = found.get(problem.code);
    if (known === undefined) found.set(problem.code, { problem, times: 1 });
    else known.times += 1;
  }
  return [...found.values()].map(({ problem, times }) => ({ ...problem, times }));
}
