// The bytes of everything that came, as they came, by their SHA-256: segment files that are only added to.
export { OriginalsStore } from './originals.ts';
export type { Found, Place } from './originals.ts';
