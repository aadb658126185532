import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inventoryOf } from '../../../../test/hand-made/inventory.ts';
import type { MailStream, TakenInventory } from '../../inventory/index.ts';
import { ReverseNames } from '../../inventory/index.ts';
import { senderCatalogue } from '../../inventory/senders/index.ts';
import { gateThresholds } from '../readiness/index.ts';
import type { GateThresholds, Readiness, StreamMail } from '../readiness/index.ts';
import { workList, withTerms } from './index.ts';
import type { KeptTask, Task, WorkList } from './index.ts';

const asOf = 1000;
const thresholds = Object.fromEntries(gateThresholds.map((each) => [each.name, each.default])) as GateThresholds;
const nothing = { lasting: 0, stray: 0, addresses: 0, firstDay: null, lastDay: null };
const lacking = (lastDay: number): StreamMail['failing'] => ({
  lasting: 50,
  stray: 0,
  addresses: 1,
  firstDay: 700,
  lastDay,
});

/** Mail of a stream in x.example; what is not said is in order. */
function mail(stream: number, more: Partial<StreamMail> = {}): StreamMail {
  return {
    stream,
    author: 'x.example',
    standing: 'authorised',
    messages: 1000,
    legs: { both: 1000, dkimOnly: 0, spfOnly: 0, neither: 0 },
    firstDay: 700,
    lastDay: 1000,
    lastPass: 1000,
    lastSigned: 1000,
    lastSpf: 1000,
    failing: nothing,
    unsigned: nothing,
    spfless: nothing,
    ...more,
  };
}

const noLeg: Partial<StreamMail> = {
  legs: { both: 0, dkimOnly: 0, spfOnly: 0, neither: 1000 },
  lastPass: null,
  lastSigned: null,
  lastSpf: null,
  failing: lacking(1000),
  unsigned: lacking(1000),
  spfless: lacking(1000),
};
const spfAlone: Partial<StreamMail> = {
  legs: { both: 0, dkimOnly: 0, spfOnly: 1000, neither: 0 },
  lastSigned: null,
  unsigned: lacking(1000),
};
const dkimAlone: Partial<StreamMail> = {
  legs: { both: 0, dkimOnly: 1000, spfOnly: 0, neither: 0 },
  lastSpf: null,
  spfless: lacking(1000),
};

function listOf(
  streams: readonly (Partial<MailStream> & Pick<MailStream, 'id'>)[],
  mails: readonly StreamMail[],
  more: { readonly kept?: readonly KeptTask[]; readonly absent?: readonly string[]; readonly at?: number } = {},
): WorkList {
  const inventory: TakenInventory = {
    ...inventoryOf(
      streams.map((stream) => ({ stream: { decision: 'authorised', ...stream }, rows: ['192.0.2.1 x.example 1000'] })),
    ),
    rulings: { verdictOf: new Uint8Array(0), ruling: () => ({}) as never },
    senders: senderCatalogue(),
    reverse: new ReverseNames([]),
    networkOf: () => undefined,
  };
  const readiness = {
    asOf: more.at ?? asOf,
    gates: [],
    whole: { rhythmOf: () => ({ every: 'daily', nextExpected: null }), inventory },
  } as unknown as Readiness;
  return workList({
    readiness,
    inventory,
    mails,
    parties: [
      {
        id: 'finance',
        name: 'Finance',
        type: 'department',
        owner: 'J. Jansen',
        contact: '',
        contract: '',
        priority: 1,
      },
    ],
    partyOf: new Map([['paid', 'finance']]),
    kept: more.kept ?? [],
    absent: new Set(more.absent ?? []),
    records: {
      alias: (name) => (name === 's1._domainkey.y.example' ? 's1.mailer.net' : undefined),
      spf: () => 'v=spf1 ip4:203.0.113.0/24 ~all',
      addresses: () => ['192.0.2.1'],
    },
    thresholdsOf: () => thresholds,
  });
}

const first = (list: WorkList): Task => list.tasks[0]!;

