export { type RecordCalls, recordCalls } from "./record.ts";
