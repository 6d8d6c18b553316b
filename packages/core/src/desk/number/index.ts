export * from "./number-lookup.ts";
export * from "./timeline.ts";