describe('what a stream needs', () => {
  const relay = {
    id: 'relay',
    name: 'Relay',
    messages: 1_000_000,
    authorDomains: ['a', 'b', 'c'].map((domain) => ({ domain, messages: 1 })),
  };
  const cases: [
    why: string,
    streams: (Partial<MailStream> & Pick<MailStream, 'id'>)[],
    mails: StreamMail[],
    action: string | undefined,
    absent?: string[],
  ][] = [
    ['nothing, on both legs', [{ id: 'a' }], [mail(0)], undefined],
    ['a service that signs for its customers', [{ id: 'a', senderId: 'mailgun' }], [mail(0, noLeg)], 'sign'],
    ['SPF alone', [{ id: 'a', senderId: 'mailgun' }], [mail(0, spfAlone)], 'sign'],
    [
      'a signature alone, where SPF can be aligned',
      [{ id: 'a', senderId: 'mailgun' }],
      [mail(0, dkimAlone)],
      'align-spf',
    ],
    [
      'a signature alone, where it cannot: nothing',
      [{ id: 'a', senderId: 'mailerlite' }],
      [mail(0, dkimAlone)],
      undefined,
    ],
    ['servers of our own', [{ id: 'a' }], [mail(0, noLeg)], 'sign'],
    ['a small machine beside a great relay', [{ id: 'a', messages: 100 }, relay], [mail(0, noLeg)], 'move'],
    ['a name that does not exist', [{ id: 'a' }], [mail(0, noLeg)], 'subdomain', ['x.example']],
    [
      'undecided mail that would be lost',
      [{ id: 'a', kind: 'undecided', decision: 'undecided' }],
      [mail(0, { ...noLeg, standing: 'undecided' })],
      'decide',
    ],
    [
      'forbidden mail that our key lets pass',
      [{ id: 'a', decision: 'forbidden' }],
      [mail(0, { standing: 'forbidden' })],
      'stop',
    ],
    [
      'forbidden mail that passes nowhere',
      [{ id: 'a', decision: 'forbidden' }],
      [mail(0, { ...noLeg, standing: 'forbidden' })],
      undefined,
    ],
    [
      'surely forged mail',
      [{ id: 'a', kind: 'forged', confidence: 0.99, decision: 'undecided' }],
      [mail(0, { ...noLeg, standing: 'thought-forged' })],
      undefined,
    ],
    [
      'the same party has another set-up there that is in order',
      [
        { id: 'a', senderId: 'mailgun', party: 'P' },
        { id: 'b', senderId: 'mailgun', party: 'P', decision: 'authorised' },
      ],
      [mail(0, noLeg)],
      'sign',
    ],
  ];
  for (const [why, streams, mails, action, absent = []] of cases)
    it(why, () => assert.equal(listOf(streams, mails, { absent }).tasks[0]?.action, action));

  it('a sibling in order is offered beside', () => {
    const streams = [
      { id: 'a', senderId: 'mailgun', party: 'P' },
      { id: 'b', senderId: 'mailgun', party: 'P' },
    ];
    assert.ok(first(listOf(streams, [mail(0, noLeg)])).others.some(({ code }) => code === 'work/or-merge'));
  });

  it('says what to do at the sender, in both languages, and the records', () => {
    const task = first(listOf([{ id: 'a', senderId: 'mailgun' }], [mail(0, noLeg)]));
    assert.match(task.how?.en ?? '', /Mailgun|domain/i);
    assert.notEqual(task.how?.en, task.how?.nl);
    assert.deepEqual(
      task.records.map(({ name, type, isTemplate }) => [name, type, isTemplate]),
      [
        ['pdk1._domainkey.x.example', 'CNAME', true],
        ['pdk2._domainkey.x.example', 'CNAME', true],
      ],
    );
  });

  it('a key that stands elsewhere is taken from there', () => {
    const setUp = { sender: 'mailgun', signing: [{ domain: 'y.example', selectors: ['s1'] }], envelopes: [] };
    const [record] = first(listOf([{ id: 'a', senderId: 'mailgun', setUp }], [mail(0, noLeg)])).records;
    assert.deepEqual(
      [record?.name, record?.value, record?.as, record?.isTemplate],
      ['s1._domainkey.x.example', 's1.mailer.net.', 's1._domainkey.y.example', false],
    );
  });

  it('an SPF record is told whole', () => {
    const [record] = first(listOf([{ id: 'a' }], [mail(0, dkimAlone)])).records;
    assert.equal(record?.value, 'v=spf1 ip4:203.0.113.0/24 ip4:192.0.2.1 ~all');
  });

  it('the owner is who was named, else who answers for the party', () => {
    assert.equal(first(listOf([{ id: 'paid' }], [mail(0, noLeg)])).owner, 'J. Jansen');
    const kept = [
      {
        id: 'paid:sign',
        openedDay: 900,
        closedDay: null,
        reopened: 0,
        owner: 'K. Klaassen',
        deadline: null,
        done: null,
        note: '',
      },
    ];
    assert.equal(first(listOf([{ id: 'paid' }], [mail(0, noLeg)], { kept })).owner, 'K. Klaassen');
  });
});

