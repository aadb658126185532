import { bulk } from './bulk.ts';
import { bulkEurope } from './bulk-europe.ts';
import { business } from './business.ts';
import { gateways } from './gateways.ts';
import { hosting } from './hosting.ts';
import { mailboxes } from './mailboxes.ts';
import type { Sender } from './model.ts';
import { services } from './services.ts';
import { transactional } from './transactional.ts';

/** Every sender that ships with Zegel. */
export const senders: readonly Sender[] = [
  ...transactional,
  ...bulk,
  ...bulkEurope,
  ...business,
  ...services,
  ...mailboxes,
  ...gateways,
  ...hosting,
];
