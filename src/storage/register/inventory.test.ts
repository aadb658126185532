import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { AddressSet, wholeStream } from '../../protection/inventory/decisions/index.ts';
import type { DecisionVerdict } from '../../protection/inventory/index.ts';
import type { StreamIdentity } from '../../protection/inventory/registry/index.ts';
import { RegisterStore } from './register.ts';

const home = mkdtempSync(join(tmpdir(), 'zegel-inventory-'));
let number = 0;
let clock = 1_000_000;
let register: RegisterStore;

function open(): RegisterStore {
  number += 1;
  return RegisterStore.open(join(home, `${number}.sqlite`), () => clock);
}

beforeEach(() => {
  register?.close();
  clock = 1_000_000;
  register = open();
});
after(() => {
  register.close();
  rmSync(home, { recursive: true, force: true });
});

const found = (id: string, keys: string[] = [], firstSeen: number | null = 20_000) => ({
  id,
  name: `the ${id}`,
  firstSeen,
  keys,
});
const stream = (id: string, from = register): StreamIdentity => from.streams.load().find((each) => each.id === id)!;
const entry = (id: string, verdict: DecisionVerdict = 'authorised', addresses: string[] = ['192.0.2.1']) => ({
  stream: id,
  verdict,
  why: 'ours',
  narrow: wholeStream,
  anchor: { signing: [{ domain: 'd.example', family: 's*' }], sources: AddressSet.of(addresses) },
});
const whats = (): string[] => register.audit().map(({ what }) => what).toReversed(); // prettier-ignore

describe('streams from day to day', () => {
  it('are kept with their keys; a day that says nothing new writes nothing', () => {
    assert.equal(register.streams.keep([found('a', ['k1', 'k2']), found('b', ['k3'])]), 2);
    const before = Number(register.file.row('SELECT total_changes() AS n')?.['n']);
    assert.equal(register.streams.keep([found('a', ['k1', 'k2']), found('b', [])]), 0);
    assert.equal(Number(register.file.row('SELECT total_changes() AS n')?.['n']), before);
    assert.deepEqual(stream('a').keys, ['k1', 'k2']);
    assert.deepEqual(stream('b').keys, ['k3']);
    assert.deepEqual(whats(), []);
  });
  it('know the keys that went to another, and get them back', () => {
    register.streams.keep([found('a', ['k1']), found('b', ['k2'])]);
    register.streams.keep([found('b', ['k1', 'k2'])]);
    assert.deepEqual([stream('a').keys, stream('a').lostKeys, stream('b').keys], [[], ['k1'], ['k1', 'k2']]);
    register.streams.keep([found('a', ['k1'])]);
    assert.deepEqual([stream('a').keys, stream('a').lostKeys], [['k1'], []]);
  });
  it('were first seen on the earliest day that was ever found', () => {
    register.streams.keep([found('a', [], 20_010)]);
    register.streams.keep([found('a', [], 20_005)]);
    register.streams.keep([found('a', [], 20_020)]);
    register.streams.keep([found('a', [], null)]);
    assert.equal(stream('a').firstSeen, 20_005);
  });
  it('keep the name a person gave, until it is taken back', () => {
    register.streams.keep([found('a')]);
    assert.ok(register.streams.rename('a', 'Billing', 'me'));
    register.streams.keep([{ ...found('a'), name: 'better' }]);
    assert.deepEqual([stream('a').name, stream('a').namedBy], ['Billing', 'me']);
    assert.ok(register.streams.rename('a', undefined, 'me'));
    register.streams.keep([{ ...found('a'), name: 'better' }]);
    assert.equal(stream('a').name, 'better');
    assert.ok(!register.streams.rename('z', 'x', 'me'));
    assert.deepEqual(whats(), ['streams/renamed', 'streams/renamed']);
  });
  it('that are merged keep their keys, and stand for themselves again', () => {
    register.streams.keep([found('a', ['k1']), found('b', ['k2']), found('c', ['k3'])]);
    assert.deepEqual(register.streams.merge(['a', 'b', 'a', 'z'], 'b', 'me'), ['a']);
    assert.deepEqual(register.streams.merge(['b'], 'c', 'me'), ['b']);
    assert.deepEqual(register.streams.merge(['c'], 'a', 'me'), []);
    register.streams.keep([found('c', ['k1', 'k2', 'k3', 'k4'])]);
    assert.deepEqual([stream('a').keys, stream('b').keys, stream('c').keys], [['k1'], ['k2'], ['k3', 'k4']]);
    assert.ok(register.streams.unmerge('a', 'me'));
    assert.ok(!register.streams.unmerge('a', 'me'));
    assert.equal(stream('a').mergedInto, null);
    assert.deepEqual(whats(), ['streams/merged', 'streams/merged', 'streams/unmerged']);
  });
  it('split off by keys own them from then on', () => {
    register.streams.keep([found('a', ['k1', 'k2'])]);
    const part = { name: 'Part', of: 'a', keys: ['k2'], sources: [], authorDomains: [] };
    const id = register.streams.split(part, 'me')!;
    assert.deepEqual([stream(id).keys, stream('a').keys, stream('a').lostKeys], [['k2'], ['k1'], []]);
    assert.deepEqual([stream(id).name, stream(id).namedBy, stream(id).pin?.of], ['Part', 'me', 'a']);
    const second = register.streams.split({ ...part, keys: ['k1'] }, 'me');
    assert.notEqual(second, id);
    assert.ok(register.streams.unsplit(id, 'me'));
    assert.deepEqual([stream(id).pin, stream(id).mergedInto], [null, 'a']);
    assert.ok(!register.streams.unsplit(id, 'me'));
  });
  it('split off by addresses or domains leave the keys where they are', () => {
    register.streams.keep([found('a', ['k1'])]);
    const id = register.streams.split(
      { name: 'Part', of: 'a', keys: [], sources: ['192.0.2.1'], authorDomains: [] },
      'me',
    )!;
    register.streams.keep([found('a', ['k1']), { ...found(id, ['k1']), name: 'other' }]);
    assert.deepEqual([stream('a').keys, stream(id).keys, stream(id).name], [['k1'], [], 'Part']);
  });
  it('are not split by nothing, nor when they are not there', () => {
    register.streams.keep([found('a')]);
    const nothing = { name: 'P', of: 'a', keys: [], sources: [], authorDomains: [] };
    assert.equal(register.streams.split(nothing, 'me'), undefined);
    assert.equal(register.streams.split({ ...nothing, of: 'z', keys: ['k'] }, 'me'), undefined);
  });
  it('are never taken out', () => {
    register.streams.keep([found('a')]);
    assert.throws(() => register.file.run('DELETE FROM streams'), /never given twice/);
  });
});

