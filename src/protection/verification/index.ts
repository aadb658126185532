// One message judged: who brought it, what SPF, DKIM and ARC say, what receivers of DMARC of both generations conclude, and what a
// person would believe to see. Pure: the message, the time and the DNS are handed in.
export { connectionOf } from './connection.ts';
export type { GivenConnection } from './connection.ts';
export type { Likeness, OddLetters } from './look-alike.ts';
export { recordedReportMailJudge } from './recorded-report-mail.ts';
export type { RecordedJudge } from './recorded-report-mail.ts';
export { reportMailJudge } from './report-mail.ts';
export { MessageVerifier, verifyMessage } from './verify.ts';
export type { VerifyMessageOptions } from './verify.ts';
export type {
  Appearance,
  ArcLeg,
  Connection,
  DkimFinding,
  DkimLeg,
  DmarcLeg,
  DmarcResult,
  DmarcView,
  Nearness,
  ShownMailbox,
  Sourced,
  SpfLeg,
  Verification,
  Weight,
} from './verification.ts';
