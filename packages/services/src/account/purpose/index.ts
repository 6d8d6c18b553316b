export * from "./add-purpose.ts";
export { listPurposes } from "./list-purposes.ts";
export type { KnownPurpose } from "./purposes-of.ts";
export * from "./rename-purpose.ts";
