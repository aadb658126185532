// The SPF records of a domain as they stood, day by day: a version for every stretch of days between two changes of a record that its tree
// asks for, each compiled once. A version knows since when all that it leans on was kept.
import { ResolverError } from '../../../standards/dns/index.ts';
import type { Answer, RecordType, Resolver } from '../../../standards/dns/index.ts';
import { compile } from '../../../standards/spf/index.ts';
import type { SpfCompiled } from '../../../standards/spf/index.ts';
import type { Day } from '../../history.ts';

/** A record set that was seen to be another one than before, in what SPF reads of it. */
export interface RecordTurn {
  readonly name: string;
  readonly type: RecordType;
  /** The last day on which it was seen as it was before, and the first on which it was seen as it is after. */
  readonly seenUntil: Day;
  readonly day: Day;
  readonly before: Answer;
  readonly after: Answer;
}

/** What was kept of the DNS, as far as drift asks for it. */
export interface RecordDays {
  /** The world of a day. */
  at(day: Day): Resolver;
  /** The changes of a record set that SPF can feel, rising by day; an alias at its name among them. */
  turnsOf(name: string, type: RecordType): readonly RecordTurn[];
  /** The first day of which anything is kept of a record set; `Infinity` when nothing is. */
  keptSince(name: string, type: RecordType): Day;
}

/** The records of a domain in one world. */
export interface SpfLook {
  readonly compiled: SpfCompiled;
  /** What was asked, as `type name`. */
  readonly asked: ReadonlySet<string>;
  /** Whether nothing is known of some name in the tree: then a temperror is ours, and not the world's. */
  readonly lacks: boolean;
}

/** The records of a domain between two changes. */
export interface SpfVersion extends SpfLook {
  /** The days on which mail may have met it: the days between two looks at a record may belong to either side, and so does the day of a look. */
  readonly from: Day;
  readonly until: Day;
  /** The first day of which everything it leans on was kept. */
  readonly keptSince: Day;
}

/** Compiles the records of a domain, and notes what it asks. @throws what the resolver throws, but for a world that does not answer */
export async function lookAtSpf(domain: string, resolver: Resolver): Promise<SpfLook> {
  const asked = new Set<string>();
  let lacks = false;
  const compiled = await compile(domain, async (name, type) => {
    asked.add(`${type} ${name.toLowerCase()}`);
    try {
      return await resolver(name, type);
    } catch (error) {
      if (error instanceof ResolverError && error.code === 'dns/unknown-name') lacks = true;
      throw error;
    }
  });
  return { compiled, asked, lacks };
}

/** The versions of the SPF records of domains, found when they are first asked for. */
export class SpfDays {
  readonly #days: RecordDays;
  readonly #resolvers = new Map<Day, Resolver>();

  constructor(days: RecordDays) {
    this.#days = days;
  }

  /** The versions of a domain's records, from the one of a day on. */
  async versionsOf(domain: string, since: Day): Promise<readonly SpfVersion[]> {
    const versions: SpfVersion[] = [];
    let from = -Infinity;
    for (let day = since; ;) {
      const look = await lookAtSpf(domain, this.#at(day));
      const turns = turnsIn(look.asked, this.#days);
      const next = turns.find((turn) => turn.day > day);
      let keptSince = -Infinity;
      for (const key of look.asked) keptSince = Math.max(keptSince, this.#days.keptSince(...asQuestion(key)));
      versions.push({ ...look, from, until: next === undefined ? Infinity : next.day, keptSince });
      if (next === undefined) return versions;
      day = next.day;
      from = Math.min(...turns.filter((turn) => turn.day === day).map(({ seenUntil }) => seenUntil));
    }
  }

  /** The changes of the records that versions lean on after a day, rising. */
  turnsOf(versions: readonly SpfVersion[], since: Day): readonly RecordTurn[] {
    const asked = new Set(versions.flatMap((version) => [...version.asked]));
    return turnsIn(asked, this.#days).filter(({ day }) => day > since);
  }

  #at(day: Day): Resolver {
    let known = this.#resolvers.get(day);
    if (known === undefined) this.#resolvers.set(day, (known = this.#days.at(day)));
    return known;
  }
}

function turnsIn(asked: ReadonlySet<string>, days: RecordDays): RecordTurn[] {
  const turns = [...asked].flatMap((key) => days.turnsOf(...asQuestion(key)));
  return turns.sort((one, other) => one.day - other.day || (one.name < other.name ? -1 : 1));
}

function asQuestion(key: string): [name: string, type: RecordType] {
  const space = key.indexOf(' ');
  return [key.slice(space + 1), key.slice(0, space) as RecordType];
}
