import { OrganizationId } from "@ringfence/core/ids";
import type { Keys, MacUse } from "./keys.ts";

/**
 * Contents of a signed link to a page for people, such as the link to opt out: the organization and the id of a
 * row.
 */
export type LinkParts = { organizationId: OrganizationId; id: string };

/**
 * A row that a link or code belongs to. The MAC also covers the values in `bound`, in this order, so that whoever
 * changes them in the row makes the link or code invalid. It joins them with spaces, so at most one may contain a
 * space.
 */
export type BoundRow = LinkParts & { bound?: readonly string[] };

const toMacText = ({ id, bound = [] }: BoundRow) => [id, ...bound].join(" ");

/** Use of a link. A link for one use opens no page of another. */
export type LinkUse = Extract<MacUse, `${string} link`>;

/** Length of the MAC. With the two ids before it, a link has 56 characters. */
const MAC_BYTES = 10;
const ID_BYTES = 16;

/**
 * Writes a signed link. `id` is a UUID. The link cannot be guessed, contains nothing personal, and is not
 * stored.
 */
export function writeLink(keys: Keys, use: LinkUse, row: BoundRow): string {
  const { organizationId, id } = row;
  const ids = Buffer.from(`${organizationId}${id}`.replaceAll("-", ""), "hex");
  const mac = keys.mac(organizationId, use, toMacText(row)).subarray(0, MAC_BYTES);
  return Buffer.concat([ids, mac]).toString("base64url");
}

/** Reads a link without bound values. Null if we did not write it, or wrote it for another use. */
export function readLink(keys: Keys, use: LinkUse, text: string): LinkParts | null {
  const parts = readUnverifiedLink(text);
  return parts !== null && isLink(keys, use, parts, text) ? parts : null;
}

/**
 * Reads the ids in a link that has bound values. Anybody could have written it: load the row, and then check the link
 * with `isLink`.
 */
export function readUnverifiedLink(text: string): LinkParts | null {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== 2 * ID_BYTES + MAC_BYTES) return null;
  const organizationId = OrganizationId.safeParse(toUuid(bytes.subarray(0, ID_BYTES)));
  if (!organizationId.success) return null;
  return {
    organizationId: organizationId.data,
    id: toUuid(bytes.subarray(ID_BYTES, 2 * ID_BYTES)),
  };
}

/**
 * True if we wrote the link for this use, for this row as it is now. Checks only the MAC in the link, not its ids: load
 * the row by those (`readUnverifiedLink`).
 */
export const isLink = (keys: Keys, use: LinkUse, row: BoundRow, text: string): boolean =>
  keys.isMac(
    row.organizationId,
    use,
    toMacText(row),
    Buffer.from(text, "base64url").subarray(2 * ID_BYTES),
  );

/** Writes the 16 bytes of an id with hyphens. */
export const toUuid = (bytes: Buffer) =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** Use of a six-digit code. Recovery codes of members are longer and stored as MACs (`recovery-codes.ts`). */
export type CodeUse = Extract<MacUse, "confirmation code" | "person code">;

/**
 * Computes the six digits that belong to a row, of which nothing is stored. They are easy to guess: the caller must
 * count the attempts and end the code soon.
 */
export function createCode(keys: Keys, use: CodeUse, row: BoundRow): string {
  return toDigits(keys.mac(row.organizationId, use, toMacText(row)));
}

/** True if the typed text has the digits of the row's code, even if the key was rotated after it was sent. */
export function isCode(keys: Keys, use: CodeUse, row: BoundRow, typed: string): boolean {
  const digits = typed.replaceAll(/\D/g, "");
  return keys.macs(row.organizationId, use, toMacText(row)).some((mac) => toDigits(mac) === digits);
}

const toDigits = (mac: Uint8Array) =>
  String(Buffer.from(mac).readUInt32BE(0) % 1_000_000).padStart(6, "0");
