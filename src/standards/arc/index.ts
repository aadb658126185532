// Authenticated Received Chain (RFC 8617): handlers of a message say what they found when it came to them, sign it as they hand
// it on, and seal what those before them said. Experimental and on its way out: read here because it explains forwarding; a
// seal is made for the sake of tests and of whoever still needs one.
export { seal } from './seal.ts';
export type { SealOptions } from './seal.ts';
export { collectSets, maxInstances, parseSeal } from './set.ts';
export type { ArcSeal, ArcSet, ChainStatus } from './set.ts';
export { ArcValidator, validate } from './validate.ts';
export type { ArcValidation } from './validate.ts';
