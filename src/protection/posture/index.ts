// What a domain publishes today, and what is amiss: one look at the DNS, judged into findings with their remedies, a map of what could still be
// forged, a letter whose rules are in docs/grading.md, and the view of Internet.nl. Plain data throughout: a posture can be kept, compared with
// the next, ranked among others and shown.
export { comparePostures } from './compare.ts';
export type { PostureChange } from './compare.ts';
export { gradeRules, letters } from './grade.ts';
export type { JudgeOptions } from './judge.ts';
export { lookAt, lookAtMany, wildcardProbe } from './look-at.ts';
export type { LookAtManyOptions, LookOptions } from './look-at.ts';
export { judgeGreeting, keysShown } from './connect.ts';
export type { Connections, Fetched, Greeting } from './connect.ts';
export { postureSchema } from './posture.ts';
export type {
  ClosedRoad,
  Finding,
  Forgery,
  Grade,
  InternetNl,
  InternetNlTest,
  Letter,
  NameKind,
  Posture,
  PublishedRecord,
  Road,
  Role,
  RoleProposal,
  Severity,
} from './posture.ts';
export type {
  DkimPosture,
  DkimSelector,
  DmarcPosture,
  DmarcStep,
  InForce,
  Leaning,
  LookUp,
  MailPosture,
  NamePosture,
  PolicyView,
  Published,
  ServerConnection,
  ServerPosture,
  SpfPosture,
} from './published.ts';
export { rank } from './rank.ts';
export type { Ranked } from './rank.ts';
export { proposeRole } from './role.ts';
export type { RoleEvidence } from './role.ts';
