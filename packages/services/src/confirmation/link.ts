import { ConfirmationId, OrganizationId } from "@ringfence/core/ids";
import type { Keys } from "../keys/open-keys.ts";

/** Which confirmation, and whose: what a link that we sent says. */
export type LinkParts = { organizationId: OrganizationId; confirmationId: ConfirmationId };

/** 80 bits of a code that only we can write; with the two ids before them, 56 characters. */
const MAC_BYTES = 10;
const ID_BYTES = 16;
const USE = "confirmation link";

export function writeLink(keys: Keys, { organizationId, confirmationId }: LinkParts): string {
  const ids = Buffer.from(`${organizationId}${confirmationId}`.replaceAll("-", ""), "hex");
  const mac = keys.mac(organizationId, USE, confirmationId).subarray(0, MAC_BYTES);
  return Buffer.concat([ids, mac]).toString("base64url");
}

/** Null for a link that we did not write. */
export function readLink(keys: Keys, text: string): LinkParts | null {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== 2 * ID_BYTES + MAC_BYTES) return null;
  const organizationId = OrganizationId.safeParse(uuidOf(bytes.subarray(0, ID_BYTES)));
  const confirmationId = ConfirmationId.safeParse(uuidOf(bytes.subarray(ID_BYTES, 2 * ID_BYTES)));
  if (!organizationId.success || !confirmationId.success) return null;
  const parts = { organizationId: organizationId.data, confirmationId: confirmationId.data };
  const mac = bytes.subarray(2 * ID_BYTES);
  return keys.isMac(parts.organizationId, USE, parts.confirmationId, mac) ? parts : null;
}

const uuidOf = (bytes: Buffer) =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
