/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { type ConsentEventView, readAllConsents, readLatestAndNamedConsents } from "./timeline.ts";
