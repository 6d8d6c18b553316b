export { type ParsedPublicKey, computeThumbprint, parsePublicKey } from "./public-key.ts";
