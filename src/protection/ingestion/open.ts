// long because: every wrapping may lie in any other, so those that open them call each other.
import { assertNever } from '../../standards/problem.ts';
import type { Problem } from '../../standards/problem.ts';
import { defaultTlsLimits } from '../../standards/reports/tls/index.ts';
import { Budget, ChunkReader, Trail, hold } from './content.ts';
import type { Content } from './content.ts';
import { asText, isFailureReport, isOfInterest } from './interest.ts';
import { GzipStream, gunzipAtOnce } from './gzip.ts';
import { entryAtOnce, entryStream, inflateBare, zlibAtOnce, zlibStream } from './inflate.ts';
import { defaultLimits } from './limits.ts';
import type { IngestionLimits } from './limits.ts';
import { readMessage } from './mail.ts';
import { splitMbox } from './mbox.ts';
import { Names, inside, leftShut, nothing, refused, leaveUnread } from './place.ts';
import type { Opened, Place } from './place.ts';
import { headBytes, recognise } from './recognise.ts';
import { readZip } from './zip.ts';

/**
 * Opens what came, in whatever it is wrapped, and gives the documents inside, one after the other. The kind of everything is told
 * by its content. Nothing is thrown for what stands in the bytes; a source of chunks that fails is thrown as it fails.
 *
 * @param content all bytes, or chunks that are read once
 */
export async function* openArrival(
  content: Uint8Array | AsyncIterable<Uint8Array>,
  limits: IngestionLimits = defaultLimits,
): AsyncGenerator<Opened> {
  const budget = new Budget(limits);
  const place: Place = { entry: '', container: '', depth: 0, trail: Trail.begin() };
  if (content instanceof Uint8Array) {
    if (content.length > limits.arrivalBytes) yield refused(place, tooLarge(limits));
    else yield* open({ bytes: content }, place, budget);
    return;
  }
  const chunks = new ChunkReader(bounded(content, limits, place.trail));
  try {
    yield* open({ chunks }, place, budget);
  } finally {
    await chunks.close();
  }
}

function tooLarge(limits: IngestionLimits): Problem {
  return { code: 'ingestion/too-large', values: { limit: limits.arrivalBytes } };
}

async function* bounded(
  chunks: AsyncIterable<Uint8Array>,
  limits: IngestionLimits,
  trail: Trail,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limits.arrivalBytes) {
      trail.refuse(tooLarge(limits));
      return;
    }
    yield chunk;
  }
}

async function* open(content: Content, place: Place, budget: Budget): AsyncGenerator<Opened> {
  const head = content.bytes ?? (await content.chunks.peek(headBytes));
  const found = recognise(head.length > headBytes ? head.subarray(0, headBytes) : head);
  switch (found.what) {
    case 'aggregate':
      yield reportAt(place, content);
      return;
    case 'gzip':
      yield* deeper(content, place, budget, openGzip);
      return;
    case 'zlib':
      yield* deeper(content, place, budget, openZlib);
      return;
    case 'zip':
      yield* deeper(content, place, budget, openZip);
      return;
    case 'mail':
      yield* deeper(content, place, budget, openMail);
      return;
    case 'mbox':
      yield* deeper(content, place, budget, openMbox);
      return;
    case 'base64':
      yield* deeper(content, place, budget, openBase64);
      return;
    case 'tls':
      yield* openTls(content, place, budget);
      return;
    case 'other-xml':
      yield* leaveUnread(content, place, 'other', { code: 'ingestion/other-xml', values: { root: found.root } });
      return;
    case 'other-json':
      yield* leaveUnread(content, place, 'other', { code: 'ingestion/other-json' });
      return;
    case 'html':
      yield* leaveUnread(content, place, 'other', { code: 'ingestion/html' });
      return;
    case 'foreign':
      yield* leaveUnread(content, place, 'other', {
        code: 'ingestion/foreign-format',
        values: { format: found.format },
      });
      return;
    case 'empty':
      yield nothing(place);
      return;
    case 'unknown': {
      const bare = content.bytes === undefined ? undefined : inflateBare(content.bytes);
      if (bare !== undefined && recognise(bare.subarray(0, headBytes)).what === 'aggregate') {
        budget.expand(bare.length);
        yield* open({ bytes: bare }, inside(place, 'deflate'), budget);
      } else yield* leaveUnread(content, place, 'other', { code: 'ingestion/unknown-content' });
      return;
    }
    default:
      assertNever(found);
  }
}

