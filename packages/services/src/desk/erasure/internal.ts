/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { isDoNotCallKind, loadRowMatcher } from "./files/match-rows.ts";
