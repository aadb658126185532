// A reporter for node --test that is silent about what passed: it shows each failure where it happened, with its reason,
// and each test that was not run, with why.
import { relative } from 'node:path';
import { inspect } from 'node:util';

export default async function* failures(source) {
  const path = [];
  for await (const event of source) {
    const { data } = event;
    if (event.type === 'test:start') path[data.nesting] = data.name;
    else if (event.type === 'test:pass' && (data.skip !== undefined || data.todo !== undefined)) {
      yield `not run: ${data.name}${typeof data.skip === 'string' ? ` (${data.skip})` : ''}\n`;
    } else if (event.type === 'test:fail') {
      const cause = data.details.error.cause ?? data.details.error;
      // A suite fails because a test in it did; that one has been shown.
      if (data.details.error.failureType === 'subtestsFailed') continue;
      const where = data.file === undefined ? '' : ` (${relative('.', data.file)}:${data.line ?? 0})`;
      yield `FAILED: ${path.slice(0, data.nesting).concat(data.name).join(' › ')}${where}\n`;
      yield `${(cause?.stack ?? inspect(cause)).replace(/^/gm, '    ')}\n`;
    } else if (event.type === 'test:stdout' || event.type === 'test:stderr') {
      if (process.env.ZEGEL_TEST_OUTPUT) yield data.message;
    }
  }
}
