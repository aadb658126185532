import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

// The whole judgement, of a world made by hand and a stand-in for the product that reads the truth and repeats it, or errs where
// it is told to.

const home = mkdtempSync(join(tmpdir(), 'zegel-accuracy-test-'));
after(() => rmSync(home, { recursive: true, force: true }));

const world = join(home, 'world');
for (const folder of ['reports', 'zones', 'reverse', 'truth']) mkdirSync(join(world, folder), { recursive: true });
const put = (name: string, text: string): void => writeFileSync(join(world, name), text);
put('reports/a.xml', '<feedback/>');
put('zones/2025-10-01.zone', 'a.example. 60 IN SOA ns. h. 1 1 1 1 1\n');
put('zones/2025-11-01.zone', 'a.example. 60 IN SOA ns. h. 2 1 1 1 1\n');
put('reverse/2025-10-01.zone', '1.0.0.248.in-addr.arpa. 60 IN PTR gw.a.example.\n');
put('declared.csv', 'party,sender,domains,networks,purpose,rhythm\n');
put('networks.csv', 'prefix,asn,name,country\n248.0.0.0/16,1,x,NL\n');
const origin = (kind: string) => ({ kind, party: 'p', sender: 's' });
put(
  'truth/origins.json',
  JSON.stringify({
    gateway: origin('own'),
    letters: origin('third'),
    alumni: origin('forwarder'),
    botnet: origin('forged'),
  }),
);
const row = (source: string, name: string, messages: number, isAligned: boolean) => ({
  source,
  authorDomain: 'a.example',
  envelopeDomain: isAligned ? 'a.example' : '',
  dkim: isAligned ? [['a.example', 's', 'pass']] : [],
  spf: ['a.example', 'mfrom', isAligned ? 'pass' : 'fail'],
  messages: { [name]: messages },
});
const classes = [
  row('248.0.0.1', 'gateway', 500, true),
  row('248.0.0.2', 'gateway', 300, true),
  row('198.51.100.1', 'letters', 200, false),
  row('198.51.100.2', 'alumni', 20, true),
  ...Array.from({ length: 30 }, (_, at) => row(`248.0.9.${at}`, 'botnet', 10, false)),
];
put('truth/classes.jsonl', classes.map((each) => `${JSON.stringify(each)}\n`).join(''));
put(
  'truth/totals.json',
  JSON.stringify({
    messages: { gateway: 800, letters: 200, alumni: 20, botnet: 300 },
    reports: 1,
    rows: 34,
    sources: 34,
  }),
);

const program = join(home, 'stand-in');
writeFileSync(
  program,
  `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
const data = args[args.indexOf('--data') + 1];
fs.mkdirSync(data, { recursive: true });
fs.appendFileSync(data + '/calls', args.map((each) => each.replace(/^\\/.*\\//, '')).join(' ') + '\\n');
if (args.some((each) => each.includes('truth'))) process.exit(3);
const errs = process.env.ERRS ?? '';
if (errs === 'fails') { console.error('zegel: error: no'); process.exit(2); }
if (errs === 'babbles' && args[0] === 'sources') console.log('Sources:');
const told = fs.existsSync(data + '/calls') && fs.readFileSync(data + '/calls', 'utf8').includes('2025-10-01.zone --at 2025-10-01');
const world = ${JSON.stringify(world)};
const origins = JSON.parse(fs.readFileSync(world + '/truth/origins.json', 'utf8'));
const decisions = fs.existsSync(data + '/decided') ? JSON.parse(fs.readFileSync(data + '/decided', 'utf8')) : {};
const print = (value) => console.log(JSON.stringify(value));
const kindOf = (name) => (errs === 'credulous' && name === 'botnet' ? 'own' : origins[name].kind);
if (args[0] === 'streams' && args.includes('--queue')) for (const name of Object.keys(origins)) print({ stream: name });
else if (args[0] === 'streams') for (const name of Object.keys(origins)) print({ id: name, kind: kindOf(name), confidence: 1 });
else if (args[0] === 'sources') {
  const lines = fs.readFileSync(world + '/truth/classes.jsonl', 'utf8').trim().split('\\n').map((line) => JSON.parse(line));
  for (const { messages, ...key } of lines) {
    const [[name, count]] = Object.entries(messages);
    print({ ...key, messages: count, stream: name, kind: kindOf(name), confidence: 1, decision: decisions[name] ?? 'undecided' });
  }
  if (errs === 'poisoned') print({ ...lines[0], source: '203.0.113.9', messages: 50, stream: 'gateway', kind: 'own', confidence: 1 });
} else if (args[0] === 'decide') {
  const lines = fs.readFileSync(args[args.indexOf('--from') + 1], 'utf8').trim().split('\\n').slice(1).map((line) => line.split(','));
  fs.writeFileSync(data + '/decided', JSON.stringify(Object.fromEntries(lines.map(([stream, verdict]) => [stream, verdict]))));
}
`,
);
chmodSync(program, 0o755);

