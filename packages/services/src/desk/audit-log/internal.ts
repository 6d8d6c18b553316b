/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { hashEntries, saveRemovedEntries } from "./state-digests.ts";
