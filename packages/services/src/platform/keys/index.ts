export { findKeyFaults } from "./examine-keys.ts";
export { keepKeysCurrent, openKeys } from "./open-keys.ts";
export { KEY_NAMES, type KeyName, keyFileName } from "./key-files.ts";
export type { Keys } from "./keys.ts";
export { generateSigningKey, parseSigningKey } from "./signing-key.ts";
export { StartRefused, formatStartError } from "./start-refused.ts";
