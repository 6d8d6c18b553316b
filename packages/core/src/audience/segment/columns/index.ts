export * from "./asked.ts";
export * from "./columns.ts";
export * from "./find-in-columns.ts";
export { rankingCutoff } from "./match-ranking.ts";
export * from "./merge-deeds.ts";
export * from "./take-people.ts";
