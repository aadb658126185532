// DKIM beside Debian's dkimpy and opendkim, both ways: they verify what we sign, we verify what they sign, and all judge damaged
// messages. Where they differ, the RFC decides, and the difference is listed below with its clause.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as fc from 'fast-check';
import {
  DkimVerifier,
  formatKeyRecord,
  generateKeys,
  recordOf,
  sign,
  splitTxt,
} from '../../src/standards/dkim/index.ts';
import type { Canonicalization } from '../../src/standards/dkim/index.ts';
import { domainName } from '../../src/standards/dns/index.ts';
import type { Resolver } from '../../src/standards/dns/index.ts';
import { parseMessage } from '../../src/standards/mail/index.ts';

type Kind = 'ed25519' | 'rsa';
const selectors: Readonly<Record<Kind, string>> = { rsa: 'rsa', ed25519: 'ed' };
const forms = ['simple', 'relaxed'] as const;
const keys = {} as Record<Kind, KeyObject>;
const home = mkdtempSync(join(tmpdir(), 'zegel-dkim-peers-'));

before(async () => {
  keys.rsa = (await generateKeys('rsa')).privateKey;
  keys.ed25519 = (await generateKeys('ed25519')).privateKey;
  const records = (['rsa', 'ed25519'] as const).map(
    (kind) => `${selectors[kind]}._domainkey.example.com ${formatKeyRecord(recordOf(keys[kind]))}\n`,
  );
  writeFileSync(join(home, 'keys'), records.join(''));
  writeFileSync(
    join(home, 'verify.conf'),
    `TestPublicKeys ${join(home, 'keys')}\nMode v\nSyslog no\nOn-Default accept\n`,
  );
  writeFileSync(join(home, 'rsa.pem'), keys.rsa.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
});
after(() => rmSync(home, { recursive: true, force: true }));

const value = fc
  .array(fc.constantFrom('a', 'word', ' ', '  ', '\t', '\r\n ', '\r\n\t', ';', '='), { maxLength: 10 })
  .map((all) => ` x${all.join('')}y`);
const body = fc
  .array(fc.constantFrom('a', 'word ', ' ', '\t', '\r\n', '\r\n\r\n', '.', 'x'.repeat(70)), {
    minLength: 1,
    maxLength: 30,
  })
  .map((all) => `${all.join('')}\r\n`);
const letter = fc.record({ subject: value, other: value, body }).map((each) => {
  const lines = [
    `X-Other:${each.other}`,
    'From: Joe <joe@example.com>',
    `Subject:${each.subject}`,
    'To: jane@example.net',
    'Date: Tue, 3 Nov 2026 09:15:00 +0100',
  ];
  return `${lines.join('\r\n')}\r\n\r\n${each.body}`;
});
/** The same messages at every run: what a peer makes of them is not to change from one day to the next. */
const letters = fc.sample(letter, { seed: 20_261_103, numRuns: 40 });

function signed(text: string, kind: Kind, header: Canonicalization, canonical: Canonicalization): string {
  const field = sign(parseMessage(Buffer.from(text)), {
    signingDomain: domainName('example.com'),
    selector: selectors[kind],
    privateKey: keys[kind],
    headerCanonicalization: header,
    bodyCanonicalization: canonical,
  });
  return field + text;
}

/** All letters in all canonicalizations with both keys, signed by us. */
function everySigned(): string[] {
  return letters.flatMap((text) =>
    forms.flatMap((header) =>
      forms.flatMap((canonical) => (['rsa', 'ed25519'] as const).map((kind) => signed(text, kind, header, canonical))),
    ),
  );
}

async function ours(
  messages: readonly string[],
  records: Readonly<Record<string, string>> = ourRecords(),
): Promise<boolean[]> {
  const resolver: Resolver = async (name) => {
    const text = records[name];
    const common = { ttl: 1, aliases: [], authenticated: false };
    return text === undefined
      ? { kind: 'no-such-name', ...common }
      : { kind: 'records', records: [splitTxt(text)] as never, ...common };
  };
  const verifier = new DkimVerifier(resolver);
  const found = await Promise.all(messages.map((text) => verifier.verify(parseMessage(Buffer.from(text)))));
  return found.map(({ results }) => results.some((each) => each.result === 'pass'));
}

function ourRecords(): Record<string, string> {
  return Object.fromEntries(
    (['rsa', 'ed25519'] as const).map((kind) => [
      `${selectors[kind]}._domainkey.example.com`,
      formatKeyRecord(recordOf(keys[kind])),
    ]),
  );
}

// One process for many messages: a line of JSON each, in and out.
const python = `
import base64, dkim, json, sys
for line in sys.stdin:
    job = json.loads(line)
    message = base64.b64decode(job["message"])
    try:
        if job["do"] == "verify":
            records = job["records"]
            def look(name, timeout=5):
                text = records.get(name.decode().rstrip("."))
                return None if text is None else text.encode()
            answer = dkim.verify(message, dnsfunc=look)
        else:
            answer = dkim.sign(message, job["selector"].encode(), b"example.com", job["key"].encode(),
                canonicalize=(job["header"].encode(), job["body"].encode()), signature_algorithm=job["algorithm"].encode(), length=job.get("length", False)).decode("latin-1")
    except Exception as error:
        answer = "error: " + type(error).__name__
    print(json.dumps(answer))
`;

function dkimpy(jobs: readonly Record<string, unknown>[]): (boolean | string)[] {
  const lines = jobs.map((job) =>
    JSON.stringify({ ...job, message: Buffer.from(job['message'] as string).toString('base64') }),
  );
  const output = execFileSync('/usr/bin/python3', ['-c', python], {
    input: lines.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as boolean | string);
}

function dkimpyVerify(
  messages: readonly string[],
  records: Readonly<Record<string, string>> = ourRecords(),
): boolean[] {
  return dkimpy(messages.map((message) => ({ do: 'verify', message, records }))).map((answer) => answer === true);
}

/** Whether opendkim finds a good signature in each message. It reads files, and says a line for each that it judged. */
function opendkimVerify(messages: readonly string[]): boolean[] {
  const files = messages.map((text, at) => {
    const file = join(home, `m${at}.eml`);
    writeFileSync(file, text);
    return file;
  });
  const { stdout } = spawnSync('/usr/sbin/opendkim', ['-x', join(home, 'verify.conf'), '-v', '-t', files.join(',')], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  for (const file of files) rmSync(file);
  return files.map(
    (file) =>
      stdout.includes(`${file}: verification `) && new RegExp(`${file}: verification [^\n]*succeeded`).test(stdout),
  );
}

describe('they verify what we sign', () => {
  it('dkimpy', () => {
    const messages = everySigned();
    assert.equal(messages.length, 320);
    assert.deepEqual(
      dkimpyVerify(messages)
        .map((good, at) => (good ? '' : messages[at]))
        .filter((each) => each !== ''),
      [],
    );
  });
  it('opendkim', () => {
    const messages = everySigned();
    const found = opendkimVerify(messages);
    assert.deepEqual(
      found.map((good, at) => (good ? '' : messages[at])).filter((each) => each !== ''),
      [],
    );
  });
});

describe('we verify what they sign', () => {
  it('dkimpy, both keys, all canonicalizations', async () => {
    const pem = keys.rsa.export({ type: 'pkcs1', format: 'pem' }).toString();
    const seed = keys.ed25519.export({ type: 'pkcs8', format: 'der' }).subarray(-32).toString('base64');
    const jobs = letters.flatMap((message) =>
      forms.flatMap((header) =>
        forms.flatMap((canonical) =>
          (['rsa', 'ed25519'] as const).map((kind) => ({
            do: 'sign',
            message,
            header,
            body: canonical,
            selector: selectors[kind],
            algorithm: `${kind}-sha256`,
            key: kind === 'rsa' ? pem : seed,
          })),
        ),
      ),
    );
    const messages = dkimpy(jobs).map((field, at) => {
      assert.match(String(field), /^DKIM-Signature:/);
      return Buffer.from(String(field) + jobs[at]!.message, 'latin1').toString('latin1');
    });
    assert.deepEqual(
      await ours(messages),
      messages.map(() => true),
    );
  });
  it('dkimpy with l=: text put behind leaves it good, text cut off does not; opendkim says the same', async () => {
    const pem = keys.rsa.export({ type: 'pkcs1', format: 'pem' }).toString();
    const some = letters.slice(0, 10);
    const jobs = some.flatMap((message) =>
      forms.flatMap((header) =>
        forms.map((canonical) => ({
          do: 'sign',
          message,
          header,
          body: canonical,
          length: true,
          selector: selectors.rsa,
          algorithm: 'rsa-sha256',
          key: pem,
        })),
      ),
    );
    const signatures = dkimpy(jobs).map(String);
    assert.ok(signatures.every((field) => /[; ]l=\d+/.test(field)));
    const whole = signatures.map((field, at) => field + jobs[at]!.message);
    const longer = whole.map((text) => `${text}more\r\n`);
    const shorter = whole.map((text) => text.replace(/\S[^]{0,40}$/, ''));
    for (const [messages, good] of [
      [whole, true],
      [longer, true],
      [shorter, false],
    ] as const) {
      const expected = messages.map(() => good);
      assert.deepEqual(await ours(messages), expected);
      assert.deepEqual(dkimpyVerify(messages), expected);
      assert.deepEqual(opendkimVerify(messages), expected);
    }
  });
  it('opendkim, RSA, all canonicalizations', async () => {
    const messages: string[] = [];
    for (const header of forms) {
      for (const canonical of forms) {
        const conf = join(home, `sign-${header}-${canonical}.conf`);
        writeFileSync(
          conf,
          `Mode s\nSyslog no\nDomain example.com\nSelector rsa\nKeyFile ${join(home, 'rsa.pem')}\nCanonicalization ${header}/${canonical}\nSignatureAlgorithm rsa-sha256\nRequireSafeKeys no\nInternalHosts 0.0.0.0/0\n`,
        );
        for (const [at, text] of letters.slice(0, 10).entries()) {
          const file = join(home, `s${at}.eml`);
          writeFileSync(file, text);
          const { stdout } = spawnSync('/usr/sbin/opendkim', ['-x', conf, '-vvv', '-t', file], { encoding: 'utf8' });
          const field = /hname='DKIM-Signature' hvalue='([^']*)'/.exec(stdout)?.[1];
          assert.ok(field !== undefined, stdout);
          messages.push(`DKIM-Signature: ${field.replace(/\r?\n/g, '\r\n')}\r\n${text}`);
        }
      }
    }
    assert.equal(messages.length, 40);
    assert.deepEqual(
      await ours(messages),
      messages.map(() => true),
    );
  });
});

describe('all judge damaged messages alike', () => {
  /** Each damage is made to every letter; the signature field itself is left alone. */
  const damages: [what: string, change: (text: string) => string][] = [
    ['nothing', (text) => text],
    ['LF for CRLF', (text) => text.replaceAll('\r\n', '\n')],
    ['a word in the body', (text) => `${text}more\r\n`],
    ['empty lines at the end', (text) => `${text}\r\n\r\n`],
    ['white space at the end', (text) => `${text} \r\n`],
    ['white space in the body', (text) => text.replace('\r\n\r\n', '\r\n\r\n ')],
    ['a space at the end of the subject', (text) => text.replace('y\r\nTo:', 'y \r\nTo:')],
    ['a space in the subject', (text) => text.replace('Subject: x', 'Subject: x ')],
    ['a fold in the subject', (text) => text.replace('Subject: x', 'Subject:\r\n x')],
    ['SUBJECT in capitals', (text) => text.replace('Subject:', 'SUBJECT:')],
    ['a space before the colon', (text) => text.replace('Subject:', 'Subject :')],
    ['another From on top', (text) => `From: evil@evil.example\r\n${text}`],
    ['another Subject below', (text) => text.replace('\r\n\r\n', '\r\nSubject: other\r\n\r\n')],
    ['an unsigned field', (text) => `X-New: y\r\n${text}`],
    ['fields in another order', (text) => text.replace(/(To: [^\r]*\r\n)(Date: [^\r]*\r\n)/, '$2$1')],
    ['the last line break gone', (text) => text.replace(/\r\n$/, '')],
  ];
  /** Where a peer does otherwise: what is right, and the clause that decides. */
  const settled: Readonly<
    Record<
      string,
      { readonly peers: readonly ('dkimpy' | 'opendkim')[]; readonly right: boolean; readonly why: string }
    >
  > = {
    'a fold in the subject': {
      peers: ['opendkim'],
      right: false,
      why: 'RFC 6376 §3.4.1: simple changes nothing; opendkim, fed by the milter protocol, never sees white space that begins a value',
    },
    'a space before the colon': {
      peers: ['dkimpy'],
      right: true,
      why: 'RFC 6376 §3.4.2: relaxed deletes white space before the colon',
    },
    'the last line break gone': {
      peers: ['dkimpy', 'opendkim'],
      right: true,
      why: 'RFC 6376 §3.4.4: a line break is added to a body that does not end with one; both peers do so for simple only',
    },
  };
  for (const [what, change] of damages) {
    it(what, async () => {
      const messages = letters
        .slice(0, 12)
        .flatMap((text, at) =>
          forms.flatMap((header) =>
            forms.map((canonical) => change(signed(text, at % 2 === 0 ? 'rsa' : 'ed25519', header, canonical))),
          ),
        );
      const we = await ours(messages);
      const peers = { dkimpy: dkimpyVerify(messages), opendkim: opendkimVerify(messages) };
      for (const peer of ['dkimpy', 'opendkim'] as const) {
        const differing = we.flatMap((good, at) => (good === peers[peer][at] ? [] : [at]));
        const decided = settled[what];
        if (decided?.peers.includes(peer) === true) {
          assert.ok(differing.length > 0, `${peer} agrees by now: ${decided.why}`);
          assert.ok(
            differing.every((at) => we[at] === decided.right),
            decided.why,
          );
        } else {
          const told = differing.map(
            (at) => `${we[at]} here, ${peers[peer][at]} there: ${JSON.stringify(messages[at])}`,
          );
          assert.deepEqual(told.slice(0, 2), [], `${what}: ${peer}`);
        }
      }
    });
  }
});
