export * from "./disclosure.ts";
export * from "./is-same-words.ts";
export * from "./publication-faults.ts";
export * from "./terms-fault.ts";
