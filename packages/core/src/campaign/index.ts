export * from "./campaign.ts";
export * from "./goes-first.ts";
export * from "./handed-over.ts";
export * from "./label-fault.ts";
export * from "./next-state.ts";
export * from "./response-of.ts";
export * from "./results-of.ts";
export * from "./wilson.ts";
