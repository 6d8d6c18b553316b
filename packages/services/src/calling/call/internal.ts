/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { callsRecorded, saveCalls } from "./record.ts";
