import { addressesIn, exchangersIn, selectRecord } from './lookup.ts';
import { expand, isAskable, targetName } from './macro.ts';
import { ResolverError } from '../dns/index.ts';
import type { MacroString } from './macro.ts';
import type { Selection, SpfLimits } from './lookup.ts';
import type { Answer, IpAddress, RecordType, Resolver } from '../dns/index.ts';

/** Records fetched for one compilation. A tree an evaluation can walk holds ten; one that is far larger is not worth the questions. */
const maxRecords = 200;
/** Questions asked for one compilation. */
const maxQuestions = 3000;

/** What came of a question: an answer, a failure, or nothing because too many were asked already. */
export type Asked<T extends RecordType> = Answer<T> | ResolverError | undefined;

/** All answers a tree of records needs, fetched beforehand, so that what follows waits for nothing. */
export interface Graph {
  /** The domain at the top: what `%{o}` stands for. */
  readonly root: string;
  readonly limits: SpfLimits;
  answer<T extends RecordType>(name: string, type: T): Asked<T>;
  /** How many questions were asked. */
  readonly questions: number;
  /** Seconds: the least of all answers. */
  readonly ttl: number;
}

/** The name a domain-spec stands for when neither the client nor the message plays a part in it; `undefined` when they do. */
export function staticTarget(
  spec: MacroString | undefined,
  domain: string,
  root: string,
  family: 4 | 6,
): string | undefined {
  if (spec === undefined) return domain;
  if (spec.fixed !== undefined) return spec.fixed;
  for (const letter of spec.letters) if (letter !== 'd' && letter !== 'o' && letter !== 'v') return undefined;
  const ip: IpAddress = { family, a: 0, b: 0, c: 0, d: 0 };
  const values = {
    ip,
    domain,
    senderDomain: root,
    sender: '',
    localPart: '',
    helo: '',
    receiver: '',
    time: 0,
    validated: '',
  };
  return targetName(expand(spec, values));
}

/** The record of a domain in a graph: its selection, a failure, or that it was not fetched. */
export function recordIn(graph: Graph, domain: string): { answer: Asked<'TXT'>; selection: Selection | undefined } {
  const answer = graph.answer(domain, 'TXT');
  return {
    answer,
    selection: answer === undefined || answer instanceof ResolverError ? undefined : selectRecord(answer),
  };
}

/** Whether check_host() asks for the record of a domain at all (RFC 7208 §4.3). */
export function isMultiLabel(domain: string): boolean {
  return isAskable(domain) && domain.includes('.') && !domain.startsWith('[');
}

/** Fetches the records of a domain and of all they lead to, those of one depth at once. Failures are kept as answers. */
export async function fetchGraph(root: string, resolver: Resolver, limits: SpfLimits): Promise<Graph> {
  const answers = new Map<string, Asked<RecordType>>();
  let waiting: Promise<unknown>[] = [];
  let records = 0;
  let ttl = 0x7fff_ffff;

  const ask = <T extends RecordType>(name: string, type: T, then?: (answer: Answer<T>) => void): void => {
    const key = `${type} ${name}`;
    if (answers.has(key) || answers.size >= maxQuestions) return;
    answers.set(key, undefined);
    waiting.push(
      resolver(name, type).then(
        (answer) => {
          answers.set(key, answer);
          ttl = Math.min(ttl, answer.ttl);
          then?.(answer);
        },
        (error: unknown) => {
          if (!(error instanceof ResolverError)) throw error;
          answers.set(key, error);
          ttl = 0;
        },
      ),
    );
  };
  const askHost = (name: string): void => {
    ask(name, 'A');
    ask(name, 'AAAA');
  };

  const fetchRecord = (domain: string): void => {
    if (!isMultiLabel(domain) || answers.has(`TXT ${domain}`) || records >= maxRecords) return;
    records += 1;
    ask(domain, 'TXT', (answer) => {
      const selection = selectRecord(answer);
      if (selection.kind !== 'one' || !selection.reading.ok) return;
      const record = selection.reading.value;
      for (const directive of record.directives) {
        if (directive.kind === 'all') break;
        if ('network' in directive || directive.kind === 'ptr') continue;
        for (const family of [4, 6] as const) {
          const target = staticTarget(directive.domain, domain, root, family);
          if (target === undefined || target === '') continue;
          if (directive.kind === 'include') fetchRecord(target);
          else if (directive.kind === 'exists') ask(target, 'A');
          else if (directive.kind === 'a') ask(target, family === 4 ? 'A' : 'AAAA');
          else {
            ask(target, 'MX', (hosts) => {
              const names = exchangersIn(hosts);
              if (names.length <= limits.mailExchangers) for (const name of names) if (isAskable(name)) askHost(name);
            });
          }
        }
      }
      const { redirect } = record;
      if (redirect === undefined) return;
      for (const family of [4, 6] as const) {
        const target = staticTarget(redirect.value, domain, root, family);
        if (target !== undefined && target !== '') fetchRecord(target);
      }
    });
  };

  fetchRecord(root);
  while (waiting.length > 0) {
    const now = waiting;
    waiting = [];
    await Promise.all(now);
  }
  return {
    root,
    limits,
    questions: answers.size,
    ttl,
    answer: <T extends RecordType>(name: string, type: T) => answers.get(`${type} ${name}`) as Asked<T>,
  };
}

/** What a host of a graph has: addresses of a family, none, a failure, or not fetched. */
export function hostIn(
  graph: Graph,
  name: string,
  family: 4 | 6,
): readonly IpAddress[] | 'void' | ResolverError | undefined {
  const answer = graph.answer(name, family === 4 ? 'A' : 'AAAA');
  if (answer === undefined || answer instanceof ResolverError) return answer;
  return answer.kind === 'records' ? addressesIn(answer) : 'void';
}
