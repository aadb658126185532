// Ours beside mailauth's, on generated messages: each signs what the other verifies, and both judge damaged messages.
// Where they differ, the RFC decides, and the difference stands in `differences` with its clause.
import assert from 'node:assert/strict';
import type { KeyObject } from 'node:crypto';
import { before, describe, it } from 'node:test';
import * as fc from 'fast-check';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { domainName } from '../dns/index.ts';
import type { Resolver } from '../dns/index.ts';
import { parseMessage } from '../mail/index.ts';
import { DkimVerifier, formatKeyRecord, generateKeys, recordOf, sign, splitTxt } from './index.ts';

let rsa: KeyObject;
let ed25519: KeyObject;
before(async () => {
  rsa = (await generateKeys('rsa', 1024)).privateKey;
  ed25519 = (await generateKeys('ed25519')).privateKey;
});

const recordFor = (privateKey: KeyObject, more = {}): string => formatKeyRecord({ ...recordOf(privateKey), ...more });

async function ours(message: Buffer, record: string): Promise<string> {
  const resolver: Resolver = async () => ({
    kind: 'records',
    records: [splitTxt(record)] as never,
    ttl: 1,
    aliases: [],
    authenticated: false,
  });
  const { results } = await new DkimVerifier(resolver).verify(parseMessage(message));
  return results.map((each) => each.result).join();
}

async function theirs(message: Buffer, record: string): Promise<string> {
  const { results } = await dkimVerify(message, { resolver: async () => [splitTxt(record)], curTime: new Date(0) });
  return results.map((each) => each.status.result).join();
}

const form = fc.constantFrom('simple' as const, 'relaxed' as const);
const kind = fc.constantFrom('rsa' as const, 'ed25519' as const);
const value = fc
  .array(fc.constantFrom('a', 'word', ' ', '  ', '\t', '\r\n ', '\r\n\t', 'é', '=', ';'), { maxLength: 10 })
  .map((all) => ` x${all.join('')}y`);
const body = fc
  .array(fc.constantFrom('a', 'word ', ' ', '\t', '\r\n', '\r\n\r\n', 'é', '.', '\0'), { maxLength: 30 })
  .map((all) => all.join(''));
