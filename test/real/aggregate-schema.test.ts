import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { arbitraryReport } from '../reports/arbitrary.ts';
import { formatAggregateReport } from '../../src/standards/reports/aggregate/index.ts';
import type { Generation } from '../../src/standards/reports/aggregate/index.ts';

// Reports as they are written, held against the schemas of the RFCs by libxml2. The schemas are read where ZEGEL_SPECS points.

const specs = process.env['ZEGEL_SPECS'];
const xmllint = spawnSync('xmllint', ['--version']).error === undefined;

/**
 * The schema as published. That of RFC 7489 cannot be applied as it stands: it names its types without the namespace they are
 * in, and the pattern for addresses has line breaks in it. Both are mended here: no namespace, as all reports of it are sent;
 * no white space in the pattern, and any IPv6 address.
 */
function schema(generation: Generation, folder: string): string {
  if (generation === 'rfc9990') return readFileSync(join(folder, 'rfc9990-appendix-a.xsd'), 'utf8');
  return readFileSync(join(folder, 'rfc7489-appendix-c.xsd'), 'utf8')
    .replace(/\s*targetNamespace="[^"]*"/, '')
    .replace(/<xs:pattern value="[^"]*"\/>/, '<xs:pattern value="[0-9.]{7,15}|[0-9a-f:.]{2,45}"/>');
}

describe('written reports are valid', () => {
  for (const generation of ['rfc9990', 'rfc7489'] as const) {
    it(`against the schema of ${generation}`, (t) => {
      if (specs === undefined) return t.skip('ZEGEL_SPECS is not set');
      if (!xmllint) return t.skip('xmllint is not installed');
      const folder = mkdtempSync(join(tmpdir(), 'zegel-schema-'));
      try {
        const xsd = join(folder, 'schema.xsd');
        writeFileSync(xsd, schema(generation, specs));
        const files = fc.sample(arbitraryReport(generation), { seed: 2026, numRuns: 200 }).map((report, index) => {
          const written = formatAggregateReport(report);
          assert.ok(written.ok);
          const file = join(folder, `${index}.xml`);
          writeFileSync(file, written.value);
          return file;
        });
        const valid = spawnSync('xmllint', ['--noout', '--schema', xsd, ...files], { encoding: 'utf8' });
        const complaints = valid.stderr.split('\n').filter((line) => line !== '' && !line.endsWith(' validates'));
        assert.deepEqual(complaints.slice(0, 5), []);
        assert.equal(valid.status, 0);
        // The schema does look: a report without its domain is not valid.
        const first = files[0]!;
        writeFileSync(first, readFileSync(first, 'utf8').replace(/<domain>[^<]*<\/domain>/, ''));
        assert.notEqual(spawnSync('xmllint', ['--noout', '--schema', xsd, first]).status, 0);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
