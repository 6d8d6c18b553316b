export * from "./timeline.ts";
