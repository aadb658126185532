// What steps of one kind came to, over all dates.
import type { GateAsked, GateKindName } from './gate-kinds.ts';
import type { Loss } from './gate-losses.ts';
import type { Judged } from './part.ts';

/** The losses of a step's day, of one kind. */
export interface StepLosses {
  /** Mail of ours lost with the steps of open gates taken. */
  readonly open: readonly Loss[];
  /** With all steps taken, whatever their gate. */
  readonly all: readonly Loss[];
  /** With all steps taken: what is lost of ours there in any case, and, for `-all`, what is passed on and turned away. */
  readonly anyway: readonly Loss[];
  /** Messages of forwarders lost with the steps of open gates taken. */
  readonly forwarded: number;
}

/** What a step is: `harmful` loses mail of ours that had been seen; `ailing` costs no more, and yet mail is lost there. */
export type StepWorth = 'ailing' | 'harmful' | 'harmless';

/** Says what steps are worth. */
export function worths({ all, anyway }: StepLosses): (asked: GateAsked) => StepWorth {
  const seen = (losses: readonly Loss[]): Set<string> =>
    new Set(losses.filter(({ isSeen }) => isSeen).map(({ domain }) => domain));
  const [harmed, ailing] = [seen(all), seen(anyway)];
  return ({ domain }) => (harmed.has(domain) ? 'harmful' : ailing.has(domain) ? 'ailing' : 'harmless');
}

/** Sums of one kind. */
export class GateSums {
  readonly kind: GateKindName;
  open = 0;
  lost = 0;
  lostUnseen = 0;
  forwarded = 0;
  readonly #asked = { ailing: 0, harmful: 0, harmless: 0 };
  readonly #shut = { ailing: 0, harmful: 0, harmless: 0 };
  /** What shuts harmless gates, as often as it does. */
  readonly shutBy = new Map<string, number>();

  constructor(kind: GateKindName) {
    this.kind = kind;
  }

  /** Adds what one step cost. */
  add(asked: readonly GateAsked[], losses: StepLosses): void {
    const worthOf = worths(losses);
    for (const each of asked) {
      const worth = worthOf(each);
      this.#asked[worth] += 1;
      if (each.gate === 'open') this.open += 1;
      else this.#shut[worth] += 1;
      if (each.gate === 'open' || worth !== 'harmless') continue;
      const codes = [...new Set(each.reasons.filter(({ shuts }) => shuts).map(({ code }) => code))].sort().join(' ');
      this.shutBy.set(codes, (this.shutBy.get(codes) ?? 0) + 1);
    }
    for (const { messages, isSeen } of losses.open) {
      if (isSeen) this.lost += messages;
      else this.lostUnseen += messages;
    }
    this.forwarded += losses.forwarded;
  }

  /** Figures of all steps together. */
  judged(): Judged[] {
    const figure = (
      metric: string,
      by: Judged['by'],
      value: number | null,
      n: number,
      target: number | null = null,
    ): Judged => ({
      metric,
      by,
      stratum: this.kind,
      value,
      low: null,
      high: null,
      n,
      ceiling: null,
      target,
      met: target === null ? null : value === target || value === null,
    });
    const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
    const { harmful, harmless, ailing } = this.#asked;
    return [
      figure('gates-open-lost', 'message', this.lost, this.open, 0),
      figure('gates-harmful-shut', 'row', share(this.#shut.harmful, harmful), harmful, 1),
      figure('gates-harmless-open', 'row', share(harmless - this.#shut.harmless, harmless), harmless),
      figure('gates-ailing-shut', 'row', share(this.#shut.ailing, ailing), ailing),
      figure('gates-open-lost-unseen', 'message', this.lostUnseen, this.open),
      figure('gates-open-lost-forwarded', 'message', this.forwarded, this.open),
    ];
  }
}

/** Every loss under an open gate, and how many steps there were; with `explain` also what shut gates kept, and what shut gates of harmless steps. */
export function told(kind: GateKindName, asked: readonly GateAsked[], losses: StepLosses, explain: number): string[] {
  const worthOf = worths(losses);
  const count = (isMeant: (each: GateAsked) => boolean): number => asked.filter(isMeant).length;
  const text = ({ domain, origin, author, messages, isSeen }: Loss): string =>
    `${asked.find((each) => each.domain === domain)?.step ?? ''} at ${domain}: ${messages} of ${origin} as ${author}${isSeen ? '' : ', not seen before'}`;
  const isOpen = ({ gate }: GateAsked): boolean => gate === 'open';
  const isHarmful = (each: GateAsked): boolean => worthOf(each) === 'harmful';
  return [
    `${asked.length} steps, ${count(isOpen)} open; ${count(isHarmful)} would lose mail, of which ${count((each) => isOpen(each) && isHarmful(each))} open`,
    ...losses.open.map((loss) => `LOST under an open gate: ${text(loss)}`),
    ...asked
      .filter((each) => isOpen(each) && isHarmful(each))
      .map(({ domain, step }) => `HARMFUL and open: ${domain} ${step}`),
    ...losses.all
      .filter(({ domain }) => asked.some((each) => each.domain === domain && !isOpen(each)))
      .toSorted((a, b) => b.messages - a.messages)
      .slice(0, explain)
      .map((loss) => `kept by a shut gate: ${text(loss)}`),
    ...losses.anyway
      .filter(({ domain }) =>
        asked.some((each) => isOpen(each) && each.domain === domain && worthOf(each) === 'ailing'),
      )
      .toSorted((a, b) => b.messages - a.messages)
      .slice(0, explain)
      .map((loss) => `lost anyway, and open: ${text(loss)}`),
    ...asked
      .filter((each) => !isOpen(each) && worthOf(each) === 'harmless')
      .slice(0, explain)
      .map(
        ({ domain, step, reasons }) =>
          `shut and harmless: ${domain} ${step}: ${reasons
            .filter(({ shuts }) => shuts)
            .map(({ code, id }) => (id === '' ? code : `${code}:${id}`))
            .join(' ')}`,
      ),
  ].map((each) => `${kind}: ${each}`);
}
