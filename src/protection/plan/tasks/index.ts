// The work list: for each stream that is not in order, what to do, where, with which records, by whom and how soon. The mail closes a task,
// and opens it again if the stream slips back; what a person says of it is held against the mail.
export type { Need, NeedCase } from './needs.ts';
export { withTerms } from './records.ts';
export type { KnownRecords } from './records.ts';
export { actions } from './task.ts';
export type { Action, KeptTask, Priority, Task, TaskDomain, TaskRecord, TaskState } from './task.ts';
export { isAbout, workList } from './work-list.ts';
export type { WorkList, WorkSources } from './work-list.ts';
export { whenOf } from './when.ts';
export type { When } from './when.ts';
