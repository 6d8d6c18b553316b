export * from "./csv-line.ts";
export * from "./formula-guard.ts";
