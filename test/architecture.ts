import { dirname, join, normalize } from 'node:path';

// The rules of the house, as a pure function over the sources: which room may open onto which, which outside parts a room may
// use, what a file may not do. The test beside it runs it over the real sources and over planted violations.

/** Source texts by path (`src/…`, with `/`). */
export type Sources = ReadonlyMap<string, string>;

export interface Violation {
  readonly file: string;
  readonly rule: string;
  readonly what: string;
}

/** The rooms, and the rooms each may import. A room may always import itself. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'src/main.ts': ['src/cli', 'src/server'],
  'src/app.ts': ['src/config.ts', 'src/network', 'src/protection', 'src/standards', 'src/storage'],
  'src/config.ts': ['src/protection', 'src/standards'],
  'src/cli': ['src/app.ts', 'src/config.ts', 'src/protection', 'src/rendering', 'src/standards', 'src/words'],
  'src/server': ['src/app.ts', 'src/config.ts', 'src/protection', 'src/rendering', 'src/standards', 'src/words'],
  'src/rendering': ['src/protection', 'src/standards', 'src/words'],
  'src/words': [],
  'src/storage': ['src/protection', 'src/standards'],
  'src/network': ['src/protection', 'src/standards'],
  'src/protection': ['src/standards'],
  'src/standards': [],
};

/** The outside parts each room or folder may use; the most specific entry that holds a file counts. Tests may use more. */
const outside: Readonly<Record<string, readonly string[]>> = {
  'src/standards': [],
  'src/standards/dns': ['tr46'],
  'src/standards/dmarc': ['tldts'],
  'src/standards/dkim': ['node:crypto'],
  'src/standards/arc': ['node:crypto'],
  'src/standards/bimi': ['node:crypto'],
  'src/standards/transport': ['node:crypto'],
  'src/protection': [],
  'src/protection/ingestion': [
    'node:crypto',
    'node:stream',
    'node:stream/promises',
    'node:zlib',
    'postal-mime',
    'yauzl',
  ],
  'src/storage': ['@duckdb/node-api', 'node:*'],
  'src/network': ['node:*'],
  'src/network/addresses': ['ipaddr.js', 'node:*'],
  'src/rendering': [],
  'src/words': [],
  'src/cli': ['commander', 'node:*'],
  'src/app.ts': ['node:*'],
  'src/config.ts': ['node:os', 'node:path'],
  'src/main.ts': [],
};

/** Tests may use these everywhere. */
const testParts = [
  'node:*',
  'fast-check',
  'mailauth',
  'mailauth/*',
  'saxes',
  'yaml',
  'ipaddr.js',
  'tldts',
  'dns-packet',
  '@duckdb/node-api',
];

const badNames = /^(?:utils?|helpers?|common|types|service|manager|misc|shared)(?:\.|$)/;

