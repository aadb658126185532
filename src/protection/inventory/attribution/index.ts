// From the combinations of the history to streams with their kinds. The rows are worked out once a kind, signatures find their
// homes, lots are made and joined; what people said of streams before is kept.
export { attribute } from './attribute.ts';
export type { Attribution } from './attribute.ts';
export type { FoundStream } from './grouping.ts';
