import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { inventoryOf } from '../../../../test/hand-made/inventory.ts';
import { csvLines } from '../../../rendering/csv.ts';
import { senderCatalogue } from '../senders/index.ts';
import type { Sender } from '../senders/index.ts';
import { declaredSenders, exclusiveNetworks } from './exclusive.ts';
import { holdAgainstStreams } from './match.ts';
import { quietDays, rhythmOf } from './model.ts';
import type { Declaration } from './model.ts';
import { declaredCells, declaredColumns, parseDeclared } from './parse.ts';

const declaration = (some: Partial<Declaration>): Declaration => ({
  party: '',
  sender: '',
  domains: [],
  networks: [],
  purpose: '',
  rhythm: '',
  exclusive: null,
  ...some,
});

describe('a list of declared senders', () => {
  const header = 'party,sender,domains,networks,purpose,rhythm';
  const cases: readonly (readonly [behaviour: string, text: string, declared: Partial<Declaration>[], problems?: string[]])[] = [
    ['in the order of its columns', 'HR,Payroll,a.example,192.0.2.0/24,pay,yearly', [{ party: 'HR', sender: 'Payroll', domains: ['a.example'], networks: ['192.0.2.0/24'], purpose: 'pay', rhythm: 'yearly' }]],
    ['with titles in another order', 'sender,exclusive,networks\nPayroll,yes,192.0.2.7', [{ sender: 'Payroll', networks: ['192.0.2.7'], exclusive: true }]],
    ['several in a cell', `${header}\nHR,P,"a.example, B.example;c.example.",192.0.2.1;2001:DB8::/48 198.51.100.0/24,,`, [{ party: 'HR', sender: 'P', domains: ['a.example', 'b.example', 'c.example'], networks: ['192.0.2.1', '2001:db8::/48', '198.51.100.0/24'] }]],
    ['bits behind the length are cleared', `${header}\n,P,,192.0.2.77/24,,`, [{ sender: 'P', networks: ['192.0.2.0/24'] }]],
    ['U-labels become A-labels', `${header}\n,P,bücher.example,,,`, [{ sender: 'P', domains: ['xn--bcher-kva.example'] }]],
    ['a domain that is none: the rest stands', `${header}\n,P,a..example b.example,,,`, [{ sender: 'P', domains: ['b.example'] }], ['declared/bad-domain 2']],
    ['a network that is none: the rest stands', `${header}\n,P,,192.0.2.0/33 192.0.2.256 192.0.2.1,,`, [{ sender: 'P', networks: ['192.0.2.1'] }], ['declared/bad-network 2', 'declared/bad-network 2']],
    ['nearly everything is nobody’s network', `${header}\n,P,,0.0.0.0/0 2000::/3 10.0.0.0/8,,`, [{ sender: 'P', networks: ['10.0.0.0/8'] }], ['declared/too-wide 2', 'declared/too-wide 2']],
    ['exclusive: yes, no, and what is neither is no', 'sender,exclusive\na,JA\nb,No\nc,perhaps\nd,', [{ sender: 'a', exclusive: true }, { sender: 'b', exclusive: false }, { sender: 'c', exclusive: false }, { sender: 'd' }], ['declared/bad-exclusive 4']],
    ['a rhythm in other words is kept', `${header}\n,P,,,,at full moon\n,Q,,,,Maandelijks`, [{ sender: 'P', rhythm: 'at full moon' }, { sender: 'Q', rhythm: 'Maandelijks' }], ['declared/bad-rhythm 2']],
    ['a line that says nothing', `${header}\nHR,,,,pay,`, [], ['declared/nothing-said 2']],
    ['the same line twice', `${header}\n,P,,,,\n,P,,,,`, [{ sender: 'P' }], ['declared/twice 3']],
    ['lines are counted with those between', `# what we have\n\n${header}\n,P,..,,,`, [{ sender: 'P' }], ['declared/bad-domain 4']],
    ['nothing', '', []],
  ]; // prettier-ignore
  for (const [behaviour, text, declared, problems = []] of cases) {
    it(behaviour, () => {
      const reading = parseDeclared(text);
      assert.deepEqual(reading.declarations, declared.map(declaration));
      assert.deepEqual(
        reading.problems.map(({ code, at }) => `${code} ${at?.line}`),
        problems,
      );
    });
  }
  it('of the example organisation has nothing amiss', () => {
    const { declarations, problems } = parseDeclared(readFileSync('examples/declared.csv', 'utf8'));
    assert.deepEqual(problems, []);
    assert.ok(declarations.length > 30);
  });
  it('is read back as it was written', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('=1', '#', `'=`, 'a\r\nb')).map((each) => each.trim());
    const drawn = fc.record(
      {
        party: text,
        sender: text,
        domains: fc.uniqueArray(fc.constantFrom('a.example', 'b.example', 'xn--bcher-kva.example')),
        networks: fc.uniqueArray(fc.constantFrom('192.0.2.0/24', '2001:db8::/48', '203.0.113.9')),
        purpose: text,
        rhythm: fc.constantFrom('', 'daily', 'jaarlijks'),
        exclusive: fc.constantFrom(true, false, null),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.uniqueArray(drawn, { selector: (each) => JSON.stringify(each), maxLength: 5 }), (list) => {
        const said = list.filter((each) => each.sender !== '' || each.domains.length > 0 || each.networks.length > 0);
        const written = [...csvLines(declaredColumns, said.map(declaredCells))].join('');
        assert.deepEqual(parseDeclared(written), { declarations: said, problems: [] });
      }),
    );
  });
});

