/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export { toBlockedEditionView } from "./edition-view.ts";
export { writeEdition } from "./write.ts";
