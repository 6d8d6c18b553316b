/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { loadTermsInForce } from "./policy.ts";
