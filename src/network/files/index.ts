// Files, folders, mailboxes in files, and standard input: where reports lie before they are taken in.
export { SourceChanged, arrivals } from './arrivals.ts';
export type { ArrivalOptions } from './arrivals.ts';