describe('decisions', () => {
  beforeEach(() => void register.streams.keep([found('a', ['k1']), found('b', ['k2'])]));

  it('are kept as they were made, with what they were made about', () => {
    const [made] = register.decisions.make([entry('a', 'authorised', ['192.0.2.1', '192.0.2.2', '2001:db8::1'])], 'me');
    const [kept] = register.decisions.list();
    assert.deepEqual({ ...kept, anchor: null }, { ...made, anchor: null });
    assert.equal(kept?.anchor.sources.toText(), '192.0.2.1-192.0.2.2 2001:db8::1');
    assert.deepEqual([kept?.at, kept?.who, kept?.why, kept?.verdict], [1_000_000, 'me', 'ours', 'authorised']);
    assert.deepEqual(whats(), ['decision/made']);
  });
  it('are made all or not at all', () => {
    assert.throws(() => register.decisions.make([entry('a'), entry('unknown')], 'me'), /FOREIGN KEY/);
    assert.throws(() => register.decisions.make([{ ...entry('a'), party: 'unknown' }], 'me'), /FOREIGN KEY/);
    assert.deepEqual(register.decisions.list(), []);
    assert.deepEqual(whats(), []);
  });
  it('of the same moment, or of a clock that went back, are later than those before', () => {
    register.decisions.make([entry('a')], 'me');
    register.decisions.make([entry('a', 'forbidden')], 'me');
    clock = 5;
    register.decisions.make([entry('a', 'forwarder')], 'me');
    assert.deepEqual(register.decisions.list().map(({ verdict, at }) => [verdict, at]), [['authorised', 1_000_000], ['forbidden', 1_000_001], ['forwarder', 1_000_002]]); // prettier-ignore
  });
  it('are undone, once, by whoever it was, together or one by one', () => {
    const first = register.decisions.make([entry('a')], 'me');
    const both = register.decisions.make([entry('a', 'forbidden'), entry('b', 'forbidden')], 'me');
    assert.deepEqual(register.decisions.lastBatch().map(({ id }) => id).toSorted(), both.map(({ id }) => id).toSorted()); // prettier-ignore
    assert.equal(register.decisions.undo([both[0]!.id, 'unknown'], 'you', 'mistake').length, 1);
    assert.equal(register.decisions.undo([both[0]!.id], 'you').length, 0);
    assert.deepEqual(register.decisions.lastBatch().map(({ id }) => id), [both[1]!.id]); // prettier-ignore
    register.decisions.undo([both[1]!.id], 'you');
    assert.deepEqual(register.decisions.lastBatch().map(({ id }) => id), [first[0]!.id]); // prettier-ignore
    const undone = register.decisions.find(both[0]!.id)?.undone;
    assert.deepEqual([undone?.who, undone?.why, (undone?.at ?? 0) > both[0]!.at], ['you', 'mistake', true]);
    register.decisions.undo([first[0]!.id], 'you');
    assert.deepEqual(register.decisions.lastBatch(), []);
  });
  for (const sql of [
    "UPDATE decisions SET verdict = 'forbidden'",
    'UPDATE decisions SET at = 1',
    'DELETE FROM decisions',
  ])
    // prettier-ignore
    it(`are never changed: ${sql}`, () => {
      register.decisions.make([entry('a')], 'me');
      assert.throws(() => register.file.run(sql), /a decision is/);
    });
  it('say whose the stream is', () => {
    const { added } = register.parties.put([{ change: { name: 'HR' } }], 'me');
    register.decisions.make([{ ...entry('a'), party: added[0]!.id }], 'me');
    assert.equal(stream('a').party, 'hr');
    assert.deepEqual(whats(), ['party/added', 'decision/made', 'party/assigned']);
  });
});

