/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export { saveSuppressions } from "./append-suppressions.ts";
