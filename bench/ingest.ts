import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { arrivals } from '../src/network/files/index.ts';
import { ingest, openArrival } from '../src/protection/ingestion/index.ts';
import type { IngestOutcome, JudgeReportMail } from '../src/protection/ingestion/index.ts';
import { reportMailJudge } from '../src/protection/verification/index.ts';
import { formatKeyRecord, generateKeys, sign, splitTxt } from '../src/standards/dkim/index.ts';
import { domainName, zone } from '../src/standards/dns/index.ts';
import { parseMessage } from '../src/standards/mail/index.ts';
import { openMemory } from '../src/storage/index.ts';
import { cost } from './line.ts';
import type { Bench, BenchLine, Cost } from './line.ts';
import { numbers, reportPieces } from './report-maker.ts';

const day = 86_400;
const firstDay = 19_700 * day;

/** Whole numbers below a bound, the same for the same seed. */
function numbersBelow(seed: number): (below: number) => number {
  const next = numbers(seed);
  return (below) => next() % below;
}

function head(number: number, reporter: string): string {
  const begin = firstDay + (number % 365) * day;
  return `<?xml version="1.0" encoding="UTF-8" ?>
<feedback>
  <report_metadata>
    <org_name>${reporter}</org_name>
    <email>noreply-dmarc-support@${reporter}</email>
    <extra_contact_info>https://${reporter}/dmarc</extra_contact_info>
    <report_id>${1e15 + number}</report_id>
    <date_range>
      <begin>${begin}</begin>
      <end>${begin + day - 1}</end>
    </date_range>
  </report_metadata>
  <policy_published>
    <domain>brand${number % 40}.example</domain>
    <adkim>r</adkim>
    <aspf>r</aspf>
    <p>none</p>
    <sp>none</sp>
    <pct>100</pct>
  </policy_published>
`;
}

/** One record, of about 822 bytes. */
function record(random: (below: number) => number, domain: string): string {
  const pass = random(3) > 0;
  const source = `198.${18 + random(2)}.${random(160)}.${random(256)}`;
  return `  <record>
    <row>
      <source_ip>${source}</source_ip>
      <count>${1 + random(40)}</count>
      <policy_evaluated>
        <disposition>none</disposition>
        <dkim>${pass ? 'pass' : 'fail'}</dkim>
        <spf>${random(2) === 0 ? 'pass' : 'fail'}</spf>
      </policy_evaluated>
    </row>
    <identifiers>
      <envelope_from>bounce${random(20)}.${domain}</envelope_from>
      <header_from>${domain}</header_from>
    </identifiers>
    <auth_results>
      <dkim>
        <domain>${domain}</domain>
        <result>${pass ? 'pass' : 'fail'}</result>
        <selector>selector${random(6)}</selector>
      </dkim>
      <spf>
        <domain>bounce${random(20)}.${domain}</domain>
        <scope>mfrom</scope>
        <result>pass</result>
      </spf>
    </auth_results>
  </record>
`;
}

function smallReport(number: number, random: (below: number) => number): { name: string; xml: string } {
  const reporter = `receiver${number % 12}.example`;
  const domain = `brand${number % 40}.example`;
  // Most reports are small: one to twenty records, a few of them on average.
  const rows = 1 + Math.min(random(20), random(20));
  const records = Array.from({ length: rows }, () => record(random, domain)).join('');
  const begin = firstDay + (number % 365) * day;
  const name = `${reporter}!${domain}!${begin}!${begin + day - 1}!${number}`;
  return { name, xml: `${head(number, reporter)}${records}</feedback>\n` };
}

