export { type JudgedCall, type NumberView, findNumber, readNumber } from "./read-number.ts";
export type { ConsentView, Timeline, TimelineEvent } from "./timeline.ts";
