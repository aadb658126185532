// What addresses are called in the DNS, and whether the names lead back.
export { ReverseNames, reverseNameTypes } from './reverse-names.ts';
export type { Confirmed, KeptAnswer, ReverseName } from './reverse-names.ts';
