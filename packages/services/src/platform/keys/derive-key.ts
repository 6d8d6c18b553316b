// Deriving a key is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";
import type { MacUse } from "./keys.ts";

/** Derives an organization's key for one use from one generation of the master key. */
export function deriveKey(
  master: Uint8Array,
  organizationId: OrganizationId,
  use: "phone key" | "record key" | MacUse,
): KeyObject {
  const bytes = hkdfSync("sha256", master, organizationId, `ringfence ${use}`, 32);
  return createSecretKey(new Uint8Array(bytes)); // five times faster to use than bytes are
}