describe('what was told', () => {
  const comparable = (of: RegisterStore): unknown => {
    const { parties, streams, decisions } = of.decisions.told();
    return {
      parties,
      streams,
      decisions: decisions.map((each) => ({ ...each, anchor: each.anchor.sources.toText() })),
    };
  };

  function fill(): void {
    register.streams.keep([found('a', ['k1']), found('b', ['k2']), found('c', ['k3'])]);
    register.parties.put([{ change: { name: 'HR', type: 'department' }, streams: ['a'] }], 'me');
    register.streams.rename('a', 'Payroll', 'me');
    register.streams.merge(['c'], 'b', 'me');
    register.streams.split({ name: 'Part', of: 'a', keys: [], sources: ['192.0.2.9'], authorDomains: [] }, 'me');
    const [made] = register.decisions.make([entry('a'), entry('b', 'forbidden')], 'me');
    register.decisions.undo([made!.id], 'you', 'mistake');
  }

  it('is the same in a folder that knew nothing, and twice changes nothing', () => {
    fill();
    const other = open();
    const brought = other.decisions.bring(register.decisions.told(), 'me');
    assert.deepEqual(brought, { added: 2, known: 0, undone: 0, streams: 4, parties: 1 });
    assert.deepEqual(comparable(other), comparable(register));
    const audit = other.audit().length;
    assert.deepEqual(other.decisions.bring(register.decisions.told(), 'me'), { added: 0, known: 2, undone: 0, streams: 0, parties: 0 }); // prettier-ignore
    assert.deepEqual(comparable(other), comparable(register));
    assert.equal(other.audit().length, audit);
    other.close();
  });
  it('changes nothing where it came from', () => {
    fill();
    const before = comparable(register);
    register.decisions.bring(register.decisions.told(), 'me');
    assert.deepEqual(comparable(register), before);
  });
  it('finds streams that have another id here by their keys', () => {
    fill();
    const other = open();
    other.streams.keep([found('x', ['k1', 'k9'])]);
    other.decisions.bring(register.decisions.told(), 'me');
    assert.deepEqual(
      [stream('x', other).name, stream('x', other).namedBy, stream('x', other).party],
      ['Payroll', 'me', 'hr'],
    );
    assert.deepEqual(other.decisions.list().map((each) => each.stream).toSorted(), ['b', 'x']); // prettier-ignore
    assert.equal(stream('a', other), undefined);
    other.close();
  });
  it('keeps what was said here', () => {
    fill();
    const other = open();
    other.streams.keep([found('a', ['k1'])]);
    other.streams.rename('a', 'Ours', 'you');
    other.parties.put([{ change: { name: 'Own IT' }, streams: ['a'] }], 'you');
    other.decisions.bring(register.decisions.told(), 'me');
    assert.deepEqual([stream('a', other).name, stream('a', other).party], ['Ours', 'own-it']);
    other.close();
  });
  it('brings what was undone since', () => {
    fill();
    const other = open();
    other.decisions.bring(register.decisions.told(), 'me');
    register.decisions.undo(register.decisions.lastBatch().map(({ id }) => id), 'you'); // prettier-ignore
    assert.equal(other.decisions.bring(register.decisions.told(), 'me').undone, 1);
    assert.deepEqual(comparable(other), comparable(register));
    other.close();
  });
  it('comes whole or not at all', () => {
    fill();
    const told = register.decisions.told();
    const other = open();
    const broken = { ...told, decisions: [...told.decisions, { ...told.decisions[0]!, id: 'd2', stream: 'nowhere' }] };
    assert.throws(() => other.decisions.bring(broken, 'me'), /FOREIGN KEY/);
    assert.deepEqual(comparable(other), { parties: [], streams: [], decisions: [] });
    other.close();
  });
});

