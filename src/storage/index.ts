// What Zegel remembers of one organisation: the register (what came and what became of it), the history (what reports said),
// and the originals (the bytes as they came), in one folder that one process owns.
export { openMemory } from './memory.ts';
export type { Memory, MemoryOptions } from './memory.ts';
export type { ExportFormat, Progress } from './history/index.ts';
export { retentionSettings } from './retention.ts';
export type { Dropped } from './retention.ts';
export { StorageError } from './storage-error.ts';
export type { StorageCode } from './storage-error.ts';
export type { AuditEntry, DocumentCount, DocumentFilter, DocumentPage, Register } from './register/index.ts';
