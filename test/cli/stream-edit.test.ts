// What persons say of which mail is one stream, through the commands themselves and on a folder of their own.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Command } from 'commander';
import { streamSubcommands } from '../../src/cli/stream-edit.ts';
import { openForTest } from '../storage/filer.ts';
import { temporaryFolder } from './zegel.ts';

const data = join(temporaryFolder(), 'ours');

async function register<T>(work: (of: Awaited<ReturnType<typeof openForTest>>['register']) => T): Promise<T> {
  const memory = await openForTest(data);
  try {
    return work(memory.register);
  } finally {
    await memory.close();
  }
}

/** Runs `zegel streams …`; what it says beside the answer is not looked at. */
async function streams(...words: string[]): Promise<number> {
  let code = -1;
  const program = new Command('streams');
  for (const sub of streamSubcommands((result) => (code = result))) program.addCommand(sub);
  await program.parseAsync([...words, '--data', data, '--who', 'Ann'], { from: 'user' });
  return code;
}

const kept = () =>
  register(
    ({ streams: of }) => new Map(of.load().map(({ id, name, mergedInto, pin }) => [id, { name, mergedInto, pin }])),
  );

describe('zegel streams rename, split, merge', () => {
  it('do what they say, by name or id, and it sticks', async () => {
    const found = ['a', 'b', 'c'].map((id) => ({
      id,
      name: `the ${id}`,
      firstSeen: 20_000,
      keys: [`${id}1`, `${id}2`],
    }));
    await register(({ streams: of }) => of.keep(found));
    assert.equal(await streams('rename', 'the a', 'Billing'), 0);
    assert.equal(await streams('merge', 'b', 'billing'), 0);
    assert.equal(await streams('split', 'c', 'Half', '--key', 'c1'), 0);
    assert.equal(await streams('split', 'c', '--source', '192.0.2.0/24', '--domain', 'x.example'), 0);
    await register(({ streams: of }) => of.keep(found));
    const now = await kept();
    assert.deepEqual([now.get('a')?.name, now.get('b')?.mergedInto], ['Billing', 'a']);
    const parts = [...now].filter(([, { pin }]) => pin !== null);
    assert.deepEqual(
      parts
        .map(([, { name, pin }]) => [name, pin?.of, pin?.keys, pin?.sources, pin?.authorDomains, pin?.who])
        .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
      [
        ['Half', 'c', ['c1'], [], [], 'Ann'],
        ['part of the c', 'c', [], ['192.0.2.0/24'], ['x.example'], 'Ann'],
      ],
    );
    assert.equal(await streams('unmerge', 'b'), 0);
    assert.equal(await streams('unsplit', 'half'), 0);
    assert.equal(await streams('rename', 'billing', '-'), 0);
    await register(({ streams: of }) => of.keep(found));
    const after = await kept();
    assert.deepEqual([after.get('a')?.name, after.get('b')?.mergedInto], ['the a', null]);
    assert.ok(
      [...after.values()].some(({ name, mergedInto, pin }) => name === 'Half' && mergedInto === 'c' && pin === null),
    );
  });
  const wrong: readonly (readonly [words: string[], says: RegExp])[] = [
    [['rename', 'nowhere', 'x'], /no stream is called nowhere/],
    [['rename', 'a', ' '], /needs a name/],
    [['merge', 'a'], /two streams or more/],
    [['unmerge', 'a'], /not merged/],
    [['unsplit', 'a'], /not split off/],
    [['split', 'a', 'x'], /nothing says what the part is/],
    [['split', 'a', 'x', '--key', 'z9'], /z9 is no set-up/],
    [['split', 'a', 'x', '--key', 'a1', '--key', 'a2'], /no other set-ups/],
    [['split', 'a', 'x', '--source', 'here'], /no address, network or domain/],
  ];
  for (const [words, says] of wrong)
    it(`${words.join(' ')}: is refused, and says why`, () => assert.rejects(streams(...words), { message: says }));
});
