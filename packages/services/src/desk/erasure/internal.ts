/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export { isDoNotCallKind, loadRowMatcher } from "./files/match-rows.ts";
