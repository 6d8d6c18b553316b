/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export { callsRecorded } from "./calls-recorded.ts";
export { saveCalls } from "./record.ts";
