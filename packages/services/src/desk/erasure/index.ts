export * from "./erase-claims.ts";
export * from "./erase-from-files.ts";
export * from "./erase-person.ts";
export { reviveFileErasures } from "./start-file-erasure.ts";
