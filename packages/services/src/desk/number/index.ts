export { findNumber } from "./find-number.ts";
export type { Judged, NumberSeen } from "./number-seen.ts";
export { readNumber } from "./read-number.ts";
export type { ConsentShown, Timeline, TimelineEvent } from "./timeline-of.ts";
