/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { type PackedCopy, packCopy, selectProvided } from "./portable-copy.ts";
