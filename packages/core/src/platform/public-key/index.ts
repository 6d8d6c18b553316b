export { type ParsedPublicKey, computeThumbprint, parsePublicKey, toJwkSet } from "./public-key.ts";
