import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

// The examples of docs/library.md are run as they stand, and print what stands under them.
const page = readFileSync('docs/library.md', 'utf8');
const examples = [...page.matchAll(/^## (.+)\n```js\n([\s\S]*?)```\n```output\n([\s\S]*?)```$/gm)];

describe('docs/library.md', () => {
  it('has an output for every example', () => assert.equal(examples.length, [...page.matchAll(/^```js$/gm)].length));
  for (const [, title, code, output] of examples) {
    it(String(title), () => {
      const run = spawnSync(
        process.execPath,
        ['--conditions=zegel-source', '--disable-warning=ExperimentalWarning', '--input-type=module'],
        {
          input: String(code),
          encoding: 'utf8',
        },
      );
      assert.equal(run.stderr, '');
      assert.equal(run.stdout, output);
    });
  }
});
