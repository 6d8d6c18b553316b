import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";

/** Key of a node in the organization's tree of purposes, such as `marketing.loans`. */
export const PurposeKey = z
  .string()
  .max(128)
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/);
export type PurposeKey = z.infer<typeof PurposeKey>;

/** Kind of a purpose, as the law distinguishes them. */
export const PurposeKind = z.enum([
  "promotional",
  "transactional",
  "service",
  "debt_collection",
  "survey",
]);
export type PurposeKind = z.infer<typeof PurposeKind>;

/** True if a consent or opt-out for `node` also covers `purpose`, which is the node itself or below it. */
export const covers = (node: PurposeKey, purpose: PurposeKey) =>
  purpose === node || purpose.startsWith(`${node}.`);

export type FoundPurpose<P> = { purpose: P; fault?: never } | { fault: Message; purpose?: never };

/** A node of the organization's own tree, by its key. */
export function findPurpose<P extends { key: PurposeKey }>(
  purposes: readonly P[],
  key: string,
): FoundPurpose<P> {
  const purpose = purposes.find((node) => node.key === key);
  if (purpose) return { purpose };
  const known = purposes.map((node) => node.key).join(", ");
  return { fault: { key: "purpose.unknown", values: { purpose: key, known } } };
}
