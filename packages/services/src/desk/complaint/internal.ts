/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { type CallOfComplaint, linkLateCalls, loadCallsOfComplaint } from "./linked-calls.ts";
