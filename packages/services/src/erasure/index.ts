export * from "./erase-claims.ts";
export * from "./erase-person.ts";
