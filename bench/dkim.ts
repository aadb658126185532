import { execFileSync } from 'node:child_process';
import { createHash, sign as signBytes, verify as verifyBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { letter } from './letter.ts';
import { rate } from './line.ts';
import { DkimVerifier, formatKeyRecord, generateKeys, sign, splitTxt } from '../src/standards/dkim/index.ts';
import { domainName, zone } from '../src/standards/dns/index.ts';
import { authorDomainOf, parseMessage } from '../src/standards/mail/index.ts';
import type { Bench, BenchLine } from './line.ts';

const runs = 7;
const messages = 1500;

/** DKIM: verifying and signing messages of 10 kB with RSA-2048, beside mailauth and OpenSSL's own speed; a large message in a stream. */
export const dkimBench: Bench = {
  name: 'dkim',
  about: `${messages} messages of 10 kB, RSA-2048, relaxed/relaxed; DNS in memory, keys kept`,
  async run(report) {
    const { privateKey, publicKey, record } = await generateKeys('rsa');
    const strings = splitTxt(formatKeyRecord(record));
    const world = zone(
      `$ORIGIN sender.example.\n@ IN SOA ns root 1 1 1 1 1\nbench._domainkey IN TXT ${strings.map((each) => JSON.stringify(each)).join(' ')}\n`,
    );
    if (!world.ok) throw new Error('the zone cannot be read');
    const options = { signingDomain: domainName('sender.example'), selector: 'bench', privateKey };
    const letters = Array.from({ length: messages }, (_, at) => Buffer.from(letter(at)));
    const signed = letters.map((each) => Buffer.concat([Buffer.from(sign(parseMessage(each), options)), each]));
    const sha = createHash('sha256');
    for (const each of letters) sha.update(each);
    const input = { sha256: sha.digest('hex'), records: messages };
    const mailauthVersion = (
      JSON.parse(readFileSync(join(import.meta.dirname, '..', 'node_modules', 'mailauth', 'package.json'), 'utf8')) as {
        version: string;
      }
    ).version;

    // OpenSSL alone, as the floor of both.
    const text = Buffer.alloc(700, 97);
    const made = signBytes('sha256', text, privateKey);
    const rawVerify = await rate(5000, 5, () => {
      for (let at = 0; at < 5000; at++) verifyBytes('sha256', text, publicKey, made);
    });
    const verifier = new DkimVerifier(world.value.resolver);
    let passed = 0;
    const verifyOnce = async (): Promise<void> => {
      passed = 0;
      for (const each of signed) {
        const message = parseMessage(each);
        const { results } = await verifier.verify(message);
        if (results[0]?.result === 'pass' && authorDomainOf(message).ok) passed += 1;
      }
    };
    await verifyOnce();
    if (passed !== messages) throw new Error(`${passed} of ${messages} signatures hold`);
    const ours = await rate(messages, runs, verifyOnce);
    const few = signed.slice(0, 150);
    const theirs = await rate(few.length, 3, async () => {
      for (const each of few) {
        const { results } = await dkimVerify(each, { resolver: async () => [strings] });
        if (results[0]?.status?.result !== 'pass') throw new Error('mailauth does not agree');
      }
    });
    report(
      line('dkim/verify', 'messages/CPU-second', ours, '≥ 10,000', ours.best >= 10_000, {
        name: 'mailauth',
        version: mailauthVersion,
        value: theirs.best,
      }),
    );
    report(
      line('dkim/verify-of-openssl', 'messages/CPU-second', ours, undefined, undefined, {
        name: 'node:crypto verify alone',
        version: process.versions.openssl,
        value: rawVerify.best,
      }),
    );

    // In turn, so that what the machine does besides falls on both alike.
    const rounds = [];
    for (let round = 0; round < 12; round++) {
      const raw = await rate(100, 1, () => {
        for (let at = 0; at < 100; at++) signBytes('sha256', text, privateKey);
      });
      const signing = await rate(100, 1, () => {
        for (let at = 0; at < 100; at++) sign(parseMessage(letters[at]!), options);
      });
      rounds.push({ raw, signing });
    }
    const rawSign = Math.max(...rounds.map((round) => round.raw.best));
    const signings = rounds.map((round) => round.signing).sort((a, b) => a.best - b.best);
    const signing = { ...signings.at(-1)!, value: signings[signings.length >> 1]!.best, runs: signings.length };
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const one = {
      signingDomain: 'sender.example',
      selector: 'bench',
      privateKey: pem,
      algorithm: 'rsa-sha256' as const,
    };
    const theirSigning = await rate(100, 3, async () => {
      for (let at = 0; at < 100; at++) {
        const made = await dkimSign(letters[at]!, {
          ...one,
          canonicalization: 'relaxed/relaxed',
          signatureData: [one],
        });
        if (!made.signatures.startsWith('DKIM-Signature:')) throw new Error('mailauth does not sign');
      }
    });
    report(
      line('dkim/sign', 'messages/CPU-second', signing, undefined, undefined, {
        name: 'mailauth',
        version: mailauthVersion,
        value: theirSigning.best,
      }),
    );
    report(
      line(
        'dkim/sign-of-openssl',
        'messages/CPU-second',
        signing,
        '≥ 0.85 of node:crypto sign alone',
        signing.best >= 0.85 * rawSign,
        {
          name: 'node:crypto sign alone',
          version: process.versions.openssl,
          value: rawSign,
        },
      ),
    );

    // Memory does not grow with the message: 50 MB beside 5 MB, each in a process of its own.
    const stream = (
      megabytes: number,
    ): { result: string; peakMb: number; cpuUserMs: number; cpuSystemMs: number; wallMs: number } =>
      JSON.parse(
        execFileSync(
          process.execPath,
          ['--conditions=zegel-source', join(import.meta.dirname, 'dkim-stream.ts'), String(megabytes)],
          { encoding: 'utf8' },
        ),
      ) as never;
    const small = stream(5);
    const large = stream(50);
    if (small.result !== 'pass' || large.result !== 'pass') throw new Error('the streamed message does not verify');
    report({
      name: 'dkim/stream-50MB',
      unit: 'MB peak RSS, 50 MB message',
      value: large.peakMb,
      best: large.peakMb,
      runs: 1,
      n: 1,
      cpuUserMs: large.cpuUserMs,
      cpuSystemMs: large.cpuSystemMs,
      wallMs: large.wallMs,
      maxRssMb: large.peakMb,
      peer: { name: 'the same with 5 MB', version: '', value: small.peakMb },
      ratio: small.peakMb / large.peakMb,
      target: '≤ 10 MB more than for 5 MB',
      met: large.peakMb <= small.peakMb + 10,
    });

    function line(
      name: string,
      unit: string,
      measured: Awaited<ReturnType<typeof rate>>,
      target: string | undefined,
      met: boolean | undefined,
      peer: NonNullable<BenchLine['peer']>,
    ): BenchLine {
      return {
        name,
        unit,
        ...measured,
        peer,
        ratio: measured.best / peer.value,
        ...(target === undefined ? {} : { target }),
        ...(met === undefined ? {} : { met }),
        input,
      };
    }
  },
};
