export * from "./blocked-list.ts";
export * from "./changes-between.ts";
