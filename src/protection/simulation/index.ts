// What mail that was seen would have met under other records. Here: other alignment modes, without a change of policy, as an assessment
// shows them. Changes of any record are in `what-if/`.
export { alignedKinds, classCount, classOf, scenarioNames, verdictTables } from './scenarios.ts';
export type { AlignedKind, ScenarioName, VerdictTables } from './scenarios.ts';
