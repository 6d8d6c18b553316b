export * from "./asked.ts";
export * from "./columns.ts";
export * from "./find-in-columns.ts";
export { rankingCutoff } from "./match-ranking.ts";
