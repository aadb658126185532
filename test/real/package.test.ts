// The package as others get it: packed, installed in an empty folder, run and imported there. Needs the npm registry.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Assessment } from '../../src/protection/assessment/index.ts';

describe('the package, installed elsewhere', () => {
  const home = mkdtempSync(join(tmpdir(), 'zegel-package-'));
  after(() => rmSync(home, { recursive: true, force: true }));
  // The Node that runs this test is the one that the package finds.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`, NODE_OPTIONS: '' };
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, {
      cwd: home,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    });

  before(() => {
    execFileSync('npm', ['pack', '--loglevel=error', '--pack-destination', home], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const tarball = readdirSync(home).find((name) => name.endsWith('.tgz'))!;
    writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'elsewhere', private: true, type: 'module' }));
    run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', `./${tarball}`);
  });

  it('says its version', () => assert.match(run('node_modules/.bin/zegel', '--version'), /^\d+\.\d+\.\d+\n$/));
  it('assesses reports', () => {
    const out = run(
      'node_modules/.bin/zegel',
      'assess',
      resolve('examples/reports'),
      '--data',
      join(home, 'data'),
      '--json',
    );
    assert.ok((JSON.parse(out) as Assessment).totals.reports > 1000);
  });
  it('is a library: its standards can be imported, and run', () => {
    writeFileSync(
      join(home, 'use.js'),
      `import { parseDmarcRecord } from 'zegel/dmarc';
import { evaluate } from 'zegel/spf';
import { zone } from 'zegel/dns';
const { resolver } = zone('example.com. SOA ns.example.com. h.example.com. 1 3600 900 604800 5\\nexample.com. TXT "v=spf1 ip4:192.0.2.1 -all"').value;
const { result } = await evaluate({ ip: '192.0.2.1', mailFrom: 'a@example.com', helo: 'mx.example.com' }, resolver);
console.log(parseDmarcRecord('v=DMARC1; p=reject').value.p, result);
`,
    );
    assert.equal(run(process.execPath, 'use.js'), 'reject pass\n');
  });
});
