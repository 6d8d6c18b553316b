/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { callsRecorded } from "./calls-recorded.ts";
export { saveCalls } from "./record.ts";
