export * from "./archive-disclosure.ts";
export * from "./draft-disclosure.ts";
export * from "./list-disclosures.ts";
export * from "./publish-disclosure.ts";
export * from "./read-disclosure.ts";
export * from "./restore-disclosure.ts";
