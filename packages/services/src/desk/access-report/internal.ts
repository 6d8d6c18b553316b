/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { toPreferenceRow } from "./phone-records.ts";
export { type PackedCopy, packCopy } from "./portable-copy.ts";
