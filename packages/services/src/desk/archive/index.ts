export type * from "../../platform/archive/archived-item.ts";
export * from "./list-archived.ts";
