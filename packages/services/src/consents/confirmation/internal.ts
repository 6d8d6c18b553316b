/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export { queueConfirmation } from "./queue-within-limits.ts";