function reportAt({ entry, container, trail, message }: Place, content: Content): Opened {
  return { what: 'report', entry, container, content, trail, ...(message === undefined ? {} : { message }) };
}

/** A TLS report: read to its end, and given when it is small enough to be one. */
async function* openTls(content: Content, place: Place, budget: Budget): AsyncGenerator<Opened> {
  const problem = { code: 'ingestion/tls-report' };
  const held = await hold(content, budget, defaultTlsLimits.bytes, 'reports/tls-too-large');
  if ('problem' in held) {
    yield* leaveUnread(content, place, 'tls', held.problem);
    return;
  }
  try {
    yield* leaveUnread({ bytes: held.bytes }, place, 'tls', problem, { kind: 'tls', json: held.bytes });
  } finally {
    held.release();
  }
}

type Opener = (content: Content, place: Place, budget: Budget) => AsyncGenerator<Opened>;

async function* deeper(content: Content, place: Place, budget: Budget, opener: Opener): AsyncGenerator<Opened> {
  const { limits } = budget;
  if (place.depth >= limits.nesting) {
    yield refused(place, { code: 'ingestion/nested-too-deep', values: { limit: limits.nesting } });
    return;
  }
  const problem = budget.enter();
  if (problem === undefined) yield* opener(content, place, budget);
  else yield refused(place, problem);
}

/** Whether a text begins a document of its own, rather than going on with the one before. */
function beginsDocument(head: Uint8Array): boolean {
  return recognise(head.subarray(0, 4096)).what === 'aggregate' && /^\s*<(?:\?xml|feedback)/.test(asText(head, 64));
}

async function* openGzip(content: Content, place: Place, budget: Budget): AsyncGenerator<Opened> {
  const members = content.bytes === undefined ? undefined : gunzipAtOnce(content.bytes, budget, place.trail);
  if (members !== undefined) {
    // Members that continue a document belong to it, and what is amiss with them is amiss with it.
    const documents: { parts: Uint8Array[]; trail: Trail }[] = [];
    for (const { output, trail } of members) {
      const document = documents.at(-1);
      if (document === undefined || beginsDocument(output)) documents.push({ parts: [output], trail });
      else {
        document.parts.push(output);
        document.trail.absorb(trail);
      }
    }
    for (const [index, { parts, trail }] of documents.entries()) {
      const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
      const there = inside(place, 'gzip', index === 0 ? '' : `#${index + 1}`, trail);
      if (trail.fatal.length > 0) yield* broken(bytes, there);
      else yield* open({ bytes }, there, budget);
    }
    return;
  }
  const source = new GzipStream(readerOf(content), budget, place.trail, beginsDocument);
  for (let number = 1; source.more; number++) {
    const trail = place.trail.inside();
    const chunks = new ChunkReader(source.content(trail));
    try {
      yield* open({ chunks }, inside(place, 'gzip', number === 1 ? '' : `#${number}`, trail), budget);
      // Whoever had the document may have left its end unread.
      await chunks.drain();
    } finally {
      await chunks.close();
    }
    if (trail.fatal.length > 0 && budget.exhausted !== undefined) return;
  }
}

/** Bytes of a wrapping that is known to be broken: a report in them is still looked at, since its head says which one it was. */
async function* broken(bytes: Uint8Array, place: Place): AsyncGenerator<Opened> {
  if (recognise(bytes.subarray(0, headBytes)).what === 'aggregate') {
    yield reportAt(place, { bytes });
  } else yield nothing(place);
}

