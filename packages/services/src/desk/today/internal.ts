/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { loadNeeds, loadReadableRegistries } from "./list-needs.ts";
export type { Need } from "./need.ts";
export { countEndingConsents } from "./waiting-needs.ts";
export { countCalls, measureOptOutSpeed } from "./today.ts";
