export * from "./key-of-name.ts";
export * from "./name.ts";
export * from "./storable-text.ts";
