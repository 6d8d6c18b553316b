/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export { type ConsentView, readLatestAndNamedConsents } from "./timeline.ts";
