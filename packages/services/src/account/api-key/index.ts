export { type ApiKey, type FindApiKey, createApiKeyFinder } from "./find-api-key.ts";
export { type KeyUseLog, announceKeyNetworksJob, createKeyUseLog } from "./key-use.ts";
export {
  announceKeyNetworks,
  confirmKeyNetworks,
  sendKeyAlarm,
  sendKeyAlarmJob,
} from "./new-networks.ts";
export { listApiKeys } from "./list-api-keys.ts";
export {
  endKeyOverlap,
  limitApiKey,
  makeApiKey,
  revokeApiKey,
  rotateApiKey,
  takeOverApiKey,
} from "./manage-api-keys.ts";
export { registerPublicKey, removePublicKey, stopRequiringSignatures } from "./public-keys.ts";
export { forgetNonces } from "./verify-signature.ts";
