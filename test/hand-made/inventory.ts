// An inventory written by hand: streams and the combinations they are made of, for tests of what is done with one.
import { decisionVerdicts, kinds } from '../../src/protection/inventory/index.ts';
import type { Inventory, MailStream } from '../../src/protection/inventory/index.ts';

/** A stream, and its combinations as `source author-domain messages`. */
export interface WrittenStream {
  readonly stream: Partial<MailStream> & Pick<MailStream, 'id'>;
  readonly rows: readonly string[];
}

/** Puts an inventory together; what a stream does not say follows from its rows, or is nothing. */
export function inventoryOf(written: readonly WrittenStream[], period = { first: 20_000, last: 20_399 }): Inventory {
  const texts: string[] = [''];
  const idOf = (text: string): number => {
    if (text === '-') return 0;
    const known = texts.indexOf(text);
    return known > 0 ? known : texts.push(text) - 1;
  };
  const rows = written.flatMap(({ rows: lines }, stream) =>
    lines.map((line) => {
      const [source = '', domain = '', messages = '1'] = line.split(' ');
      return { source: idOf(source), authorDomain: idOf(domain), domain, messages: Number(messages), stream };
    }),
  );
  const ints = (of: (row: (typeof rows)[number]) => number): Int32Array => Int32Array.from(rows, of);
  const floats = (of: (row: (typeof rows)[number]) => number): Float64Array => Float64Array.from(rows, of);
  const text = (id: number): string | undefined => (id === 0 ? undefined : texts[id]);
  const streams = written.map(({ stream }, place): MailStream => {
    const own = rows.filter((row) => row.stream === place);
    const messages = own.reduce((sum, row) => sum + row.messages, 0);
    const domains = new Map<string, number>();
    for (const row of own) domains.set(row.domain, (domains.get(row.domain) ?? 0) + row.messages);
    return {
      name: stream.id,
      kind: 'own',
      confidence: 0.99,
      chances: { own: 0.99, third: 0, forwarder: 0, forged: 0.01, abused: 0 },
      sender: null,
      senderId: null,
      party: null,
      decision: 'undecided',
      purpose: null,
      messages,
      rows: own.length,
      sources: new Set(own.map((row) => row.source)).size,
      authorDomains: [...domains].map(([domain, count]) => ({ domain, messages: count })),
      networks: [],
      legs: { both: messages, dkimOnly: 0, spfOnly: 0, neither: 0, dkimStrict: messages, spfStrict: messages },
      setUp: { sender: null, signing: [], envelopes: [] },
      rhythm: { every: 'daily', activeDays: 1, nextExpected: null, sureness: 0 },
      first: period.first,
      last: period.last,
      reasons: [],
      question: null,
      ...stream,
    };
  });
  return {
    streams,
    combinations: {
      length: rows.length,
      source: ints((row) => row.source),
      auth: ints(() => 0),
      authorDomain: ints((row) => row.authorDomain),
      envelopeFrom: ints(() => 0),
      alignment: ints(() => 0),
      messages: floats((row) => row.messages),
      rows: floats(() => 1),
      firstDay: floats(() => period.first),
      lastDay: floats(() => period.last),
    },
    streamOf: ints((row) => row.stream),
    kindOf: Uint8Array.from(rows, (row) => kinds.indexOf(streams[row.stream]!.kind)),
    confidenceOf: Float32Array.from(rows, (row) => streams[row.stream]!.confidence),
    decisionOf: Uint8Array.from(rows, (row) => decisionVerdicts.indexOf(streams[row.stream]!.decision)),
    dictionaries: { address: text, name: text, reporter: text, auth: () => undefined, reasons: () => [] },
    period,
  };
}
