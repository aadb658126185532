// A person who knows decides on everything that a world shows: what gates and estimates are asked about comes after that.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './attribution.ts';
import { answerQueue, breadth, decisionsCsv } from './person.ts';
import type { Decision, QueueItem } from './person.ts';
import { parsed } from './product.ts';
import type { Zegel } from './product.ts';
import type { Truth } from './truth.ts';

/** What is of others but for more than this share is forbidden by nobody who knows. */
const ofBoth = 0.001;

/** The person decides on the queue but for what is of both, and authorises whatever else is ours. */
export async function decideByTruth(zegel: Zegel, data: string, truth: Truth): Promise<void> {
  const { answers } = await ask(zegel, data, truth);
  const queue: QueueItem[] = [];
  await zegel(['streams', '--queue', '--json', '--all', '--data', data], (line) =>
    queue.push(parsed(line) as QueueItem),
  );
  const whole = new Set(queue.filter((item) => breadth(item) === 2).map(({ stream }) => stream));
  const others = answers.streamIds.filter((id) => !whole.has(id)).map((stream) => ({ stream }));
  const decisions: Decision[] = [
    ...answerQueue(truth, answers, others, Infinity).filter(({ verdict }) => verdict === 'authorised'),
    ...answerQueue(truth, answers, queue, Infinity, ofBoth),
  ];
  const file = join(data, '..', 'decisions.csv');
  writeFileSync(file, decisionsCsv(decisions));
  await zegel(['decide', '--from', file, '--data', data]);
}