const sender = (
  id: string,
  name: string,
  shared: Sender['shared'],
  networks: string[] = [],
  asns: number[] = [],
): Sender => ({
  id,
  name,
  category: id === 'webhotel' ? 'hosting' : 'bulk',
  website: '',
  recognise: { dkim: [], spf: [], returnPath: [], reverse: [], networks, asns },
  shared,
  align: { spf: 'no', dkim: 'no', how: { en: '', nl: '' } },
  sources: [],
});

describe('a declared network is exclusively ours', () => {
  const ground = {
    senders: senderCatalogue({
      shipped: [
        sender('sendgrid', 'Twilio SendGrid', 'both', ['198.51.100.0/24']),
        sender('gateway', 'Own Gateway', false, ['203.0.113.0/24']),
        sender('webhotel', 'Web Hotel', true, [], [64500]),
      ],
    }),
    asnOf: (address: string) => (address.startsWith('100.64.') ? 64500 : 0),
  };
  const cases: readonly (readonly [behaviour: string, declared: Partial<Declaration>[], exclusive: string[]])[] = [
    ['when nothing speaks against it', [{ sender: 'Own gateways', networks: ['192.0.2.0/24', '2001:db8::/48'] }], ['192.0.2.0/24', '2001:db8::/48']],
    ['when it is said', [{ sender: 'SendGrid', networks: ['198.51.100.7'], exclusive: true }], ['198.51.100.7']],
    ['not when the contrary is said', [{ sender: 'Own gateways', networks: ['192.0.2.0/24'], exclusive: false }], []],
    ['not of a service that others use', [{ sender: 'Sendgrid', networks: ['192.0.2.0/24'] }], []],
    ['by whatever of its names', [{ sender: 'twilio-SendGrid', networks: ['192.0.2.0/24'] }], []],
    ['of a service that others do not', [{ sender: 'Own Gateway', networks: ['203.0.113.7'] }], ['203.0.113.7']],
    ['not in a network that such a service publishes', [{ sender: 'Newsletter', networks: ['198.51.100.7'] }], []],
    ['nor one that holds such a network', [{ sender: 'Newsletter', networks: ['198.51.0.0/16'] }], []],
    ['not at a hosting company', [{ sender: 'Agency', networks: ['100.64.1.7'] }], []],
    ['not when another line says it is shared', [{ sender: 'A', networks: ['192.0.2.0/24', '192.0.3.0/24'] }, { sender: 'B', networks: ['192.0.2.9'], exclusive: false }], ['192.0.3.0/24']],
    ['each once', [{ sender: 'A', networks: ['192.0.2.0/24'] }, { sender: 'B', networks: ['192.0.2.0/24'] }], ['192.0.2.0/24']],
  ]; // prettier-ignore
  for (const [behaviour, declared, exclusive] of cases)
    it(behaviour, () => assert.deepEqual(exclusiveNetworks(declared.map(declaration), ground), exclusive));

  it('as evidence a line with networks of both sorts is two', () => {
    const declared = [declaration({ sender: 'A', domains: ['a.example'], networks: ['192.0.2.0/24', '100.64.1.7'] })];
    assert.deepEqual(
      declaredSenders(declared, ground).map(({ networks, exclusive, domains }) => ({ networks, exclusive, domains })),
      [
        { networks: ['192.0.2.0/24'], exclusive: true, domains: ['a.example'] },
        { networks: ['100.64.1.7'], exclusive: false, domains: ['a.example'] },
      ],
    );
    assert.equal(declaredSenders([declaration({ sender: 'A' })], ground)[0]?.exclusive, false);
  });
});

