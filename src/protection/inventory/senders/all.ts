import { transactional } from './transactional.ts';
import type { Sender } from './model.ts';

/** Every sender that ships with Zegel. */
export const senders: readonly Sender[] = [...transactional];
