// The mail that nobody has seen yet: how much of a month, a quarter and a year reports tell of, and how many streams may be unseen still.
export type { Coverage } from './coverage.ts';
export { unseenEstimate } from './estimate.ts';
export type { Sightings, UnseenEstimate } from './estimate.ts';
export { streamSightings } from './sightings.ts';
export type { StreamSightings } from './sightings.ts';