async function* openZlib(content: Content, place: Place, budget: Budget): AsyncGenerator<Opened> {
  const there = inside(place, 'zlib', '', place.trail.inside());
  const bytes = content.bytes === undefined ? undefined : zlibAtOnce(content.bytes);
  if (bytes !== undefined) {
    const problem = budget.expand(bytes.length);
    if (problem === undefined) yield* open({ bytes }, there, budget);
    else yield refused(there, problem);
    return;
  }
  yield* openStream(zlibStream(readerOf(content), budget, there.trail), there, budget);
}

async function* openStream(stream: AsyncIterable<Uint8Array>, place: Place, budget: Budget): AsyncGenerator<Opened> {
  const chunks = new ChunkReader(stream);
  try {
    yield* open({ chunks }, place, budget);
  } finally {
    await chunks.close();
  }
}

async function* openZip(content: Content, place: Place, budget: Budget): AsyncGenerator<Opened> {
  const { limits } = budget;
  const held = await hold(content, budget, limits.heldBytes, 'ingestion/zip-too-large');
  if ('problem' in held) {
    yield refused(place, held.problem);
    return;
  }
  try {
    const directory = await readZip(held.bytes, limits);
    if ('problem' in directory) {
      yield refused(inside(place, 'zip'), directory.problem);
      return;
    }
    if (directory.entries.length === 0) {
      yield refused(inside(place, 'zip'), { code: 'ingestion/nothing-inside' });
      return;
    }
    const names = new Names();
    for (const [index, entry] of directory.entries.entries()) {
      const trail = place.trail.inside();
      if (directory.trailingBytes) trail.doubt({ code: 'ingestion/zip-trailing-bytes' });
      if (directory.junk > 0 && index === 0) {
        trail.note({ code: 'ingestion/zip-junk', values: { entries: directory.junk } });
      }
      const there = inside(place, 'zip', names.unique(entry.name), trail);
      const problem = entry.problem ?? budget.enter();
      if (problem !== undefined) {
        yield refused(there, problem);
      } else {
        const bytes = entryAtOnce(entry.data, entry, budget, trail);
        if (bytes === undefined) {
          yield* openStream(entryStream(entry.data, entry, budget, trail, readerOfBytes), there, budget);
        } else if (trail.fatal.length > 0) yield* broken(bytes, there);
        else yield* open({ bytes }, there, budget);
      }
      if (budget.exhausted === undefined) continue;
      yield* leftShut(inside(place, 'zip'), budget, directory.entries.length - index - 1);
      return;
    }
  } finally {
    held.release();
  }
}

async function* openMail(content: Content, place: Place, budget: Budget): AsyncGenerator<Opened> {
  const { limits } = budget;
  const held = await hold(content, budget, limits.messageBytes, 'ingestion/message-too-large');
  if ('problem' in held) {
    yield refused(place, held.problem);
    return;
  }
  try {
    if (place.trail.fatal.length > 0) {
      yield refused(inside(place, 'mail'));
      return;
    }
    const bytes = withoutLead(held.bytes);
    const message = await readMessage(bytes, limits);
    if ('problem' in message) {
      yield refused(inside(place, 'mail'), message.problem);
      return;
    }
    if (isFailureReport(message)) {
      const { entry, container } = inside(place, 'mail');
      const problems = [{ code: 'ingestion/failure-report' }];
      const parts = message.parts.map(({ type, bytes }) => ({ contentType: type, content: bytes }));
      yield {
        what: 'not-understood',
        entry,
        container,
        kind: 'failure',
        problems,
        other: { kind: 'failure', parts },
      };
      return;
    }
    if (message.reportType === 'delivery-status' || message.reportType === 'disposition-notification') {
      // What came back may be a report that we sent: it says nothing of mail as us.
      const { entry, container } = inside(place, 'mail');
      yield {
        what: 'not-understood',
        entry,
        container,
        kind: 'other',
        problems: [{ code: 'ingestion/delivery-status' }],
      };
      return;
    }
    const names = new Names();
    let documents = 0;
    for (const [index, part] of message.parts.entries()) {
      if (budget.exhausted !== undefined) {
        yield* leftShut(inside(place, 'mail'), budget, message.parts.slice(index).filter(isOfInterest).length);
        return;
      }
      if (!isOfInterest(part)) continue;
      const problem = budget.enter();
      const name = names.unique(part.name === '' ? `part ${index + 1}` : part.name);
      const there = { ...inside(place, 'mail', name, place.trail.inside()), message: bytes };
      if (problem === undefined) yield* open({ bytes: part.bytes }, there, budget);
      else yield refused(there, problem);
      documents += 1;
    }
    if (documents === 0) {
      const { entry, container } = inside(place, 'mail');
      yield {
        what: 'not-understood',
        entry,
        container,
        kind: 'other',
        problems: [{ code: 'ingestion/no-report-in-mail' }],
      };
    }
  } finally {
    held.release();
  }
}

