// What attribution answers: streams, and for every combination of the history the stream it belongs to.
import type { Columns, Day, Dictionaries } from '../history.ts';
import type { DecisionVerdict, Kind, MailStream } from './model.ts';

/** The question attribution asks of the history; everything equal but day and reporter. */
export const inventoryDimensions = ['source', 'auth', 'authorDomain', 'envelopeFrom', 'alignment'] as const;
export const inventoryMeasures = ['messages', 'rows', 'firstDay', 'lastDay'] as const;
export type InventoryColumns = Columns<(typeof inventoryDimensions)[number], (typeof inventoryMeasures)[number]>;

export interface Inventory {
  /** Most messages first. */
  readonly streams: readonly MailStream[];
  readonly combinations: InventoryColumns;
  /** By combination: the place of its stream in `streams`. */
  readonly streamOf: Int32Array;
  /** By combination: place in `kinds`, and how sure (0 to 1); mostly those of its stream. */
  readonly kindOf: Uint8Array;
  readonly confidenceOf: Float32Array;
  /** By combination: place in `decisionVerdicts`; what a person said, inherited as the rules allow. */
  readonly decisionOf: Uint8Array;
  readonly dictionaries: Dictionaries;
  readonly period: { readonly first: Day; readonly last: Day };
}

/** A combination as `zegel sources --json --rows` prints it. */
export interface CombinationLine {
  readonly source: string;
  readonly authorDomain: string;
  readonly envelopeDomain: string | null;
  readonly dkim: readonly (readonly [domain: string, selector: string | null, result: string])[];
  readonly spf: readonly [domain: string, scope: string | null, result: string] | null;
  readonly messages: number;
  readonly stream: string;
  readonly kind: Kind;
  readonly confidence: number;
  readonly decision: DecisionVerdict;
}
