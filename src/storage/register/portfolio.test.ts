import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { array, assert as check, constantFrom, integer, property, tuple } from 'fast-check';
import { lookAt } from '../../protection/posture/index.ts';
import { domainName, zone } from '../../standards/dns/index.ts';
import type { Answer } from '../../standards/dns/index.ts';
import { RegisterFile } from './database.ts';
import { registerMigrations } from './migrations.ts';
import { RegisterStore } from './register.ts';

const folder = mkdtempSync(join(tmpdir(), 'zegel-register-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const open = (): RegisterStore => RegisterStore.open(join(folder, `${(count += 1)}.sqlite`), () => 1000);
const [a, b] = [domainName('a.example'), domainName('b.example')];

describe('the portfolio', () => {
  it('adds once, keeps what it is not told otherwise, and notes each change', () => {
    const register = open();
    const { portfolio } = register;
    assert.deepEqual(portfolio.add([{ domain: b, role: 'parked' }, { domain: a }], 'added', 'ann'), {
      added: [b, a],
      changed: [],
    });
    assert.deepEqual(portfolio.add([{ domain: b, note: 'sold' }, { domain: a }], 'imported', 'bob'), {
      added: [],
      changed: [b],
    });
    assert.equal(portfolio.setRole(a, 'users', 'ann'), true);
    assert.equal(portfolio.setRole(domainName('c.example'), 'users', 'ann'), false);
    assert.deepEqual(portfolio.list(), [
      { domain: a, role: 'users', came: 'added', note: '', who: 'ann', at: 1000 },
      { domain: b, role: 'parked', came: 'added', note: 'sold', who: 'ann', at: 1000 },
    ]);
    assert.deepEqual(portfolio.remove([a, a, domainName('c.example')], 'ann'), [a]);
    assert.deepEqual(
      register.audit().map(({ what, who, details }) => [what, who, details['domain']]),
      [
        ['portfolio/removed', 'ann', a],
        ['portfolio/role', 'ann', a],
        ['portfolio/changed', 'bob', b],
        ['portfolio/added', 'ann', a],
        ['portfolio/added', 'ann', b],
      ],
    );
    register.close();
  });
  it('comes into a register of the first version, which keeps what it had', () => {
    const path = join(folder, 'old.sqlite');
    const old = RegisterFile.open(path, registerMigrations.slice(0, 1));
    old.run("INSERT INTO settings (name, value) VALUES ('language', 'nl')");
    old.close();
    const register = RegisterStore.open(path, () => 1000);
    assert.equal(register.setting('language'), 'nl');
    assert.deepEqual(register.portfolio.list(), []);
    register.close();
  });
});

const text = (value: string, ttl = 300): Answer<'TXT'> => ({
  kind: 'records',
  records: [[value], ['other']],
  ttl,
  aliases: [],
  authenticated: false,
});

describe('snapshots', () => {
  it('says which DKIM keys are new or other, and not that a key stays, or that one which never was is not there', () => {
    const register = open();
    const { snapshots } = register;
    const gone: Answer<'TXT'> = { kind: 'no-such-name', ttl: 300, aliases: [], authenticated: false };
    const name = 's1._domainkey.a.example';
    const keys = (answer: Answer<'TXT'>, day: number, at = name) =>
      snapshots.keep([{ name: at, type: 'TXT', answer }], day).changedKeys;
    assert.deepEqual(keys(text('k1'), 10), [name]);
    assert.deepEqual(keys(text('k1'), 11), []);
    assert.deepEqual(keys(text('k2'), 12), [name]);
    assert.deepEqual(keys(gone, 13), [name]);
    assert.deepEqual(keys(gone, 13, 'guess._domainkey.a.example'), []);
    register.close();
  });
  it('the same answer on days that follow is one span, whatever its order and TTL', () => {
    const register = open();
    const { snapshots } = register;
    const other = { ...text('one', 200), records: [['other'], ['one']] };
    assert.deepEqual(snapshots.keep([{ name: 'a.example', type: 'TXT', answer: text('one') }], 10), {
      answers: 1,
      changed: 1,
      changedKeys: [],
    });
    assert.deepEqual(snapshots.keep([{ name: 'a.example', type: 'TXT', answer: other }], 11), {
      answers: 1,
      changed: 0,
      changedKeys: [],
    });
    snapshots.keep([{ name: 'a.example', type: 'TXT', answer: text('two') }], 14);
    assert.deepEqual(
      snapshots.history('a.example').map(({ firstDay, lastDay, answer }) => [firstDay, lastDay, answer.ttl]),
      [
        [14, 14, 300],
        [10, 11, 300],
      ],
    );
    assert.deepEqual(snapshots.answerAt('a.example', 'TXT', 13)?.answer, { ...text('one') });
    assert.equal(snapshots.answerAt('a.example', 'TXT', 9), undefined);
    register.close();
  });
  it('a failure changes nothing, and bytes come back as bytes', () => {
    const register = open();
    const { snapshots } = register;
    const answer = {
      kind: 'records',
      records: [{ usage: 3, selector: 1, matchingType: 1, data: Buffer.from([1, 254]) }],
      ttl: 5,
      aliases: [],
      authenticated: true,
    } as const;
    snapshots.keep(
      [
        { name: '_25._tcp.a.example', type: 'TLSA', answer },
        { name: 'x.example', type: 'A' },
      ],
      3,
    );
    const kept = snapshots.answerAt('_25._tcp.a.example', 'TLSA', 3)?.answer;
    assert.deepEqual(kept, { ...answer, records: [{ ...answer.records[0], data: new Uint8Array([1, 254]) }] });
    assert.deepEqual(snapshots.names('a.example'), [{ name: '_25._tcp.a.example', type: 'TLSA' }]);
    assert.deepEqual(snapshots.names('.example'), []);
    register.close();
  });
  it('gives every answer of some types in one go', () => {
    const register = open();
    const { snapshots } = register;
    const pointer = { ...text('x'), records: ['gw.a.example'] } as unknown as Answer;
    snapshots.keep([{ name: '5.2.0.192.in-addr.arpa', type: 'PTR', answer: pointer }], 3);
    snapshots.keep([{ name: '5.2.0.192.in-addr.arpa', type: 'PTR', answer: { ...pointer, ttl: 9 } }], 5);
    snapshots.keep([{ name: 'a.example', type: 'TXT', answer: text('one') }], 3);
    assert.deepEqual(snapshots.ofTypes(['PTR', 'A']), [
      { name: '5.2.0.192.in-addr.arpa', type: 'PTR', firstDay: 3, lastDay: 5, answer: { ...pointer, ttl: 300 } },
    ]);
    register.close();
  });
  it('whatever the order of the looks, each day answers what was found on it last, and no span overlaps another', () => {
    const looks = array(tuple(integer({ min: 0, max: 12 }), constantFrom('x', 'y', 'z')), {
      maxLength: 14,
    });
    const register = open();
    const { snapshots } = register;
    let run = 0;
    check(
      property(looks, (list) => {
        const name = `${(run += 1)}.example`;
        const found = new Map<number, string>();
        for (const [day, value] of list) {
          snapshots.keep([{ name, type: 'TXT', answer: text(value) }], day);
          found.set(day, value);
        }
        for (const [day, value] of found) {
          const kept = snapshots.answerAt(name, 'TXT', day)!;
          assert.ok(kept.firstDay <= day && kept.lastDay >= day);
          assert.deepEqual(kept.answer, { ...text(value), records: [['other'], [value]] });
        }
        const spans = snapshots.history(name).reverse();
        for (const [at, span] of spans.entries()) {
          assert.ok(span.firstDay <= span.lastDay);
          if (at > 0) {
            assert.ok(spans[at - 1]!.lastDay < span.firstDay);
            assert.notDeepEqual(spans[at - 1]!.answer, span.answer);
          }
        }
      }),
      { numRuns: 60 },
    );
    register.close();
  });
});

describe('postures', () => {
  it('are kept by day; one that is as it was only grows', async () => {
    const register = open();
    const { postures } = register;
    const reading = zone('$TTL 60\nexample. SOA ns. h. 1 1 1 1 60\na.example. TXT "v=spf1 -all"');
    assert.ok(reading.ok);
    const posture = await lookAt(a, reading.value.resolver);
    assert.equal(postures.last(a), undefined);
    postures.keep(posture, 5, false);
    postures.keep(posture, 8, true);
    assert.deepEqual(postures.last(a), { firstDay: 5, lastDay: 8, posture: JSON.parse(JSON.stringify(posture)) });
    postures.keep({ ...posture, role: 'parked' }, 8, false);
    assert.deepEqual([postures.last(a)?.firstDay, postures.last(a)?.posture.role], [8, 'parked']);
    assert.deepEqual([postures.last(a, 7)?.firstDay, postures.last(a, 7)?.lastDay], [5, 7]);
    postures.keep({ ...posture, role: 'sending' }, 6, false);
    assert.deepEqual(
      [5, 6, 7, 8].map((day) => [postures.last(a, day)?.firstDay, postures.last(a, day)?.posture.role]),
      [
        [5, posture.role],
        [6, 'sending'],
        [7, posture.role],
        [8, 'parked'],
      ],
    );
    register.close();
  });
});
