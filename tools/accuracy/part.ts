// What a part of the judgement is: it is given a world that Zegel has read, asks Zegel whatever it wants to know, and gives figures.
import type { GateKindName } from './gate-kinds.ts';
import type { Zegel } from './product.ts';
import type { Filed, WorldName } from './world.ts';
import type { Held } from './targets.ts';

export interface Given {
  /** The folder of the world. */
  readonly world: string;
  readonly filed: Filed;
  /** The wish it was made from; absent for a world that was there already. */
  readonly made?: WorldName;
  readonly zegel: Zegel;
  /** Says how far it is, on standard error. */
  readonly say: (text: string) => void;
  readonly options: Options;
}

export interface Options {
  /** Decisions are taken by `zegel decide` rather than reckoned. */
  readonly really: boolean;
  /** How many of the worst answers are shown. */
  readonly explain: number;
  /** Changed worlds are played, and what-ifs held against them. */
  readonly playing: boolean;
}

/** A figure, and of what variant of the world it is when not of the world itself. The strata of gates are their kinds. */
export interface Judged extends Omit<Held, 'stratum'> {
  readonly stratum: GateKindName | Held['stratum'];
  readonly variant?: string;
}

export interface Part {
  judge(given: Given): Promise<readonly Judged[]>;
}
