/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { hashRemovedEntries, saveRemovedEntries } from "./removed-entries.ts";
export { hashEntries } from "./state-digests.ts";
