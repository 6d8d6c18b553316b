export { findKeyFaults } from "./examine-keys.ts";
export { keepKeysCurrent } from "./keep-keys-current.ts";
export { keyFileName } from "./key-files.ts";
export { KEY_NAMES, type KeyName } from "./key-names.ts";
export type { Keys } from "./keys.ts";
export { KeysRefused } from "./keys-refused.ts";
export { openKeys } from "./open-keys.ts";
