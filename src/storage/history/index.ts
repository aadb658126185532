// The history: what reports said, by day, in DuckDB. `HistoryStore` is the `History` that protection asks, and takes the facts
// that filing brings.
export { HistoryStore } from './store.ts';
export type { HistoryOptions, SpilledReport } from './store.ts';
export { RowMapper, addFacts, factBuffer, rowBuffer } from './facts.ts';
export type { AlignmentRule, FactBuffer, FactHead, RowBuffer } from './facts.ts';
export type { Progress } from './migrate.ts';
export type { ExportFormat } from './export.ts';
export { Spill, blockRows } from './spill.ts';
