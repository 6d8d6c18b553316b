/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { loadArchivedDisclosures } from "./archive.ts";
export { type DisclosureRef, loadPublishedDisclosures } from "./disclosure.ts";
export { type ResolvedWording, resolveShownWording } from "./shown-wording.ts";
export { loadDisclosureClaims } from "./statement.ts";
