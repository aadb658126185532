import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { defaultLimits } from './limits.ts';
import { isMisspelled, readAnyMessage, readMessage } from './mail.ts';
import type { Message } from './message.ts';
import { readPlainMessage } from './plain-message.ts';

const xml = '<feedback><report_metadata/></feedback>';
const lines = (...text: string[]): Buffer => Buffer.from(text.join('\r\n'), 'latin1');
const wrapped = Buffer.from(xml.repeat(8)).toString('base64').replace(/.{60}/g, '$&\r\n');

/** Messages, whether they are of plain shape, and what is in them: name, type, beginning. */
const messages: [
  what: string,
  plain: boolean,
  message: Buffer,
  parts: [name: string, type: string, begins: string][],
][] = [
  ['bare XML in the body', true, lines('From: a@b.example', '', xml, ''), [['', 'text/plain', `${xml}\n`]]],
  ['no body at all', false, lines('From: a@b.example', 'Subject: x'), [['', 'text/plain', '']]],
  [
    'a single part in base64, its name folded',
    true,
    lines(
      'From: a',
      'Content-Type: application/gzip;',
      '\tname="a!b!1!2.xml.gz"',
      'Content-Transfer-Encoding: base64',
      '',
      wrapped,
    ),
    [['a!b!1!2.xml.gz', 'application/gzip', xml]],
  ],
  [
    'a multipart, a text and an attachment with a token for a name',
    true,
    lines(
      'From: a',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="=_b"',
      '',
      'preamble',
      '--=_b',
      'Content-Type: text/plain; charset=us-ascii',
      '',
      'Hello',
      '',
      '--=_b',
      'Content-Type: application/octet-stream; name=a!b!1!2.xml.gz',
      'Content-Transfer-Encoding: BASE64',
      'Content-Disposition: attachment; filename=a!b!1!2.xml.gz',
      '',
      wrapped,
      '--=_b--',
      'epilogue',
    ),
    [
      ['', 'text/plain', 'Hello\n'],
      ['a!b!1!2.xml.gz', 'application/octet-stream', xml],
    ],
  ],
  [
    'a multipart in a multipart, the inner one never closed',
    true,
    lines(
      'Content-Type: multipart/mixed; boundary=o',
      '',
      '--o',
      'Content-Type: multipart/related; boundary=i',
      '',
      '--i',
      '',
      'inner',
      '--o',
      'Content-Type: application/xml',
      '',
      xml,
      '--o--',
    ),
    [
      ['', 'text/plain', 'inner\n'],
      ['', 'application/xml', xml],
    ],
  ],
  [
    'the last boundary is missing',
    true,
    lines('Content-Type: multipart/mixed; boundary=o', '', '--o', '', xml),
    [['', 'text/plain', `${xml}\n`]],
  ],
  [
    'ContentType for Content-Type',
    false,
    lines('From: a', 'ContentType: application/gzip; name="r.gz"', 'Content-Transfer-Encoding: base64', '', wrapped),
    [['r.gz', 'application/gzip', xml]],
  ],
  [
    'a file name split over parameters (RFC 2231)',
    false,
    lines(
      'From: a',
      'Content-Type: application/zip;',
      ' name*0=a!b!1600000000!;',
      ' name*1=1600086399.zip',
      'Content-Transfer-Encoding: base64',
      '',
      wrapped,
    ),
    [['a!b!1600000000!1600086399.zip', 'application/zip', xml]],
  ],
  [
    'quoted-printable',
    true,
    lines('From: a', 'Content-Transfer-Encoding: quoted-printable', '', '<feedback x=3D"1">=', '</feedback>'),
    [['', 'text/plain', '<feedback x="1"></feedback>']],
  ],
  [
    'base64 with a line of its own padding',
    false,
    lines('From: a', 'Content-Transfer-Encoding: base64', '', 'PGE+IA==', 'PGI+'),
    [['', 'text/plain', '<a> <b>']],
  ],
  [
    'a text in Latin-1 keeps its bytes',
    true,
    lines('From: a', 'Content-Type: text/plain; charset=iso-8859-1', '', '<feedback>\xe9</feedback>'),
    [['', 'text/plain', '<feedback>\xe9</feedback>']],
  ],
  [
    'an encoded word for a name',
    false,
    lines('From: a', 'Content-Type: application/xml; name="=?utf-8?B?ci54bWw=?="', '', xml),
    [['r.xml', 'application/xml', xml]],
  ],
];

