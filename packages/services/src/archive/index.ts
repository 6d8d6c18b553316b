export type * from "./archived-item.ts";
export * from "./list-archived.ts";
