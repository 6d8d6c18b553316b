export * from "./add-answer.ts";
export * from "./many-rows.ts";
export * from "./read-row.ts";
export * from "./row-outcome.ts";
export * from "./row-sentence.ts";
export * from "./rows-told.ts";
