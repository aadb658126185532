// What a simulation is made of, and which mail and records it is about.
import type { DmarcRecord } from '../../../standards/dmarc/index.ts';
import type { Resolver } from '../../../standards/dns/index.ts';
import type { History, Where } from '../../history.ts';
import type { Inventory } from '../../inventory/index.ts';
import type { RecordDays } from '../drift/index.ts';
import type { PublishedDays } from './published.ts';
import type { ShownRules } from './receivers.ts';

/** What a simulation is made of. */
export interface SimulationSources {
  readonly history: History;
  /** What was published on each day; `now` is the world that changes are laid over. */
  readonly published: Pick<PublishedDays, 'at' | 'changes' | 'isEmpty'> & RecordDays;
  readonly now: Resolver;
  /** Who mails as us; without it every stream is unknown, and all mail undecided. */
  readonly inventory?: Inventory | undefined;
  /** Stands in for a DMARC record at a name of which the resolver knows nothing: what reports say was published there. */
  readonly reported?: (domain: string) => DmarcRecord | undefined;
  /** What reports show of how their writers find policies; without it, each is taken to do so as the text has it that it follows. */
  readonly shown?: readonly ShownRules[] | undefined;
}

export interface SimulationOptions {
  /** Only this mail. */
  readonly where?: Where;
  /**
   * `now`: all mail meets the records of now, with the change and without it, at receivers as they are now. `then`: each message
   * meets the records of its own day; what became of it is what the reports say, and what the change does is laid over that day.
   */
  readonly records: 'now' | 'then';
  /** Whether results by day are wanted. */
  readonly byDay?: boolean;
  /**
   * With `records: 'now'`: whether the SPF results that reports show are held against the records that changed since, so that mail meets
   * what SPF would say of it today. Without, SPF stays what reports say it was.
   */
  readonly drift?: boolean;
}
