// Which stream is which from day to day: identities that attribution's clusters find again by the keys of their set-ups, and what
// persons said of them: names, what belongs together, what stands apart.
export { assignIdentities, newStreamId, ownsKeys } from './assign.ts';
export type { Cluster } from './assign.ts';
export { streamDescent } from './descent.ts';
export { mergedTarget } from './model.ts';
export type { StreamIdentity, StreamPin } from './model.ts';
export { StreamPins } from './pins.ts';
