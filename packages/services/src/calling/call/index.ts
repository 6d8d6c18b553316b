export { recordCalls } from "./record.ts";
