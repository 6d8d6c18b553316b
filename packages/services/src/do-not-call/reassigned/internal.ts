/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { type PhoneLookup, loadPhoneLookup, loadPhoneLookups, noLookup } from "./look-ups.ts";
