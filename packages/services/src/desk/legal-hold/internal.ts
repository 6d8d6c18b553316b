/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { assertNotHeld } from "./assert-not-held.ts";