function asMail(name: string, gz: Buffer, number: number): string {
  const base64 = gz.toString('base64').replace(/.{76}/g, '$&\r\n');
  const received = Array.from(
    { length: 3 },
    (_, i) =>
      `Received: from mx${i}.receiver.example (mx${i}.receiver.example [192.0.2.${i}])\r\n\tby mail.brand.example with ESMTPS id ${number}\r\n\tfor <dmarc@brand.example>; Mon, 01 Jan 2024 00:00:00 +0000`,
  );
  return [
    ...received,
    'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=receiver.example; s=s1;',
    `\th=from:to:subject:date; bh=${'A'.repeat(43)}=; b=${'B'.repeat(342)}==`,
    'MIME-Version: 1.0',
    `Message-ID: <${number}@receiver.example>`,
    `Subject: Report domain: brand.example Submitter: receiver.example Report-ID: ${number}`,
    'From: noreply-dmarc-support@receiver.example',
    'To: dmarc@brand.example',
    'Date: Mon, 01 Jan 2024 00:00:00 +0000',
    'Content-Type: multipart/mixed; boundary="=_boundary"',
    '',
    '--=_boundary',
    'Content-Type: text/plain; charset="us-ascii"',
    'Content-Transfer-Encoding: 7bit',
    '',
    'This is an aggregate report.',
    '',
    '--=_boundary',
    'Content-Type: application/gzip',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment;',
    `\tfilename="${name}.xml.gz"`,
    '',
    base64,
    '--=_boundary--',
    '',
  ].join('\r\n');
}

/** Writes `count` small reports as `.xml.gz` and as `.eml`. */
function writeSmall(folder: string, count: number): { gz: string; eml: string } {
  const random = numbersBelow(1);
  const [gz, eml] = [join(folder, 'gz'), join(folder, 'eml')];
  mkdirSync(gz);
  mkdirSync(eml);
  for (let number = 0; number < count; number++) {
    const { name, xml } = smallReport(number, random);
    const packed = gzipSync(xml);
    writeFileSync(join(gz, `${name}.xml.gz`), packed);
    writeFileSync(join(eml, `${name}.eml`), asMail(name, packed, number));
  }
  return { gz, eml };
}

/** Reporters of the small reports sign with one key, which stands under every name. */
interface Signing {
  readonly privateKey: KeyObject;
  readonly judge: JudgeReportMail;
}

async function makeSigning(): Promise<Signing> {
  const { privateKey, record } = await generateKeys('rsa', 2048);
  const key = splitTxt(formatKeyRecord(record))
    .map((each) => JSON.stringify(each))
    .join(' ');
  const names = Array.from({ length: 12 }, (_, number) => `s1._domainkey.receiver${number}.example. IN TXT ${key}\n`);
  const world = zone(`example. IN SOA ns root 1 1 1 1 1\n${names.join('')}`);
  if (!world.ok) throw new Error('the zone of the benchmark cannot be read');
  return { privateKey, judge: reportMailJudge(world.value.resolver) };
}

/** Writes the same small reports as `.eml`, each signed by its reporter. */
function writeSigned(folder: string, count: number, { privateKey }: Signing): string {
  const random = numbersBelow(1);
  const signed = join(folder, 'signed');
  mkdirSync(signed);
  for (let number = 0; number < count; number++) {
    const { name, xml } = smallReport(number, random);
    const signingDomain = domainName(name.slice(0, name.indexOf('!')));
    const mail = Buffer.from(
      asMail(name, gzipSync(xml), number)
        .replace(/DKIM-Signature: [^\r]*\r\n\t[^\r]*\r\n/, '')
        .replace('From: noreply-dmarc-support@receiver.example', `From: noreply-dmarc-support@${signingDomain}`),
      'latin1',
    );
    const field = sign(parseMessage(mail), { signingDomain, selector: 's1', privateKey });
    writeFileSync(join(signed, `${name}.eml`), Buffer.concat([Buffer.from(field, 'latin1'), mail]));
  }
  return signed;
}

async function writeLarge(file: string, records: number): Promise<void> {
  await pipeline(reportPieces({ records, sources: 40_000, seed: 2 }), createGzip(), createWriteStream(file));
}

