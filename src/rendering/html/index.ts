// An assessment as a page to send to somebody: one file, no script, nothing fetched, everything from outside escaped.
export { assessmentPage } from './page.ts';
export type { PageOptions } from './page.ts';
export type { PageInventory } from './streams.ts';
export { posturePage, rankingPage } from './posture.ts';
export type { PosturePageOptions } from './posture.ts';
export { ladderPage } from './ladder.ts';
export type { LadderPage, LadderPageOptions } from './ladder.ts';
export { whatIfPage } from './what-if.ts';
export type { WhatIfPageOptions } from './what-if.ts';
