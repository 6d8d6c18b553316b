/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { endRestrictions } from "./end.ts";
export { saveSuppressions } from "./record.ts";
