import type { ListOptions } from './list-options.ts';

/** What `zegel decide` takes. */
export interface DecideCommandOptions extends ListOptions {
  readonly why?: string;
  readonly source?: string[];
  readonly domain?: string[];
  readonly party?: string;
  readonly who?: string;
  readonly from?: string;
  readonly kind?: string;
  readonly confidence?: string;
  readonly sender?: string;
  readonly again?: boolean;
  readonly yes?: boolean;
  readonly undo?: string | boolean;
  readonly history?: string | boolean;
  readonly new?: boolean;
  readonly export?: string;
  readonly import?: string;
}
