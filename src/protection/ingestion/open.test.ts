import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { defaultLimits } from './limits.ts';
import type { IngestionLimits } from './limits.ts';
import { openArrival } from './open.ts';

const xml =
  '<?xml version="1.0"?>\n<feedback>\n<report_metadata><org_name>a</org_name></report_metadata>\n</feedback>\n';
const other = xml.replace('>a<', '>b<');
const gz = gzipSync(xml);

interface Entry {
  name: string;
  data: Buffer | string;
  stored?: boolean;
  flags?: number;
  method?: number;
  /** What the directory says in place of the truth. */
  size?: number;
  crc?: number;
  compressedSize?: number;
  offset?: number;
  descriptor?: boolean;
}

/** Writes a zip (APPNOTE 6.3.10), with the faults asked for. */
function zip(entries: Entry[], after = Buffer.alloc(0), count = entries.length): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const data = Buffer.from(entry.data);
    const body = entry.stored === true ? data : deflateRawSync(data);
    const name = Buffer.from(entry.name);
    const flags = (entry.flags ?? 0) | (entry.descriptor === true ? 8 : 0) | 0x800;
    const method = entry.method ?? (entry.stored === true ? 0 : 8);
    const crc = entry.crc ?? crc32(data);
    const sizes = [entry.compressedSize ?? body.length, entry.size ?? data.length];
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    if (entry.descriptor !== true) {
      local.writeUInt32LE(crc, 14);
      local.writeUInt32LE(sizes[0]!, 18);
      local.writeUInt32LE(sizes[1]!, 22);
    }
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(sizes[0]!, 20);
    central.writeUInt32LE(sizes[1]!, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(entry.offset ?? at, 42);
    directory.push(central, name);
    const descriptor = Buffer.alloc(entry.descriptor === true ? 16 : 0);
    if (entry.descriptor === true) {
      descriptor.writeUInt32LE(0x08074b50, 0);
      descriptor.writeUInt32LE(crc, 4);
      descriptor.writeUInt32LE(body.length, 8);
      descriptor.writeUInt32LE(data.length, 12);
    }
    if (entry.offset === undefined) {
      parts.push(local, name, body, descriptor);
      at += 30 + name.length + body.length + descriptor.length;
    }
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end, after]);
}

function mail(body: string, ...fields: string[]): Buffer {
  return Buffer.from(['From: r@a.example', 'MIME-Version: 1.0', ...fields, '', body].join('\r\n'), 'latin1');
}

function attached(data: Buffer, ...fields: string[]): Buffer {
  const part = ['--b', ...fields, 'Content-Transfer-Encoding: base64', '', data.toString('base64'), '--b--', ''].join(
    '\r\n',
  );
  return mail(part, 'Content-Type: multipart/mixed; boundary="b"');
}

function withTrailer(change: (trailer: Buffer) => Buffer): Buffer {
  return Buffer.concat([gz.subarray(0, -8), change(Buffer.from(gz.subarray(-8)))]);
}

/** Every document that is found: `report entry container [text or its length]`, `refused …` with codes, `not-understood …`. */
async function opened(content: Buffer, limits: IngestionLimits = defaultLimits, chunk = 0): Promise<string[]> {
  const found: string[] = [];
  for await (const document of openArrival(chunk === 0 ? content : chunks(content, chunk), limits)) {
    const place = `${document.entry || '.'} ${document.container || '.'}`;
    if (document.what !== 'report') {
      found.push(`${document.what} ${place} ${document.problems.map((problem) => problem.code.slice(10)).join(' ')}`);
      continue;
    }
    const parts: Uint8Array[] = [];
    if (document.content.bytes !== undefined) parts.push(document.content.bytes);
    else for await (const part of document.content.chunks) parts.push(part);
    const text = Buffer.concat(parts).toString('latin1');
    const is = text === xml ? 'a' : text === other ? 'b' : String(text.length);
    const codes = (['fatal', 'doubts', 'notes'] as const).flatMap((kind) =>
      document.trail[kind].map((problem) => `${kind}:${problem.code.slice(10)}`),
    );
    found.push(['report', place, is, ...codes].join(' '));
  }
  return found;
}