interface Line {
  readonly schema: string;
  readonly world: { readonly seed: string };
  readonly metric: string;
  readonly by: string;
  readonly stratum: string;
  readonly variant?: string;
  readonly value: number | null;
  readonly ceiling: number | null;
  readonly met: boolean | null;
}

async function accuracy(
  args: readonly string[],
  errs = '',
): Promise<{ code: number | null; lines: Line[]; err: string }> {
  const child = spawn(
    process.execPath,
    ['--conditions=zegel-source', 'tools/accuracy/main.ts', '--zegel', program, ...args],
    { env: { ...process.env, ERRS: errs, INIT_CWD: home }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  const lines = out.split('\n').filter((line) => line !== '');
  return { code, lines: lines.map((line) => JSON.parse(line) as Line), err };
}

const given = ['--world', 'world'];

describe('npm run accuracy', () => {
  it('answers that are the truth meet every target, and are written as a page', async () => {
    const { code, lines, err } = await accuracy([...given, '--without-reverse', '--really', '--write', 'page.md']);
    assert.equal(code, 0, err);
    assert.ok(lines.length > 80);
    assert.deepEqual(
      lines.filter(({ met }) => met === false),
      [],
    );
    assert.ok(lines.every(({ schema, world }) => schema === 'zegel-accuracy/1' && world.seed === 'world'));
    const value = (metric: string, by: string, variant?: string): number | null | undefined =>
      lines.find(
        (line) => line.metric === metric && line.by === by && line.stratum === 'all' && line.variant === variant,
      )?.value;
    assert.deepEqual(
      [value('ours-precision', 'row'), value('b-cubed-f', 'row'), value('settled-messages', 'message')],
      [1, 1, 1],
    );
    assert.equal(value('undecided-growth', 'message', 'without-reverse'), 0);
    assert.match(
      readFileSync(join(home, 'page.md'), 'utf8'),
      /\| ours-precision \| all \| row \| 1 \(1\) \| 0\.9950 \|/,
    );
  });
  const wrong: [errs: string, metrics: string[]][] = [
    ['credulous', ['ours-precision', 'forged-called-ours', 'calibration-error']],
    ['poisoned', ['totals-moved', 'unmatched-messages']],
  ];
  for (const [errs, metrics] of wrong) {
    it(`${errs}: misses what it should, and nothing else`, async () => {
      const { code, lines, err } = await accuracy(given, errs);
      assert.equal(code, 1, err);
      assert.deepEqual(
        [...new Set(lines.filter(({ met }) => met === false).map(({ metric }) => metric))].sort(),
        [...metrics].sort(),
      );
      for (const metric of metrics) assert.match(err, new RegExp(`NOT MET ${metric}`));
    });
  }
  const failing: [behaviour: string, args: string[], errs: string, error: RegExp][] = [
    ['a product that fails', given, 'fails', /ended with 2: zegel: error: no/],
    ['a product that prints something else', given, 'babbles', /not a line of JSON: Sources:/],
    ['no such world', ['--world', 'nowhere'], '', /nowhere/],
    ['a share that is none', ['--forged', '1'], '', /shares from 0 to 0\.99/],
    ['a size nobody knows', ['--sizes', 'huge'], '', /--sizes huge/],
    ['an option nobody knows', ['--fast'], '', /--fast/],
  ];
  for (const [behaviour, args, errs, error] of failing) {
    it(`${behaviour} cannot be judged`, async () => {
      const { code, lines, err } = await accuracy(args, errs);
      assert.deepEqual([code, lines], [2, []]);
      assert.match(err, error);
    });
  }
  it('gives the product what it may read in this order, and cleans up', async () => {
    const seen = join(home, 'calls');
    const copy = join(home, 'stand-in-that-tells');
    writeFileSync(
      copy,
      readFileSync(program, 'utf8').replace(
        'const errs =',
        `fs.copyFileSync(data + '/calls', ${JSON.stringify(seen)}); fs.writeFileSync(${JSON.stringify(`${seen}-folder`)}, data); const errs =`,
      ),
    );
    chmodSync(copy, 0o755);
    const { code } = await accuracy([...given, '--zegel', copy]);
    assert.equal(code, 0);
    assert.deepEqual(
      readFileSync(seen, 'utf8')
        .split('\n')
        .map((line) => line.replace(/ --data .*/, '')),
      [
        'snapshot --zone 2025-10-01.zone --at 2025-10-01',
        'snapshot --zone 2025-11-01.zone --at 2025-11-01',
        'declared import declared.csv',
        'assess reports --json',
        'snapshot --zone 2025-10-01.zone --at 2025-10-01',
        'streams --json --all',
        'sources --json --rows',
        'streams --queue --json --all',
        '',
      ],
    );
    assert.ok(!existsSync(readFileSync(`${seen}-folder`, 'utf8')));
  });
});
