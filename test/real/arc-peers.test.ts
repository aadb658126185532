// ARC beside Debian's dkimpy, both ways: it validates the chains that we seal, we those that it seals, chains are sealed in turn, and both
// judge damaged ones. (Debian has no OpenARC.) Where they differ, RFC 8617 decides, and the difference is listed with its clause.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { seal, validate } from '../../src/standards/arc/index.ts';
import { formatKeyRecord, generateKeys, recordOf, splitTxt } from '../../src/standards/dkim/index.ts';
import { domainName } from '../../src/standards/dns/index.ts';
import type { Resolver } from '../../src/standards/dns/index.ts';
import { parseMessage } from '../../src/standards/mail/index.ts';

let key: KeyObject;
let record: string;
before(async () => {
  key = (await generateKeys('rsa')).privateKey;
  record = formatKeyRecord(recordOf(key));
});

const resolver: Resolver = async (name) => {
  const common = { ttl: 1, aliases: [], authenticated: false };
  return name === 'arc._domainkey.example.com'
    ? { kind: 'records', records: [splitTxt(record)] as never, ...common }
    : { kind: 'no-such-name', ...common };
};

const letter = (body: string, more = ''): string =>
  `${more}From: Joe <joe@example.com>\r\nSubject: a  long\r\n\tsubject \r\nTo: jane@example.net\r\nDate: Tue, 3 Nov 2026 09:15:00 +0100\r\nMIME-Version: 1.0\r\n\r\n${body}`;
const letters = [
  letter('Hello\r\n'),
  letter('two  words \r\n\r\n \t\r\n\r\n'),
  letter(''),
  letter('no line break'),
  letter(`${'x'.repeat(900)}\r\n.\r\n`, 'X-Other: y\r\nReceived: from a by b\r\nReceived: from c by d\r\n'),
];

// One process for many messages: a line of JSON each, in and out.
const python = `
import base64, dkim, json, sys
for line in sys.stdin:
    job = json.loads(line)
    message = base64.b64decode(job["message"])
    try:
        if job["do"] == "verify":
            look = lambda name, timeout=5: job["record"].encode() if name.decode().rstrip(".") == "arc._domainkey.example.com" else None
            status, results, reason = dkim.arc_verify(message, dnsfunc=look)
            answer = "none" if status is None else status.decode()
        else:
            # It takes what it found from a field of ours, and the state of the chain with it.
            found = b"Authentication-Results: mx.example.com; arc=" + job["chain"].encode() + b"; dkim=pass header.d=example.com\\r\\n"
            fields = dkim.arc_sign(found + message, b"arc", b"example.com", job["key"].encode(), b"mx.example.com")
            answer = b"".join(fields).decode("latin-1")
    except Exception as error:
        answer = "error: " + type(error).__name__ + " " + str(error)
    print(json.dumps(answer))
`;

function dkimpy(jobs: readonly Record<string, string>[]): string[] {
  const lines = jobs.map((job) =>
    JSON.stringify({ ...job, message: Buffer.from(job['message']!, 'latin1').toString('base64') }),
  );
  const output = execFileSync('/usr/bin/python3', ['-c', python], { input: lines.join('\n'), encoding: 'utf8' });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as string);
}

const dkimpyValidates = (messages: readonly string[]): string[] =>
  dkimpy(messages.map((message) => ({ do: 'verify', message, record })));

function sealedByDkimpy(text: string, chain: string): string {
  const pem = key.export({ type: 'pkcs1', format: 'pem' }).toString();
  const [fields = ''] = dkimpy([{ do: 'seal', message: text, chain, key: pem }]);
  assert.match(fields, /^ARC-Seal:/);
  return fields + text;
}

async function sealedByUs(text: string): Promise<string> {
  const message = parseMessage(Buffer.from(text, 'latin1'));
  const plain = { methodVersion: 1, comments: [], properties: [] };
  const fields = seal(message, {
    signingDomain: domainName('example.com'),
    selector: 'arc',
    privateKey: key,
    signedAt: 1_793_693_700,
    chain: await validate(message, resolver),
    results: { authservId: 'mx.example.com', results: [{ ...plain, method: 'dkim', result: 'pass' }] },
  });
  assert.ok(fields !== undefined);
  return fields + text;
}

const ours = async (messages: readonly string[]): Promise<string[]> =>
  Promise.all(
    messages.map(async (text) => (await validate(parseMessage(Buffer.from(text, 'latin1')), resolver)).status),
  );

