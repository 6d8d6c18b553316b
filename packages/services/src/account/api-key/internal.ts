/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { coversSellersSql, hasAccessSql, mayBeUsedSql } from "./find-api-key.ts";
export { findCutScopes, makerSelection } from "./list-api-keys.ts";
