import type { Keys } from "../keys/open-keys.ts";
import type { LinkParts } from "../keys/link.ts";

/** Six digits; with so few guesses and so little time as there are, nobody guesses them. */
export function codeOf(keys: Keys, { organizationId, id }: LinkParts): string {
  const mac = keys.mac(organizationId, "confirmation code", id);
  return String(Buffer.from(mac).readUInt32BE(0) % 1_000_000).padStart(6, "0");
}
