import type { WhatIf } from '../../protection/simulation/index.ts';
import type { Style } from './style.ts';
export function whatIfText(
  answer: WhatIf,
  _style: Style,
  _options: { readonly limit: number; readonly sort: string },
): string[] {
  return [JSON.stringify(answer.total, undefined, 1)];
}
