/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { type PastRules, findPastRules } from "./rule-sets.ts";
