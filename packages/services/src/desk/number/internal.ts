/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { type ConsentEventView, readLatestAndNamedConsents } from "./timeline.ts";
