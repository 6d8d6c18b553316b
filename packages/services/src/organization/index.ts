export * from "./count-day.ts";
