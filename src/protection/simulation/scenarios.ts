import { evaluateDmarc } from '../../standards/dmarc/index.ts';
import type { DmarcRecord } from '../../standards/dmarc/index.ts';
import { alignmentCodes } from '../../standards/reports/index.ts';
import { alignmentBits } from '../history.ts';

// Whether a message fails depends on few facts: the alignment its authentication results show (16 values), and what the receiver
// said of each leg (3 × 3). So the standard's own function judges each of these classes once, and folding millions of rows is
// looking up a number in a table.

/** The ways to ask for alignment: `adkim` and `aspf` relaxed or strict. */
export type ScenarioName = 'relaxed' | 'strictBoth' | 'strictDkim' | 'strictSpf';

/** From the mildest to the strictest. */
export const scenarioNames = ['relaxed', 'strictDkim', 'strictSpf', 'strictBoth'] as const;

/** What was found aligned. The order is the one of the numbers in `VerdictTables.aligned`. */
export const alignedKinds = ['both', 'dkimOnly', 'spfOnly', 'neither'] as const;
export type AlignedKind = (typeof alignedKinds)[number];

/** How many classes of mail there are; a class is a whole number from 0. */
export const classCount = 16 * alignmentCodes.length * alignmentCodes.length;

/** The class of a row: its alignment bits, and the codes (`alignmentCodes`) of what the receiver said of DKIM and of SPF. */
export function classOf(alignment: number, dkim: number, spf: number): number {
  return ((alignment & 15) * alignmentCodes.length + dkim) * alignmentCodes.length + spf;
}

/** By class. */
export interface VerdictTables {
  /** An index in `alignedKinds`: as the receiver judged, and where it does not say, as the authentication results show. */
  readonly aligned: Uint8Array;
  /** 0 passes, 1 fails, 2 one or the other: the report does not tell. */
  readonly scenarios: Readonly<Record<ScenarioName, Uint8Array>>;
  /** Bit 1 the DKIM leg, bit 2 the SPF leg: the receiver says aligned, the authentication results do not show it. */
  readonly assumed: Uint8Array;
  /** 1: the authentication results show a leg aligned that the receiver says is not. */
  readonly disputed: Uint8Array;
  /** The alignment bits of the class. */
  readonly bits: Uint8Array;
}

const modes = {
  relaxed: { adkim: 'r', aspf: 'r' },
  strictDkim: { adkim: 's', aspf: 'r' },
  strictSpf: { adkim: 'r', aspf: 's' },
  strictBoth: { adkim: 's', aspf: 's' },
} as const;

/**
 * The tables, made with `evaluateDmarc`. A leg that only the receiver vouches for counts as aligned under relaxed alignment;
 * how near its domain was cannot be known, so under strict alignment the answer is open unless the other leg decides it.
 * Where the authentication results do show a leg, they say how near it was.
 */
export const verdictTables: VerdictTables = makeTables();

function makeTables(): VerdictTables {
  const tables = {
    aligned: new Uint8Array(classCount),
    scenarios: {
      relaxed: new Uint8Array(classCount),
      strictDkim: new Uint8Array(classCount),
      strictSpf: new Uint8Array(classCount),
      strictBoth: new Uint8Array(classCount),
    },
    assumed: new Uint8Array(classCount),
    disputed: new Uint8Array(classCount),
    bits: new Uint8Array(classCount),
  };
  for (let bits = 0; bits < 16; bits++) {
    for (const [dkimCode, dkim] of alignmentCodes.entries()) {
      for (const [spfCode, spf] of alignmentCodes.entries()) {
        const at = classOf(bits, dkimCode, spfCode);
        const dkimShown = (bits & (alignmentBits.dkimRelaxed | alignmentBits.dkimStrict)) !== 0;
        const spfShown = (bits & (alignmentBits.spfRelaxed | alignmentBits.spfStrict)) !== 0;
        const dkimAligned = dkim === undefined ? dkimShown : dkim === 'pass';
        const spfAligned = spf === undefined ? spfShown : spf === 'pass';
        const kind: AlignedKind = dkimAligned ? (spfAligned ? 'both' : 'dkimOnly') : spfAligned ? 'spfOnly' : 'neither';
        const assumedDkim = dkim === 'pass' && !dkimShown;
        const assumedSpf = spf === 'pass' && !spfShown;
        tables.aligned[at] = alignedKinds.indexOf(kind);
        tables.assumed[at] = (assumedDkim ? 1 : 0) | (assumedSpf ? 2 : 0);
        tables.disputed[at] = (dkim === 'fail' && dkimShown) || (spf === 'fail' && spfShown) ? 1 : 0;
        tables.bits[at] = bits;
        const { dkimRelaxed, dkimStrict, spfRelaxed, spfStrict } = alignmentBits;
        const worst = bits | (assumedDkim ? dkimRelaxed : 0) | (assumedSpf ? spfRelaxed : 0);
        const best = worst | (assumedDkim ? dkimStrict : 0) | (assumedSpf ? spfStrict : 0);
        for (const name of scenarioNames) {
          const inWorst = fails(worst, modes[name]);
          tables.scenarios[name][at] = inWorst === fails(best, modes[name]) ? (inWorst ? 1 : 0) : 2;
        }
      }
    }
  }
  return tables;
}

function fails(identifiers: number, mode: Pick<DmarcRecord, 'adkim' | 'aspf'>): boolean {
  const record: DmarcRecord = { p: 'reject', ...mode, rua: [], ruf: [], invalidPolicies: [], others: [] };
  // With a valid `p` and bits, the verdict turns on alignment alone: neither the generation nor the place changes it.
  const policy = { record, domain: 'any.example', place: 'author-domain' } as const;
  return evaluateDmarc({ receiver: 'rfc9989', policy, identifiers }).result === 'fail';
}
