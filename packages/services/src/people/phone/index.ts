export * from "./find-number.ts";
export type { Judged, NumberSeen } from "./number-seen.ts";
export type { Person } from "./person-of.ts";
export * from "./read-number.ts";
export type { ConsentShown, Timeline, TimelineEvent } from "./timeline-of.ts";
