export { type ApiKey, type FindApiKey, createApiKeyFinder } from "./find-api-key.ts";
export { listApiKeys } from "./list-api-keys.ts";
export {
  endKeyOverlap,
  limitApiKey,
  makeApiKey,
  revokeApiKey,
  rotateApiKey,
  takeOverApiKey,
} from "./manage-api-keys.ts";
