/** Writes a line of the audit log, in the transaction that is open. */
export type Note = (who: string, what: string, details: Readonly<Record<string, unknown>>) => void;
