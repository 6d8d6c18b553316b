/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export { queueCalls } from "./queue.ts";
