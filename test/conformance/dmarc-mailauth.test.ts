// The verdict of DMARC beside that of mailauth, which follows RFC 9989 too, on made-up worlds and messages. Where the two part, the
// RFC settles it, and the case stands in the table below with what it says; outside the table they must agree.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { dmarc } from 'mailauth/lib/dmarc/index.js';
import { domainName, ResolverError, zone } from '../../src/standards/dns/index.ts';
import type { Resolver } from '../../src/standards/dns/index.ts';
import { discoverFacts, evaluateDmarc, parseDmarcRecord } from '../../src/standards/dmarc/index.ts';

interface World {
  /** Texts by name, without `_dmarc`; `TIMEOUT` is no answer. */
  readonly published: Readonly<Record<string, readonly string[]>>;
  readonly existing: readonly string[];
}
interface Message {
  readonly author: string;
  readonly spf: readonly string[];
  readonly dkim: readonly string[];
}

const timeout = 'TIMEOUT';

function resolverOf({ published, existing }: World): Resolver {
  const silent = new Set<string>();
  const lines = ['$TTL 300', '. SOA a.nic. b.nic. 1 1 1 1 300'];
  for (const [name, texts] of Object.entries(published)) {
    if (texts.includes(timeout)) silent.add(`_dmarc.${name}`);
    else for (const text of texts) lines.push(`_dmarc.${name}. TXT "${text}"`);
  }
  for (const name of existing) lines.push(`${name}. A 192.0.2.1`);
  const reading = zone(lines.join('\n'));
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const { resolver } = reading.value;
  return async (name, type) => {
    if (silent.has(name)) throw new ResolverError('dns/timeout', `${name} does not answer`);
    return resolver(name, type);
  };
}

/** A resolver as mailauth wants it: records, or an error with one of Node's codes. */
function asNode(resolver: Resolver) {
  const failure = (code: string): Error => Object.assign(new Error(code), { code });
  return async (name: string, type: string): Promise<unknown[]> => {
    let answer;
    try {
      answer = await resolver(name, type as 'TXT');
    } catch {
      throw failure('ETIMEOUT');
    }
    if (answer.kind === 'records') return [...answer.records];
    throw failure(answer.kind === 'no-data' ? 'ENODATA' : 'ENOTFOUND');
  };
}

interface Said {
  readonly result: string;
  readonly policy: string | undefined;
  readonly policyDomain: string | undefined;
  readonly spf: boolean;
  readonly dkim: boolean;
}

async function ours({ author, spf, dkim }: Message, resolver: Resolver): Promise<Said> {
  const auth = {
    spf: spf.map((domain) => ({ domain, result: 'pass' as const })),
    dkim: dkim.map((domain) => ({ domain, result: 'pass' as const })),
  };
  const { facts } = await discoverFacts({ authorDomain: domainName(author), auth }, resolver);
  const verdict = evaluateDmarc(facts);
  const applies = verdict.result === 'pass' || verdict.result === 'fail';
  // The policy that a message would meet, had it failed: mailauth gives it for messages that pass as well.
  const failing = evaluateDmarc({ ...facts, identifiers: 0 });
  return {
    result: verdict.result,
    policy: applies && failing.result === 'fail' ? failing.disposition : undefined,
    policyDomain: applies && typeof facts.policy !== 'string' ? facts.policy.domain : undefined,
    spf: verdict.spfAligned,
    dkim: verdict.dkimAligned,
  };
}

async function theirs({ author, spf, dkim }: Message, resolver: Resolver): Promise<Said> {
  const options = {
    headerFrom: author,
    spfDomains: [...spf],
    dkimDomains: dkim.map((domain) => ({ domain })),
    strict: true,
  };
  // Its types know a resolver of TXT records only.
  const answer = (await dmarc({ ...options, resolver: asNode(resolver) as never })) as MailauthAnswer | false;
  assert.ok(answer !== false);
  const { result } = answer.status;
  const applies = result === 'pass' || result === 'fail';
  return {
    result,
    policy: applies ? answer.status.policy?.dmarc : undefined,
    policyDomain: applies ? answer.policyDomain : undefined,
    spf: answer.alignment?.spf.result !== undefined,
    dkim: answer.alignment?.dkim.result !== undefined,
  };
}

interface MailauthAnswer {
  readonly status: { readonly result: string; readonly policy?: { readonly dmarc?: string } };
  readonly policyDomain?: string;
  readonly alignment?: { readonly spf: { readonly result?: string }; readonly dkim: { readonly result?: string } };
}

