/** The identity of an aggregate report (`reportKey`) or a TLS report (`tlsFiled`). Two reports with equal `text` are copies of one report. */
export interface ReportKey {
  /** The domain of the reporter's e-mail address, else its org_name, lower-cased. */
  readonly reporter: string;
  readonly policyDomain: string;
  readonly reportId: string;
  readonly begin: number;
  readonly end: number;
  /** Short, stable, fit for a command line: what `zegel reports KEY` takes. */
  readonly text: string;
}