async function* chunks(content: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

/** What comes, and what is found in it. Told by content: no name or suffix takes part. */
const cases: [what: string, content: Buffer, found: string[]][] = [
  ['bare XML', Buffer.from(xml), ['report . . a']],
  ['XML without a declaration', Buffer.from('<feedback></feedback>'), ['report . . 21']],
  ['XML with a namespace prefix', Buffer.from('<d:feedback xmlns:d="x"/>'), ['report . . 25']],
  ['XML behind blank lines', Buffer.from(`\n\n  ${xml}`), [`report . . ${xml.length + 4}`]],
  ['XML with a byte order mark', Buffer.from(`\ufeff${xml}`), [`report . . ${xml.length + 3}`]],
  ['XML in UTF-16, with a mark', Buffer.from(`\ufeff${xml}`, 'utf16le'), [`report . . ${2 * xml.length + 2}`]],
  ['XML in UTF-16, without one', Buffer.from(xml, 'utf16le'), [`report . . ${2 * xml.length}`]],
  [
    'XML in UTF-16, big end first',
    Buffer.from(`\ufeff${xml}`, 'utf16le').swap16(),
    [`report . . ${2 * xml.length + 2}`],
  ],
  ['XML in Latin-1', Buffer.from(`<feedback><org_name>\xe9</org_name></feedback>`, 'latin1'), ['report . . 43']],
  ['XML behind a stray quote', Buffer.from(`"${xml}`), [`report . . ${xml.length + 1}`]],
  [
    'XML behind a comment of 3 kB',
    Buffer.from(`<!--${'x'.repeat(3000)}-->${xml}`),
    [`report . . ${xml.length + 3007}`],
  ],
  ['a report whose root is broken', Buffer.from('<feedbck><report_metadata></feedbck>'), ['report . . 36']],
  ['nothing', Buffer.alloc(0), ['refused . . empty']],
  ['blanks', Buffer.from(' \r\n\t'), ['refused . . empty']],
  ['the word "unused"', Buffer.from('unused'), ['not-understood . . unknown-content']],
  ['other XML', Buffer.from('<?xml version="1.0"?><rss/>'), ['not-understood . . other-xml']],
  ['a web page', Buffer.from('<!DOCTYPE html><html></html>'), ['not-understood . . html']],
  ['text', Buffer.from('note: nothing to see'), ['not-understood . . unknown-content']],
  ['a TLS report', Buffer.from('{"organization-name":"x","policies":[]}'), ['not-understood . . tls-report']],
  ['other JSON', Buffer.from('{"a":1}'), ['not-understood . . other-json']],
  ['7-Zip', Buffer.from('7z\xBC\xAF\x27\x1C....', 'latin1'), ['not-understood . . foreign-format']],

  ['gzip', gz, ['report . gzip a']],
  ['gzip in gzip', gzipSync(gz), ['report . gzip/gzip a']],
  ['gzip with a name, a comment and an extra field', gzipWithFields(), ['report . gzip a']],
  [
    'gzip in two members that make one document',
    Buffer.concat([gzipSync(xml.slice(0, 40)), gzipSync(xml.slice(40))]),
    ['report . gzip a'],
  ],
  [
    'gzip in two members that are two reports',
    Buffer.concat([gz, gzipSync(other)]),
    ['report . gzip a', 'report #2 gzip b'],
  ],
  [
    'gzip in two members, the first damaged',
    Buffer.concat([withTrailer((t) => (t.writeUInt32LE(7, 0), t)), gzipSync(other)]),
    ['report . gzip a fatal:gzip-checksum', 'report #2 gzip b'],
  ],
  [
    'gzip in two members, the second damaged',
    Buffer.concat([gzipSync(other), withTrailer((t) => (t.writeUInt32LE(7, 0), t))]),
    ['report . gzip b', 'report #2 gzip a fatal:gzip-checksum'],
  ],
  [
    'gzip in two members that make one document, the second damaged',
    Buffer.concat([gzipSync(xml.slice(0, 40)), damagedAround(Buffer.from(xml.slice(40)))]),
    ['report . gzip a fatal:gzip-checksum'],
  ],
  [
    'gzip in zlib, the outer one cut short',
    deflateSync(gz).subarray(0, -2),
    ['report . zlib/gzip a doubts:zlib-cut-short'],
  ],
  [
    'gzip in gzip, with bytes behind the inner one',
    gzipSync(Buffer.concat([gz, Buffer.alloc(2000, 'x')])),
    ['report . gzip/gzip a doubts:gzip-trailing-bytes'],
  ],
  ['gzip padded with zeros', Buffer.concat([gz, Buffer.alloc(100)]), ['report . gzip a']],
  [
    'gzip with a line end behind it (Mimecast)',
    Buffer.concat([gz, Buffer.from('\r\n')]),
    ['report . gzip a doubts:gzip-trailing-bytes'],
  ],
  ['gzip without its trailer', gz.subarray(0, -8), ['report . gzip a doubts:gzip-cut-short']],
  ['gzip with half its trailer', gz.subarray(0, -4), ['report . gzip a doubts:gzip-cut-short']],
  ['gzip with a wrong size', withTrailer((t) => (t.writeUInt32LE(7, 4), t)), ['report . gzip a doubts:gzip-size']],
  ['gzip with zeros for a trailer', withTrailer(() => Buffer.alloc(8)), ['report . gzip a doubts:gzip-no-checksum']],
  [
    'gzip with a wrong checksum',
    withTrailer((t) => (t.writeUInt32LE(7, 0), t)),
    ['report . gzip a fatal:gzip-checksum'],
  ],
  [
    'gzip cut in its data: what is there is read, for its name',
    gz.subarray(0, gz.length - 20),
    ['report . gzip 63 doubts:gzip-cut-short'],
  ],
  ['gzip cut in its header', gz.subarray(0, 9), ['refused . gzip gzip-header']],
  ['gzip cut behind its header', gz.subarray(0, 10), ['refused . gzip gzip-cut-short']],
  [
    'gzip with damaged data',
    Buffer.concat([gz.subarray(0, 10), Buffer.alloc(20, 0xff)]),
    ['refused . gzip gzip-damaged'],
  ],
  ['gzip of nothing', gzipSync(''), ['refused . gzip empty']],
  ['gzip of something else', gzipSync('hello, hello'), ['not-understood . gzip unknown-content']],
  ['zlib', deflateSync(xml), ['report . zlib a']],
  ['zlib cut short', deflateSync(xml).subarray(0, -2), ['report . zlib a doubts:zlib-cut-short']],
  [
    'zlib with a wrong checksum',
    Buffer.concat([deflateSync(xml).subarray(0, -1), Buffer.of(0)]),
    ['refused . zlib zlib-damaged'],
  ],
  ['bare deflate', deflateRawSync(xml), ['report . deflate a']],
  ['base64 that nothing announces', Buffer.from(gz.toString('base64')), ['report . base64/gzip a notes:bare-base64']],

  ['zip', zip([{ name: 'r.xml', data: xml }]), ['report r.xml zip a']],
  ['zip, stored', zip([{ name: 'r.xml', data: xml, stored: true }]), ['report r.xml zip a']],
  ['zip with a data descriptor', zip([{ name: 'r.xml', data: xml, descriptor: true }]), ['report r.xml zip a']],
  [
    'zip of several',
    zip([
      { name: 'a', data: xml },
      { name: 'b', data: other },
    ]),
    ['report a zip a', 'report b zip b'],
  ],
  [
    'zip of several with one name',
    zip([
      { name: 'a', data: xml },
      { name: 'a', data: other },
    ]),
    ['report a zip a', 'report a#2 zip b'],
  ],
  ['zip of a gzip', zip([{ name: 'r.xml.gz', data: gz }]), ['report r.xml.gz zip/gzip a']],
  ['zip in zip', zip([{ name: 'i.zip', data: zip([{ name: 'r', data: xml }]) }]), ['report i.zip/r zip/zip a']],
  ['gzip of a zip', gzipSync(zip([{ name: 'r', data: xml }])), ['report r gzip/zip a']],
  [
    'zip with a folder and leavings',
    zip([
      { name: 'f/', data: '' },
      { name: '__MACOSX/f/._r', data: 'x' },
      { name: 'f/r', data: xml },
    ]),
    ['report f/r zip a notes:zip-junk'],
  ],
  ['zip with a path that leads out', zip([{ name: '../../etc/passwd', data: xml }]), ['report ../../etc/passwd zip a']],
  [
    'zip with bytes behind it',
    zip([{ name: 'r', data: xml }], Buffer.from('\r\n')),
    ['report r zip a doubts:zip-trailing-bytes'],
  ],
  ['zip of nothing', zip([]), ['refused . zip nothing-inside']],
  [
    'zip, encrypted, beside one that is not',
    zip([
      { name: 'e', data: xml, flags: 1 },
      { name: 'r', data: xml },
    ]),
    ['refused e zip zip-encrypted', 'report r zip a'],
  ],
  ['zip with strong encryption', zip([{ name: 'e', data: xml, flags: 0x41 }]), ['refused . zip zip-directory']],
  ['zip with an unknown method', zip([{ name: 'e', data: xml, method: 12 }]), ['refused e zip zip-method']],
  ['zip that promises fewer bytes', zip([{ name: 'r', data: xml, size: 10 }]), ['report r zip a fatal:zip-size']],
  ['zip that promises more bytes', zip([{ name: 'r', data: xml, size: 1000 }]), ['report r zip a fatal:zip-size']],
  ['zip with a wrong checksum', zip([{ name: 'r', data: xml, crc: 1 }]), ['report r zip a fatal:zip-checksum']],
  ['zip whose data is cut', zip([{ name: 'r', data: xml, compressedSize: 20 }]), ['refused r zip zip-damaged']],
  [
    'zip whose entries share data',
    zip([
      { name: 'a', data: xml },
      { name: 'b', data: xml, offset: 0 },
    ]),
    ['refused . zip zip-overlap'],
  ],
  ['zip without its end', zip([{ name: 'r', data: xml }]).subarray(0, -10), ['refused . zip zip-cut-short']],
  [
    'zip with a directory that is elsewhere',
    zip([
      { name: 'a', data: xml },
      { name: 'r', data: xml, offset: 5 },
    ]),
    ['refused . zip zip-directory'],
  ],
  [
    'zip with fewer entries than it says',
    zip([{ name: 'r', data: xml }], Buffer.alloc(0), 2),
    ['refused . zip zip-directory'],
  ],

  ['mail with XML for its body', mail(xml), ['report part 1 mail a']],
  [
    'mail with a gzip attached',
    attached(gz, 'Content-Type: application/gzip; name="r.xml.gz"'),
    ['report r.xml.gz mail/gzip a'],
  ],
  [
    'as octet-stream',
    attached(gz, 'Content-Type: application/octet-stream; name=r.xml.gz'),
    ['report r.xml.gz mail/gzip a'],
  ],
  [
    'as x-gzip, its name in the disposition',
    attached(gz, 'Content-Type: application/x-gzip', 'Content-Disposition: attachment; filename="r"'),
    ['report r mail/gzip a'],
  ],
  ['as text/plain, without a name', attached(gz, 'Content-Type: text/plain'), ['report part 1 mail/gzip a']],
  [
    'with ContentType for Content-Type',
    attached(gz, 'ContentType: application/gzip; name="r.gz"'),
    ['report r.gz mail/gzip a'],
  ],
  [
    'a zip called gzip',
    attached(zip([{ name: 'r.xml', data: xml }]), 'Content-Type: application/gzip; name="r.xml.gz"'),
    ['report r.xml.gz/r.xml mail/zip a'],
  ],
  ['a gzip called zip', attached(gz, 'Content-Type: application/zip; name="r.zip"'), ['report r.zip mail/gzip a']],
  [
    'base64 that the part does not announce',
    mail(
      `--b\r\nContent-Type: application/gzip\r\n\r\n${gz.toString('base64')}\r\n--b--`,
      'Content-Type: multipart/mixed; boundary=b',
    ),
    ['report part 1 mail/base64/gzip a notes:bare-base64'],
  ],
  [
    'an attachment that is damaged',
    attached(gz.subarray(0, 30), 'Content-Type: application/gzip; name="r.xml.gz"'),
    ['refused r.xml.gz mail/gzip gzip-cut-short'],
  ],
  [
    'an attachment that is empty',
    attached(Buffer.alloc(0), 'Content-Type: application/gzip; name="r.xml.gz"'),
    ['refused r.xml.gz mail empty'],
  ],
  [
    'an attachment that is no report',
    attached(Buffer.from('x'), 'Content-Type: application/gzip; name="r.xml.gz"'),
    ['not-understood r.xml.gz mail unknown-content'],
  ],
  [
    'a message forwarded as an attachment',
    attached(attached(gz, 'Content-Type: application/gzip; name=r.gz'), 'Content-Type: message/rfc822; name=f.eml'),
    ['report f.eml/r.gz mail/mail/gzip a'],
  ],
  [
    'a message forwarded as octet-stream',
    attached(
      attached(gz, 'Content-Type: application/gzip; name=r.gz'),
      'Content-Type: application/octet-stream',
      'Content-Disposition: attachment; filename=f.eml',
    ),
    ['report f.eml/r.gz mail/mail/gzip a'],
  ],
  [
    'a message behind blank lines and a byte order mark',
    Buffer.concat([Buffer.from('\ufeff\r\n\n'), mail(xml)]),
    ['report part 1 mail a'],
  ],
  [
    'a letter that speaks of <feedback>',
    mail('Attached: one <feedback> with records'),
    ['not-understood . mail no-report-in-mail'],
  ],
  [
    'a delivery status that returns a report',
    mail(
      `--b\r\nContent-Type: application/gzip\r\nContent-Transfer-Encoding: base64\r\n\r\n${gz.toString('base64')}\r\n--b--`,
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    ),
    ['not-understood . mail delivery-status'],
  ],
  [
    'a message packed by Outlook (winmail.dat)',
    attached(Buffer.from('789f3e22', 'hex'), 'Content-Type: application/ms-tnef; name=winmail.dat'),
    ['not-understood winmail.dat mail foreign-format'],
  ],
  ['mail without a report', mail('Good morning'), ['not-understood . mail no-report-in-mail']],
  [
    'a failure report',
    mail(
      '--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: auth-failure\r\n--b--',
      'Content-Type: multipart/mixed; boundary=b',
    ),
    ['not-understood . mail failure-report'],
  ],
  [
    'a failure report of Exim',
    mail('A message claiming to be from you has failed the published DMARC policy for your domain.'),
    ['not-understood . mail failure-report'],
  ],
  [
    'an mbox in a gzip',
    gzipSync(
      Buffer.concat([
        Buffer.from('From a@b Thu Jan  1 00:00:00 2026\n'),
        attached(gz, 'Content-Type: application/gzip; name=r.gz'),
        Buffer.from('\n\nFrom a@b Thu Jan  1 00:00:00 2026\n'),
        mail('x'),
      ]),
    ),
    ['report #1/r.gz gzip/mbox/mail/gzip a', 'not-understood #2 gzip/mbox/mail no-report-in-mail'],
  ],
];

/** A gzip whose checksum does not match what is in it. */
function damagedAround(data: Buffer): Buffer {
  const bytes = gzipSync(data);
  bytes[bytes.length - 8]! ^= 1;
  return bytes;
}

function gzipWithFields(): Buffer {
  const head = Buffer.from(gz.subarray(0, 10));
  head[3] = 4 | 8 | 16 | 2;
  return Buffer.concat([head, Buffer.from('\x03\0abcname\0comment\0\x12\x34', 'latin1'), gz.subarray(10)]);
}

/** What shows only at the end of a stream: held, such a gzip is refused before anything is made of its content. */
const late: typeof cases = [
  ['gzip in gzip, the outer one damaged', damagedAround(gz), ['report . gzip/gzip a fatal:gzip-checksum']],
  [
    'gzip in a damaged gzip, with bytes behind the inner one',
    damagedAround(Buffer.concat([gz, Buffer.alloc(2000, 'x')])),
    ['report . gzip/gzip a fatal:gzip-checksum doubts:gzip-trailing-bytes'],
  ],
  [
    'a mailbox in a damaged gzip',
    damagedAround(Buffer.concat([Buffer.from('From a@b Thu Jan  1 00:00:00 2026\n'), mail(xml)])),
    ['refused . gzip/mbox gzip-checksum'],
  ],
  ['a message in a damaged gzip', damagedAround(mail(xml)), ['refused . gzip/mail gzip-checksum']],
  [
    'a zip in a damaged gzip',
    damagedAround(zip([{ name: 'r', data: xml }])),
    ['report r gzip/zip a fatal:gzip-checksum'],
  ],
];

describe('openArrival', () => {
  for (const [what, content, found] of cases) {
    it(what, async () => assert.deepEqual(await opened(content), found));
    // Bare deflate is looked for in small files only, which are held.
    if (what === 'bare deflate') continue;
    it(`${what}, in chunks of 7 bytes`, async () => {
      const streamed = await opened(content, defaultLimits, 7);
      // Read in pieces, a zlib whose checksum is wrong has given its text before that shows.
      if (what === 'zlib with a wrong checksum') assert.match(streamed[0] ?? '', /^(?:refused|report) .*zlib-damaged/);
      else assert.deepEqual(streamed, found);
    });
  }
});

describe('a gzip whose checksum is wrong counts nothing of what is in it', () => {
  for (const [what, content, found] of late) {
    it(what, async () => assert.deepEqual(await opened(content), ['refused . gzip gzip-checksum']));
    it(`${what}, in chunks of 7 bytes`, async () => assert.deepEqual(await opened(content, defaultLimits, 7), found));
  }
});

describe('limits', () => {
  const zeros = gzipSync(Buffer.alloc(64 << 20));
  const spaces = gzipSync(xml + ' '.repeat(64 << 20));
  const small: IngestionLimits = {
    ...defaultLimits,
    arrivalBytes: 1 << 20,
    heldBytes: 8 << 20,
    messageBytes: 1 << 20,
    expandedBytes: 64 << 20,
    totalExpandedBytes: 64 << 20,
    ratioFromBytes: 32 << 20,
    nesting: 4,
    zipEntries: 20,
    totalEntries: 50,
  };
  const many = (count: number, data: Buffer | string): Entry[] =>
    Array.from({ length: count }, (_, i) => ({ name: `e${i}`, data }));
  const wrap = (times: number): Buffer => (times === 0 ? Buffer.from(xml) : gzipSync(wrap(times - 1)));
  const limited: [what: string, content: Buffer, limits: Partial<IngestionLimits>, found: RegExp][] = [
    ['an arrival that is too large', Buffer.alloc(2 << 20, 'x'), {}, /^refused \. \. too-large/],
    ['a gzip of 64 kB that makes 64 MB of zeros', zeros, {}, /^refused \. gzip expands-too-far/],
    ['a gzip of 64 kB that makes a report of 64 MB', spaces, {}, /^report \. gzip \d+ fatal:expands-too-far$/],
    [
      'one that stays under the ratio',
      spaces,
      { ratio: 2000, expandedBytes: 40 << 20 },
      /^report \. gzip \d+ fatal:expands-too-much$/,
    ],
    ['a bomb in a zip', zip([{ name: 'a', data: Buffer.alloc(64 << 20) }]), {}, /^refused a zip expands-too-far/],
    [
      'a zip that is too large to hold',
      gzipSync(zip([{ name: 'a', data: Buffer.alloc(9 << 20), stored: true }])),
      {},
      /^refused \. gzip zip-too-large/,
    ],
    ['a zip of too many entries', zip(many(21, xml)), {}, /^refused \. zip zip-entries/],
    [
      'a message that is too large',
      Buffer.concat([gzipSync(Buffer.concat([mail(''), Buffer.alloc(2 << 20, 'x')]))]),
      {},
      /^refused \. gzip message-too-large/,
    ],
    ['four wrappings', wrap(4), {}, /^report \. gzip\/gzip\/gzip\/gzip a$/],
    ['five wrappings', wrap(5), {}, /^refused \. gzip\/gzip\/gzip\/gzip nested-too-deep/],
    [
      'a million empty gzip members',
      Buffer.concat(Array.from({ length: 20_000 }, () => gzipSync(''))),
      {},
      /too-much-inside/,
    ],
  ];
  for (const [what, content, limits, expected] of limited) {
    for (const chunk of [0, 65_536]) {
      it(`${what}${chunk === 0 ? '' : ', streamed'}`, async () => {
        const found = await opened(content, { ...small, ...limits }, chunk);
        assert.match(found.join('\n'), expected);
        assert.equal(found.length, 1);
      });
    }
  }

  it('a zip of zips ends when too much has been opened, and says what was left', async () => {
    const inner = zip(many(20, 'x'));
    const found = await opened(zip(many(20, inner)), small);
    assert.ok(found.length < 60, `${found.length} documents`);
    assert.match(found.at(-1) ?? '', /^refused \. zip too-much-inside left-shut$/);
  });

  it('bombs beside one another share the total', async () => {
    const large = gzipSync(Buffer.alloc(16 << 20, ' '));
    const found = await opened(zip(many(6, large)), small);
    assert.match(found.at(-1) ?? '', /^refused \. zip expands-too-much left-shut$/);
    assert.ok(found.length < 6);
  });

  it('after three bombs the rest is left shut', async () => {
    const found = await opened(zip([{ name: 'r', data: xml }, ...many(5, zeros)]), {
      ...small,
      totalExpandedBytes: 1 << 30,
    });
    assert.deepEqual(found, [
      'report r zip a',
      'refused e0 zip/gzip expands-too-far',
      'refused e1 zip/gzip expands-too-far',
      'refused e2 zip/gzip expands-too-far',
      'refused . zip expands-too-far left-shut',
    ]);
  });

  it('a zip that holds itself ends', async () => {
    // Each level is a zip of the one before; what a quine does without end, this does 40 times.
    let nested = zip([{ name: 'r', data: xml }]);
    for (let i = 0; i < 40; i++) nested = zip([{ name: 'z.zip', data: nested }]);
    assert.match((await opened(nested)).join(), /^refused z\.zip.* nested-too-deep$/);
  });
});

describe('any bytes', () => {
  const wrappings: ((data: Buffer) => Buffer)[] = [
    (data) => data,
    (data) => gzipSync(data),
    (data) => zip([{ name: 'r.xml', data }]),
    (data) => attached(data, 'Content-Type: application/octet-stream; name=r'),
    (data) => deflateSync(data),
  ];
  const wrapped = fc
    .array(fc.constantFrom(...wrappings), { maxLength: 3 })
    .map((list) => list.reduce<Buffer>((data, wrap) => wrap(data), Buffer.from(xml)));

  it('are opened without an error, and never to a damaged report that nothing shows', async () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(wrapped, damage, fc.nat(), async (data, changes, cut) => {
        const bytes = Buffer.from(data);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        await opened(bytes.subarray(0, cut % 3 === 0 ? cut % bytes.length : bytes.length));
      }),
      { numRuns: 3000 },
    );
  });

  it('in a gzip, damage to the data is always told', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 10, max: gz.length - 9 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const bytes = Buffer.from(gz);
          bytes[at]! ^= flip;
          for (const found of await opened(bytes))
            assert.match(found, /^refused|fatal:|doubts:gzip-cut-short|^report \. gzip a$|^not-understood/);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('come to the same in chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(wrapped, fc.integer({ min: 1, max: 300 }), async (data, size) => {
        assert.deepEqual(await opened(data, defaultLimits, size), await opened(data));
      }),
      { numRuns: 300 },
    );
  });
});