describe('readMessage', () => {
  for (const [what, plain, message, parts] of messages) {
    it(what, async () => {
      const read = await readMessage(message, defaultLimits);
      assert.ok('parts' in read);
      const begins = read.parts.map((part, i) => [
        part.name,
        part.type,
        Buffer.from(part.bytes).toString('latin1').slice(0, parts[i]?.[2].length),
      ]);
      assert.deepEqual(begins, parts);
      assert.equal(readPlainMessage(message, defaultLimits) !== undefined, plain);
    });
  }

  const refused: [what: string, message: Buffer, code: string][] = [
    [
      'header fields beyond the limit',
      lines('From: a', `X: ${'y'.repeat(2 << 20)}`, '', ''),
      'ingestion/message-header',
    ],
    [
      'parts beyond the limit',
      lines('Content-Type: multipart/mixed; boundary=b', '', ...Array.from({ length: 1001 }, () => '--b\r\n\r\nx')),
      'ingestion/message-parts',
    ],
    ['parts in parts beyond the limit', nested(40), 'ingestion/message-depth'],
  ];
  for (const [what, message, code] of refused) {
    it(`refuses ${what}`, async () => {
      const read = await readMessage(message, defaultLimits);
      assert.equal('problem' in read && read.problem.code, code);
    });
  }

  function nested(depth: number): Buffer {
    const open = Array.from(
      { length: depth },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
    );
    return Buffer.from(`From: a\r\n${open.join('')}\r\nx`);
  }
});

describe('readPlainMessage', () => {
  const eol = fc.constantFrom('\r\n', '\n');
  const text = fc.string({
    unit: fc.constantFrom(
      'a',
      'B',
      ' ',
      '\t',
      '-',
      '--',
      '=',
      '<',
      '\xe9',
      '+',
      '\r',
      '--b',
      '--o',
      '=41',
      '=4',
      '=e9',
    ),
    maxLength: 12,
  });
  const body = fc.oneof(
    fc.array(text, { maxLength: 5 }),
    fc.uint8Array({ maxLength: 90 }).map(
      (bytes) =>
        Buffer.from(bytes)
          .toString('base64')
          .match(/.{1,40}/g) ?? [],
    ),
  );
  const field = fc.constantFrom(
    'Content-Type: text/plain',
    'Content-Type: text/plain; charset="utf-8"',
    'content-type:application/gzip; name="a b.gz"',
    'Content-Type: application/xml;\r\n name=a!b!1!2.xml; x=y',
    'Content-Type: message/rfc822',
    'Content-Type: "application/xml"',
    'Content-Type: application/zip; name*0="a"; name*1=b',
    'Content-Type: application/zip; name=a (comment)',
    'ContentType: application/zip',
    'Content-Type : application/zip; name=a=b=',
    'Content-Transfer-Encoding: base64',
    'Content-Transfer-Encoding: 7bit',
    'Content-Transfer-Encoding:  BASE64 ',
    'Content-Transfer-Encoding: quoted-printable',
    'Content-Disposition: attachment; filename="x.xml.gz"',
    'Content-Disposition: attachment;filename=x.gz;',
    'Content-Disposition: inline',
    'Content-Description: words',
    'X-Other: content-type: text/html',
    'Subject: \xe9\xff',
    'X-\xa0: x',
    '\xa0Content-Type: text/html',
    'Content-Type: text/plain; name="\xe9"',
    'no colon here',
    ' folded: x',
  );
  const part = fc.record({
    fields: fc.array(field, { maxLength: 3 }),
    body,
    boundary: fc.constantFrom('--o', '--o', '--b', '--o--', '--b--', '--o ', '--ox'),
  });
  const inner = fc.constantFrom('', '', 'Content-Type: multipart/related; boundary=b');
  const message = fc.record({
    eol,
    inner,
    parts: fc.array(part, { maxLength: 4 }),
    end: fc.constantFrom('--o--', '', '--o--\n', '--b--'),
  });

  it('says what postal-mime says, or declines', async () => {
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(message, async ({ eol, inner, parts, end }) => {
        const head = ['From: a@b.example', 'Content-Type: multipart/mixed; boundary="o"', '', ''];
        const opening = inner === '' ? [] : ['--o', inner, ''];
        const text = [
          ...head,
          ...opening,
          ...parts.flatMap((part) => [part.boundary, ...part.fields, '', ...part.body]),
          end,
        ];
        const bytes = Buffer.from(text.join('\n').replace(/\r?\n/g, eol), 'latin1');
        const read = readPlainMessage(bytes, defaultLimits);
        if (read === undefined || isMisspelled(bytes)) return;
        plain += 1;
        assert.deepEqual(readable(read), readable((await readAnyMessage(bytes, defaultLimits)) as Message));
      }),
      { numRuns: 2000 },
    );
    assert.ok(plain > 100, `only ${plain} of 2000 messages were of plain shape`);
  });

  it('says what postal-mime says of one part, or declines', async () => {
    await fc.assert(
      fc.asyncProperty(eol, fc.array(field, { maxLength: 3 }), body, async (eol, fields, body) => {
        const bytes = Buffer.from(['Subject: x', ...fields, '', ...body].join('\n').replace(/\r?\n/g, eol), 'latin1');
        const read = readPlainMessage(bytes, defaultLimits);
        if (read !== undefined && !isMisspelled(bytes))
          assert.deepEqual(readable(read), readable((await readAnyMessage(bytes, defaultLimits)) as Message));
      }),
      { numRuns: 2000 },
    );
  });

  function readable(message: Message): unknown {
    return {
      ...message,
      parts: message.parts.map((part) => ({ ...part, bytes: Buffer.from(part.bytes).toString('latin1') })),
    };
  }
});