describe('declarations beside what is seen', () => {
  const inventory = inventoryOf([
    {
      stream: { id: 'gateways' },
      rows: ['192.0.2.1 a.example 60', '192.0.2.2 b.example 30', '203.0.113.9 a.example 10'],
    },
    { stream: { id: 'sg-a', sender: 'Twilio SendGrid', senderId: 'sendgrid' }, rows: ['198.51.100.1 a.example 50'] },
    { stream: { id: 'sg-b', sender: 'Twilio SendGrid', senderId: 'sendgrid' }, rows: ['198.51.100.1 m.b.example 40'] },
    { stream: { id: 'surveys' }, rows: ['198.51.100.9 surveys.example 5'] },
    { stream: { id: 'forged', kind: 'forged' }, rows: ['203.0.113.50 surveys.example 500', '192.0.2.1 x.example 1'] },
    { stream: { id: 'odd', kind: 'undecided' }, rows: ['203.0.113.60 z.example 7'] },
  ]);
  const declared = [
    declaration({ sender: 'Gateways', networks: ['192.0.2.0/24'] }),
    declaration({ sender: 'sendgrid', domains: ['b.example'] }),
    declaration({ sender: 'Peil', domains: ['surveys.example'] }),
    declaration({ sender: 'Payroll', domains: ['hr.example'], rhythm: 'yearly' }),
    declaration({ sender: 'Twilio SendGrid', domains: ['surveys.example'], rhythm: 'monthly' }),
    declaration({ sender: 'Office', domains: ['surveys.example'], networks: ['203.0.113.128/25'], rhythm: 'x' }),
    declaration({ sender: 'Alarms', domains: ['hr.example'], rhythm: 'daily' }),
  ];
  const catalogue = senderCatalogue({ shipped: [sender('sendgrid', 'Twilio SendGrid', 'both')] });
  const held = holdAgainstStreams(declared, inventory, catalogue);
  it('finds the streams of each: by networks, by sender and domain, by domain alone', () =>
    assert.deepEqual(
      held.seen.map(({ declaration: { sender: name }, streams }) => [name, ...streams.map(({ stream, by }) => `${stream.id} ${by}`)]),
      [['Gateways', 'gateways networks'], ['sendgrid', 'sg-b sender'], ['Peil', 'surveys domains']],
    )); // prettier-ignore
  it('lists what is declared and unseen, and whether it may be quiet', () =>
    assert.deepEqual(held.unseen.map(({ declaration: { sender: name }, mayBeQuiet }) => [name, mayBeQuiet]), [['Payroll', true], ['Twilio SendGrid', false], ['Office', true], ['Alarms', false]])); // prettier-ignore
  it('lists what is seen and undeclared, the greatest first, forged mail left out', () =>
    assert.deepEqual(
      held.undeclared.map(({ id }) => id),
      ['sg-a', 'odd'],
    ));
  it('without declarations everything is undeclared', () =>
    assert.deepEqual(holdAgainstStreams([], inventory, catalogue).undeclared.map(({ id }) => id), ['gateways', 'sg-a', 'sg-b', 'odd', 'surveys'])); // prettier-ignore
});

describe('a rhythm in words', () => {
  for (const [text, every, quiet] of [
    ['daily', 'daily', 7],
    [' Per kwartaal', 'quarterly', 184],
    ['ANNUAL', 'yearly', 732],
    ['eenmalig', 'once', Infinity],
    ['x', undefined, Infinity],
    ['', undefined, Infinity],
  ] as const)
    // prettier-ignore
    it(text || 'nothing', () => {
      assert.equal(rhythmOf(text), every);
      assert.equal(quietDays(text), quiet);
    });
});
