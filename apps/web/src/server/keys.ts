import "server-only";
import { type Keys, openKeys } from "@ringfence/services/keys";
import { env } from "../env";

let keys: Keys | undefined;

/** Opened at the first request, for the same reason as `env`. */
export const openedKeys = () => (keys ??= openKeys(env().RINGFENCE_KEY_DIR));