async function* openMbox(content: Content, place: Place, budget: Budget): AsyncGenerator<Opened> {
  if (place.depth === 0) {
    yield* openMessages(content, place, budget);
    return;
  }
  // Whether the wrapping is sound shows at its end: no message in it may count before that.
  const held = await hold(content, budget, budget.limits.heldBytes, 'ingestion/mbox-too-large');
  if ('problem' in held) {
    yield refused(place, held.problem);
    return;
  }
  try {
    if (place.trail.fatal.length > 0) yield refused(inside(place, 'mbox'));
    else yield* openMessages({ bytes: held.bytes }, place, budget);
  } finally {
    held.release();
  }
}

async function* openMessages(content: Content, place: Place, budget: Budget): AsyncGenerator<Opened> {
  let number = 0;
  for await (const message of splitMbox(readerOf(content), budget.limits.messageBytes)) {
    number += 1;
    const there = inside(place, 'mbox', `#${number}`, place.trail.inside());
    if (message.bytes === undefined) {
      const limit = budget.limits.messageBytes;
      yield refused(there, { code: 'ingestion/message-too-large', values: { limit } });
      continue;
    }
    const problem = budget.enter();
    if (problem !== undefined) {
      yield refused(there, problem);
      yield* leftShut(inside(place, 'mbox'), budget);
      return;
    }
    yield* open({ bytes: message.bytes }, there, budget);
    if (budget.exhausted !== undefined) {
      yield* leftShut(inside(place, 'mbox'), budget);
      return;
    }
  }
  if (number === 0 || place.trail.fatal.length > 0) yield nothing(inside(place, 'mbox'));
}

async function* openBase64(content: Content, place: Place, budget: Budget): AsyncGenerator<Opened> {
  const held = await hold(content, budget, budget.limits.messageBytes, 'ingestion/message-too-large');
  if ('problem' in held) {
    yield refused(place, held.problem);
    return;
  }
  try {
    const text = Buffer.from(held.bytes.buffer, held.bytes.byteOffset, held.bytes.length).toString('latin1');
    const trail = place.trail.inside();
    trail.note({ code: 'ingestion/bare-base64' });
    yield* open({ bytes: Buffer.from(text, 'base64') }, inside(place, 'base64', '', trail), budget);
  } finally {
    held.release();
  }
}

/** A message without the byte order mark or blank lines that something put before its header. */
function withoutLead(bytes: Uint8Array): Uint8Array {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (bytes[at] === 0x0d || bytes[at] === 0x0a) at += 1;
  return bytes.subarray(at);
}

function readerOf(content: Content): ChunkReader {
  return content.chunks ?? readerOfBytes(content.bytes);
}

/** Held bytes as chunks that are small enough to be watched. */
function readerOfBytes(bytes: Uint8Array): ChunkReader {
  return new ChunkReader(slices(bytes));
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
