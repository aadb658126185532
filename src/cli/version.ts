import { readFileSync } from 'node:fs';

/** The version of this Zegel, as its package says it. */
export function version(): string {
  return (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
    .version;
}
