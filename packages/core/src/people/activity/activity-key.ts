import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "../jurisdiction/canonical-json.ts";
import type { Activity } from "./activity.ts";

/**
 * What an activity is recognized by when it comes again: the sender's id; without one, all that it
 * says of one person, so that the same line sent twice counts once.
 */
export function activityKey(
  externalId: string | undefined,
  contactOrdinal: number,
  { at, type, amount, category, properties }: Activity,
): string {
  if (externalId !== undefined) return externalId;
  const said = { contactOrdinal, at: at.toISOString(), type, amount, category, properties };
  return `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalJson(said)))).slice(0, 40)}`;
}