describe('parties', () => {
  it('are added, changed where something changes, and found by id or name', () => {
    register.streams.keep([found('a'), found('b')]);
    const first = register.parties.put(
      [{ change: { name: 'HR', priority: 2 }, streams: ['a', 'b'] }, { change: { name: 'IT' } }],
      'me',
    );
    assert.deepEqual(first.added.map(({ id }) => id), ['hr', 'it']); // prettier-ignore
    const again = register.parties.put(
      [{ change: { name: 'hr', id: 'hr', owner: 'Jo' }, streams: ['b'] }, { change: { name: 'IT' } }],
      'me',
    );
    assert.deepEqual([again.added, again.changed.map(({ id, name, owner, priority }) => [id, name, owner, priority])], [[], [['hr', 'hr', 'Jo', 2]]]); // prettier-ignore
    assert.deepEqual([...register.parties.streams()], [['hr', ['b']]]);
    assert.equal(register.parties.named('It')?.id, 'it');
    assert.deepEqual(register.parties.list().map(({ id }) => id), ['hr', 'it']); // prettier-ignore
    assert.equal(register.parties.change('it', { type: 'department' }, 'me')?.type, 'department');
    assert.equal(register.parties.change('xx', {}, 'me'), undefined);
  });
  it('that go leave their streams to nobody, and the audit log says which', () => {
    register.streams.keep([found('a')]);
    register.parties.put([{ change: { name: 'HR' }, streams: ['a'] }], 'me');
    assert.deepEqual(register.parties.remove(['hr', 'xx'], 'me').map(({ id }) => id), ['hr']); // prettier-ignore
    assert.equal(stream('a').party, null);
    assert.deepEqual(register.audit()[0]?.details['streams'], ['a']);
  });
  it('have streams assigned, those that change', () => {
    register.streams.keep([found('a'), found('b')]);
    register.parties.put([{ change: { name: 'HR' }, streams: ['a'] }], 'me');
    assert.deepEqual(register.parties.assign(['a', 'b', 'z'], 'hr', 'me'), ['b']);
    assert.deepEqual(register.parties.assign(['a'], undefined, 'me'), ['a']);
    assert.deepEqual([...register.parties.streams()], [['hr', ['b']]]);
  });
});

