/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { listHandedOutCodes } from "./handed-out-code.ts";
