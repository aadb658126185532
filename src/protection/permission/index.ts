// Whom a domain lets send in its name by SPF: its records as a tree with what each term costs and lets in, what they say of single
// addresses, and what would be let in more or less by others. Plain data: it is what `zegel spf --json` prints.
export { addressSpan, compareSpf, spfAllows, spfTree } from './permission.ts';
export type {
  AddressSpan,
  AddressVerdict,
  SpfAllows,
  SpfDifference,
  SpfSide,
  SpfTerm,
  SpfTermNode,
  SpfTreeNode,
  SpfTreeView,
} from './permission.ts';
