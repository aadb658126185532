import { bulk } from './bulk.ts';
import { bulkEurope } from './bulk-europe.ts';
import type { Sender } from './model.ts';
import { transactional } from './transactional.ts';

/** Every sender that ships with Zegel. */
export const senders: readonly Sender[] = [...bulk, ...bulkEurope, ...transactional];