describe('the mail closes a task', () => {
  const streams = [{ id: 'a' }];
  const mended = (day: number): StreamMail => mail(0, { unsigned: lacking(day), spfless: nothing });
  it('opens, waits, closes, and opens again', () => {
    const one = listOf(streams, [mail(0, spfAlone)], { at: 900 });
    assert.deepEqual([one.changed.opened, first(one).state, first(one).opened], [['a:sign'], 'open', '1972-06-19']);
    const two = listOf(streams, [mended(995)], { kept: one.keep });
    assert.deepEqual([first(two).state, first(two).until], ['waiting', '1972-10-06']);
    const three = listOf(streams, [mended(980)], { kept: two.keep });
    assert.deepEqual(
      [three.changed.closed, first(three).state, first(three).closed],
      [['a:sign'], 'closed', '1972-09-27'],
    );
    const again = listOf(streams, [mail(0, spfAlone)], { kept: three.keep });
    assert.deepEqual([again.changed.reopened, first(again).state, first(again).reopened], [['a:sign'], 'open', 1]);
  });

  it('what was in order before anybody looked was never a task', () => {
    assert.deepEqual(listOf(streams, [mended(900)]).tasks, []);
  });

  it('a look that finds the same changes nothing', () => {
    const one = listOf(streams, [mail(0, spfAlone)]);
    const two = listOf(streams, [mail(0, spfAlone)], { kept: one.keep });
    assert.deepEqual(two.keep, one.keep);
    assert.deepEqual(two.changed, { opened: [], closed: [], reopened: [] });
  });

  it('a stream that is decided otherwise closes its task', () => {
    const one = listOf(streams, [mail(0, spfAlone)]);
    const two = listOf(streams, [mail(0, { ...noLeg, standing: 'forbidden' })], { kept: one.keep });
    assert.deepEqual([two.tasks.length, two.changed.closed, two.keep[0]?.closedDay], [0, ['a:sign'], asOf]);
  });

  const said: [why: string, at: StreamMail, says: string][] = [
    ['later mail lacks it still', mail(0, spfAlone), 'disagrees'],
    ['later mail has it', mended(989), 'agrees'],
    ['none came since', mail(0, { ...spfAlone, unsigned: lacking(985), lastDay: 985 }), 'not-seen-since'],
  ];
  for (const [why, at, says] of said)
    it(`a person said done on day 990: ${why}`, () => {
      const kept = [
        {
          id: 'a:sign',
          openedDay: 900,
          closedDay: null,
          reopened: 0,
          owner: '',
          deadline: null,
          done: { at: 990 * 86_400_000, who: 'J.' },
          note: '',
        },
      ];
      assert.equal(first(listOf(streams, [at], { kept })).done?.mail, says);
    });
});

describe('what comes first', () => {
  it('a deadline, a greater volume, a party that comes first', () => {
    const points = (more: Partial<StreamMail>, kept: KeptTask[] = [], id = 'a'): number =>
      first(listOf([{ id }], [mail(0, { ...noLeg, ...more })], { kept })).priority.points;
    const kept = (deadline: number): KeptTask[] => [
      { id: 'a:sign', openedDay: 900, closedDay: null, reopened: 0, owner: '', deadline, done: null, note: '' },
    ];
    assert.ok(points({ messages: 100_000 }) > points({ messages: 100 }));
    assert.ok(points({}, kept(1003)) > points({}, kept(1020)));
    assert.ok(points({}, kept(1020)) > points({}));
    assert.ok(points({}, [], 'paid') > points({}));
  });
});

describe('terms put into an SPF record', () => {
  const cases: [record: string, terms: string[], after: string][] = [
    ['v=spf1 ~all', ['ip4:192.0.2.1'], 'v=spf1 ip4:192.0.2.1 ~all'],
    ['v=spf1 mx', ['include:a.net'], 'v=spf1 mx include:a.net'],
    ['v=spf1 redirect=b.net', ['ip4:192.0.2.1'], 'v=spf1 ip4:192.0.2.1 redirect=b.net'],
    ['v=spf1 include:A.net -all', ['include:a.net'], 'v=spf1 include:A.net -all'],
  ];
  for (const [record, terms, after] of cases) it(record, () => assert.equal(withTerms(record, terms), after));
});
