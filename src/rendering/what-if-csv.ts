import type { Grouping, WhatIf } from '../protection/simulation/index.ts';
export function* whatIfCsv(answer: WhatIf, _by: Grouping | undefined): Generator<string> {
  yield JSON.stringify(answer.total);
}
