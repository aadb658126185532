// Keeps what is written true to what is run: writes docs/problems.md from the sentences, and with --check says what is out of
// date instead: a page that is, a code in the sources that has no sentence, a sentence that no source uses.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { openSentence, vocabularies } from '../src/words/index.ts';

const check = process.argv.includes('--check');
const complaints: string[] = [];

const known = new Map(vocabularies.flatMap((vocabulary) => Object.entries(vocabulary)));
const areas = new Set([...known.keys()].map((code) => code.split('/')[0]!));

/** Texts that look like codes and are none: a tag's value, and wrappings one inside another. */
const noCodes: ReadonlySet<string> = new Set(['dns/txt', 'mail/gzip', 'mail/zip']);

const used = new Map<string, string>();
for (const file of globSync('src/**/*.ts')) {
  if (file.endsWith('.test.ts') || file.startsWith('src/words')) continue;
  for (const [, code = ''] of readFileSync(file, 'utf8').matchAll(
    /['"`]([a-z][a-z0-9-]*\/[a-z][a-z0-9-]*[a-z0-9])['"`]/g,
  )) {
    if (areas.has(code.split('/')[0]!) && !noCodes.has(code)) used.set(code, file);
  }
}
for (const [code, file] of used)
  if (!known.has(code)) complaints.push(`${file}: the code '${code}' has no sentence in src/words/`);
for (const code of known.keys()) {
  // A hint belongs to the code it is named after.
  const [area, rest = ''] = code.split('/');
  const needed = area === 'hint' ? known.has(rest.replace('-', '/')) : used.has(code);
  if (!needed) complaints.push(`src/words/: nothing says '${code}'`);
}
for (const [code, { en, nl }] of known) {
  const places = (sentence: string) =>
    [...openSentence(sentence).matchAll(/\{(\w+)\}/g)]
      .map((match) => match[1]!)
      .sort((a, b) => (a < b ? -1 : 1))
      .join(' ');
  for (const sentence of [en, nl])
    for (const [, key = ''] of sentence.matchAll(/\{(\w+):/g))
      if (!openSentence(sentence).includes(`{${key}}`))
        complaints.push(`src/words/: '${code}' has words for one and many of {${key}}, which it does not say`);
  if (places(en) !== places(nl))
    complaints.push(
      `src/words/: '${code}' takes other values in English (${places(en)}) than in Dutch (${places(nl)})`,
    );
}

const page = [
  '# Problems, findings and reasons',
  '',
  'Every code Zegel may give, and its sentence. Codes are stable; sentences may improve. `{…}` stands for a value.',
  'This page is made from `src/words/` by `node --conditions=zegel-source tools/docs.ts`.',
  '',
  ...[...areas].sort().flatMap((area) => [
    `## ${area}`,
    '',
    '| code | sentence |',
    '|---|---|',
    ...[...known]
      .filter(([code]) => code.startsWith(`${area}/`))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, { en }]) => `| \`${code}\` | ${openSentence(en).replaceAll('|', '\\|').replaceAll('<', '&lt;')} |`),
    '',
  ]),
].join('\n');

if (check) {
  let written = '';
  try {
    written = readFileSync('docs/problems.md', 'utf8');
  } catch {
    // Not written yet: it differs.
  }
  if (written !== page)
    complaints.push('docs/problems.md is out of date: run node --conditions=zegel-source tools/docs.ts');
} else writeFileSync('docs/problems.md', page);

for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;
