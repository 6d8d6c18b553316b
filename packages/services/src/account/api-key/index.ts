export { type ApiKey, type FindApiKey, createApiKeyFinder } from "./find-api-key.ts";
export { listApiKeys } from "./list-api-keys.ts";
export { limitApiKey, makeApiKey, revokeApiKey, takeOverApiKey } from "./manage-api-keys.ts";
