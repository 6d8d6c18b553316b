/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { toBlockedEditionView } from "./settings.ts";
export { writeEdition } from "./write.ts";
