import type { IngestionLimits } from './limits.ts';
import type { Message } from './mail.ts';

/** The shape nearly all report mail has. Not read yet: everything is unusual. */
export function readPlainMessage(_bytes: Uint8Array, _limits: IngestionLimits): Message | undefined {
  return undefined;
}