/** Takes paths in, into a new memory, and says what that cost; the opening of the memory is not counted. */
async function takeIn(
  paths: readonly string[],
  judge?: JudgeReportMail,
): Promise<{ cost: Cost; outcome: IngestOutcome; authentic: number }> {
  const directory = mkdtempSync(join(tmpdir(), 'zegel-bench-'));
  const memory = await openMemory({ directory, alignment: () => 5, rule: 'bench', clock: Date.now });
  try {
    let outcome: IngestOutcome | undefined;
    const refuse = (): never => {
      throw new Error('a file of the benchmark was passed over');
    };
    const spent = await cost(async () => {
      outcome = await ingest(arrivals(paths, { refuse }), memory.archive, judge === undefined ? {} : { judge });
    });
    return { cost: spent, outcome: outcome!, authentic: memory.register.tallyAuthenticity().authentic };
  } finally {
    await memory.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Opens and unpacks everything, and reads nothing of it: what the wrappings alone cost. */
async function openAll(paths: readonly string[]): Promise<void> {
  for await (const arrival of arrivals(paths, { refuse: () => {} })) {
    for await (const opened of openArrival(arrival.bytes ?? arrival.chunks())) {
      if (opened.what === 'report' && opened.content.chunks !== undefined) for await (const _ of opened.content.chunks);
    }
  }
}

function line(
  name: string,
  unit: string,
  n: number,
  costs: readonly Cost[],
  input: BenchLine['input'],
  held?: { readonly target: number; readonly opened: number },
): BenchLine {
  const rates = costs.map((each) => (n * 1000) / (each.cpuUserMs + each.cpuSystemMs));
  const sorted = [...rates].sort((a, b) => a - b);
  const best = sorted.at(-1)!;
  return {
    name,
    unit,
    value: sorted[Math.floor(sorted.length / 2)]!,
    best,
    runs: costs.length,
    n,
    ...costs[rates.indexOf(best)]!,
    ...(held === undefined
      ? {}
      : {
          peer: { name: 'opened, not read', version: '', value: held.opened },
          ratio: best / held.opened,
          target: `at least ${held.target}`,
          met: best >= held.target,
        }),
    ...(input === undefined ? {} : { input }),
  };
}

function digest(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

const small = Number(process.env['ZEGEL_BENCH_SMALL'] ?? 20_000);
const large = Number(process.env['ZEGEL_BENCH_LARGE'] ?? 300_000);

/** Reports taken in from files, to the disk: many small ones, and a large one. */
export const ingestBench: Bench = {
  name: 'ingest',
  about: `${small} small reports as .xml.gz and .eml, and one of ${large} rows, taken in and filed`,
  async run(report) {
    const folder = mkdtempSync(join(tmpdir(), 'zegel-bench-'));
    try {
      const folders = writeSmall(folder, small);
      for (const [kind, path, target] of [
        ['.xml.gz', folders.gz, 4000],
        ['.eml', folders.eml, 2500],
      ] as const) {
        const input = { sha256: digest(path), records: small };
        const opening: Cost[] = [];
        const filing: Cost[] = [];
        for (let run = 0; run < 3; run++) {
          opening.push(await cost(() => openAll([path])));
          const { cost: spent, outcome } = await takeIn([path]);
          if (outcome.reports !== small) throw new Error(`${outcome.reports} reports of ${small} were filed`);
          filing.push(spent);
        }
        const opened = line(`opened, ${kind}`, 'reports/CPU-s', small, opening, input);
        report(opened);
        report(line(`filed, ${kind}`, 'reports/CPU-s', small, filing, input, { target, opened: opened.best }));
      }
      const signing = await makeSigning();
      const signed = writeSigned(folder, small, signing);
      const verifying: Cost[] = [];
      for (let run = 0; run < 3; run++) {
        const { cost: spent, outcome, authentic } = await takeIn([signed], signing.judge);
        if (outcome.reports !== small || authentic !== small)
          throw new Error(`${authentic} of ${small} were authentic`);
        verifying.push(spent);
      }
      const input_ = { sha256: digest(signed), records: small };
      report(line('filed, .eml signed with RSA-2048, and verified', 'reports/CPU-s', small, verifying, input_));
      const file = join(folder, 'large.xml.gz');
      await writeLarge(file, large);
      const input = { sha256: createHash('sha256').update(readFileSync(file)).digest('hex'), records: large };
      const opening: Cost[] = [];
      const filing: Cost[] = [];
      for (let run = 0; run < 3; run++) {
        opening.push(await cost(() => openAll([file])));
        const { cost: spent, outcome } = await takeIn([file]);
        if (outcome.rows !== large) throw new Error(`${outcome.rows} rows of ${large} were filed`);
        filing.push(spent);
      }
      const opened = line('opened, one large .gz', 'rows/CPU-s', large, opening, input);
      report(opened);
      report(
        line('filed, one large .gz', 'rows/CPU-s', large, filing, input, { target: 150_000, opened: opened.best }),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
