import type { LinkParts } from "./link.ts";
import type { Keys, MacUse } from "./open-keys.ts";

/** What a code of six digits is sent for. */
export type CodeUse = Extract<MacUse, `${string} code`>;

/**
 * The six digits that belong to a row: nothing of them is kept. With so few guesses and so little time as
 * there are, nobody guesses them.
 */
export function codeOf(keys: Keys, use: CodeUse, { organizationId, id }: LinkParts): string {
  const mac = keys.mac(organizationId, use, id);
  return String(Buffer.from(mac).readUInt32BE(0) % 1_000_000).padStart(6, "0");
}
