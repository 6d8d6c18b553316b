export { listScrubs, readScrub, scrubResult } from "./list.ts";
export { type ScrubRowView, readScrubRow, screenRowAgain } from "./result-row.ts";
export { repeatScrub, startScrub } from "./start.ts";
export { runScrub } from "./run.ts";
export { type ScrubRecord, ScrubView } from "./scrub.ts";
