export * from "./answer-burst-lifting.ts";
export * from "./dismiss-burst.ts";
export * from "./forget-challenges.ts";
export * from "./lift-burst.ts";
export * from "./list-bursts.ts";
export * from "./propose-burst-lifting.ts";
export * from "./read-burst.ts";
export * from "./send-burst-alarm.ts";
export type { BurstLiftingView, BurstView } from "./burst-view.ts";
