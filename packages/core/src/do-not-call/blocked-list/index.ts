export * from "./blocked-list.ts";
export * from "./compare-editions.ts";
