// Whole verdicts beside mailauth 7: SPF, DKIM, ARC and DMARC of generated messages in a small world of domains, and of crafted From
// fields. Where the two differ the RFC decides, and the difference stands in `settled`, with its clause, and in docs/conformance.md.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { authenticate } from 'mailauth';
import { seal, validate } from '../../standards/arc/index.ts';
import { formatKeyRecord, recordOf, sign } from '../../standards/dkim/index.ts';
import { domainName, zone } from '../../standards/dns/index.ts';
import type { RecordType } from '../../standards/dns/index.ts';
import { forgedFroms } from '../../standards/mail/forged-from.ts';
import { parseMessage } from '../../standards/mail/index.ts';
import { verifyMessage } from './index.ts';

const privateKey = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const key = JSON.stringify(formatKeyRecord(recordOf(privateKey)));
const revoked = JSON.stringify('v=DKIM1; p=');
const signers = ['bank', 'mail.bank', 'strict', 'mail.strict', 'free', 'evil', 'relay', 'deep.er.bank'];
const reading = zone(`
$ORIGIN example.
@ IN SOA ns root 1 1 1 1 1
${signers.map((name) => `k._domainkey.${name} IN TXT ${key}\nold._domainkey.${name} IN TXT ${revoked}\n`).join('')}
_dmarc.bank IN TXT "v=DMARC1; p=reject; sp=quarantine"
bank IN TXT "v=spf1 ip4:192.0.2.1 include:relay.example -all"
mail.bank IN TXT "v=spf1 a:out.bank.example ~all"
out.bank IN A 192.0.2.2
deep.er.bank IN TXT "v=spf1 redirect=bank.example"
_dmarc.strict IN TXT "v=DMARC1; p=quarantine; adkim=s; aspf=s"
strict IN TXT "v=spf1 ip4:192.0.2.1 -all"
mail.strict IN TXT "v=spf1 ip4:192.0.2.2 ?all"
free IN TXT "v=spf1 mx -all"
free IN MX 10 out.bank
evil IN TXT "v=spf1 +all"
_dmarc.evil IN TXT "v=DMARC1; p=none; t=y"
relay IN TXT "v=spf1 ip4:192.0.2.3 -all"
_dmarc.closed IN TXT "v=DMARC1; p=reject; psd=n"
_dmarc.odd IN TXT "v=DMARC1; p=nonsense"
_dmarc.told IN TXT "v=DMARC1; rua=mailto:a@told.example"
_dmarc.twice IN TXT "v=DMARC1; p=reject"
_dmarc.twice IN TXT "v=DMARC1; p=none"
twice IN TXT "v=spf1 ip4:192.0.2.1 -all"
twice IN TXT "v=spf1 -all"
loop IN TXT "v=spf1 include:loop.example -all"
`);
assert.ok(reading.ok);
const { resolver } = reading.value;
const theirResolver = async (name: string, type: string): Promise<unknown[]> => {
  const answer = await resolver(name.toLowerCase(), type as RecordType & 'TXT');
  if (answer.kind === 'records') return answer.records.map((each) => each as unknown);
  throw Object.assign(new Error(name), { code: answer.kind === 'no-data' ? 'ENODATA' : 'ENOTFOUND' });
};

