import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import type { Arrival } from './archive.ts';
import { readDocuments } from './read.ts';
import type { ReadDocument, ReadRow } from './read.ts';

const row = (number: number): string => `
  <record>
    <row><source_ip>192.0.2.${number}</source_ip><count>${number * 37}</count>
      <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
    <identifiers><header_from>bank.example</header_from></identifiers>
    <auth_results><dkim><domain>bank.example</domain><selector>s${number}</selector><result>pass</result></dkim></auth_results>
  </record>`;
const xml = `<?xml version="1.0"?>
<feedback>
  <report_metadata><org_name>Mail</org_name><email>dmarc@mail.example</email><report_id>r1</report_id>
    <date_range><begin>1700006400</begin><end>1700092799</end></date_range></report_metadata>
  <policy_published><domain>bank.example</domain><p>none</p></policy_published>${[1, 2, 3, 4, 5].map(row).join('')}
</feedback>
`;

async function* one(bytes: Uint8Array, held: boolean): AsyncGenerator<Arrival> {
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
  };
  yield { origin: 'x', road: 'file', sha256: '', size: bytes.length, chunks, ...(held ? { bytes } : {}) };
}

async function read(bytes: Uint8Array, held = true): Promise<{ documents: ReadDocument[]; rows: ReadRow[] }> {
  const documents: ReadDocument[] = [];
  const rows: ReadRow[] = [];
  for await (const line of readDocuments(one(bytes, held), { rows: true })) {
    if (line.what === 'row') rows.push(line);
    else documents.push(line);
  }
  return { documents, rows };
}

const mail = (gz: Buffer): Buffer =>
  Buffer.from(
    `From: a@mail.example\r\nContent-Type: application/gzip; name=r.gz\r\nContent-Transfer-Encoding: base64\r\n\r\n${gz.toString('base64')}\r\n`,
  );

const wrappings: [what: string, bytes: Buffer][] = [
  ['gzip', gzipSync(xml)],
  ['gzip/gzip', gzipSync(gzipSync(xml))],
  ['mail/gzip', mail(gzipSync(xml))],
  ['gzip/mail/gzip', gzipSync(mail(gzipSync(xml)))],
];

describe('readDocuments', () => {
  for (const [container, bytes] of wrappings) {
    for (const held of [true, false]) {
      it(`${container}, ${held ? 'held' : 'in chunks'}`, async () => {
        const { documents, rows } = await read(bytes, held);
        assert.deepEqual(
          documents.map((document) => [
            document.container,
            document.key?.reportId,
            document.report?.rows,
            document.report?.messages,
            document.refused,
          ]),
          [[container, 'r1', 5, 37 * 15, undefined]],
        );
        assert.deepEqual(
          rows.map(({ row }) => [row.source, row.count]),
          [1, 2, 3, 4, 5].map((n) => [`192.0.2.${n}`, n * 37]),
        );
        assert.ok(rows.every(({ key }) => key.text === documents[0]!.key!.text));
      });
    }
  }

  it('gives no rows of a report that is refused, however many were read', async () => {
    const { documents, rows } = await read(Buffer.from(xml.slice(0, -200)));
    assert.equal(documents[0]?.refused?.[0]?.code, 'reports/truncated');
    assert.equal(documents[0]?.key?.reportId, 'r1');
    assert.deepEqual(rows, []);
  });

  // Each of these wrappings carries a checksum: what comes through is what was sent, or it does not come through.
  for (const [container, bytes] of wrappings) {
    for (const kind of ['flipped', 'cut'] as const) {
      it(`${container}, ${kind} anywhere: the right rows or none`, async () => {
        const expected = JSON.stringify((await read(bytes)).rows.map(({ row }) => row));
        const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), {
          minLength: 1,
          maxLength: 3,
        });
        const damaged =
          kind === 'cut'
            ? fc.integer({ min: 0, max: bytes.length - 1 }).map((length) => bytes.subarray(0, length))
            : flips.map((list) => {
                const copy = Buffer.from(bytes);
                for (const [at, flip] of list) copy[at]! ^= flip;
                return copy;
              });
        await fc.assert(
          fc.asyncProperty(damaged, fc.boolean(), async (data, held) => {
            const { documents, rows } = await read(data, held);
            const found = JSON.stringify(rows.map(({ row }) => row));
            assert.ok(found === '[]' || found === expected, found);
            assert.ok(documents.length > 0, 'something was passed over in silence');
            for (const document of documents) {
              assert.ok(document.report !== undefined || (document.refused ?? document.notUnderstood ?? []).length > 0);
            }
          }),
          { numRuns: kind === 'cut' ? 200 : 500 },
        );
      });
    }
  }
});
