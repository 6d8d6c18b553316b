export * from "./list-scrubs.ts";
export * from "./read-scrub.ts";
export { readScrubRow, type ScrubRowView } from "./read-scrub-row.ts";
export * from "./repeat-scrub.ts";
export * from "./run-scrub.ts";
export * from "./screen-row-again.ts";
export * from "./scrub-result.ts";
export type * from "./scrub-view.ts";
export { startScrub } from "./start-scrub.ts";
