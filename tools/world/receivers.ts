// How receivers judge: what they see of some mail, given the zone of the day, and what they then do with it. Everything that can be
// the same again is numbered once.
import type { Generation, OverrideType, Policy } from '../../src/standards/reports/aggregate/model.ts';
import { DmarcReceiver, type AppliedPolicy } from './dmarc.ts';
import type { Lane } from './model.ts';
import type { RecordBook, Zone } from './records.ts';
import type { Shape, Verdict } from './report-xml.ts';
import type { Source } from './sources.ts';
import { SpfReceiver } from './spf.ts';

/** Sources are numbered below this: two numbers fit into one key. */
export const sourceLimit = 1 << 17;

/** Why a receiver does not do what the policy asks. */
export type Leniency = 'forwarded' | 'mailing_list' | 'none' | 'quarantines' | 'trusted_forwarder';
const leniencies: readonly Leniency[] = ['none', 'forwarded', 'mailing_list', 'quarantines', 'trusted_forwarder'];

export class Receivers {
  readonly shapes: Shape[] = [];
  readonly verdicts: Verdict[] = [];
  readonly #shapeNumbers = new Map<string, number>();
  readonly #verdictNumbers = new Map<string, number>();
  readonly #book: RecordBook;
  readonly #sources: readonly Source[];
  #epoch = -1;
  #zone!: Zone;
  #spf!: SpfReceiver;
  #dmarc!: DmarcReceiver;
  // Of this epoch only.
  readonly #laneShapes = new Map<number, number>();
  readonly #judged = new Map<number, number>();
  readonly #laneNumbers = new Map<Lane, number>();

  constructor(book: RecordBook, sources: readonly Source[]) {
    this.#book = book;
    this.#sources = sources;
    if (sources.length >= sourceLimit) throw new RangeError('more sources than a key holds');
  }

  /** From now on it is this day of the world. */
  turnTo(day: number): void {
    const epoch = this.#book.epochAt(day);
    if (epoch === this.#epoch) return;
    this.#epoch = epoch;
    this.#zone = this.#book.zone(epoch);
    this.#spf = new SpfReceiver(this.#zone);
    this.#dmarc = new DmarcReceiver(this.#zone);
    this.#laneShapes.clear();
    this.#judged.clear();
  }

  applied(authorDomain: string, generation: Generation): AppliedPolicy | undefined {
    return this.#dmarc.applied(authorDomain, generation);
  }

  /** The number of what mail of a lane from a source looks like today. */
  shape(lane: Lane, source: number): number {
    let number = this.#laneNumbers.get(lane);
    if (number === undefined) this.#laneNumbers.set(lane, (number = this.#laneNumbers.size));
    const key = number * sourceLimit + source;
    const known = this.#laneShapes.get(key);
    if (known !== undefined) return known;
    const domain = lane.envelope === '' ? lane.helo : lane.envelope;
    const spf = {
      domain,
      helo: lane.envelope === '',
      result: this.#spf.evaluate(this.#sources[source]!.value, domain),
    };
    const dkim = lane.signatures.map(({ domain, selector, intact }) => {
      const published = this.#zone.values(`${selector}._domainkey.${domain}`, 'TXT').length > 0;
      // RFC 6376 §6.1.2: no key for the signature is a permanent failure.
      return {
        domain,
        selector,
        result: !published ? ('permerror' as const) : intact ? ('pass' as const) : ('fail' as const),
      };
    });
    const shape = this.#number({ authorDomain: lane.authorDomain, envelope: lane.envelope, dkim, spf });
    this.#laneShapes.set(key, shape);
    return shape;
  }

  /** The number of the verdict on mail of this shape today; `undefined` when no policy applies. */
  judge(shape: number, generation: Generation, leniency: Leniency): number | undefined {
    const key = (shape * 2 + (generation === 'rfc9990' ? 1 : 0)) * leniencies.length + leniencies.indexOf(leniency);
    const known = this.#judged.get(key);
    if (known !== undefined) return known;
    const { authorDomain, dkim, spf } = this.shapes[shape]!;
    const applied = this.#dmarc.applied(authorDomain, generation);
    if (applied === undefined) return undefined;
    const { adkim, aspf } = applied.record;
    const facts = {
      dkim: dkim.some(
        ({ domain, result }) => result === 'pass' && this.#dmarc.aligned(authorDomain, domain, adkim, generation),
      ),
      spf: spf.result === 'pass' && this.#dmarc.aligned(authorDomain, spf.domain, aspf, generation),
    };
    const verdict = { ...facts, ...disposition(applied, facts.dkim || facts.spf, generation, leniency) };
    const text = JSON.stringify(verdict);
    let number = this.#verdictNumbers.get(text);
    if (number === undefined) {
      number = this.verdicts.push(verdict) - 1;
      this.#verdictNumbers.set(text, number);
    }
    this.#judged.set(key, number);
    return number;
  }

  #number(shape: Shape): number {
    const text = JSON.stringify(shape);
    let number = this.#shapeNumbers.get(text);
    if (number === undefined) {
      number = this.shapes.push(shape) - 1;
      this.#shapeNumbers.set(text, number);
    }
    return number;
  }
}

const milder = { none: 'none', quarantine: 'none', reject: 'quarantine' } as const satisfies Record<Policy, Policy>;

/** What a receiver does, and the reason it gives where that is not what the policy asks (RFC 9990 Appendix A, RFC 7489 Appendix C). */
function disposition(
  applied: AppliedPolicy,
  pass: boolean,
  generation: Generation,
  leniency: Leniency,
): Pick<Verdict, 'disposition' | 'reason'> {
  const { policy, record } = applied;
  const because = (type: OverrideType, comment = ''): Pick<Verdict, 'reason'> => ({ reason: { type, comment } });
  // `pass` in RFC 9990: no action, and the policy would have asked for one.
  if (pass) return { disposition: generation === 'rfc9990' && policy !== 'none' ? 'pass' : 'none' };
  if (leniency === 'forwarded')
    return { disposition: 'none', ...because(generation === 'rfc7489' ? 'forwarded' : 'trusted_forwarder') };
  if (policy === 'none') return { disposition: 'none' };
  // RFC 9989 §4.7 `t`: one step milder. A receiver of RFC 7489 reads `pct` instead, and 0 has the same effect (§6.6.4).
  if (generation === 'rfc9990' && record.testing)
    return { disposition: milder[policy], ...because('policy_test_mode') };
  if (generation === 'rfc7489' && record.pct === 0) return { disposition: milder[policy], ...because('sampled_out') };
  if (leniency === 'mailing_list') return { disposition: 'none', ...because('mailing_list') };
  if (leniency === 'trusted_forwarder') return { disposition: 'none', ...because('trusted_forwarder', 'arc=pass') };
  if (leniency === 'quarantines' && policy === 'reject')
    return { disposition: 'quarantine', ...because('local_policy') };
  return { disposition: policy };
}