/** Where the two read a record differently, and what settles it. */
const disagreements: readonly { what: string; text: string; ours: string; theirs: string; why: string }[] = [
  {
    what: 'a space before v',
    text: ' v=DMARC1; p=reject',
    ours: 'none',
    theirs: 'fail reject',
    why: 'the grammar of RFC 9989 §4.8 begins with dmarc-version, and a record MUST comply with it',
  },
  {
    what: 'a tag in capitals',
    text: 'v=DMARC1; P=reject',
    ours: 'fail reject',
    theirs: 'none',
    why: 'the grammars of RFC 7489 §6.4 and RFC 9989 §4.8 name tags in literals, which have no case (RFC 5234 §2.3), RFC 6376 §3.2 has them in one: read, and shown as a problem',
  },
  {
    what: 'the same tag in both cases',
    text: 'v=DMARC1; p=quarantine; P=reject',
    ours: 'none',
    theirs: 'fail quarantine',
    why: 'a tag without case that stands twice makes the list invalid (RFC 6376 §3.2)',
  },
  {
    what: 'a URI with two fragments',
    text: 'v=DMARC1; rua=mailto:a@example.com#x#y',
    ours: 'none',
    theirs: 'fail none',
    why: 'RFC 3986 §3.5 has one, so no URI here is well formed (RFC 9989 §4.10.1)',
  },
  {
    what: 'square brackets in a mailto URI',
    text: 'v=DMARC1; rua=mailto:[a]@example.com',
    ours: 'none',
    theirs: 'fail none',
    why: 'RFC 3986 §3.2.2 has them around an IP literal only, so no URI here is well formed (RFC 9989 §4.10.1)',
  },
];

describe('DMARC beside mailauth', () => {
  const names = [
    'com',
    'example.com',
    'a.example.com',
    'b.example.com',
    'c.a.example.com',
    'd.c.a.example.com',
    'z.y.x.w.v.u.t.s.example.com',
    'x.w.v.u.t.s.example.com',
    'u.t.s.example.com',
    'org',
    'other.org',
  ];
  const name = fc.constantFrom(...names);
  const policy = fc.constantFrom('none', 'quarantine', 'reject', 'Reject', 'block', '');
  const tag = fc.oneof(
    fc.tuple(fc.constantFrom('p', 'sp', 'np'), policy),
    fc.tuple(fc.constantFrom('adkim', 'aspf'), fc.constantFrom('r', 's', 'S', 'x')),
    fc.tuple(fc.constant('psd'), fc.constantFrom('y', 'n', 'u', 'Y', 'x')),
    fc.tuple(fc.constant('t'), fc.constantFrom('y', 'n', 'x')),
    fc.tuple(
      fc.constant('rua'),
      fc.constantFrom(
        'mailto:a@example.com',
        'a@example.com',
        'mailto:a@example.com!10m',
        'https://example.com/x, y',
        '',
      ),
    ),
    fc.tuple(fc.constantFrom('pct', 'x', 'ri'), fc.constantFrom('0', '50')),
  );
  const record = fc
    .tuple(
      fc.constantFrom('v=DMARC1', 'v=DMARC1', 'v=DMARC1', 'v = DMARC1 ', 'V=DMARC1', 'v=dmarc1', 'v=DMARC10', 'v=spf1'),
      fc.constantFrom('p=reject', 'p=quarantine', 'p=none', ''),
      fc.array(tag, { maxLength: 4 }),
      fc.constantFrom(';', '; ', ' ; ', ';;'),
      fc.constantFrom('', ';', ' '),
    )
    .map(
      ([version, first, tags, separator, end]) =>
        [version, ...(first === '' ? [] : [first]), ...tags.map((pair) => pair.join('='))].join(separator) + end,
    );
  const worlds: fc.Arbitrary<World> = fc.record({
    published: fc.dictionary(
      name,
      fc.oneof(
        { weight: 9, arbitrary: fc.array(record, { minLength: 1, maxLength: 2 }) },
        { weight: 1, arbitrary: fc.constant([timeout]) },
      ),
      { maxKeys: 5 },
    ),
    existing: fc.subarray(names),
  });
  const messages: fc.Arbitrary<Message> = fc.record({
    author: name,
    spf: fc.array(name, { maxLength: 1 }),
    dkim: fc.array(name, { maxLength: 3 }),
  });

  it('agrees on 2,000 made-up messages', async () => {
    const results = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(worlds, messages, async (world, message) => {
        const resolver = resolverOf(world);
        const mine = await ours(message, resolver);
        assert.deepEqual(mine, await theirs(message, resolver));
        results.set(mine.result, (results.get(mine.result) ?? 0) + 1);
      }),
      { numRuns: 2000 },
    );
    // A comparison in which one kind of result never comes up compares nothing there.
    for (const result of ['pass', 'fail', 'none', 'temperror']) assert.ok((results.get(result) ?? 0) > 20, result);
  });

  for (const { what, text, ours: mine, theirs: other, why } of disagreements) {
    it(`parts on ${what}: ${why}`, async () => {
      const resolver = resolverOf({ published: { 'example.com': [text] }, existing: [] });
      const message = { author: 'example.com', spf: [], dkim: [] };
      const said = ({ result, policy }: Said): string => (policy === undefined ? result : `${result} ${policy}`);
      assert.equal(said(await ours(message, resolver)), mine);
      assert.equal(said(await theirs(message, resolver)), other);
      assert.ok(parseDmarcRecord(text).problems.length > 0, 'and says so');
    });
  }
});
