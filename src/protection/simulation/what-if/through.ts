// How mail that nobody wants would still get through once a change is made: which policy lets it, or by which leg it passes.
import { outcomeAt } from '../../../standards/spf/index.ts';
import { fates } from './judge.ts';
import type { Ask } from './judge.ts';
import { standings } from './mail.ts';
import type { Played, Simulation } from './simulation.ts';
import type { Through } from './result.ts';

interface Way {
  code: string;
  readonly values: Record<string, number | string>;
  messages: number;
}

const unwanted = standings.indexOf('thought-forged');

/** The ways of unwanted mail that is expected to be delivered, the widest first. Mail that passes by SPF is asked by address which term lets it. */
export async function throughs(simulation: Simulation, played: Played): Promise<Through[]> {
  const { mail, cells, cellOf, contexts, ledger, outcomes } = simulation;
  const ways = new Map<string, Way>();
  const known = new Map<string, Omit<Through, 'messages'>>();
  const add = (way: Omit<Through, 'messages'>, messages: number): void => {
    const key = `${way.code} ${JSON.stringify(way.values)}`;
    const sum = ways.get(key);
    if (sum === undefined) ways.set(key, { ...way, values: { ...way.values }, messages });
    else sum.messages += messages;
  };
  for (let row = 0; row < mail.length; row++) {
    const cell = cellOf[row]!;
    if (cells.standing[cell]! < unwanted) continue;
    const to = played.moved.get(row) ?? {
      outcome: played.outcome[cell]!,
      facts: played.facts[cell]!,
      pair: played.pair[cell]!,
    };
    const { likely, may } = outcomes.all[to.outcome]!;
    if (likely[0] === 0 || (may & fates.delivered) === 0) continue;
    const { generation } = contexts[cells.context[cell]!]!.habits;
    const { rfc9989, rfc7489 } = ledger.pairs[to.pair]!;
    const number = generation === 'rfc9989' ? rfc9989 : rfc7489;
    const ask = ledger.asks.values[number]!;
    const bySpf = ask.spf && !ask.dkim;
    const key = bySpf ? `${to.facts} ${cells.epoch[cell]!} ${mail.source[row]!}` : `${to.facts} ${number}`;
    let way = known.get(key);
    if (way === undefined) {
      way = bySpf
        ? await bySpfOf(simulation, played, to.facts, cells.epoch[cell]!, mail.source[row]!)
        : wayOf(simulation, ask, to.facts, likely[0] < 1);
      known.set(key, way);
    }
    add(way, mail.messages[row]! * likely[0]);
  }
  await tellShared(simulation, played, ways);
  return [...ways.values()].sort((a, b) => b.messages - a.messages || (a.code < b.code ? -1 : 1));
}

/** Says of a term that lets unwanted mail in how much wanted mail comes by it too. */
async function tellShared(simulation: Simulation, played: Played, ways: ReadonlyMap<string, Way>): Promise<void> {
  const bySpf = [...ways.values()].filter(({ code }) => code === 'simulation/through-spf');
  const domains = new Set(bySpf.map(({ values }) => values['domain']));
  if (domains.size === 0) return;
  const { mail, cells, cellOf, ledger } = simulation;
  const wanted = new Map<string, number>();
  const known = new Map<string, string>();
  for (let row = 0; row < mail.length; row++) {
    const cell = cellOf[row]!;
    if (cells.standing[cell]! > standings.indexOf('thought-ours')) continue;
    const facts = played.moved.get(row)?.facts ?? played.facts[cell]!;
    const passing = ledger.spfSets[ledger.facts[facts]!.spf]!.find(
      ({ result, domain }) => result === 'pass' && domains.has(domain),
    );
    if (passing === undefined) continue;
    const key = `${passing.domain} ${cells.epoch[cell]!} ${mail.source[row]!}`;
    let term = known.get(key);
    if (term === undefined) {
      const way = await bySpfOf(simulation, played, facts, cells.epoch[cell]!, mail.source[row]!);
      known.set(key, (term = String(way.values['term'])));
    }
    const at = `${passing.domain} ${term}`;
    wanted.set(at, (wanted.get(at) ?? 0) + mail.messages[row]!);
  }
  for (const way of bySpf) {
    const messages = wanted.get(`${way.values['domain']} ${way.values['term']}`);
    if (messages === undefined) continue;
    way.code = 'simulation/through-spf-shared';
    way.values['wanted'] = messages;
  }
}

function wayOf(simulation: Simulation, ask: Ask, facts: number, partly: boolean): Omit<Through, 'messages'> {
  const { ledger } = simulation;
  const { author, signatures } = ledger.facts[facts]!;
  const domain = ledger.authors[author]!;
  if (ask.dkim) {
    const set = ledger.signatureSets[signatures]!;
    const signature =
      set.find((each) => each.domain === domain) ?? set.find((each) => near(each.domain, domain)) ?? set[0];
    return {
      code: 'simulation/through-dkim',
      values: { signingDomain: signature?.domain ?? domain, selector: signature?.selector ?? '' },
    };
  }
  if (ask.result === 'none') return { code: 'simulation/through-no-policy', values: { domain } };
  if (ask.result === 'temperror') return { code: 'simulation/through-unknown', values: { domain } };
  const values = { tag: ask.policyTag ?? 'p', policy: ask.policy ?? 'none' };
  if (ask.likely[0] === 0) return { code: 'simulation/through-receiver', values: {} };
  if (ask.softened) return { code: 'simulation/through-softened', values };
  return partly ? { code: 'simulation/through-receiver', values: {} } : { code: 'simulation/through-policy', values };
}

function near(one: string, other: string): boolean {
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
}

async function bySpfOf(
  simulation: Simulation,
  played: Played,
  facts: number,
  epoch: number,
  source: number,
): Promise<Omit<Through, 'messages'>> {
  const { ledger } = simulation;
  const passing = ledger.spfSets[ledger.facts[facts]!.spf]!.find(({ result }) => result === 'pass');
  const domain = passing?.domain ?? '';
  const address = simulation.addresses.of(source);
  if (passing === undefined || address === undefined)
    return { code: 'simulation/through-spf', values: { domain, term: '' } };
  const { compiled } = await played.spf[epoch]!.compiled(domain);
  const { result, path } = outcomeAt(compiled, address);
  const [first] = path;
  const term = result === 'pass' && first !== undefined ? first.term.text : '';
  return { code: term === '' ? 'simulation/through-spf-untold' : 'simulation/through-spf', values: { domain, term } };
}