/** Each letter sealed one, two and three times, by those of `who` in turn. */
async function chains(who: readonly ('dkimpy' | 'us')[]): Promise<string[]> {
  const made: string[] = [];
  for (const text of letters) {
    let sealed = text;
    for (const [at, each] of who.entries()) {
      sealed = each === 'us' ? await sealedByUs(sealed) : sealedByDkimpy(sealed, at === 0 ? 'none' : 'pass');
      made.push(sealed);
    }
  }
  return made;
}

describe('chains that hold, for both', () => {
  for (const who of [
    ['us', 'us', 'us'],
    ['dkimpy', 'dkimpy', 'dkimpy'],
    ['us', 'dkimpy', 'us'],
    ['dkimpy', 'us', 'dkimpy'],
  ] as const) {
    it(`sealed by ${who.join(', ')}`, async () => {
      const messages = await chains(who);
      const expected = messages.map(() => 'pass');
      assert.deepEqual(await ours(messages), expected);
      assert.deepEqual(dkimpyValidates(messages), expected);
    });
  }
  it('and none', async () => {
    assert.deepEqual(
      [await ours(letters), dkimpyValidates(letters)],
      [letters, letters].map((all) => all.map(() => 'none')),
    );
  });
});

describe('damaged chains of three sets', () => {
  const damages: readonly (readonly [what: string, change: (text: string) => string])[] = [
    ['the body', (text) => `${text}more\r\n`],
    ['white space in a header', (text) => text.replace('Subject: a  long', 'Subject:   a long')],
    ['the subject', (text) => text.replace('Subject: a', 'Subject: b')],
    ['what the first sealer found', (text) => text.replace(/(i=1; mx\.example\.com[^]*?dkim=)pass/, '$1fail')],
    ['the seal of the second set', (text) => text.replace(/(ARC-Seal:[^]*?i=2;)/, '$1 x=y;')],
    [
      'the first set taken out',
      (text) => text.replace(/^ARC-[^\r]*(?:\r\n[ \t][^\r]*)*\r\n/gm, (field) => (/[ ;]i=1;/.test(field) ? '' : field)),
    ],
    [
      'the newest set taken out: what is left holds',
      (text) => text.replace(/^ARC-[^\r]*(?:\r\n[ \t][^\r]*)*\r\n/gm, (field) => (/[ ;]i=3;/.test(field) ? '' : field)),
    ],
    ['a seal twice', (text) => text.replace(/^(ARC-Seal[^\r]*(?:\r\n[ \t][^\r]*)*\r\n)/m, '$1$1')],
    ['cv=fail in the newest', (text) => text.replace('cv=pass', 'cv=fail')],
    ['an instance beyond fifty', (text) => text.replace(/i=3;/g, 'i=51;')],
    ['a field on top that nobody signed', (text) => `X-New: y\r\n${text}`],
  ];
  /** Where dkimpy says otherwise: what it says, what is right, and the clause that decides. */
  const settled: Readonly<Record<string, { readonly theirs: string; readonly right: string; readonly why: string }>> = {
    'cv=fail in the newest': {
      theirs: 'none',
      right: 'fail',
      why: 'RFC 8617 §5.2 step 2: the chain has failed; dkimpy says nothing of a chain that has ended',
    },
  };
  for (const [what, change] of damages) {
    it(what, async () => {
      const made = await chains(['us', 'dkimpy', 'us']);
      const messages = made.filter((_, at) => at % 3 === 2).map(change);
      const [we, they] = [await ours(messages), dkimpyValidates(messages)];
      const decided = settled[what];
      if (decided === undefined) assert.deepEqual(we, they);
      else {
        const expected = messages.map(() => `${decided.right}, ${decided.theirs}`);
        assert.deepEqual(
          we.map((each, at) => `${each}, ${they[at]}`),
          expected,
          decided.why,
        );
      }
    });
  }
  it('damage is damage: what may be done to a chain is this, and no more', async () => {
    const [, , whole = ''] = await chains(['us', 'dkimpy', 'us']);
    const found = await ours(damages.map(([, change]) => change(whole)));
    const holds = damages.filter((_, at) => found[at] === 'pass').map(([what]) => what);
    assert.deepEqual(holds, [
      'white space in a header',
      'the newest set taken out: what is left holds',
      'a field on top that nobody signed',
    ]);
  });
});
