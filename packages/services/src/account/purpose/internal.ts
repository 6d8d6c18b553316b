/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { KnownPurpose, loadPurposes, selectPurposesAsJson } from "./purposes.ts";
