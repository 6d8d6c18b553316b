/** What other services may call inside their own transaction. Apps enter by `index.ts`. */
export { type PhoneLookup, loadPhoneLookup, loadPhoneLookups, noLookup } from "./look-ups.ts";
