/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export { createStopLink } from "./links.ts";