/** Everything in `sources` that breaks a rule of the house. */
export function violations(sources: Sources): Violation[] {
  const found: Violation[] = [];
  const graph = new Map<string, string[]>();
  for (const [file, text] of sources) {
    const test = file.endsWith('.test.ts');
    const add = (rule: string, what: string) => found.push({ file, rule, what });
    const code = withoutComments(text);
    const room = roomOf(file);
    if (room === undefined) {
      add('room', 'lies in no room of the house');
      continue;
    }
    for (const part of file.split('/')) if (badNames.test(part)) add('name', `${part} says nothing of what it holds`);
    if (/^export default\b/m.test(code)) add('export', 'exports a default');
    if (/^export \* /m.test(code)) add('export', 'exports *: an index names what it exports');
    if (/^(?:export )?(?:const )?enum /m.test(code)) add('enum', 'has an enum');
    if (/^(?:export )?(?:declare )?namespace /m.test(code)) add('enum', 'has a namespace');
    const lines = text.split('\n').length;
    if (!test && lines > 401 && !text.includes('long because:')) add('length', `${lines} lines, and does not say why`);
    if (!test && (room === 'src/standards' || room === 'src/protection')) {
      for (const [name, pattern] of impure)
        if (pattern.test(code) && !(file.startsWith('src/standards/dkim/') && name === 'dice'))
          add('pure', `reads the ${name}`);
    }
    const targets: string[] = [];
    for (const specifier of imports(code)) {
      if (!specifier.startsWith('.')) {
        const allowed = test ? [...testParts, ...partsOf(file)] : partsOf(file);
        if (!allowed.some((part) => matches(part, specifier))) add('outside', `imports ${specifier}`);
        continue;
      }
      const target = normalize(join(dirname(file), specifier)).replaceAll('\\', '/');
      if (!sources.has(target)) {
        // Tests reach what is not a source: package.json, the drivers of test/.
        if (!test) add('path', `imports ${specifier}, which is no source`);
        continue;
      }
      targets.push(target);
      const there = roomOf(target);
      if (there === undefined || there === room) {
        const chapter = chapterOf(target);
        if (chapter !== undefined && chapter !== chapterOf(file) && !test && !target.endsWith('/index.ts'))
          add('door', `imports ${target}, past the index of ${chapter}`);
        continue;
      }
      if (!test && !arrows[room]!.includes(there)) add('arrow', `${room} may not import ${there} (${target})`);
      const chapter = chapterOf(target);
      if (chapter !== undefined && !test && !target.endsWith('/index.ts'))
        add('door', `imports ${target}, past the index of ${chapter}`);
    }
    if (!test) graph.set(file, targets);
  }
  for (const cycle of cycles(graph)) found.push({ file: cycle[0]!, rule: 'cycle', what: cycle.join(' → ') });
  return found;
}

/** What a pure room may not touch, beside outside imports. */
const impure: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['clock', /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/],
  ['dice', /\bMath\.random\(/],
  ['environment', /\bprocess\./],
  ['network', /\bfetch\(/],
];

function roomOf(file: string): string | undefined {
  return Object.keys(arrows).find((room) => file === room || file.startsWith(`${room}/`));
}

/** The folder in a room whose insides are its own: `src/standards/spf`, `src/protection/plan`; `undefined` for files that lie in the room itself. */
function chapterOf(file: string): string | undefined {
  const room = roomOf(file);
  if (room === undefined || room.endsWith('.ts') || room === 'src/cli') return undefined;
  const rest = file.slice(room.length + 1).split('/');
  return rest.length > 1 ? `${room}/${rest[0]}` : undefined;
}

function partsOf(file: string): readonly string[] {
  let best = '';
  for (const folder of Object.keys(outside))
    if ((file === folder || file.startsWith(`${folder}/`)) && folder.length > best.length) best = folder;
  return outside[best] ?? [];
}

function matches(part: string, specifier: string): boolean {
  return part.endsWith('*') ? specifier.startsWith(part.slice(0, -1)) : part === specifier;
}

/** The specifiers of every import and re-export, `import()` too. Type imports count: a shape is a dependency. */
function imports(code: string): string[] {
  const specifiers: string[] = [];
  for (const match of code.matchAll(
    /^\s*(?:import|export)\b[^'";]*?\bfrom\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  )) {
    specifiers.push(match[1] ?? match[2] ?? match[3]!);
  }
  return specifiers;
}

/** Block comments and whole-line comments taken out; strings stay as they are, which is enough for the patterns above. */
function withoutComments(text: string): string {
  return text.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/^\s*\/\/.*$/gm, '');
}

/** Files that import one another in a circle, each circle once. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const state = new Map<string, 'done' | 'open'>();
  const path: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    state.set(file, 'open');
    path.push(file);
    for (const target of graph.get(file) ?? []) {
      if (state.get(target) === 'open') found.push([...path.slice(path.indexOf(target)), target]);
      else if (!state.has(target) && graph.has(target)) visit(target);
    }
    path.pop();
    state.set(file, 'done');
  };
  for (const file of graph.keys()) if (!state.has(file)) visit(file);
  return found;
}
