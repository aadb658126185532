// What mail that was seen would have met under other records. For now: other alignment modes, without a change of policy.
export { alignedKinds, classCount, classOf, scenarioNames, verdictTables } from './scenarios.ts';
export type { AlignedKind, ScenarioName, VerdictTables } from './scenarios.ts';
