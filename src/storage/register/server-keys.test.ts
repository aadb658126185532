// Keys of mail servers from look to look.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { RegisterStore } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'zegel-server-keys-'));
const register = RegisterStore.open(join(folder, 'register.sqlite'), () => 0);
after(() => {
  register.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('keys that mail servers showed', () => {
  const { serverKeys } = register;
  const seen = (host: string) =>
    serverKeys.of(host).map(({ key, firstDay, lastDay, days, verified }) => [key, firstDay, lastDay, days, verified]);
  const [a, b] = ['aa', 'bb'];
  const shown = (key: string, verified = false) => ({ host: 'mx.example.com', key, verified });
  it('are counted by day, both addresses of a server once, and in any order', () => {
    serverKeys.keep([shown(a), shown(a)], 100);
    serverKeys.keep([shown(a)], 100);
    assert.deepEqual(seen('mx.example.com'), [[a, 100, 100, 1, false]]);
    serverKeys.keep([shown(a)], 103);
    serverKeys.keep([shown(a)], 90);
    assert.deepEqual(seen('mx.example.com'), [[a, 90, 103, 3, false]]);
  });
  it('stay verified, the last seen first', () => {
    serverKeys.keep([shown(b, true)], 110);
    serverKeys.keep([shown(b)], 111);
    assert.deepEqual(seen('mx.example.com'), [
      [b, 110, 111, 2, true],
      [a, 90, 103, 3, false],
    ]);
    assert.deepEqual(seen('mx.other.example'), []);
  });
});
