export { recordCalls } from "./record.ts";
export { type CallItem, listCalls } from "./list.ts";