const domains = [...signers, 'closed', 'mail.closed', 'odd', 'told', 'twice', 'nowhere', 'login.bank'].map(
  (each) => `${each}.example`,
);
const domain = fc.constantFrom(...domains);
const from = fc.oneof(
  { weight: 8, arbitrary: domain.map((each) => [`From: A <a@${each}>`]) },
  { weight: 1, arbitrary: domain.map((each) => [`From: "x@bank.example" <a@${each.toUpperCase()}>`]) },
  { weight: 1, arbitrary: domain.map((each) => [`From: a@${each}, b@${each}`]) },
  { weight: 1, arbitrary: domain.map((each) => [`From: Board: a@${each};`]) },
  { weight: 1, arbitrary: fc.tuple(domain, domain).map(([one, other]) => [`From: a@${one}`, `From: b@${other}`]) },
  { weight: 1, arbitrary: fc.constant(['X-From: a@bank.example']) },
);
const signature = fc.record({
  by: fc.constantFrom(...signers),
  selector: fc.constantFrom('k', 'k', 'k', 'old', 'none'),
  form: fc.constantFrom('simple' as const, 'relaxed' as const),
  broken: fc.constantFrom('', '', '', 'body', 'subject'),
});
const sent = fc.record({
  from,
  signatures: fc.array(signature, { maxLength: 2 }),
  seals: fc.array(fc.constantFrom('', '', 'body', 'results'), { maxLength: 2 }),
  ip: fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.66'),
  mailFrom: fc.oneof(
    { weight: 5, arbitrary: domain.map((each) => `b@${each}`) },
    { weight: 1, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('b@loop.example', 'b@twice.example') },
  ),
  helo: fc.oneof(domain, fc.constant('h.unknown.example')),
});
type Sent = typeof sent extends fc.Arbitrary<infer T> ? T : never;

/** Builds the message, doing each damage right after the signature that it breaks. */
async function build({ from: lines, signatures, seals }: Sent): Promise<Buffer> {
  let text = [
    ...lines,
    'To: c@relay.example',
    'Subject: hello',
    'Date: Tue, 3 Nov 2026 09:15:00 +0100',
    '',
    'A body.',
    '',
  ].join('\r\n');
  const hasFrom = lines[0]!.startsWith('From');
  const damage = (what: string): void => {
    if (what === 'body') text += 'more\r\n';
    if (what === 'subject') text = text.replace('Subject: ', 'Subject: [list] ');
    if (what === 'results') text = text.replace('spf=none', 'spf=pass');
  };
  for (const { by, selector, form, broken } of hasFrom ? signatures : []) {
    const options = { signingDomain: domainName(`${by}.example`), selector, privateKey };
    const field = sign(parseMessage(Buffer.from(text)), {
      ...options,
      headerCanonicalization: form,
      bodyCanonicalization: form,
    });
    text = field + text;
    damage(broken);
  }
  for (const broken of hasFrom ? seals : []) {
    const message = parseMessage(Buffer.from(text));
    const fields = seal(message, {
      signingDomain: domainName('relay.example'),
      selector: 'k',
      privateKey,
      chain: await validate(message, resolver),
      results: {
        authservId: 'mx.relay.example',
        results: [{ method: 'spf', methodVersion: 1, result: 'none', comments: [], properties: [] }],
      },
    });
    text = (fields ?? '') + text;
    damage(broken);
  }
  return Buffer.from(text);
}

interface Told {
  readonly spf: string;
  /** One letter a signature, `p` for pass. */
  readonly dkim: string;
  readonly arc: string;
  readonly dmarc: string;
}

async function ours(bytes: Buffer, { ip, mailFrom, helo }: Sent): Promise<Told> {
  const { spf, dkim, arc, dmarc } = await verifyMessage(parseMessage(bytes), { ip, mailFrom, helo }, resolver);
  const [view] = dmarc.views;
  return {
    spf: spf.result,
    dkim: dkim.signatures.map(({ result }) => (result === 'pass' ? 'p' : '-')).join(''),
    arc: arc.status,
    dmarc: `${dmarc.result} ${view?.policy ?? '-'}`,
  };
}

const asked = { mta: 'mx.ours.example', resolver: theirResolver as never, disableBimi: true, strict: true };

async function theirs(bytes: Buffer, { ip, mailFrom, helo }: Sent): Promise<Told> {
  const found = await authenticate(bytes, {
    ip,
    helo,
    sender: mailFrom,
    mta: 'mx.ours.example',
    resolver: theirResolver as never,
    disableBimi: true,
  });
  const result = (leg: unknown): string =>
    (leg as { status?: { result?: string } } | undefined)?.status?.result ?? 'none';
  const { results } = found.dkim as { results: readonly { status: { result: string } }[] };
  const dmarc = found.dmarc as { policy?: string } | false | undefined;
  const policy = dmarc === false || dmarc === undefined ? undefined : dmarc.policy;
  return {
    spf: result(found.spf),
    dkim: results
      .filter(({ status }) => status.result !== 'none')
      .map(({ status }) => (status.result === 'pass' ? 'p' : '-'))
      .join(''),
    arc: result(found.arc),
    dmarc: `${result(dmarc)} ${policy === undefined || (policy === 'none' && result(dmarc) === 'none') ? '-' : policy}`,
  };
}

