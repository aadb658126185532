import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { describe, it } from 'node:test';
import { violations } from './architecture.ts';
import type { Sources } from './architecture.ts';

const real: Sources = new Map(
  globSync('src/**/*.ts')
    .map((file) => file.split(sep).join('/'))
    .map((file) => [file, readFileSync(file, 'utf8')]),
);

describe('the house', () => {
  it('has sources to look at', () => assert.ok(real.size > 20));
  it('keeps its rules', () => {
    assert.deepEqual(
      violations(real).map(({ file, rule, what }) => `${file}: ${rule}: ${what}`),
      [],
    );
  });
});

describe('a planted violation is seen', () => {
  const base: [string, string][] = [
    ['src/standards/spf/index.ts', "export { parse } from './parse.ts';\n"],
    ['src/standards/spf/parse.ts', 'export const parse = 1;\n'],
    ['src/standards/dns/index.ts', 'export const zone = 1;\n'],
    ['src/protection/plan/index.ts', 'export const plan = 1;\n'],
    ['src/storage/index.ts', 'export const memory = 1;\n'],
    ['src/cli/index.ts', 'export const cli = 1;\n'],
  ];
  const planted: [rule: string, file: string, text: string][] = [
    [
      'arrow',
      'src/standards/spf/evaluate.ts',
      "import { plan } from '../../protection/plan/index.ts';\nexport const a = plan;\n",
    ],
    [
      'arrow',
      'src/protection/plan/more.ts',
      "import type { memory } from '../../storage/index.ts';\nexport type A = typeof memory;\n",
    ],
    ['arrow', 'src/app.ts', "import { cli } from './cli/index.ts';\nexport const a = cli;\n"],
    ['arrow', 'src/words/x.ts', "import { plan } from '../protection/plan/index.ts';\nexport const a = plan;\n"],
    [
      'door',
      'src/protection/plan/more.ts',
      "import { parse } from '../../standards/spf/parse.ts';\nexport const a = parse;\n",
    ],
    ['door', 'src/standards/dns/more.ts', "import {\n  parse,\n} from '../spf/parse.ts';\nexport const a = parse;\n"],
    [
      'outside',
      'src/standards/spf/more.ts',
      "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
    ],
    ['outside', 'src/protection/plan/more.ts', "export const a = await import('yauzl');\n"],
    ['outside', 'src/standards/spf/more.test.ts', "import { x } from 'left-pad';\nx();\n"],
    ['pure', 'src/standards/spf/more.ts', 'export const a = () => Date.now();\n'],
    ['pure', 'src/protection/plan/more.ts', 'export const a = () => Math.random();\n'],
    ['pure', 'src/protection/plan/more.ts', 'export const a = () => process.env.HOME;\n'],
    ['export', 'src/standards/spf/more.ts', 'export default 1;\n'],
    ['export', 'src/standards/spf/more.ts', "export * from './parse.ts';\n"],
    ['enum', 'src/standards/spf/more.ts', 'export enum A {}\n'],
    ['name', 'src/standards/spf/utils.ts', 'export const a = 1;\n'],
    ['room', 'src/somewhere/a.ts', 'export const a = 1;\n'],
    ['path', 'src/standards/spf/more.ts', "import { a } from './gone.ts';\nexport const b = a;\n"],
    ['length', 'src/standards/spf/more.ts', 'export const a = 1;\n'.repeat(402)],
    ['cycle', 'src/standards/dns/index.ts', "import { b } from './b.ts';\nexport const a = b;\n"],
  ];
  it('and the house it is planted in has none', () => assert.deepEqual(violations(new Map(base)), []));
  for (const [rule, file, text] of planted) {
    it(`${rule}: ${file}`, () => {
      const sources = new Map([...base, [file, text] as const]);
      if (rule === 'cycle')
        sources.set('src/standards/dns/b.ts', "import { a } from './index.ts';\nexport const b = a;\n");
      assert.deepEqual([...new Set(violations(sources).map((each) => each.rule))], [rule]);
    });
  }
});