const extra = fc.array(fc.record({ name: fc.constantFrom('X-A', 'x-b', 'Cc', 'Reply-To', 'Received'), value }), {
  maxLength: 4,
});
const letter = fc.record({ subject: value, body, extra }).map(({ subject, body, extra }) => {
  const lines = [
    ...extra.map((each) => `${each.name}:${each.value}`),
    'From: Joe <joe@example.com>',
    `Subject:${subject}`,
    'To: jane@example.net',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
});

describe('beside mailauth 7', () => {
  it('it verifies what we sign', async () => {
    await fc.assert(
      fc.asyncProperty(letter, form, form, kind, async (text, header, canonical, type) => {
        const privateKey = type === 'rsa' ? rsa : ed25519;
        const field = sign(parseMessage(text), {
          signingDomain: domainName('example.com'),
          selector: 'sel',
          privateKey,
          headerCanonicalization: header,
          bodyCanonicalization: canonical,
        });
        assert.equal(await theirs(Buffer.concat([Buffer.from(field), text]), recordFor(privateKey)), 'pass');
      }),
      { numRuns: 100 },
    );
  });
  it('we verify what it signs', async () => {
    await fc.assert(
      fc.asyncProperty(letter, form, form, kind, async (text, header, canonical, type) => {
        const privateKey = type === 'rsa' ? rsa : ed25519;
        const one = {
          signingDomain: 'example.com',
          selector: 'sel',
          privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
          algorithm: type === 'rsa' ? ('rsa-sha256' as const) : ('ed25519-sha256' as const),
        };
        // Its types ask for the signature twice.
        const { signatures } = await dkimSign(text, {
          ...one,
          canonicalization: `${header}/${canonical}`,
          signatureData: [one],
        });
        assert.equal(await ours(Buffer.concat([Buffer.from(signatures), text]), recordFor(privateKey)), 'pass');
      }),
      { numRuns: 100 },
    );
  });
  it('both see the same in damaged messages', async () => {
    const damage = fc.record({
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      with: fc.constantFrom('', 'x', ' ', '  ', '\t', ';', '\r\n ', '=', '\r\n'),
    });
    await fc.assert(
      fc.asyncProperty(letter, form, form, damage, async (text, header, canonical, { at, with: put }) => {
        const field = sign(parseMessage(text), {
          signingDomain: domainName('example.com'),
          selector: 'sel',
          privateKey: ed25519,
          headerCanonicalization: header,
          bodyCanonicalization: canonical,
        });
        // The signature itself is left alone: what is malformed there each calls by another name.
        const place = field.length + 1 + Math.floor(at * (text.length - 1));
        const whole = Buffer.concat([Buffer.from(field), text]);
        const damaged = Buffer.concat([
          whole.subarray(0, place),
          Buffer.from(put),
          whole.subarray(place + (put === '' ? 1 : 0)),
        ]);
        fc.pre(!parseMessage(damaged).problems.some((each) => each.code === 'mail/not-a-field'));
        const record = recordFor(ed25519);
        const [we, they] = [await ours(damaged, record), await theirs(damaged, record)];
        assert.equal(we === 'pass', they === 'pass', JSON.stringify([damaged.toString('latin1'), we, they]));
      }),
      { numRuns: 100 },
    );
  });

  /** Where the two differ on purpose: ours, theirs, and the clause that decides. */
  const differences: [
    what: string,
    clause: string,
    change: (field: string) => string,
    record: object,
    we: string,
    they: string,
  ][] = [
    ['text behind b= is no base64', 'RFC 6376 §2.10, §3.5', (field) => `${field} X-A: y\r\n`, {}, 'neutral', 'pass'],
    [
      'a line that is no field is no fold either',
      'RFC 5322 §2.2.3',
      (field) => `${field}X -A: x;y\r\n`,
      {},
      'pass',
      'fail',
    ],
    [
      'a tag that stands twice spoils the list',
      'RFC 6376 §3.2',
      (field) => field.replace('v=1;', 'v=1; v=1;'),
      {},
      'neutral',
      'fail',
    ],
    ['an empty tag', 'RFC 6376 §3.2', (field) => field.replace('v=1;', 'v=1;;'), {}, 'neutral', 'fail'],
    [
      'a key for another service',
      'RFC 6376 §3.6.1',
      (field) => field,
      { services: ['tlsrpt'] },
      'permerror',
      'neutral',
    ],
    ['a key for another hash', 'RFC 6376 §6.1.2', (field) => field, { hashes: ['sha1'] }, 'permerror', 'neutral'],
    [
      'i= outside d=',
      'RFC 6376 §6.1.1',
      (field) => field.replace('v=1;', 'v=1; i=@evil.example;'),
      {},
      'permerror',
      'fail',
    ],
    [
      'From not signed',
      'RFC 6376 §6.1.1',
      (field) => field.replace(/h=[^;]*/, 'h=subject'),
      {},
      'permerror',
      'neutral',
    ],
    ['SHA-1', 'RFC 8301 §3.1', (field) => field.replace('rsa-sha256', 'rsa-sha1'), {}, 'permerror', 'neutral'],
  ];
  for (const [what, clause, change, more, we, they] of differences) {
    it(`${what} (${clause}): ours ${we}, theirs ${they}`, async () => {
      const text = Buffer.from('From: joe@example.com\r\nSubject: x\r\n\r\nHello\r\n');
      const field = sign(parseMessage(text), {
        signingDomain: domainName('example.com'),
        selector: 'sel',
        privateKey: rsa,
      });
      const whole = Buffer.concat([Buffer.from(change(field)), text]);
      assert.deepEqual(
        [await ours(whole, recordFor(rsa, more)), await theirs(whole, recordFor(rsa, more))],
        [we, they],
      );
    });
  }
});