describe('whole verdicts beside mailauth 7', () => {
  it('are the same on every generated message', async () => {
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(sent, async (each) => {
        const bytes = await build(each);
        const we = await ours(bytes, each);
        assert.deepEqual(we, await theirs(bytes, each));
        for (const [part, result] of Object.entries(we)) met.add(`${part} ${result}`);
      }),
      { numRuns: 250, seed: 20_261_124 },
    );
    // The messages are of all kinds, or nothing would be compared.
    for (const kind of [
      ...['pass', 'fail', 'none', 'softfail', 'neutral', 'permerror'].map((each) => `spf ${each}`),
      ...['pass', 'fail', 'none'].map((each) => `arc ${each}`),
      ...['pass reject', 'pass quarantine', 'fail reject', 'fail quarantine', 'fail none', 'none -'].map(
        (each) => `dmarc ${each}`,
      ),
      ...['', 'p', '-', 'pp', 'p-', '-p', '--'].map((each) => `dkim ${each}`),
    ]) {
      assert.ok(met.has(kind), kind);
    }
  });

  /** Crafted From fields in which both find an author, and not the same one. What ours says is right by the clause. */
  const settled: Readonly<Record<string, string>> = {
    'a comment in brackets': 'RFC 5322 §3.4.1: CFWS may stand around the domain',
    'a comment between labels': 'RFC 5322 §4.4: CFWS may stand around the dots of a domain',
    'an escaped parenthesis': 'RFC 5322 §3.2.2: a backslash escapes it, and the comment goes on',
    'a comment in a comment left open': 'none by theirs; one domain only can be found in it by anybody',
    'the victim as quoted local part in brackets':
      'RFC 5322 §3.4.1: a quoted string is the local part, whatever it holds',
    'a final dot': 'the same domain, written without its dot',
    'a space in the domain': 'RFC 5322 §4.4',
    'a fold in the domain': 'RFC 5322 §4.4',
    'a fold and the forger behind it': 'RFC 5322 §4.4',
    'full-width letters are the letters (UTS #46)': 'RFC 5895, UTS #46: what a reader looks up',
    'a zero-width space in the domain is nothing (UTS #46)': 'UTS #46',
    'a domain in Latin-1 bytes': 'RFC 6532 has UTF-8 only; what is none is read as Latin-1, as mail readers do',
    'a soft hyphen in the domain is nothing (UTS #46)': 'UTS #46',
    'mathematical letters are letters (UTS #46)': 'UTS #46',
    'a comment between local part and @, with a bracket': 'RFC 5322 §3.2.2',
  };
  it('on crafted From fields: where both find an author, the same one, or the clause decides', async () => {
    const differing = new Set<string>();
    let alike = 0;
    for (const [what, lines] of forgedFroms) {
      const header = `${lines.join('\r\n')}\r\nSubject: x\r\n`;
      const options = { signingDomain: domainName('evil.example'), selector: 'k', privateKey };
      const field = sign(parseMessage(Buffer.from(`${header}\r\nbody\r\n`, 'latin1')), options);
      const bytes = Buffer.from(`${header}${field}\r\nbody\r\n`, 'latin1');
      const { authorDomain } = await verifyMessage(parseMessage(bytes), {}, resolver);
      // Ours says why there is none, where theirs takes what it finds: never a difference that lets anything pass.
      if (authorDomain === undefined) continue;
      const { dmarc } = await authenticate(bytes, { ip: '192.0.2.66', helo: 'h', sender: 'x@evil.example', ...asked });
      const found = (dmarc as { status?: { header?: { from?: string } } } | false | undefined) || undefined;
      if (found?.status?.header?.from === authorDomain) alike += 1;
      else differing.add(what);
    }
    assert.deepEqual([...differing], Object.keys(settled));
    assert.ok(alike > 60, String(alike));
  });
});
