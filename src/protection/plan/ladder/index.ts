// The ladder from "tell me" to "only we can": which rung a record stands on, since when, and which comes next (RFC 9989 §A.6).
export { askedPolicies, isQuiet, nextRung, rungOf } from './rung.ts';
export type { RungReading } from './rung.ts';
export type { Held, PolicyPlace, ReportedPolicyDays, Stage } from './standing.ts';
export { burnDown, forecast } from './forecast.ts';
export type { BurnDownWeek, DomainForecast, DomainRoad, Forecast, OpenSpan } from './forecast.ts';
