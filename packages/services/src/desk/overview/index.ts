export { countOverview, countOverviewJob, startDueOverviews } from "./count.ts";
export { type Overview, readOverview } from "./read.ts";
