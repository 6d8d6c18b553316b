/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { complaintNotFoundError } from "./complaint-event.ts";
export { linkLateCalls } from "./linked-calls.ts";
