/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { queueConfirmation } from "./queue-within-limits.ts";
