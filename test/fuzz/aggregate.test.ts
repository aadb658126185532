import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fuzzAggregate } from './aggregate.ts';

it('10,000 damaged reports: what is read is right, or refused', () => {
  const { tally, failures } = fuzzAggregate({ inputs: 10_000, seed: 20_261_124 });
  assert.deepEqual(failures, []);
  assert.equal(tally.inputs, 10_000);
  // Refusing everything would be no proof: much is read, of what has damaged tags, some; and of what is, little is refused.
  assert.ok(tally.clean > 400, `read clean: ${tally.clean}`);
  assert.ok(tally.repaired > 600, `read with a repair: ${tally.repaired}`);
  assert.ok(tally.mended > 50, `read though its tags were damaged: ${tally.mended}`);
  assert.ok(tally.refusedWellFormed < tally.refusedSample / 10, `refused though XML: ${tally.refusedWellFormed}`);
});