describe('declared senders', () => {
  const said = (sender: string, exclusive: boolean | null = null) => ({ party: 'HR', sender, domains: ['a.example'], networks: ['192.0.2.0/24'], purpose: 'pay', rhythm: 'yearly', exclusive }); // prettier-ignore
  const senders = () => register.declared.list().map(({ sender, who, exclusive }) => [sender, who, exclusive]);

  it('are added, and what says the same stays as it was', () => {
    assert.deepEqual(register.declared.put([said('A'), said('B', true)], 'add', 'me'), { added: 2, removed: 0 });
    assert.deepEqual(register.declared.put([said('B', true), said('C', false)], 'add', 'you'), {
      added: 1,
      removed: 0,
    });
    assert.deepEqual(senders(), [['A', 'me', null], ['B', 'me', true], ['C', 'you', false]]); // prettier-ignore
  });
  it('are replaced as a whole', () => {
    register.declared.put([said('A'), said('B')], 'add', 'me');
    assert.deepEqual(register.declared.put([said('B'), said('C')], 'replace', 'you'), { added: 1, removed: 1 });
    assert.deepEqual(senders(), [['B', 'me', null], ['C', 'you', null]]); // prettier-ignore
    assert.deepEqual(register.declared.put([said('B'), said('C')], 'replace', 'you'), { added: 0, removed: 0 });
    assert.deepEqual(whats(), ['declaration/imported', 'declaration/imported']);
  });
  it('are taken out', () => {
    register.declared.put([said('A'), said('B')], 'add', 'me');
    const [first] = register.declared.list();
    assert.equal(register.declared.remove([first!.id, 999], 'me'), 1);
    assert.deepEqual(senders(), [['B', 'me', null]]);
    assert.equal(register.audit()[0]?.details['sender'], 'A');
  });
});

describe('senders of one’s own', () => {
  const press = { id: 'press', name: 'Press', recognise: { dkim: ['debrug.example'] } };
  const sendgrid = { id: 'sendgrid', recognise: {}, shared: 'both' as const };
  it('are kept by id; the same again writes nothing; what changed is told with what it was', () => {
    assert.deepEqual(register.senders.put([press, sendgrid], 'add', 'Ann'), { added: 2, changed: 0, removed: 0 });
    clock += 1000;
    const other = { ...press, name: 'The Press' };
    assert.deepEqual(register.senders.put([press, sendgrid], 'add', 'Bob'), { added: 0, changed: 0, removed: 0 });
    assert.deepEqual(register.senders.put([other], 'add', 'Bob'), { added: 0, changed: 1, removed: 0 });
    assert.deepEqual(register.senders.list(), [
      { entry: other, who: 'Bob', at: 1_001_000 },
      { entry: sendgrid, who: 'Ann', at: 1_000_000 },
    ]);
    assert.deepEqual(register.audit()[0]?.details, { added: [], changed: [{ from: press, to: other }], removed: [] });
    assert.deepEqual(register.senders.put([other], 'replace', 'Bob'), { added: 0, changed: 0, removed: 1 });
    assert.equal(register.senders.remove(['press', 'nobody'], 'Ann'), 1);
    assert.deepEqual(register.senders.own(), []);
    assert.deepEqual(whats(), [...Array.from({ length: 3 }, () => 'catalogue/imported'), 'catalogue/removed']);
  });
  it('a map stands in place of the one before', () => {
    const entries = [{ id: 'map-a', name: 'A', category: 'bulk' as const, domains: ['a.example', 'aa.example'] }];
    assert.deepEqual(register.senders.map(), []);
    assert.equal(register.senders.putMap(undefined, '', 'Ann'), false);
    assert.equal(register.senders.putMap(entries, 'map.csv', 'Ann'), true);
    assert.equal(register.senders.putMap(entries, 'map.csv', 'Ann'), false);
    assert.deepEqual(register.senders.map(), entries);
    assert.deepEqual(register.senders.aboutMap(), {
      file: 'map.csv',
      senders: 1,
      domains: 2,
      who: 'Ann',
      at: 1_000_000,
    });
    assert.equal(register.senders.putMap([], 'empty.csv', 'Ann'), true);
    assert.deepEqual(register.senders.map(), []);
    assert.equal(register.senders.putMap(undefined, '', 'Ann'), true);
    assert.equal(register.senders.aboutMap(), undefined);
    assert.deepEqual(whats(), ['catalogue/map-imported', 'catalogue/map-imported', 'catalogue/map-removed']);
  });
});
