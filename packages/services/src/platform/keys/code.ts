import type { LinkParts } from "./link.ts";
import type { Keys, MacUse } from "./keys.ts";

/** Use of a six-digit code. */
export type CodeUse = Extract<MacUse, `${string} code`>;

/**
 * Computes the six digits that belong to a row, of which nothing is stored. The few guesses and the short
 * time allowed keep anybody from guessing them.
 */
export function createCode(keys: Keys, use: CodeUse, { organizationId, id }: LinkParts): string {
  return toDigits(keys.mac(organizationId, use, id));
}

/** True if the typed text is the code of the row, even if the key was rotated after the code was sent. */
export function isCode(
  keys: Keys,
  use: CodeUse,
  { organizationId, id }: LinkParts,
  typed: string,
): boolean {
  const digits = typed.replaceAll(/\D/g, "");
  return keys.macs(organizationId, use, id).some((mac) => toDigits(mac) === digits);
}

const toDigits = (mac: Uint8Array) =>
  String(Buffer.from(mac).readUInt32BE(0) % 1_000_000).padStart(6, "0");
