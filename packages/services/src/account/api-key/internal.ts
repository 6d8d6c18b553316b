/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { coversSellers, hasAccess, mayBeUsed } from "./find-api-key.ts";
export { findCutScopes, makerSelection } from "./list-api-keys.ts";
