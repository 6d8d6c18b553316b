export * from "./find-api-key.ts";
export * from "./list-api-keys.ts";
export * from "./make-api-key.ts";
export * from "./revoke-api-key.ts";
export * from "./take-over-api-key.ts";
